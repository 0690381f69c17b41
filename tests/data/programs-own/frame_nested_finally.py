# topic: exceptions. finally in functions, loops, with return, break, continue.
def f(n):
    for i in range(3):
        try:
            try:
                if n == 0: return "ret"
                if n == 1: break
                if n == 2: continue
                if n == 3: raise ValueError(i)
                print("plain", i)
            finally:
                print("inner", i)
        except ValueError as e:
            print("caught", e)
        else:
            print("else", i)
        finally:
            print("outer", i)
    else:
        print("loop else")
    return "end"
for n in range(5):
    print(n, f(n))
def g():
    try:
        return "try"
    finally:
        return "finally"
print(g())
def h():
    try:
        raise ValueError
    finally:
        return "swallowed"
print(h())
def k():
    while True:
        try:
            raise KeyError
        finally:
            break
    return "broke"
print(k())
def m():
    x = 1
    try:
        return x
    finally:
        x = 2
print(m())
def n():
    try:
        try:
            raise KeyError("k")
        finally:
            raise ValueError("v")
    except ValueError as e:
        return repr(e), repr(e.__context__)
print(n())
