# The kept libraries, each for a field that isnad does not exist for. Debian's package beside each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)   # HTML, XML: libxml2-dev
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc) # Unicode tables: libutf8proc-dev
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)      # JSON in: libjansson-dev
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)     # hashing: libxxhash-dev
set(ISNAD_LIBRARIES PkgConfig::LIBXML2 PkgConfig::UTF8PROC PkgConfig::JANSSON PkgConfig::XXHASH Threads::Threads m)
