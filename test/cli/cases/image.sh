# Where the image is looked for: --image, ISNAD_IMAGE, beside the program, ../share/isnad.
printf 'وصل الوزير إلى عمان.\n' >one.txt
ISNAD_IMAGE=nowhere isnad code one.txt >/dev/null; echo "exit $?"
ISNAD_IMAGE=nowhere isnad code --image "$BUILD/isnad.lexicon" one.txt >/dev/null; echo "exit $?"
mkdir -p moved/bin moved/share/isnad
cp "$BUILD/cli/isnad" moved/bin; cp "$BUILD/isnad.lexicon" moved/share/isnad
moved/bin/isnad code one.txt >/dev/null; echo "exit $?"
head -c 1000 "$BUILD/isnad.lexicon" >cut
isnad code --image cut one.txt >/dev/null; echo "exit $?"
