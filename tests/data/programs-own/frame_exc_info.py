# topic: exceptions. sys.exc_info in nested handlers.
import sys
def name():
    t = sys.exc_info()[0]
    return t.__name__ if t else None
print(name())
try:
    raise ValueError("a")
except ValueError:
    print(name())
    try:
        raise KeyError("b")
    except KeyError:
        print(name())
    print(name())
    try:
        try:
            raise TypeError("c")
        finally:
            print("finally", name())
    except TypeError as e:
        print(name(), type(e.__context__).__name__)
    print(name())
print(name())
try:
    1 / 0
except ZeroDivisionError as e:
    info = sys.exc_info()
    print(info[1] is e, info[2] is e.__traceback__)
print(sys.exc_info())
