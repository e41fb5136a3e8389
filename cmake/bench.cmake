# bench/stages.c times the rooms one by one (bench/README.md).
add_executable(isnad-stages EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/bench/stages.c)
target_include_directories(isnad-stages PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-stages PRIVATE isnad_static)
