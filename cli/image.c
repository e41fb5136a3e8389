#include "image.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_ROOM 4096

/* The folder of the running program, with a slash at its end; false where /proc doesn't say. */
static bool program_folder(char out[PATH_ROOM])
{
    ssize_t n = readlink("/proc/self/exe", out, PATH_ROOM - 1);
    if (n <= 0)
        return false;
    out[n] = 0;
    char *slash = strrchr(out, '/');
    if (!slash)
        return false;
    slash[1] = 0;
    return true;
}

const char *cli_image_path(const char *given)
{
    static const char *const beside[] = {"isnad.lexicon", "../isnad.lexicon", "../share/isnad/isnad.lexicon"};
    static char path[PATH_ROOM + 64]; /* the program looks once */
    char folder[PATH_ROOM];
    if (given)
        return given;
    const char *named = getenv("ISNAD_IMAGE");
    if (named && *named)
        return named;
    for (size_t i = 0; i < sizeof beside / sizeof *beside && program_folder(folder); i++) {
        snprintf(path, sizeof path, "%s%s", folder, beside[i]);
        if (access(path, F_OK) == 0)
            return path;
    }
    return isnad_default_image();
}

const char *cli_web_path(void)
{
    static const char *const beside[] = {"../web", "../share/isnad/web", "../../../web/dist"};
    static char path[PATH_ROOM + 64]; /* the program looks once */
    char folder[PATH_ROOM];
    for (size_t i = 0; i < sizeof beside / sizeof *beside && program_folder(folder); i++) {
        snprintf(path, sizeof path, "%s%s/index.html", folder, beside[i]);
        if (access(path, F_OK) == 0) {
            *strrchr(path, '/') = 0;
            return path;
        }
    }
    const char *image = isnad_default_image(), *slash = strrchr(image, '/');
    int n = slash ? snprintf(path, sizeof path, "%.*s/web/index.html", (int)(slash - image), image) : 0;
    if (n <= 0 || (size_t)n >= sizeof path || access(path, F_OK) != 0)
        return NULL;
    *strrchr(path, '/') = 0;
    return path;
}

isnad_engine *cli_engine_open(const char *image, const char *lexicon)
{
    isnad_engine_options options = {.image = cli_image_path(image), .lexicon = lexicon};
    isnad_engine *engine = NULL;
    isnad_error err = {0};
    isnad_status status = isnad_engine_open(&engine, &options, &err);
    if (status == ISNAD_OK)
        return engine;
    fprintf(stderr, "isnad: %s\n", err.message);
    if (status == ISNAD_E_LEXICON && lexicon)
        fprintf(stderr, "isnad: `isnad lexicon check %s` tells every fault of the folder\n", lexicon);
    else if (status != ISNAD_E_MEMORY && !image && !lexicon)
        fprintf(stderr, "isnad: the compiled lexicon comes with the program; name it with --image FILE or ISNAD_IMAGE\n");
    return NULL;
}
