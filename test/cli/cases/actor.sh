# Who is called so: from the lexicon, and from tables of one's own.
isnad actor "Kofi Annan" | sed "s|tsv:[0-9]*|tsv:N|"; echo "exit ${PIPESTATUS[0]}"
isnad actor كوفى عنان >/dev/null; echo "exit $?"
isnad actor; echo "exit $?"
isnad actor ""; echo "exit $?"
mkdir mine
printf 'id\tname\tforms\tenglish\tcountry\tsex\tsector\nqais-of-nowhere\tقيس الطائي اللامكاني\t?اللامكاني\tQais of Nowhere\tJOR\tm\tGOV\n' >mine/people.tsv
printf 'person\toffice\torgan\tcountry\tfrom\tto\tnote\nqais-of-nowhere\tوزير الدولة\t\tJOR\t2011-02\t2012-05-02\tby himself\nqais-of-nowhere\tوزير العمل\t\tJOR\t2009\t2011-02\t\n' >mine/terms.tsv
isnad actor --lexicon mine "qais of nowhere"; echo "exit $?"
isnad actor --lexicon mine --json اللامكانى; echo "exit $?"
isnad actor --lexicon mine اللامكاتي >said 2>&1; code=$?; head -n 2 said; echo "exit $code"
isnad actor --json blorkentraz-of-the-hills; echo "exit $?"
isnad actor --image /dev/null x; echo "exit $?"
