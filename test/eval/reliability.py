#!/usr/bin/env python3
"""Is confidence what it says? test/eval/reliability.py EVAL RECORDS [--floors FILE]

EVAL holds score.py and dev/ (annotated articles), RECORDS what the program printed for dev/articles. Findings are put in bins
of a tenth by their confidence; of each bin: how many, what they say on average, what share is right. Right is an event of the
same type whose trigger stands in the sentence of a gold one (each gold event once), and a quote with the words and the speaker
of a gold one; who, whom, when and where of an event are not asked. --floors FILE: fails where the average distance between said
and right, weighted by how many, is above the file's.
"""
import json, os, sys
from collections import Counter


def gold_of(eval_folder, record):
    sys.path.insert(0, eval_folder)
    import score
    name = os.path.splitext(os.path.basename(record["uri"]))[0]
    dev = os.path.join(eval_folder, "dev")
    path = f"{dev}/gold/{name}.json"
    return (score, score.load_gold(path, dev + "/articles")) if os.path.exists(path) else (score, None)


def right_events(score, gold, record):
    """Indices of the record's events that the gold has."""
    pairs = []
    for i, a in enumerate(gold["events"]):
        for j, e in enumerate(record["events"]):
            span = (e["trigger"]["begin"], e["trigger"]["end"])
            if a["type"] == e["type"] and a["sb"] <= span[0] < a["se"]:
                pairs.append((1 + 2 * bool(score.overlap((a["b"], a["e"]), span)), i, j))
    return set(score.match_greedy(pairs).values())


def right_quotes(score, gold, record):
    """Indices of the record's quotes whose words and speaker the gold has."""
    weight = Counter()
    for entity in record["entities"]:
        for m in entity["mentions"]:
            for b, e, _, i, _ in gold["mentions"]:
                shared = score.overlap((m["begin"], m["end"]), (b, e))
                if shared and 2 * shared > min(m["end"] - m["begin"], e - b):
                    weight[entity["id"], i] += 1
    to_gold = score.match_greedy([(n, s, i) for (s, i), n in weight.items()])
    pairs = []
    for i, a in enumerate(gold["quotes"]):
        for j, q in enumerate(record["quotes"]):
            shared = score.overlap((a["b"], a["e"]), (q["begin"], q["end"]))
            both = a["e"] - a["b"] + q["end"] - q["begin"] - shared
            if 2 * shared >= both:
                pairs.append((shared / both, i, j))
    right = set()
    for i, j in score.match_greedy(pairs).items():
        speaker = record["quotes"][j]["speaker"]
        if (to_gold.get(speaker) if speaker else None) == gold["quotes"][i]["speaker"]:
            right.add(j)
    return right


def bins(rated):
    """Prints the table; gives the average distance."""
    print("  from    n  said  right")
    off = 0.0
    for b in range(10):
        inside = [(p, y) for p, y in rated if b <= int(p * 100 + 0.5) // 10 < b + 1 or (b == 9 and p >= 1)]
        if inside:
            said, right = sum(p for p, _ in inside) / len(inside), sum(y for _, y in inside) / len(inside)
            off += abs(said - right) * len(inside) / len(rated)
            print(f"  .{b}    {len(inside):4}  {said:.2f}  {right:.2f}")
    print(f"  {sum(y for _, y in rated)} of {len(rated)} right; said and right are {off:.3f} apart on average")
    return off


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    eval_folder, records = args[0], args[1]
    rated = {"events": [], "quotes": []}
    with open(records, encoding="utf-8") as f:
        for line in f:
            record = json.loads(line)
            score, gold = gold_of(eval_folder, record)
            if gold is None:
                continue
            for kind, right in (("events", right_events(score, gold, record)), ("quotes", right_quotes(score, gold, record))):
                rated[kind] += [(x["confidence"], j in right) for j, x in enumerate(record[kind])]
    most = {}
    if "--floors" in sys.argv:
        with open(args[2], encoding="utf-8") as f:
            most = dict(l.rstrip("\n").split("\t") for l in f if l.strip() and not l.startswith(("#", "kind")))
    bad = 0
    for kind, pairs in rated.items():
        print(kind)
        off = bins(pairs)
        if off > float(most.get(kind, 1)):
            print(f"  that is more than {most[kind]}")
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
