# The lexicon image: all tables of lexicon/ and the models of model/, compiled by isnad-lexc.
file(GLOB lexicon_tables CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lexicon/*.tsv)
file(GLOB models CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/model/*.bin)
set(ISNAD_IMAGE ${PROJECT_BINARY_DIR}/isnad.lexicon)
add_executable(isnad-lexc ${PROJECT_SOURCE_DIR}/tools/isnad-lexc.c ${PROJECT_SOURCE_DIR}/tools/gazetteer.c)
target_include_directories(isnad-lexc PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-lexc PRIVATE isnad_static)

# Where libgeonames is installed, its towns give our places coordinates and regions that their lines lack.
set(ISNAD_TOWNS "")
if(GEONAMES_FOUND)
    set(ISNAD_TOWNS ${PROJECT_BINARY_DIR}/geonames.tsv)
    add_executable(isnad-geonames ${PROJECT_SOURCE_DIR}/tools/isnad-geonames.c)
    target_link_libraries(isnad-geonames PRIVATE PkgConfig::GEONAMES)
    add_custom_command(OUTPUT ${ISNAD_TOWNS} COMMAND isnad-geonames ${ISNAD_TOWNS} DEPENDS isnad-geonames VERBATIM)
endif()
add_custom_target(lexicon ALL DEPENDS ${ISNAD_IMAGE})
add_custom_command(OUTPUT ${ISNAD_IMAGE}
    COMMAND isnad-lexc ${PROJECT_SOURCE_DIR}/lexicon ${ISNAD_IMAGE}
        ${PROJECT_SOURCE_DIR}/model ${ISNAD_TOWNS}
    DEPENDS isnad-lexc ${ISNAD_TOWNS} ${lexicon_tables} ${models}
    COMMENT "Compiling the lexicon image")

# Trains the tagger's model; developers run it by hand (model/README.md).
add_executable(isnad-train-tagger EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tools/isnad-train-tagger.c
               ${PROJECT_SOURCE_DIR}/tools/train-corpus.c)
target_include_directories(isnad-train-tagger PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-train-tagger PRIVATE isnad_static)

# Trains the sequence model of names, likewise.
add_executable(isnad-train-names EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tools/isnad-train-names.c
               ${PROJECT_SOURCE_DIR}/tools/name-corpus.c ${PROJECT_SOURCE_DIR}/tools/name-score.c)
target_include_directories(isnad-train-names PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-train-names PRIVATE isnad_static)
target_compile_options(isnad-train-names PRIVATE -O3)

# Classes of words by their company, likewise.
add_executable(isnad-cluster-words EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tools/isnad-cluster-words.c)
target_include_directories(isnad-cluster-words PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-cluster-words PRIVATE isnad_static m)
target_compile_options(isnad-cluster-words PRIVATE -O3)

# Vectors of words by their company, likewise.
add_executable(isnad-train-topics EXCLUDE_FROM_ALL ${PROJECT_SOURCE_DIR}/tools/isnad-train-topics.c)
target_include_directories(isnad-train-topics PRIVATE ${PROJECT_SOURCE_DIR}/src)
target_link_libraries(isnad-train-topics PRIVATE isnad_static m)
target_compile_options(isnad-train-topics PRIVATE -O3)
