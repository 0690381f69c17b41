# topic: exceptions. raise from, context and cause.
def show(e):
    print(type(e).__name__, e.args, "cause", repr(e.__cause__), "context", repr(e.__context__), e.__suppress_context__)
try:
    try:
        raise ValueError("a")
    except ValueError as e:
        raise KeyError("b") from e
except KeyError as k:
    show(k)
try:
    try:
        raise ValueError("a")
    except ValueError as e:
        raise KeyError("b") from None
except KeyError as k:
    show(k)
try:
    try:
        raise ValueError("a")
    except ValueError as e:
        raise KeyError("b")
except KeyError as k:
    show(k)
try:
    try:
        raise ValueError("a")
    finally:
        raise KeyError("f")
except KeyError as k:
    show(k)
try:
    raise ValueError from TypeError
except ValueError as v:
    show(v)
try:
    raise ValueError from 5
except TypeError as t:
    print(t)
try:
    raise 5
except TypeError as t:
    print(t)
e1 = ValueError("self")
try:
    try:
        raise e1
    except ValueError:
        raise e1
except ValueError as e:
    show(e)
