# Instances with attributes, methods and a chain of references.
class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next

    def last(self):
        node = self
        while node.next is not None:
            node = node.next
        return node


head = None
for i in range(200):
    head = Node(i, head)
steps = 0
for i in range(10):
    steps = steps + head.last().value + 1
print(steps)
head = None
