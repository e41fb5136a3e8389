# libisnad, static and shared, from the rooms' objects.
add_library(isnad_static STATIC ${ISNAD_OBJECTS})
set_target_properties(isnad_static PROPERTIES OUTPUT_NAME isnad)
add_library(isnad_shared SHARED ${ISNAD_OBJECTS})
set_target_properties(isnad_shared PROPERTIES OUTPUT_NAME isnad VERSION ${PROJECT_VERSION}
                      SOVERSION ${PROJECT_VERSION_MAJOR})
foreach(target isnad_static isnad_shared)
    target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                               $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    target_link_libraries(${target} PUBLIC ${ISNAD_LIBRARIES})
endforeach()

# Where isnad_engine_open looks when it is told nothing.
set_source_files_properties(${PROJECT_SOURCE_DIR}/src/pipeline/engine.c PROPERTIES COMPILE_DEFINITIONS
    ISNAD_DEFAULT_IMAGE="${CMAKE_INSTALL_FULL_DATADIR}/isnad/isnad.lexicon")

if(ISNAD_KEEP_DOUBTFUL)
    set_source_files_properties(${PROJECT_SOURCE_DIR}/src/event/confidence.c PROPERTIES COMPILE_DEFINITIONS ISN_KEEP_DOUBTFUL)
endif()
