# topic: modules. time: clocks go on, and sleep returns.
import time

a = time.time()
b = time.perf_counter()
c = time.monotonic()
time.sleep(0)
print(time.time() > a, time.perf_counter() > b, time.monotonic() >= c, isinstance(a, float), a > 1e9)
try:
    time.sleep(-1)
except ValueError as e:
    print(e)
try:
    time.sleep("a")
except TypeError as e:
    print("TypeError")
