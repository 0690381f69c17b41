# topic: exceptions. bare raise after __traceback__ = None
def depth(e):
    n = 0
    tb = e.__traceback__
    while tb:
        n += 1
        tb = tb.tb_next
    return n
def a():
    raise ValueError("v")
def b():
    try:
        a()
    except ValueError as e:
        e.__traceback__ = None
        raise
def b2():
    try:
        try:
            a()
        finally:
            pass
    except ValueError as e:
        e.__traceback__ = None
        try:
            raise
        finally:
            print("f")
for f in (b, b2):
    try:
        f()
    except ValueError as e:
        print(depth(e))
