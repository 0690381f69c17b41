# topic: exceptions. An uncaught exception ends the program; what is alive is finalized.
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
g = T("global")
def f():
    t = T("local")
    try:
        h()
    finally:
        print("finally runs")
def h():
    u = T("deeper")
    raise ValueError("uncaught")
f()
print("never")
