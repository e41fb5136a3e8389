/* isnad-lexc DIR OUT: compiles the tables of a folder into an image. The build runs it; users' folders are laid over at start. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "lexicon/compile.h"

static void tell(void *user, const isnad_error *fault)
{
    const char *dir = user;
    fprintf(stderr, "%s/%s:%llu: %s%s\n", dir, fault->file, (unsigned long long)fault->line,
            fault->status == ISNAD_E_FORMAT ? "" : "warning: ", fault->message);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: isnad-lexc DIR OUT\n");
        return 2;
    }
    isn_faults faults = {tell, argv[1], 0, 0, {0}};
    isnad_error err = {0};
    isn_tables tables;
    isn_buf image;
    isn_tables_init(&tables);
    isn_buf_init(&image, (size_t)1 << 30);
    isnad_status status = isn_tables_load(&tables, argv[1], &faults, &err);
    if (status == ISNAD_OK)
        status = isn_compile_tables(&image, &tables, &faults, &err);
    if (status == ISNAD_OK && faults.malformed == 0)
        status = isn_file_write(argv[2], isn_str_of(image.p, image.n), &err);
    isn_buf_release(&image);
    isn_tables_release(&tables);
    if (status != ISNAD_OK)
        fprintf(stderr, "isnad-lexc: %s\n", err.message);
    return status != ISNAD_OK || faults.malformed ? 1 : 0;
}
