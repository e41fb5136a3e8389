/* isnad-lexc DIR OUT [MODELS [TOWNS]]: compiles the tables of a folder, and the models of another, into an image; TOWNS, written by
 * isnad-geonames, fills coordinates and regions that our places lack. The build runs it; users' folders are laid over at start. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "gazetteer.h"
#include "lexicon/compile.h"

static void tell(void *user, const isnad_error *fault)
{
    const char *dir = user;
    fprintf(stderr, "%s/%s:%llu: %s%s\n", dir, fault->file, (unsigned long long)fault->line,
            fault->status == ISNAD_E_FORMAT ? "" : "warning: ", fault->message);
}

/* Maps the files of the folder of models; those that aren't there stay empty. */
static isnad_status open_models(isn_file files[ISN_BLOB_COUNT], isn_str blobs[ISN_BLOB_COUNT], const char *dir,
                                isnad_error *err)
{
    static const char *const names[] = {
#define X(name, file) file,
        ISN_BLOBS(X)
#undef X
    };
    for (size_t i = 0; i < ISN_BLOB_COUNT; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", dir, names[i]);
        FILE *there = fopen(path, "rb");
        if (!there)
            continue; /* not trained yet: training needs an image without it */
        fclose(there);
        isnad_status status = isn_file_open(&files[i], path, (size_t)1 << 28, err);
        if (status != ISNAD_OK)
            return status;
        blobs[i] = files[i].bytes;
    }
    return ISNAD_OK;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 5) {
        fprintf(stderr, "usage: isnad-lexc DIR OUT [MODELS [TOWNS]]\n");
        return 2;
    }
    isn_faults faults = {tell, argv[1], 0, 0, {0}};
    isnad_error err = {0};
    gazetteer_count count = {0};
    isn_tables tables;
    isn_buf image;
    isn_tables_init(&tables);
    isn_buf_init(&image, (size_t)1 << 30);
    isn_file models[ISN_BLOB_COUNT] = {{{0}}};
    isnad_status status = isn_tables_load(&tables, argv[1], &faults, &err);
    if (status == ISNAD_OK && argc >= 4)
        status = open_models(models, tables.blobs, argv[3], &err);
    if (status == ISNAD_OK && argc == 5)
        status = gazetteer_fill(&tables, argv[4], &count, &err);
    if (status == ISNAD_OK && argc == 5)
        printf("isnad-lexc: %zu towns of GeoNames, %zu of our places among them: %zu got coordinates, %zu their region\n", count.towns,
               count.met, count.coordinates, count.regions);
    if (status == ISNAD_OK)
        status = isn_compile_tables(&image, &tables, &faults, &err);
    if (status == ISNAD_OK && faults.malformed == 0)
        status = isn_file_write(argv[2], isn_str_of(image.p, image.n), &err);
    isn_buf_release(&image);
    for (size_t i = 0; i < ISN_BLOB_COUNT; i++)
        isn_file_close(&models[i]);
    isn_tables_release(&tables);
    if (status != ISNAD_OK)
        fprintf(stderr, "isnad-lexc: %s\n", err.message);
    return status != ISNAD_OK || faults.malformed ? 1 : 0;
}
