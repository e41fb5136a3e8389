# Every command explains itself, by `help` and by --help, in the same words.
isnad help; echo "exit $?"
for c in code explain actor lexicon help version; do
    echo "--- $c"
    isnad help $c; echo "exit $?"
    diff <(isnad help $c) <(isnad $c --help) && echo "the same by --help"
done
isnad help nonsense; echo "exit $?"
diff <(isnad help) <(isnad --help) && echo "the same by --help"
