/* temp.h - files that a test makes for itself, in the folder for such files. Include after cmocka.h. */
#ifndef ISN_TEST_TEMP_H
#define ISN_TEST_TEMP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TEMP_PATH 512

/* A name for mkstemp and mkdtemp in TMPDIR, else where the system keeps such files. */
static inline void temp_name(char path[TEMP_PATH], const char *what)
{
    const char *folder = getenv("TMPDIR");
    int n = snprintf(path, TEMP_PATH, "%s/isnad-%s-XXXXXX", folder && *folder ? folder : P_tmpdir, what);
    assert_true(n > 0 && n < TEMP_PATH);
}

/* A new file with this content; the caller unlinks it. */
static inline void temp_file(char path[TEMP_PATH], const char *what, const char *content)
{
    temp_name(path, what);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), (ssize_t)strlen(content));
    close(fd);
}

#endif
