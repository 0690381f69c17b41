# A list of 200 elements and about 1,000 executed lines: the size of program that line tracers are measured with.
items = []
for i in range(200):
    items.append(i * i)
total = 0
for item in items:
    total = total + item
for i in range(100):
    items[i] = items[199 - i]
print(total)
