#!/bin/bash
# Installs into an empty folder and builds a client against it with pkg-config, shared and static; compiles the header alone as C11
# and as C++; looks for everything that an installation has.
set -eu
grep -q '^ISNAD_SANITIZE:STRING=$' "$ISNAD_BUILD/CMakeCache.txt" || exit 77 # a client would need the sanitizers too
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
cmake --install "$ISNAD_BUILD" --prefix "$prefix" >/dev/null
for file in bin/isnad include/isnad.h share/isnad/isnad.lexicon share/man/man1/isnad.1 \
    share/bash-completion/completions/isnad share/zsh/site-functions/_isnad; do
    [ -s "$prefix/$file" ] || { echo "not installed: $file"; exit 1; }
done
if [ -f "$ISNAD_SOURCE/web/dist/index.html" ]; then # the pages, where they have been built
    [ -s "$prefix/share/isnad/web/ar/index.html" ] || { echo "the pages are not installed"; exit 1; }
fi
pc=$(find "$prefix" -name isnad.pc)
[ -n "$pc" ]
export PKG_CONFIG_PATH=${pc%/isnad.pc}
libdir=${PKG_CONFIG_PATH%/pkgconfig}

echo "the header alone"
for language in c c++; do
    standard=c11
    [ $language = c ] || standard=c++11
    echo '#include <isnad.h>' |
        cc -x $language -std=$standard -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I "$prefix/include" -
done

echo "a client with the shared library"
image=$(pkg-config --variable=image isnad)
source=$ISNAD_SOURCE/test/install/client.c
read -ra flags <<<"$(pkg-config --cflags --libs isnad)"
cc -std=c11 -Wall -Wextra -Werror "$source" -o "$work/shared" "${flags[@]}"
LD_LIBRARY_PATH=$libdir "$work/shared" "$image" >"$work/by-shared"
echo "a client with the static library"
read -ra flags <<<"$(pkg-config --cflags isnad) $libdir/libisnad.a $(pkg-config --libs libxml-2.0 libutf8proc jansson libxxhash zlib libzstd libbrotlidec libcurl sqlite3)"
cc -std=c11 "$source" -o "$work/static" "${flags[@]}" -lm -pthread
"$work/static" "$image" >"$work/by-static"
cmp "$work/by-shared" "$work/by-static"
python3 -c 'import json,sys; r = json.load(sys.stdin); assert r["isnad"] == 1 and r["published"] == "2021-04-17", r' <"$work/by-static"

echo "the installed program finds its lexicon"
printf 'x\n' >"$work/one.txt"
(cd / && env -u ISNAD_IMAGE "$prefix/bin/isnad" code "$work/one.txt" >/dev/null)
echo "the shared library shows its interface and nothing else"
others=$(nm -D --defined-only "$libdir"/libisnad.so | awk '{print $3}' | grep -vE '^(isnad_|_init$|_fini$|__bss_start$|_edata$|_end$)' || true)
[ -z "$others" ] || { echo "exported: $others"; exit 1; }
