import sys
print(sys.getsizeof([]))
