# What the program says where it can't do what was asked; every one with exit status 2 and what to do.
printf 'x' >file.txt
try() { echo "\$ isnad $*"; isnad "$@" </dev/null; echo "exit $?"; }
try
try nonsense
try article.txt
try code
try explain
try code --jobs 0 file.txt
try code --jobs many file.txt
try code --published yesterday file.txt
try code --format pdf file.txt
try code --color
try code --nonsense file.txt
try code -Z file.txt
try code --alone file.txt
try code --fields nr=id file.txt
try code --brief --table file.txt
try code --metadata missing.tsv file.txt
try code --lexicon missing file.txt
try code --image missing file.txt
try code missing.txt
try code --output no/such/folder file.txt
try lexicon
try lexicon check missing
