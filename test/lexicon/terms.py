#!/usr/bin/env python3
"""Holds our terms of office against a public list of people and offices (as of 2018): terms.py LEXICON LIST [--missing].

Heads of state and government and six ministers of each state, where the list knows a person that we know too. A term of the list
agrees if we have one of the same office whose beginning and end are the same month as far as both are told, if our line has a note
that says why not, or if terms-notes.tsv beside this file says what is wrong with the list there. Terms of the list that follow each other (one
minister in two governments) are one. Prints every disagreement; with --missing also terms and people that only the list has. Exit 1 where there are disagreements."""
import glob
import os
import re
import sys
import unicodedata

MONTHS = {name: number + 1 for number, names in enumerate([
    "january jan يناير جانفي كانون_الثاني", "february feb فبراير فيفري شباط", "march mar مارس آذار اذار",
    "april apr أبريل ابريل أفريل إبريل نيسان", "may مايو ماي أيار ايار", "june jun يونيو جوان حزيران", "july jul يوليو جويلية يوليوز تموز",
    "august aug أغسطس اغسطس أوت غشت آب", "september sept sep سبتمبر شتنبر أيلول ايلول", "october oct أكتوبر اكتوبر تشرين_الأول",
    "november nov نوفمبر نونبر تشرين_الثاني", "december dec ديسمبر دجنبر كانون_الأول"]) for name in names.split()}
OPEN = {"present", "في المنصب", "unknown", "للآن", "حتى الآن", "الآن", "incumbent", ""}

# office of ours -> what the list calls it
OFFICES = [
    ("prime minister", r"^(رئيس (ال)?(وزراء|حكومة)|رئيس مجلس الوزراء|وزير الأول|مستشار$)",
     r"\b(prime minister|head of government)\b", r"(رئيس (ال)?(وزراء|حكومة)|رئيس مجلس (ال)?وزراء|رئيسا? للوزراء|الوزير الأول)"),
    ("head of state", r"^(رئيس الجمهورية|رئيس الدولة|رئيس$|رئيس المؤقت|رئيس الانتقالي)", None, r"(رئيس الجمهورية|رئيس جمهورية)"),
    ("foreign minister", r"^وزير (ال)?(خارجية|شؤون الخارجية)", r"(minister (of|for) foreign|foreign (affairs )?minister|minister of external)",
     r"وزير (ال)?(شؤون )?ال?خارجية"),
    ("defence minister", r"^وزير الدفاع", r"(minister (of|for) (national )?defen[cs]e|defen[cs]e minister|secretary of defense)", r"وزير (ال)?دفاع"),
    ("interior minister", r"^وزير الداخلية", r"(minister (of|for) (the )?interior|interior minister)", r"وزير (ال)?داخلية"),
    ("finance minister", r"^وزير المالية", r"(minister (of|for) finance|finance minister|secretary of the treasury)", r"وزير (ال)?مالية"),
    ("justice minister", r"^وزير العدل", r"(minister (of|for) justice|justice minister|attorney general of the united)", r"وزير (ال)?عدل"),
    ("oil minister", r"^وزير (النفط|البترول)", r"(minister (of|for) (oil|petroleum)|oil minister)", r"وزير (ال)?(نفط|بترول)"),
]
NOT = re.compile(r"\b(deputy|vice|shadow|assistant|office of|chief of staff|spokes|adviser|advisor|ambassador|delegate|state (minister|secretary)|secretary of state (for|to)|"
                 r"under|private|council of ministers of)\b|نائب|مستشار|مساعد|وكيل|ديوان|مكتب|سفير|دولة ل|كاتب|منتدب|لدى|ناطق|متحدث|حرم|شؤون رئاسة|السودان الجنوبي", re.I)


def fold(text):
    text = re.sub("[\u064b-\u0652\u0670\u0640\u200e\u200f]", "", text)
    for a, b in ("أا", "إا", "آا", "ىي", "ةه", "ؤو", "ئي"):
        text = text.replace(a, b)
    text = re.sub(r"\(.*?\)", "", text)
    return " ".join(re.sub(r"\bعبد ال", "عبدال", text).split())


def latin(text):
    text = unicodedata.normalize("NFD", re.sub(r"\(.*?\)", "", text)).lower()
    text = re.sub(r"[^a-z ]", "", "".join(c for c in text if not unicodedata.combining(c)).replace("-", " "))
    return " ".join(w for w in text.split() if w not in ("al", "el", "bin", "ben", "ibn"))


def sound(text):
    """The consonants of a Latin name, in classes."""
    text = latin(text)
    for a, b in (("ph", "f"), ("kh", "h"), ("gh", "g"), ("ck", "k"), ("tch", "s"), ("sh", "s"), ("ch", "s"), ("dj", "j"), ("abdul", "abd "), ("abdel", "abd "),
                 ("abdal", "abd ")):
        text = text.replace(a, b)
    words = []
    for word in text.split():
        word = word[0] + re.sub("[aeiouyhw]", "", word[1:])
        words.append(re.sub(r"(.)\1", r"\1", word.translate(str.maketrans("qcgzdpvaeiou", "kkkstbf" + "a" * 5))))
    return " ".join(w for w in words if w)


def words_of(name):
    return [re.sub("^ال", "", w) for w in fold(name).split() if w not in ("بن", "ال", "ابن")]


class Names:
    """People by their names: as written, by sound, or all words of the shorter name in the longer one."""

    def __init__(self, people):
        self.arabic, self.english, self.sounds, self.first = {}, {}, {}, {}
        for person in people:
            for name in [person["name"]] + person["forms"].split("|"):
                if " " in name and not name.startswith("?"):
                    self.arabic.setdefault(fold(name), person)
                    words = words_of(name)
                    if len(words) > 1:
                        self.first.setdefault(words[0], []).append((set(words), person))
            self.english.setdefault(latin(person["english"]), person)
            self.sounds.setdefault(sound(person["english"]), person)

    def find(self, name_ar, name_en):
        person = self.arabic.get(fold(name_ar)) or (self.english.get(latin(name_en)) if name_en else None)
        if person or not name_ar:
            return person or (self.sounds.get(sound(name_en)) if " " in sound(name_en) else None)
        words = set(words_of(name_ar))
        near = {p["id"]: p for w, p in self.first.get((words_of(name_ar) or [""])[0], []) if len(words) > 1 and (w <= words or words <= w)}
        if len(near) == 1:
            return next(iter(near.values()))
        return self.sounds.get(sound(name_en)) if name_en and " " in sound(name_en) else None


def date(text):
    """(year, month or 0, day or 0), None where it says no date, "open" where the term went on."""
    text = re.sub(r"(كانون|تشرين) (الثاني|الأول|ثاني|أول)", lambda m: m[1] + "_ال" + m[2].replace("ال", ""), text.strip().lower())
    if text in OPEN:
        return "open"
    figures = re.fullmatch(r"(\d{1,2}) (\d{1,2}) (\d{4})", text)
    if figures:
        return int(figures[3]), int(figures[2]), int(figures[1])
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", text)
    if not year:
        return None
    month = next((MONTHS[w] for w in re.split(r"[\s/,]+", text) if w in MONTHS), 0)
    day = re.search(r"\b([0-3]?\d)\b", text)
    return int(year[1]), month, int(day[1]) if day and month else 0


def ours_date(text):
    parts = [int(p) for p in text.split("-")] if text else []
    return tuple(parts + [0] * (3 - len(parts))) if parts else "open"


def agree(a, b):
    """The same month, or half a month apart, as far as both are told. A term that goes on in the list says nothing: nobody
    brought each of its pages up to date."""
    if a is None or b in (None, "open"):
        return True
    if a == "open":
        return False
    if not a[1] or not b[1]:
        return a[0] == b[0]
    days = abs((a[0] - b[0]) * 365 + (a[1] - b[1]) * 30 + ((a[2] or 15) - (b[2] or 15)))
    return days <= (15 if a[2] and b[2] else 31)


def table(path):
    with open(path, encoding="utf-8") as file:
        lines = [l.rstrip("\n").split("\t") for l in file if l.strip() and not l.startswith("#")]
    return [dict(zip(lines[0], row + [""] * len(lines[0]))) for row in lines[1:]]


def tables(folder, stem):
    rows = []
    for path in sorted(glob.glob(f"{folder}/{stem}.tsv") + glob.glob(f"{folder}/{stem}-*.tsv")):
        rows += table(path)
    return rows


def joined(rows):
    """Rows of one person and office, those that follow each other within a month together."""
    out = []
    for row in sorted(rows, key=lambda row: row[0]):
        last = out[-1][-1][1] if out else None
        if last not in (None, "open") and agree(last, row[0]):
            out[-1].append(row)
        else:
            out.append([row])
    return out


def main():
    folder, source = sys.argv[1], sys.argv[2]
    missing = "--missing" in sys.argv
    countries = {c["code"]: c["english"].lower() for c in tables(folder, "countries")}
    names = Names(tables(folder, "people"))
    terms = {}
    for term in tables(folder, "terms"):
        terms.setdefault(term["person"], []).append(term)
    notes = {(n["person"], n["office"], n["begin"]) for n in table(os.path.join(os.path.dirname(os.path.abspath(__file__)), "terms-notes.tsv"))}
    compared, wrong, absent, unknown, used, listed = 0, 0, 0, {}, set(), {}
    with open(source, encoding="utf-8") as file:
        rows = [l.rstrip("\n").split("\t") for l in file][1:]
    for name_ar, name_en, _, role, start, end in rows:
        person = names.find(name_ar, name_en)
        begin, stop = date(start), date(end)
        if not person:
            unknown.setdefault((name_ar, name_en), []).append((role, start, end))
            continue
        if not role or NOT.search(role) or begin in (None, "open") or begin[0] < 1990 or (stop not in (None, "open") and stop < begin):
            continue
        land = countries.get(person["country"], "?")
        for office, our, en, ar in OFFICES:
            hit = (en and re.search(en, role, re.I)) or re.search(ar, role) or \
                (office == "head of state" and re.search(r"\bpresident of (the )?(republic of )?" + re.escape(land), role, re.I))
            terms_there = listed.setdefault((person["id"], office, our), {})
            if hit and (begin[:2] not in terms_there or terms_there[begin[:2]][1] in (None, "open")):
                terms_there[begin[:2]] = (begin, stop, f"{start} to {end}")
    for (person, office, our), told in sorted(listed.items()):
        mine = [t for t in terms.get(person, []) if re.search(our, t["office"]) and not t["organ"]]
        def ours(begin, stop):
            return any(t["note"] or (agree(ours_date(t["from"]) if t["from"] else None, begin) and agree(ours_date(t["to"]), stop)) for t in mine)

        for group in joined(told.values()):
            whole = bool(mine) and ours(group[0][0], group[-1][1])
            for begin, stop, text in group:
                key = (person, office, "-".join(f"{n:02}" for n in begin[:2] if n))
                if key in notes:
                    used.add(key)
                elif not mine:
                    absent += 1
                    if missing:
                        print(f"absent\t{person}\t{office}\t{text}")
                else:
                    compared += 1
                    if not whole and not ours(begin, stop):
                        wrong += 1
                        print(f"{person}\t{office}\t{key[2]}\t{text}: ours " + "; ".join(f"{t['office']} {t['from']} - {t['to']}" for t in mine))
    for note in sorted(notes - used):
        print("nothing to note:", *note)
    if missing:
        for (ar, en), roles in unknown.items():
            print("unknown", ar, en, roles[:3], sep="\t")
    print(f"{compared} terms compared, {wrong} disagree, {len(used)} faults of the list noted; {absent} of known people are not ours; {len(unknown)} people unknown")
    return 1 if wrong or notes - used or compared < 150 else 0


sys.exit(main())
