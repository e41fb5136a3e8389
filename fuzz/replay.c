/* replay.c - runs a fuzz target over the files of a folder: fuzz_NAME FOLDER. Fails if there is
 * none. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay(const char *path)
{
    isn_file file;
    if (isn_file_open(&file, path, (size_t)1 << 26, NULL) != ISNAD_OK)
        return 0;
    /* A copy of its own, so that the sanitizer sees a read past its end. */
    uint8_t *copy = malloc(file.bytes.n ? file.bytes.n : 1);
    if (!copy)
        abort();
    if (file.bytes.n)
        memcpy(copy, file.bytes.p, file.bytes.n);
    LLVMFuzzerTestOneInput(copy, file.bytes.n);
    free(copy);
    isn_file_close(&file);
    return 1;
}

int main(int argc, char **argv)
{
    int done = 0;
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        done += replay(path);
    }
    closedir(folder);
    printf("%d inputs\n", done);
    return done ? 0 : 1;
}
