#!/usr/bin/env python3
"""Writes N made-up articles as JSON Lines: articles.py N [SEED]. The sentences are ours; the same N and SEED give the same bytes."""
import json
import random
import sys

PEOPLE = ["وزير الخارجية المصري سامح شكري", "وزير الخارجية الأردني أيمن الصفدي", "الرئيس التونسي قيس سعيد",
          "رئيس الوزراء العراقي محمد شياع السوداني", "وزير الخارجية الروسي سيرغي لافروف", "المبعوث الأممي مراد الخطيب"]
PLACES = ["القاهرة", "عمان", "تونس", "بغداد", "موسكو", "الرباط", "الدوحة"]
SUBJECTS = ["العلاقات الثنائية", "الأوضاع في ليبيا", "التعاون الاقتصادي", "أزمة اللاجئين", "ملف المياه"]
LINES = ["بحث {a} مع {b} في {p} {s}، {d}.",
         "وقال {a} إن بلاده تدعم الحل السياسي في المنطقة.",
         "وأكد {b} أن \"{s} أولوية في المرحلة المقبلة\".",
         "ودان {a} الهجوم الذي أوقع {n} قتيلا في {p}.",
         "واستقبل {b} وفدا من {p} وناقش معه {s}."]
DAYS = ["أمس الأول", "صباح الأحد", "مساء الاثنين", "الثلاثاء"]
OUTLETS = ["صحيفة الميناء", "موقع الضفة", "وكالة الساحل"]


def article(number, rng):
    a, b = rng.sample(PEOPLE, 2)
    words = {"a": a, "b": b, "p": rng.choice(PLACES), "s": rng.choice(SUBJECTS), "d": rng.choice(DAYS), "n": rng.randint(2, 90)}
    lines = [LINES[0]] + rng.sample(LINES[1:], rng.randint(1, 4))
    return {"id": f"n-{number}", "title": f"{a} في {words['p']}", "text": "\n".join(line.format(**words) for line in lines),
            "published": f"{2015 + number % 9}-{1 + number % 12:02}-{1 + number % 28:02}", "outlet": rng.choice(OUTLETS)}


def main():
    rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    for number in range(int(sys.argv[1])):
        print(json.dumps(article(number, rng), ensure_ascii=False))


main()
