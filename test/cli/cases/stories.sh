# Stories and the table, on records that were coded once (so that this changes with stories alone).
R=$SOURCE/test/story/records.jsonl
isnad stories --records "$R"
isnad stories --records "$R" --all --json | wc -l
isnad story --records "$R" attack-1.txt
isnad compare --records "$R" bridge-1.txt | head -n 24
# a person's word goes before the program's, as options or as a file
isnad stories --records "$R" --split attack-1.txt,attack-3.html
isnad stories --records "$R" --join attack-1.txt,bridge-1.txt
printf 'alone\tattack-1.txt\n# no decision\njoin\tattack-2.txt\tbridge-1.txt\n' >decisions.tsv
isnad stories --records "$R" --decisions decisions.tsv
# any order, any number of jobs
isnad compare --records "$R" --json >one
sort -r "$R" >reversed
isnad compare --records reversed --json --jobs 3 >two
cmp one two && echo same
# refusals
isnad story --records "$R" no-such-article
isnad story --records "$R"
isnad compare --records "$R" --join attack-1.txt
isnad stories
isnad stories --records missing.jsonl
echo '{"text":1}' >bad.jsonl
isnad stories --records bad.jsonl
printf 'merge\ta\tb\n' >bad.tsv
isnad stories --records "$R" --decisions bad.tsv
# a database: the same stories under numbers of their own, kept there; what a person decides stays
isnad add --db news.db --records "$R" 2>&1
isnad compare --db news.db 1
isnad stories --db news.db
isnad compare --db news.db --json | sed 's/,"article":[0-9]*//g; s/{"story":[0-9]*/{/' | sort >three
sed 's/{"story":"[0-9]*"/{/' one | sort >four
cmp three four && echo same
isnad story --db news.db 2
isnad story --db news.db attack-2.txt --json | tr ',' '\n' | grep -c '"because"'
isnad stories --db news.db --sort weight --limit 1
isnad stories --db news.db --all --json | wc -l
isnad stories --db news.db --split attack-1.txt
isnad stories --db news.db --anew
isnad stories --db news.db --join attack-2.txt,attack-1.txt --json | wc -l
isnad check --db news.db
# what comes later joins them
head -n 4 "$R" >first
isnad add --db more.db --stories --records first 2>&1
isnad add --db more.db --records "$R" 2>&1
isnad compare --db more.db --json 2>&1 >/dev/null
isnad add --db more.db --stories --records "$R" 2>&1
isnad stories --db more.db
isnad stories --db news.db --sort loudest
isnad story --db news.db 4711
isnad story --db news.db --records "$R" 1
isnad stories --db missing.db
