a = []
b = a
