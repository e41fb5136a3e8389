# What docs/coders.md shows: a folder of one's own with a type that PLOVER doesn't have, its sentences, what one line finds.
cp -r "$SOURCE/examples/appointments" mine
isnad lexicon check mine; echo "exit $?"
isnad lexicon test mine; echo "exit $?"
printf 'كلف الرئيس اللبناني ميشال عون رئيس الحكومة السابق نجيب ميقاتي بتشكيل حكومة جديدة. وزار وزير الخارجية المصري بيروت.\n' >a.txt
isnad explain --lexicon mine --rule frames.tsv:5 a.txt >told; echo "exit $?"; grep -v "^    sure" told
isnad explain --rule frames.tsv:5 a.txt; echo "exit $?"
isnad explain --rule frames.tsv a.txt; echo "exit $?"
coded() {
    python3 -c 'import json, sys
for v in json.load(sys.stdin)["events"]:
    print(json.dumps([v["type"], v["mode"], v["quad"], v["intensity"]], separators=(",", ":")))'
}
isnad code --lexicon mine a.txt | coded
isnad code a.txt | coded
# The type in a database and in an export.
isnad code -q --lexicon mine a.txt | isnad export events - | cut -d, -f1-12 | grep -c APPOINT
isnad add -q --lexicon mine --db a.db a.txt; isnad check --db a.db; echo "exit $?"
isnad events --db a.db --type APPOINT | wc -l
isnad events --db a.db --type OUST; echo "exit $?"
# What goes wrong, and how it is told.
printf 'type\tmode\tcameo\tquad\tscore\tgloss\nAppoint\t\t\t1\t1\tsmall letters\nNONE\t\t\t1\t1\ta word of frames\nOUST\t\t\t7\t1\tno quad\n' >mine/events.tsv
isnad lexicon check mine; echo "exit $?"
cp "$SOURCE/examples/appointments/events.tsv" mine
printf 'قال المحافظ إن العمل مستمر.\tASSAULT\tقال\n' >>mine/sentences.txt
isnad lexicon test mine; echo "exit $?"
printf 'sentence\n' >mine/sentences.txt
isnad lexicon test mine; echo "exit $?"
isnad lexicon test nowhere; echo "exit $?"
