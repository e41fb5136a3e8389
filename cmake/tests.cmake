# test/<room>/test_*.c: one cmocka program each; test/<room>/test_*.sh: one script each.
pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka) # tests: libcmocka-dev
file(GLOB test_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/test/*/test_*.c)
foreach(source IN LISTS test_sources)
    get_filename_component(name ${source} NAME_WE)
    get_filename_component(folder ${source} DIRECTORY)
    get_filename_component(room ${folder} NAME)
    set(target ${name}_${room})
    add_executable(${target} ${source})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/test)
    target_link_libraries(${target} PRIVATE isnad_static PkgConfig::CMOCKA)
    if(room STREQUAL "server") # test/server tries the server, which is no room
        target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/server)
        target_link_libraries(${target} PRIVATE isnad_server)
    endif()
    target_compile_definitions(${target} PRIVATE
        ISNAD_TEST_IMAGE="${ISNAD_IMAGE}" ISNAD_TEST_SOURCE="${PROJECT_SOURCE_DIR}"
        ISNAD_TEST_SHARED="${PROJECT_SOURCE_DIR}/../shared")
    add_dependencies(${target} lexicon)
    add_test(NAME ${room}.${name} COMMAND ${target})
    set_tests_properties(${room}.${name} PROPERTIES LABELS ${room} ENVIRONMENT "ISNAD_IMAGE=${ISNAD_IMAGE}")
endforeach()
file(GLOB test_scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/test/*/test_*.sh)
foreach(script IN LISTS test_scripts)
    get_filename_component(name ${script} NAME_WE)
    get_filename_component(folder ${script} DIRECTORY)
    get_filename_component(room ${folder} NAME)
    add_test(NAME ${room}.${name} COMMAND bash ${script})
    set_tests_properties(${room}.${name} PROPERTIES SKIP_RETURN_CODE 77 LABELS ${room}
        ENVIRONMENT "ISNAD_BUILD=${PROJECT_BINARY_DIR};ISNAD_SOURCE=${PROJECT_SOURCE_DIR};ISNAD_IMAGE=${ISNAD_IMAGE}")
endforeach()
# test/<room>/outside_*.sh: need more than Debian's compilers (node, a browser, Java, a package index); once, not under sanitizers.
if(NOT ISNAD_SANITIZE)
    file(GLOB test_scripts CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/test/*/outside_*.sh)
    foreach(script IN LISTS test_scripts)
        get_filename_component(name ${script} NAME_WE)
        get_filename_component(folder ${script} DIRECTORY)
        get_filename_component(room ${folder} NAME)
        add_test(NAME ${room}.${name} COMMAND bash ${script})
        set_tests_properties(${room}.${name} PROPERTIES SKIP_RETURN_CODE 77 LABELS "${room};outside" TIMEOUT 900
            ENVIRONMENT "ISNAD_BUILD=${PROJECT_BINARY_DIR};ISNAD_SOURCE=${PROJECT_SOURCE_DIR};ISNAD_IMAGE=${ISNAD_IMAGE}")
    endforeach()
endif()
set_target_properties(isnad-train-tagger PROPERTIES EXCLUDE_FROM_ALL FALSE) # test/text/test_segmentation.sh measures with it
set_target_properties(isnad-train-names PROPERTIES EXCLUDE_FROM_ALL FALSE) # test/name/test_sequence.sh does
set_tests_properties(pipeline.test_jobs PROPERTIES LABELS "pipeline;jobs")
if(ISNAD_SANITIZE MATCHES "thread")
    add_test(NAME server.threads COMMAND bash ${PROJECT_SOURCE_DIR}/test/server/threads.sh)
    set_tests_properties(server.threads PROPERTIES LABELS "server;jobs"
        ENVIRONMENT "ISNAD_BUILD=${PROJECT_BINARY_DIR};ISNAD_SOURCE=${PROJECT_SOURCE_DIR}")
endif()
