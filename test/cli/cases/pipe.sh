# A line in, a line out: errors are answers, keys and escapes are carried through.
show() { python3 -c '
import json, sys
for line in sys.stdin:
    key, tab, text = line.rstrip("\n").rpartition("\t")
    answer = json.loads(text)
    print(repr(key + tab), answer.get("error") or (answer["id"][:4], answer["uri"], answer["outlet"], answer["published"], answer["text"]))'; }
{
    printf '%s\n' '{"id":"one","text":"وصل الوزير إلى عمان.","published":"2018-03-02"}' '{"text": broken' '' '   ' '{"id":"two"}' '[1,2]' 'words'
    printf '\0\1\2 bytes\n{"id":"last","text":"غادر الوزير عمان."}'
} >lines
isnad code --pipe --outlet الرأي <lines | show; echo "exit ${PIPESTATUS[0]}"
echo "--- keys, also where there is none"
{ sed '2,$d; s/^/7 8\t/' lines; sed '1d; 2q' lines; printf 'x\t\n'; } | isnad code --pipe --key - | show
echo "--- text, escaped"
printf '%s\n' 'وصل الوزير\nإلى عمان.\tثم غادر\\' '\N' | isnad code --pipe --format text --escaped | sed 's/\\\\/\\/g' | show
echo "--- fields"
echo '{"nr":"9","body":"وصل الوزير إلى عمان.","day":"2018-03-02"}' | isnad code --pipe --fields id=nr,text=body,published=day | show
echo "--- what does not go together"
isnad code --pipe lines; isnad code --pipe --brief; isnad code --pipe --format warc; isnad code --key lines; isnad code --pipe --jobs 2
echo "exit $?"
