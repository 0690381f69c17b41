# topic: exceptions. The except variable: unbound afterwards, whatever happened to it.
class T:
    def __del__(self): print("freed")
def f():
    try:
        raise ValueError(T())
    except ValueError as e:
        print("in")
    print("after")
    try:
        return e
    except UnboundLocalError as u:
        print(type(u).__name__)
f()
def g():
    e = 1
    try:
        raise ValueError
    except ValueError as e:
        del e
    try:
        print(e)
    except NameError as x:
        print("gone")
g()
def h():
    try:
        raise ValueError
    except ValueError as e:
        e = 5
        print(e)
    return "e" in locals() if False else True
print(h())
def loop():
    for i in range(3):
        try:
            raise ValueError(i)
        except ValueError as e:
            if i == 1:
                continue
            print(e)
    try:
        e
    except UnboundLocalError:
        print("unbound")
loop()
def k():
    try:
        raise ValueError("v")
    except ValueError as e:
        return str(e)
print(k())
