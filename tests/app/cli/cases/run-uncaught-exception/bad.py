def f(x):
    return x[3]

print("before")
f([1])
