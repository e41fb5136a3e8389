# The lexicon image: all tables of lexicon/, compiled by isnad-lexc.
file(GLOB lexicon_tables CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lexicon/*.tsv)
set(ISNAD_IMAGE ${PROJECT_BINARY_DIR}/isnad.lexicon)
if(EXISTS ${PROJECT_SOURCE_DIR}/tools/isnad-lexc.c)
    add_executable(isnad-lexc ${PROJECT_SOURCE_DIR}/tools/isnad-lexc.c)
    target_include_directories(isnad-lexc PRIVATE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(isnad-lexc PRIVATE isnad_static)
    add_custom_target(lexicon ALL DEPENDS ${ISNAD_IMAGE})
    add_custom_command(OUTPUT ${ISNAD_IMAGE}
        COMMAND isnad-lexc ${PROJECT_SOURCE_DIR}/lexicon ${ISNAD_IMAGE}
        DEPENDS isnad-lexc ${lexicon_tables}
        COMMENT "Compiling the lexicon image")
else()
    add_custom_target(lexicon)
endif()
