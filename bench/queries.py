#!/usr/bin/env python3
"""Prints queries for isnad-bench-search: queries.py ARTICLES.jsonl [N [SEED]]. Words are taken from titles and texts of the articles, so that they
are asked for as often as they are written: one, two and three words, phrases, alternatives, exclusions, beginnings, and filters."""
import json
import random
import re
import sys

FILTERS = ["type=CONSULT", "type=ASSAULT", "type=ACCUSE", "quad=4", "quad=1", "country=EGY", "country=SYR", "country=USA", "country=FRA",
           "since=2018-06", "since=2018-03-01\tuntil=2018-03-31", "until=2018-03", "actor=RUS", "actor=donald-trump", "actor=IRN\ttype=THREATEN",
           "country=YEM\tquad=4\tsince=2018-05"]
WORD = re.compile(r"[\u0621-\u064A]{3,}")


def main():
    wanted = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    rng = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    with open(sys.argv[1], encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    made = 0
    while made < wanted:
        article = rng.choice(articles)
        words = WORD.findall(article.get("title", "") if rng.random() < 0.6 else article.get("text", ""))
        if len(words) < 4:
            continue
        at = rng.randrange(len(words) - 3)
        a, b, c = words[at:at + 3]
        kind = rng.choice(["one", "one", "two", "two", "three", "phrase", "phrase", "or", "not", "begin", "filter", "filter", "only"])
        line = {"one": a, "two": f"{a} {b}", "three": f"{a} {b} {c}", "phrase": f'"{a} {b}"', "or": f"{a} OR {c}", "not": f"{a} NOT {b}",
                "begin": f"{a[:max(3, len(a) - 2)]}*", "filter": f"{a}\t{rng.choice(FILTERS)}", "only": rng.choice(FILTERS)}[kind]
        print(line)
        made += 1


main()
