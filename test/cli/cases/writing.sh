# Full disks and closed pipes are told, in every form of output.
printf 'وصل وزير الخارجية المصري إلى عمان.\n' >good.txt
for form in "" --brief --table; do
    isnad code $form good.txt >/dev/full; echo "exit $?"
done
isnad explain good.txt >/dev/full; echo "exit $?"
isnad code --output /dev/full good.txt; echo "exit $?"
mkdir many
for i in $(seq 400); do cp good.txt many/$i.txt; done
{ isnad code many many many many 2>said; echo "exit $?" >code; } | head -n 1 >/dev/null
sed 's/after [0-9]* records/after N records/' said; cat code
