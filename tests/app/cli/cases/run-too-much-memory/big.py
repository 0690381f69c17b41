print("start")
a = [0] * 10**12
