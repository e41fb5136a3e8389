#!/usr/bin/env python3
"""The marked sentences of an Arabic newswire (arabic_event_gsr, MIT) through the program: test/eval/event-gold.py DATA RECORDS EXPLAINED.

DATA is the folder with {assault,protest}_{detection.csv,spans.json}; RECORDS and EXPLAINED are what `isnad code` and `isnad
explain` print for `--sentences DATA`.
Printed for each type:
  found      of the sentences of *_spans.json the share with an event of the type, beside the published coder's
  detection  precision, recall and F1 over all sentences of *_detection.csv marked yes, easy no or difficult no: first where a
             sentence counts as yes as soon as the program finds an event of the type, then where it does so only if the
             program takes such an event for the sentence's news (src/event/confidence.h, from NEWS up); the weights of that
             were fitted on these sentences: cross-validated figures are printed by tools/fit-confidence
  country    of the sentences whose source actor has a country by the most marks, the share where an actor of an event of
             the type has it
A fourth file, FLOORS: fails where a figure is below the file's. --show: every sentence that counts as wrong.
"""
import csv, json, re, sys
from collections import Counter

TYPES = ("assault", "protest")
NEWS = 0.28
PEER = {"assault": 0.16, "protest": 0.04}  # the root type found, by the authors' own coder on their own gold


def load(folder, name):
    with open(f"{folder}/{name}_spans.json", encoding="utf-8") as f:
        spans = json.load(f)
    with open(f"{folder}/{name}_detection.csv", encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    return spans, rows


def sentences(folder):
    """Each sentence once, as JSON Lines that the program reads; ids of the newspaper hold the day of publication."""
    seen = set()
    for name in TYPES:
        spans, rows = load(folder, name)
        for text, source in [(s["text"], s["source"]) for s in spans] + [(r["text"], r["id"]) for r in rows]:
            text = " ".join(text.split())
            if not text or text in seen:
                continue
            seen.add(text)
            item = {"id": str(len(seen)), "text": text}
            day = re.match(r"[A-Z]+_ARB_(\d{4})(\d\d)(\d\d)\.", source)
            if day:
                item["published"] = "-".join(day.groups())
            print(json.dumps(item, ensure_ascii=False))


def country_of(sentence):
    """The code that most marks give the source actor; None where there is none."""
    marks = Counter()
    for span in sentence["spans"]:
        role = span["source_role"]
        main = role if isinstance(role, str) else (role or {}).get("main")
        marks[main if main and len(main) == 3 and main not in ("IMG", "IGO", "INT", "NGO") else None] += 1
    main, n = marks.most_common(1)[0]
    return main if main and 2 * n > len(sentence["spans"]) else None


def main():
    args = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--sentences" in sys.argv:
        return sentences(args[0])
    show = "--show" in sys.argv
    folder, records = args[0], args[1]
    coded = {}
    with open(records, encoding="utf-8") as f:
        for line in f:
            record = json.loads(line)
            coded[" ".join(record["text"].split())] = record
    floors = {}
    with open(args[2], encoding="utf-8") as f:
        news = [float(m[1]) if (m := re.search(r", news ([.\d]+)", l)) else None for l in f if l.startswith("    sure ")]
    for event, share in zip((e for r in coded.values() for e in r["events"]), news, strict=True):
        event["news"] = share
    if len(args) > 3:
        with open(args[3], encoding="utf-8") as f:
            floors = dict(l.rstrip("\n").split("\t") for l in f if l.strip() and not l.startswith(("#", "figure")))
    figures = {}

    def events(text, name):
        return [e for e in coded[" ".join(text.split())]["events"] if e["type"] == name.upper()]

    def say(what, text):
        if show:
            record = coded[" ".join(text.split())]
            got = ", ".join(f"{e['type']}/{e['status']}" for e in record["events"])
            print(f"  {what}: {' '.join(text.split())} [{got}]")

    for name in TYPES:
        spans, rows = load(folder, name)
        found = 0
        with_country = right_country = 0
        for sentence in spans:
            hit = events(sentence["text"], name)
            found += bool(hit)
            if not hit:
                say(f"MISSED {name}", sentence["text"])
            code = country_of(sentence)
            if code:
                entities = {e["id"]: e for e in coded[" ".join(sentence["text"].split())]["entities"]}
                with_country += 1
                right = any(entities[a].get("country") == code for e in hit for a in e["actor"])
                right_country += right
                if not right:
                    names = "+".join(f"{entities[a]['name']}={entities[a].get('country')}" for e in hit for a in e["actor"])
                    say(f"COUNTRY {code} got {names or '-'}", sentence["text"])
        figures[f"{name} found"] = found / len(spans)
        figures[f"{name} country"] = right_country / max(with_country, 1)
        print(f"{name:8} found      {100 * found / len(spans):5.1f} %  ({found} of {len(spans)}; the published coder {100 * PEER[name]:.0f} %)")
        print(f"{name:8} country    {100 * right_country / max(with_country, 1):5.1f} %  ({right_country} of {with_country})")
        for what, least in (("detection", 0), ("news", NEWS)):
            tp = fp_easy = fp_hard = fn = 0
            for row in rows:
                if row["label"] == "ambiguous" or not row["text"].strip():
                    continue
                hit = any(e["news"] >= least for e in events(row["text"], name))
                if row["label"] == "yes":
                    tp += hit
                    fn += not hit
                    if not hit:
                        say(f"NO {what} {name}", row["text"])
                elif hit:
                    easy = row["label"] == "easy no"
                    fp_easy += easy
                    fp_hard += not easy
                    say(f"FALSE {what} {name} {row['label']}", row["text"])
            f1 = 2 * tp / (2 * tp + fn + fp_easy + fp_hard) if tp else 0.0
            figures[f"{name} {what}"] = f1
            print(f"{name:8} {what:9}  F1 {f1:.3f}  ({tp} right, {fn} missed, false: {fp_easy} easy, {fp_hard} difficult)")
    low = [k for k, v in floors.items() if figures[k] < float(v) - 1e-9]
    for k in low:
        print(f"below its floor: {k} {figures[k]:.3f} < {floors[k]}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
