0a = []
a.append(a)
print(a == [a], repr(a), {1, 2} | {3}, 10 ** 30, "%5.2f" % 1.5)
while True:
    a = [a, a]
