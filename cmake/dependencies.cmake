# The kept libraries, each for a field that isnad does not exist for. Debian's package beside each.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(LIBXML2 REQUIRED IMPORTED_TARGET libxml-2.0)   # HTML, XML: libxml2-dev
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc) # Unicode tables: libutf8proc-dev
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)      # JSON in: libjansson-dev
pkg_check_modules(XXHASH REQUIRED IMPORTED_TARGET libxxhash)     # hashing: libxxhash-dev
pkg_check_modules(GEONAMES IMPORTED_TARGET geonames)           # towns with coordinates, for the image: libgeonames-dev; may be missing
pkg_check_modules(SQLITE3 REQUIRED IMPORTED_TARGET sqlite3)     # the database and its search (FTS5): libsqlite3-dev
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)           # gzip and deflate, archives and packed files: zlib1g-dev
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)        # zstd, likewise; records packed in the database: libzstd-dev
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec) # bodies of pages in archives as browsers were sent them: libbrotli-dev
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)        # requests: libcurl4-openssl-dev
pkg_check_modules(MICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd>=0.9.73) # HTTP served (isnad serve only): libmicrohttpd-dev
set(ISNAD_LIBRARIES PkgConfig::LIBXML2 PkgConfig::UTF8PROC PkgConfig::JANSSON PkgConfig::XXHASH PkgConfig::SQLITE3 PkgConfig::ZLIB
    PkgConfig::ZSTD PkgConfig::BROTLI PkgConfig::CURL Threads::Threads m)
