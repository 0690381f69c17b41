# topic: frames_closures. A kept exception keeps the frames of the callers too, even after they returned.
class T:
    def __init__(self, n):
        self.n = n
    def __del__(self):
        print("free", self.n)

def fail():
    inner = T("inner")
    raise ValueError("x")

def catcher():
    middle = T("middle")
    try:
        fail()
    except ValueError as e:
        return e

def caller():
    outer = T("outer")
    e = catcher()
    print("caught")
    return e

x = caller()
print("returned")
x.__traceback__ = None
print("traceback dropped")
x = None
print("end")
