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
