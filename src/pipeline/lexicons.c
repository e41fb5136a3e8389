/* lexicons.c - checking and compiling folders of tables: the public calls. */
#include "base/error.h"
#include "base/file.h"
#include "isnad.h"
#include "lexicon/check.h"
#include "lexicon/compile.h"
#include "link/confusable.h"

/* Compiles `all` for looking up and tells of the people of `mine` whose names are too much alike. */
static isnad_status check_alike(const isn_tables *mine, isn_tables *all, isn_faults *faults, isnad_error *err)
{
    isn_buf image;
    isn_lexicon *lexicon = NULL;
    isn_faults unheard = {.tell = NULL};
    isn_buf_init(&image, (size_t)1 << 30);
    isnad_status status = isn_compile_tables(&image, all, &unheard, err);
    if (status == ISNAD_OK)
        status = isn_lexicon_open_memory(&lexicon, isn_str_of(image.p, image.n), NULL, err);
    if (status == ISNAD_OK && !isn_confusable_check(mine, all, lexicon, faults))
        status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    isn_lexicon_free(lexicon);
    isn_buf_release(&image);
    return status;
}

static isnad_status check_folder(const char *dir, const isn_lexicon *base, isn_faults *faults, isnad_error *err)
{
    isn_tables mine, all;
    isn_tables_init(&mine);
    isn_tables_init(&all);
    isnad_status status = isn_tables_load(&mine, dir, faults, err);
    if (status == ISNAD_OK) {
        bool good = (!base || isn_tables_import(&all, base)) && isn_tables_lay(&all, &mine) &&
                    isn_check_tables(&mine, &all, base != NULL, faults);
        if (!good)
            status = isn_fail(err, ISNAD_E_MEMORY, dir, 0, "out of memory");
    }
    if (status == ISNAD_OK && mine.rows[ISN_T_PEOPLE].n)
        status = check_alike(&mine, &all, faults, err);
    isn_tables_release(&mine);
    isn_tables_release(&all);
    return status;
}

isnad_status isnad_lexicon_check(const char *dir, const char *base_image, isnad_fault_fn *tell, void *user,
                                 size_t *count, isnad_error *err)
{
    isn_lexicon *base = NULL;
    isn_faults faults = {.tell = tell, .user = user};
    isnad_status status = base_image ? isn_lexicon_open(&base, base_image, err) : ISNAD_OK;
    if (status == ISNAD_OK)
        status = check_folder(dir, base, &faults, err);
    isn_lexicon_free(base);
    if (count)
        *count = faults.malformed + faults.wrong;
    return status;
}

isnad_status isnad_lexicon_compile(const char *dir, const char *out_file, isnad_error *err)
{
    isn_faults faults = {.tell = NULL};
    isn_tables tables;
    isn_buf image;
    isn_tables_init(&tables);
    isn_buf_init(&image, (size_t)1 << 30);
    isnad_status status = isn_tables_load(&tables, dir, &faults, err);
    if (status == ISNAD_OK && faults.malformed) {
        if (err) {
            *err = faults.first;
            err->status = ISNAD_E_LEXICON;
        }
        status = ISNAD_E_LEXICON;
    }
    if (status == ISNAD_OK)
        status = isn_compile_tables(&image, &tables, &faults, err);
    if (status == ISNAD_OK)
        status = isn_file_write(out_file, isn_str_of(image.p, image.n), err);
    isn_buf_release(&image);
    isn_tables_release(&tables);
    return status;
}
