# topic: finalizers. Deep chains of lists, tuples and dicts: deaths in batches up to 3.12 (trashcan).
class Node:
    count = 0
    def __init__(self, n, next): self.n, self.next = n, next
    def __del__(self): Node.count += 1
head = None
for i in range(500): head = Node(i, head)
del head
print(Node.count >= 0)
order = []
class P:
    def __init__(self, n): self.n = n
    def __del__(self): order.append(self.n)
l = None
for i in range(100): l = [P(i), l]
del l
print(len(order), order[:60])
order.clear()
t = None
for i in range(70): t = (t, P(i))
del t
print(len(order), order)
order.clear()
d = None
for i in range(70): d = {'p': P(i), 'd': d}
del d
print(len(order), order)
