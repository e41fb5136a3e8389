/* replay.c - a fuzz target as an ordinary test: runs it over the files named, or over all files of the folders named. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replayed;

static int replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        fprintf(stderr, "replay: cannot read '%s'\n", path);
        return 1;
    }
    long n = ftell(file);
    rewind(file);
    /* The bytes lie in a block of just their size, so that a sanitizer sees a read past the end. */
    uint8_t *bytes = malloc(n > 0 ? (size_t)n : 1);
    if (!bytes || n < 0 || fread(bytes, 1, (size_t)n, file) != (size_t)n) {
        fprintf(stderr, "replay: cannot read '%s'\n", path);
        fclose(file);
        free(bytes);
        return 1;
    }
    fclose(file);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput(bytes, (size_t)n);
    free(bytes);
    replayed++;
    return 0;
}

static int replay_folder(const char *path)
{
    DIR *folder = opendir(path);
    int bad = folder == NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        char name[4096];
        struct stat info;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && stat(name, &info) == 0 && S_ISREG(info.st_mode))
            bad |= replay_file(name);
    }
    if (folder)
        closedir(folder);
    return bad;
}

int main(int argc, char **argv)
{
    int bad = 0;
    for (int i = 1; i < argc; i++) {
        struct stat info;
        if (stat(argv[i], &info) == 0 && S_ISDIR(info.st_mode))
            bad |= replay_folder(argv[i]);
        else
            bad |= replay_file(argv[i]);
    }
    printf("replay: %d inputs\n", replayed);
    return bad || replayed == 0;
}
