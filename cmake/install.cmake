# What `cmake --install` puts in place: program, libraries, header, isnad.pc, lexicon image, man page, completions.
set(ISNAD_DATA_DIR ${CMAKE_INSTALL_DATADIR}/isnad)
configure_file(${PROJECT_SOURCE_DIR}/cmake/isnad.pc.in ${PROJECT_BINARY_DIR}/isnad.pc @ONLY)
foreach(what man bash zsh)
    add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/generated/isnad.${what}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/generated
        COMMAND $<TARGET_FILE:isnad> help ${what} > ${PROJECT_BINARY_DIR}/generated/isnad.${what}
        DEPENDS isnad VERBATIM)
endforeach()
add_custom_target(generated ALL DEPENDS ${PROJECT_BINARY_DIR}/generated/isnad.man
    ${PROJECT_BINARY_DIR}/generated/isnad.bash ${PROJECT_BINARY_DIR}/generated/isnad.zsh)

install(TARGETS isnad isnad_static isnad_shared)
install(FILES ${PROJECT_SOURCE_DIR}/include/isnad.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${PROJECT_BINARY_DIR}/isnad.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${ISNAD_IMAGE} DESTINATION ${ISNAD_DATA_DIR})
# The pages of `isnad serve`, where they have been built (web/README.md).
install(DIRECTORY ${PROJECT_SOURCE_DIR}/web/dist/ DESTINATION ${ISNAD_DATA_DIR}/web OPTIONAL)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_BINARY_DIR}/generated/isnad.man DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME isnad.1)
install(FILES ${PROJECT_BINARY_DIR}/generated/isnad.bash
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME isnad)
install(FILES ${PROJECT_BINARY_DIR}/generated/isnad.zsh
    DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _isnad)
