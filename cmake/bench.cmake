# bench/stages.c times the rooms one by one (bench/README.md).
add_executable(isnad-stages EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/stages.c)
target_include_directories(isnad-stages PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-stages PRIVATE isnad_static)
# bench/stories.c times stories over as many articles as one likes.
add_executable(isnad-stories-bench EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/stories.c)
target_include_directories(isnad-stories-bench PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-stories-bench PRIVATE isnad_static)
# bench/readers.c times the readers of feeds and archives alone.
add_executable(isnad-readers EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/readers.c)
target_include_directories(isnad-readers PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-readers PRIVATE isnad_static)
# bench/million.c makes a large corpus of a small one; bench/search.c times searches in a database of it.
add_executable(isnad-bench-million EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/million.c)
target_link_libraries(isnad-bench-million PRIVATE PkgConfig::JANSSON PkgConfig::XXHASH)
add_executable(isnad-bench-search EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/search.c)
target_link_libraries(isnad-bench-search PRIVATE isnad_static)
# bench/answers.c times every kind of answer of a database.
add_executable(isnad-bench-answers EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/answers.c)
target_link_libraries(isnad-bench-answers PRIVATE isnad_static)
