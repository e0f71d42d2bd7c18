"""Writes case.jsonl: texts, and what Python's upper, lower and title make of them."""

import json
import random
import unicodedata

random.seed(7)
assigned = [chr(c) for c in range(0x3000) if unicodedata.category(chr(c)) not in ("Cn", "Cs")]
cased = [c for c in assigned + [chr(c) for c in range(0xFB00, 0xFB18)] if len({c.upper(), c.lower(), c.title()}) > 1]
odd = [c for c in cased if max(len(c.upper()), len(c.lower()), len(c.title())) > 1 or c.title() != c.upper()]
common = "ßŉǅǆǄΣΣΣσς.:'’·\u0301\u0345İıʰªⅷⓐ ﬁ-1_aBcΑΔΟΕ  中"

texts = ["", "new york", "they're bill's friends", "ΟΔΟΣ ΣΑΣ Σ Α.Σ Σ'Α", "éte\u0301tude"] + odd + [c + "A" for c in odd]
for _ in range(1200):
    size = random.randint(1, 9)
    texts.append("".join(random.choice(common if random.random() < 0.7 else assigned) for _ in range(size)))
with open("case.jsonl", "w") as out:
    for text in texts:
        out.write(json.dumps([text, text.upper(), text.lower(), text.title()]) + "\n")
