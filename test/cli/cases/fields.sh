# JSON Lines with names of their own, and metadata for files.
printf '%s\n' '{"nr":"17","body":"وصل الوزير إلى عمان.","day":"2018-03-02","src":"الرأي"}' >dump.jsonl
isnad code --fields id=nr,text=body,published=day,outlet=src dump.jsonl |
    python3 -c 'import json,sys; r=json.loads(sys.stdin.read()); print(r["id"], r["outlet"], r["published"], r["text"].strip())'
printf 'وصل الوزير إلى عمان.\n' >one.txt
printf 'outlet\tarticle\tpublished\nالرأي\tone\t2019-05-06\n' >meta.tsv
isnad code --metadata meta.tsv one.txt |
    python3 -c 'import json,sys; r=json.loads(sys.stdin.read()); print(r["outlet"], r["published"])'
printf 'outlet\nx\n' >bad.tsv
isnad code --metadata bad.tsv one.txt; echo "exit $?"
