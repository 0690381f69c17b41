# Strings and a dict of counts.
text = "the quick brown fox jumps over the lazy dog and the cat and the bird"
counts = {}
for round in range(60):
    for word in text.split(" "):
        if word in counts:
            counts[word] = counts[word] + 1
        else:
            counts[word] = 1
print(len(counts), counts["the"])
