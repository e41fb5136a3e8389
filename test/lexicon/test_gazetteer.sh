#!/bin/bash
# What isnad-geonames writes fills coordinates and regions of our places when the image is made: a town by its Arabic name, one by its English name, a
# region by its largest town; what a line says itself stays, and no line is added.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$ISNAD_SOURCE"/test/lexicon/small/*.tsv "$work"
{
    printf 'name\tforms\tenglish\tcountry\tkind\tlat\tlon\tin\tcontext\n'
    printf 'الغربية\t\tGharbia\tEGY\tregion\t\t\t\t\n'
    printf 'المحلة الكبرى\tالمحلة\tMahalla\tEGY\tcity\t\t\t\t\n'
    printf 'سمنود\t\tSamannud\tEGY\ttown\t\t\t\t\n'
    printf 'طنطا\tطنطة\tTanta\tEGY\ttown\t1.50\t2.50\t\t\n'
} >"$work/places.tsv"
{
    printf 'al Mahallah\tالمحلة\tEG\tمحافظة الغربية\tGharbia Governorate\t30.9745\t31.1650\t431052\n'
    printf 'Samannūd\t\tEG\tمحافظة الغربية\tGharbia Governorate\t30.9614\t31.2407\t59620\n'
    printf 'Tanta\tطنطا\tEG\tمحافظة الغربية\tGharbia Governorate\t30.7885\t31.0019\t404901\n'
    printf 'Zifta\tزفتى\tEG\tمحافظة الغربية\tGharbia Governorate\t30.7142\t31.2443\t92667\n'
    printf 'Samannud\tسمنود\tSD\t\t\t1.0000\t1.0000\t999999\n'
} >"$work/towns"
"$ISNAD_BUILD/isnad-lexc" "$work" "$work/image" "$ISNAD_SOURCE/model" "$work/towns" || exit 1
failed=0
# place NAME EXPECTED: region, lat and lon of the first place of that name.
place() {
    got=$("$ISNAD_BUILD/cli/isnad" actor --json --image "$work/image" "$1" |
        sed -nE 's/.*"region":("[^"]*"|null),"lat":([^,]*),"lon":([^,]*),.*/\1 \2 \3/p')
    [ "$got" = "$2" ] || { echo "$1: '$got', wanted '$2'"; failed=1; }
}
place 'المحلة الكبرى' '"الغربية" 30.97 31.16'
place سمنود '"الغربية" 30.96 31.24'
place طنطا '"الغربية" 1.50 2.50'
place الغربية 'null 30.97 31.16'
place زفتى ''
# Without the file the image is made of the tables alone.
"$ISNAD_BUILD/isnad-lexc" "$work" "$work/image" || exit 1
place سمنود 'null null null'
exit $failed
