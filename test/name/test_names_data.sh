#!/bin/bash
# The annotated sentences in model/data are well formed: known tags, brackets that close and don't nest, whole words
# (but for clitics before), no line twice. First the check itself must find planted faults.
set -eu
python3 - "$ISNAD_SOURCE"/model/data/names-*.txt <<'PY'
import re, sys

MARK = re.compile(r"\[(PER|LOC|ORG|ROLE|GRP|NAT) ([^\[\]]+)\]")
WORD = "[\u0621-\u064a\u066e-\u06d3A-Za-z]"
CLITIC = re.compile("(?:^|[^\u0621-\u0652\u066e-\u06d3A-Za-z])(?:[\u0623]?[\u0648\u0641]?[\u0628\u0643\u0644]?|)$")

def faults(line, seen):
    if line.startswith("#"):
        return [] if line.startswith("# ") else ["a note begins with '# '"]
    out = []
    rest = MARK.sub("\0", line)
    if "[" in rest or "]" in rest:
        out.append("a bracket is open, nested or has no known tag")
    for m in MARK.finditer(line):
        if m.group(2) != m.group(2).strip():
            out.append("blank at the edge of '%s'" % m.group(2))
        if re.match(WORD, line[m.end():m.end() + 1]):
            out.append("the word goes on after '%s'" % m.group(2))
        if not CLITIC.search(line[:m.start()]):
            out.append("no clitic stands before '%s'" % m.group(2))
    if line != line.strip() or "  " in line or "\t" in line:
        out.append("blanks")
    plain = MARK.sub(r"\2", line)
    if not re.search(WORD, plain):
        out.append("no words")
    key = re.sub(r"\W+", " ", plain).strip()
    if key in seen:
        out.append("the line stands in %s already" % seen[key])
    return out

PLANTED = ["قال [PER زيد", "قال [PER زيد [LOC مكة]]", "قال [ABC زيد]", "قال [PER زيد]ان", "قال المدر[LOC مكة]", "قال [PER  زيد]",
           "قال  زيد", "#قال", "قال زيد]", "قال"]
for line in PLANTED:
    if not faults(line, {"قال": "itself"}):
        sys.exit("the check misses a fault: " + line)
if faults("قال [PER زيد] وب[LOC مكة] ل[ORG لأمم المتحدة]", {}):
    sys.exit("the check finds a fault in good text")

bad, lines, seen = 0, 0, {}
for path in sys.argv[1:]:
    name = path.rsplit("/", 1)[1]
    with open(path, encoding="utf-8", errors="strict") as f:
        text = f.read()
    if not text.endswith("\n"):
        bad += 1
        print("%s: the last line has no end" % name)
    for n, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        for fault in faults(line, seen):
            bad += 1
            print("%s:%d: %s" % (name, n, fault))
        if not line.startswith("#"):
            lines += 1
            seen[re.sub(r"\W+", " ", MARK.sub(r"\2", line)).strip()] = "%s:%d" % (name, n)
if lines < 200:
    bad += 1
    print("only %d sentences" % lines)
print("%d sentences, %d faults" % (lines, bad))
sys.exit(bad > 0)
PY
