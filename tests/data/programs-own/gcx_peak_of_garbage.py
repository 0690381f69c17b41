# topic: gc_automatic. How much garbage piles up before an automatic collection, by threshold.
import gc
class C:
    alive = peak = 0
    def __init__(self):
        self.me = self
        C.alive += 1
        C.peak = max(C.peak, C.alive)
    def __del__(self):
        C.alive -= 1
gc.collect()
for t in (10, 50, 100):
    gc.set_threshold(t, 10, 10)
    C.peak = 0
    for i in range(500):
        C()
    print(t, C.peak, C.alive)
    gc.collect()
    print(C.alive)
