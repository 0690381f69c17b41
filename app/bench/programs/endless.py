# Never ends: the recording stops at its limit.
items = []
n = 0
while True:
    items.append([n, n + 1])
    if len(items) > 500:
        items.clear()
    n = n + 1
