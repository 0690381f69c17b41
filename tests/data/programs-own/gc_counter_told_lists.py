# topic: gc_counter. What telling of an exception in __del__ leaves in the free lists.
import gc
K=gc.get_count
class Bad:
    def __init__(self, n): self.name=n
    def __del__(self):
        print('bad', self.name)
        raise ValueError(self.name)
class Loud:
    def __init__(self, n): self.name=n
    def __del__(self):
        print('del', self.name)
def x5():
    a = Bad('a0')
    b = Loud('b0')
    a.me, b.other = b, a
    c = [a]
    c.append(c)
L=[0]*30
gc.disable()
gc.collect()
x5()
L[0]=K()[0]
print(gc.collect(0))
L[1]=K()[0]
L[2]=K()[0]
x=[[] for i in range(10)]
L[3]=K()[0]
y=(1,x)
L[4]=K()[0]
z=(1,x,y)
L[5]=K()[0]
w=[()]
L[6]=K()[0]
print(L)
