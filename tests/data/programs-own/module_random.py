# topic: modules. random with a fixed seed: the same sequence as the version's.
import random

for seed in (0, 1, 42, -7, 2 ** 40, 123456789012345678901234567890, 1.5):
    random.seed(seed)
    print(seed, random.random(), random.randint(1, 6), random.randrange(100), random.getrandbits(70))
random.seed(42)
print([random.randint(1, 10) for _ in range(20)])
print([random.choice("abcdef") for _ in range(10)])
print(random.choices([1, 2, 3], k=5), random.choices("xyz", weights=[1, 5, 1], k=8), random.choices("xyz", cum_weights=[1, 2, 10], k=4))
items = list(range(10))
random.shuffle(items)
print(items)
print(random.sample(range(100), 5), random.sample(list("abcdefgh"), 8), random.sample(range(1000), 30))
print(random.uniform(1, 10), random.uniform(-1, 1), random.gauss(0, 1), random.gauss(5, 2), random.gauss(0, 1))
print(random.normalvariate(0, 1), random.expovariate(2), random.triangular(0, 10, 3))
print(random.randrange(0, 100, 7), random.randrange(10, 0, -3), random.randrange(5, 6))
r = random.Random(7)
s = random.Random(7)
print([r.random() for _ in range(3)] == [s.random() for _ in range(3)], r.random() != random.random())

def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as e:
        print(type(e).__name__, e)

attempt(random.choice, [])
attempt(random.sample, [1, 2], 3)
attempt(random.randint, 5, 3)
attempt(random.randrange, 0)
