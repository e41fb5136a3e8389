/* client.c - a program of somebody else's: codes one article through the installed library. */
#include <stdio.h>
#include <string.h>

#include <isnad.h>

int main(int argc, char **argv)
{
    /* "The Jordanian foreign minister arrived in Cairo." */
    static const char article[] =
        "\xD9\x88\xD8\xB5\xD9\x84 \xD9\x88\xD8\xB2\xD9\x8A\xD8\xB1 \xD8\xA7\xD9\x84\xD8\xAE\xD8\xA7\xD8\xB1\xD8\xAC"
        "\xD9\x8A\xD8\xA9 \xD8\xA7\xD9\x84\xD8\xA3\xD8\xB1\xD8\xAF\xD9\x86\xD9\x8A \xD8\xA5\xD9\x84\xD9\x89 "
        "\xD8\xA7\xD9\x84\xD9\x82\xD8\xA7\xD9\x87\xD8\xB1\xD8\xA9.\n";
    isnad_engine_options options = {argc > 1 ? argv[1] : NULL, NULL};
    isnad_engine *engine = NULL;
    isnad_worker *worker = NULL;
    isnad_error err = {ISNAD_OK, "", "", 0};
    isnad_input input;
    const char *record = NULL;
    size_t n = 0;
    memset(&input, 0, sizeof input);
    input.uri = "memory";
    input.bytes = article;
    input.n = strlen(article);
    input.published = "2021-04-17";
    if (isnad_engine_open(&engine, &options, &err) != ISNAD_OK || isnad_worker_new(&worker, engine, &err) != ISNAD_OK ||
        isnad_code(worker, &input, &record, &n, &err) != ISNAD_OK) {
        fprintf(stderr, "client: %s\n", err.message);
        return 1;
    }
    printf("%.*s\n", (int)n, record);
    isnad_worker_free(worker);
    isnad_engine_free(engine);
    return 0;
}
