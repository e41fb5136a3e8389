# A folder of one's own tables: checked by file and line.
mkdir mine
head -n 1 <(grep -v '^#' "$SOURCE/lexicon/outlets.tsv") >mine/outlets.tsv
isnad lexicon check mine; echo "exit $?"
printf 'too\tfew\n' >>mine/outlets.tsv
isnad lexicon check mine/ | cut -d: -f1,2; echo "exit ${PIPESTATUS[0]}"
