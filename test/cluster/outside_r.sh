#!/bin/bash
# The blocks of docs/r.md, run by R with data.table over sentences whose months are known.
set -eu
build=${ISNAD_BUILD:?} source=${ISNAD_SOURCE:?}
command -v Rscript >/dev/null || { echo "skipped: no R"; exit 77; }
Rscript -e 'library(data.table)' >/dev/null 2>&1 || { echo "skipped: R has no data.table"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PATH="$build/cli:$PATH" LC_ALL=C.UTF-8
cd "$work"
fail() { echo "FAILED: $*"; exit 1; }

say() { printf '{"id":"%s","published":"%s","outlet":"%s","text":"%s"}\n' "$1" "$2" "$3" "$4"; }
{
    say a 2021-01-12 one "التقى الرئيس المصري عبد الفتاح السيسي نظيره الفرنسي إيمانويل ماكرون في القاهرة أمس."
    say b 2021-01-12 two "التقى الرئيس المصري عبد الفتاح السيسي نظيره الفرنسي إيمانويل ماكرون في القاهرة أمس."
    say c 2021-03-05 one "أدانت مصر فرنسا أمس. وقال وزير الخارجية المصري سامح شكري إن بلاده ترفض القرار."
    say d 2021-05-20 one "اتصل وزير الخارجية الفرنسي جان إيف لودريان هاتفيا بنظيره المصري سامح شكري أمس. وقتل 7 جنود في هجوم في سيناء أمس."
} >lines.jsonl
isnad code --format jsonl lines.jsonl >records.jsonl
for table in events quotes counts; do isnad export --output $table.csv $table records.jsonl; done
awk '/^```r$/ { on = 1; next } /^```/ { on = 0 } on' "$source/docs/r.md" >page.R
[ "$(wc -l <page.R)" -gt 30 ] || fail "no code in docs/r.md"
cat >>page.R <<'R'
stopifnot(nrow(acts[type == "CONSULT" & month == as.Date("2021-01-01")]) == 2) # two outlets, one meeting, both ways
stopifnot(nrow(pairs[type == "CONSULT" & month == as.Date("2021-01-01")]) == 4)
stopifnot(sums[from == "EGY" & month == as.Date("2021-03-01"), conflict] < 0, sums[from == "FRA" & month == as.Date("2021-03-01"), conflict] == 0)
stopifnot(sums[from == "FRA" & month == as.Date("2021-05-01"), cooperation] > 0, all(sums[month == as.Date("2021-02-01"), acts] == 0))
stopifnot(nrow(sums) == 10, any(counts$what == "killed" & counts$value == 7), nrow(quotes) > 0)
R
Rscript --vanilla page.R >out 2>&1 || { cat out; cut -d, -f 6-8,12,14-21 events.csv; fail "docs/r.md does not run"; }
head -c 5 dyad.pdf | grep -q '^%PDF' || fail "no plot"
[ "$(wc -c <dyad.pdf)" -gt 3000 ] || fail "an empty plot"
echo "docs/r.md runs; its plot has $(wc -c <dyad.pdf) bytes"
