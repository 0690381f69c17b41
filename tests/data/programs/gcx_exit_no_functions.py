# At the end: names of a module that no function or class of its own refers to.
import gc
gc.disable()
x = []
x.append(x)
try:
    raise ValueError
except ValueError as err:
    kept = err
print(gc.isenabled(), gc.get_threshold()[0] > 0)
print("end")
