0import gc
class Node:
    def __init__(self, other=None):
        self.other = other
    def __del__(self):
        pass
a = Node()
a.other = a
del a
gc.collect()
