# topic: lang_super. What super(type, object) accepts, and in which order enumerate() and its iterator are born.
import gc


class A:
    pass


class B(A):
    pass


class C:
    pass


def told(call):
    try:
        return type(call()).__name__
    except TypeError as error:
        return str(error)


print(told(lambda: super(B, B())))
print(told(lambda: super(B, B)))
print(told(lambda: super(A, B)))
print(told(lambda: super(int, True)))
print(told(lambda: super(B, C())))
print(told(lambda: super(B, A)))
print(told(lambda: super(B, 3)))
print(told(lambda: super(1, 2)))
print(told(lambda: super(B, None)))

gc.collect()
gc.disable()
items = []
counted = enumerate(items)
items.append(counted)
gc.set_debug(gc.DEBUG_SAVEALL)
items = counted = None
gc.collect()
print([type(x).__name__ for x in gc.garbage])
gc.set_debug(0)
