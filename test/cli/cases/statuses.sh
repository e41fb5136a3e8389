# 0 found, 1 nothing to read, 2 a failure; one bad input costs no other article anything.
printf 'وصل وزير الخارجية المصري إلى عمان.\n' >good.txt
printf '\0\1\2\3\0\0\0\7' >binary.bin
: >empty.txt
mkdir none folder
cp good.txt folder/a.txt; cp good.txt folder/b.txt
count() { isnad code -q "$@" >out; echo "exit $?, $(wc -l <out) records"; }
count good.txt
count folder
count none
count good.txt empty.txt folder
count binary.bin good.txt
count missing.txt good.txt
count - <good.txt
isnad code good.txt --output by-name; echo "exit $?"
isnad code good.txt | cmp - by-name && echo "the same by --output"
isnad code -j 4 folder good.txt folder >four; isnad code folder good.txt folder | cmp - four && echo "the same with 4 jobs"
