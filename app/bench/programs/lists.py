# Lists that grow, share and shrink.
rows = []
for i in range(300):
    row = [i, i + 1, i + 2]
    row.append(row[0])
    rows.append(row)
total = 0
for row in rows:
    for x in row:
        total = total + x
while len(rows) > 0:
    rows.pop()
print(total)
