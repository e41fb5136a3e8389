# Ctrl-C ends a run after the article at hand: what was written is whole, the exit status is 130.
trap '' PIPE
mkfifo pipe
"$BUILD/cli/isnad" code - <pipe >out 2>said &
program=$!
line='{"id":"a","text":"وصل وزير الخارجية المصري إلى عمان وبحث مع نظيره الأردني العلاقات."}'
exec 3>pipe
for i in $(seq 2000); do echo "$line"; done >&3
kill -INT $program
while kill -0 $program 2>/dev/null; do echo "$line"; done >&3 2>/dev/null
wait $program; echo "exit $?"
exec 3>&-
sed 's/[0-9][0-9]* records/N records/' said
python3 - <<'P'
import json
n = 0
for line in open("out", "rb"):
    json.loads(line)
    n += 1
print("records were written" if n else "nothing was written")
P
