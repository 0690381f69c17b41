# weakref.finalize: call, detach, peek, alive; at exit the newest first; atexit = False drops it.
import weakref, gc
class Node: pass
n = Node(); m = Node(); o = Node()
f = weakref.finalize(n, print, "n gone")
print(f.alive, f.atexit, f.peek()[1] is print)
g = weakref.finalize(m, print, "m gone", end="!\n")
print(f(), f.alive, f())
print(g.detach()[1] is print, g.alive, g.detach())
h = weakref.finalize(o, print, "o at exit")
i = weakref.finalize(m, print, "m at exit, newer")
j = weakref.finalize(m, print, "never")
j.atexit = False
c = Node(); c.me = c
k = weakref.finalize(c, print, "cycle gone")
del c
gc.collect()
print(k.alive)
print("end")
