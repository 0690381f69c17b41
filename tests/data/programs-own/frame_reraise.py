# topic: exceptions. bare raise, order of deaths.
import sys
class T:
    def __init__(self, n): self.n = n
    def __del__(self): print("free", self.n)
def a():
    t = T("a")
    raise ValueError("one")
def b():
    t = T("b")
    try:
        a()
    except ValueError:
        print("b handles")
        raise
def c():
    t = T("c")
    try:
        b()
    except ValueError as e:
        print("c handles", e)
        tb = e.__traceback__
        n = 0
        while tb:
            n += 1
            tb = tb.tb_next
        print(n)
    print("c end")
c()
print("--")
def d():
    try:
        c2()
    finally:
        print("d finally")
def c2():
    t = T("c2")
    a()
try:
    d()
except ValueError:
    print("top")
print("after")
try:
    raise
except RuntimeError as e:
    print(e)
