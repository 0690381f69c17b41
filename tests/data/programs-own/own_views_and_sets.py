# topic: containers. Views of a dict compare and combine like sets; what is in what.
d = {'b': 2, 'c': 3}
k, i, v = d.keys(), d.items(), d.values()
print(k == {'b', 'c'}, k == ['b', 'c'], k <= {'b', 'c', 'd'}, k < k, k > set(), i >= {('b', 2)}, k != {'b'}, {'b', 'c'} == k, {'b'} < k, v == v, v == d.values())
print(sorted(k & {'b'}), sorted(k | {'z'}), sorted(k - {'b'}), sorted(k ^ {'b', 'q'}), sorted(i & {('b', 2)}))
d['e'] = 5
print(len(k), list(k), k == d, 'e' in k, ('e', 5) in i, 5 in v)
print({1} in {frozenset([1])}, {1} in {1}, frozenset([1]) == {1}, frozenset([1]) in {frozenset([1])}, type({1} | frozenset([2])).__name__, type(frozenset([2]) | {1}).__name__)
print(97 in b'abc', b'bc' in b'abc', b'' in b'', 'a' in 'abc', 1.0 in range(3), True in [1], None in (0, None), 'a' in {'a': 1})
for test in (lambda: 'a' in b'abc', lambda: 300 in b'abc', lambda: 1 in 'abc', lambda: [1] in {1}, lambda: k < 5, lambda: str.upper(5), lambda: list.append(1, 2),
             lambda: dict.get([], 1), lambda: str.join(1, 'a'), lambda: set.add([], 1), lambda: slice(1).indices(-1), lambda: range(3).index(9)):
    try:
        print(test())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(slice(1, 9, 2).indices(5), slice(None, None, -1).indices(3), slice(-2, None).indices(10), (1 + 2j).conjugate(), True.real, True.numerator, (5).conjugate())
