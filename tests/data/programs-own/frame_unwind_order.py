# topic: frames_closures. In what order the frames of an exception let their locals go.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def level(n):
    t = T(n)
    u = T(str(n) + "u")
    if n == 0:
        raise ValueError("bottom")
    level(n - 1)
try:
    level(3)
except ValueError as e:
    print("caught", e)
print("after")
def quiet(n):
    t = T(n)
    try:
        level(n)
    except ValueError:
        print("quiet handles")
    print("quiet goes on")
quiet(1)
print("end")
