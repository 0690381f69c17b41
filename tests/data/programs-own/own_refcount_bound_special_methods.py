# topic: refcount. Who holds an object while one of its special methods runs.
import gc, sys
gc.collect()
inside = []
class C:
    def __init__(self, v): self.note()
    def __enter__(self): self.note()
    def __exit__(self, *rest): self.note()
    def __call__(self, v): self.note()
    def __getattr__(self, name): self.note()
    def __len__(self):
        self.note()
        return 1
    def __add__(self, other): self.note()
    def __getitem__(self, i): self.note()
    def __reversed__(self): self.note()
    def __format__(self, spec):
        self.note()
        return ''
    def note(self): inside.append(sys.getrefcount(self))
c = C(1)
with c: pass
c(1)
c.missing
len(c)
c + 1
c[0]
reversed(c)
format(c)
map(c.__getitem__, [1])
list(map(c.__getitem__, [1]))
print(inside)
