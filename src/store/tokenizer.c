#include "store/tokenizer.h"

#include "store/terms.h"

static int create(void *context, const char **arguments, int n, Fts5Tokenizer **out)
{
    (void)arguments;
    (void)n;
    *out = context; /* it keeps nothing of its own */
    return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
    (void)tokenizer;
}

typedef struct cutting {
    void *context;
    const char *text;
    int (*token)(void *, int, const char *, int, int, int);
} cutting;

static int take(void *user, isn_str term, size_t place, bool again)
{
    cutting *c = user;
    (void)place;
    int begin = (int)(term.p - c->text);
    return c->token(c->context, again ? FTS5_TOKEN_COLOCATED : 0, term.p, (int)term.n, begin, begin + (int)term.n);
}

static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int n,
                    int (*token)(void *, int, const char *, int, int, int))
{
    (void)tokenizer;
    (void)flags;
    cutting c = {context, text, token};
    return text && n > 0 ? isn_search_terms_read(isn_str_of(text, (size_t)n), take, &c) : SQLITE_OK;
}

int isn_tokenizer_register(sqlite3 *db)
{
    static char nothing;
    fts5_api *api = NULL;
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
        sqlite3_step(statement);
        code = sqlite3_finalize(statement);
    }
    if (code != SQLITE_OK || !api)
        return code != SQLITE_OK ? code : SQLITE_ERROR;
    fts5_tokenizer methods = {create, destroy, tokenize};
    return api->xCreateTokenizer(api, "isnad", &nothing, &methods, NULL);
}
