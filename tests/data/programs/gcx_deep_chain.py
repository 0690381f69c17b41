# A deep structure dies in batches (the trashcan); every finalizer runs, in which order is a matter of the version.
class Leaf:
    def __init__(self, n): self.n = n
    def __del__(self): order.append(self.n)
order = []
chain = None
for i in range(400):
    chain = [chain, Leaf(i)]
chain = None
print(len(order), sorted(order) == list(range(400)))
t = ()
for i in range(1000):
    t = (t,)
del t
d = {}
for i in range(1000):
    d = {"d": d}
del d
print("end")
