# A folder of one's own tables: checked by file and line.
mkdir mine
head -n 1 <(grep -v '^#' "$SOURCE/lexicon/outlets.tsv") >mine/outlets.tsv
isnad lexicon check mine; echo "exit $?"
printf 'too\tfew\n' >>mine/outlets.tsv
isnad lexicon check mine/ | cut -d: -f1,2; echo "exit ${PIPESTATUS[0]}"
# Spellings that pass for one another, in one's own tables and against those of the lexicon.
mkdir people
printf 'id\tname\tforms\tenglish\tcountry\tsex\tsector\nvladimir-buttin\tفلاديمير بوتن الثالث\t\tV. B.\tRUS\tm\tGOV\nvladimir-putan\tفلاديمير بوتن الثالس\t\tV. P.\tRUS\tm\tGOV\n' >people/people.tsv
isnad lexicon check people; echo "exit $?"
# An image of a folder that holds a whole lexicon.
isnad lexicon compile "$SOURCE/test/lexicon/small" -o small.lexicon; echo "exit $?"
isnad actor --image small.lexicon EGY; echo "exit $?"
isnad lexicon compile "$SOURCE/test/lexicon/small"; echo "exit $?"
isnad lexicon compile nowhere -o small.lexicon; echo "exit $?"
printf 'id\tname\tnonsense\n' >people/people.tsv
isnad lexicon compile people -o other.lexicon; echo "exit $?"
isnad lexicon check -o x people; echo "exit $?"
isnad lexicon people; echo "exit $?"
