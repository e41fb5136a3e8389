#include "answer.h"

#include <string.h>

typedef struct rows {
    isn_out *out;
    size_t told;
} rows;

static int take_row(void *user, const char *json, size_t n)
{
    rows *r = user;
    if (r->told++)
        isn_out_bytes(r->out, ",", 1);
    isn_out_bytes(r->out, json, n);
    return r->out->failed;
}

static isnad_status find(isn_out *out, const isn_ask *ask, const isn_reader *reader, isnad_answer *answer, isnad_error *err)
{
    rows r = {.out = out};
    isnad_status status = isnad_store_find(reader->store, ask->route->kind, &ask->query, take_row, &r, answer, err);
    return out->failed ? isn_serve_fail(err, ISNAD_E_LIMIT, "the answer is too large") : status;
}

static isnad_status list(isn_out *out, const isn_ask *ask, const isn_reader *reader, isnad_error *err)
{
    isnad_answer answer = {.total = -1};
    isn_out_text(out, "{\"rows\":[");
    isnad_status status = find(out, ask, reader, &answer, err);
    isn_out_format(out, "],\"offset\":%zu,\"limit\":%zu,\"more\":%s,\"total\":", ask->query.offset, ask->query.limit,
                   answer.more ? "true" : "false");
    if (answer.total < 0)
        isn_out_text(out, "null}");
    else
        isn_out_format(out, "%lld}", (long long)answer.total);
    return status;
}

static isnad_status status_of(isn_out *out, const isn_ask *ask, const isn_reader *reader, const char *watch, isnad_error *err)
{
    isnad_status status = find(out, ask, reader, NULL, err);
    if (status == ISNAD_OK && out->n && out->p[out->n - 1] == '}')
        out->n--; /* one member more */
    uint64_t stale = 0;
    if (status == ISNAD_OK && !strstr(out->p, "\"stories_stale\"")) {
        status = isnad_store_stories_stale(reader->store, &stale, err);
        isn_out_format(out, ",\"stories_stale\":%llu", (unsigned long long)stale);
    }
    isn_out_format(out, ",\"watch\":%s}", watch);
    return status;
}

/* What the lexicon knows stands before what the database does; either may know nothing. */
static isnad_status actor(isn_out *out, const isn_ask *ask, const isn_reader *reader, isnad_error *err)
{
    static const char nothing[] = "\"database\":null,\"spellings\":[],\"years\":[],\"offices\":[],\"met\":{\"nodes\":[],\"links\":[]}}";
    const char *json;
    size_t n;
    isn_out found;
    isnad_status known = isnad_actor(reader->worker, ask->query.key, &json, &n, err);
    if (known != ISNAD_OK && known != ISNAD_E_NOT_FOUND)
        return known;
    isn_out_text(out, "{\"lexicon\":");
    isn_out_bytes(out, json, n);
    isn_out_text(out, ",");
    isn_out_init(&found, ISN_SERVE_ANSWER_BYTES);
    isnad_status status = find(&found, ask, reader, NULL, err);
    if (status == ISNAD_OK && found.n) {
        isn_out_bytes(out, found.p + 1, found.n - 1);
    } else if ((status == ISNAD_OK || status == ISNAD_E_NOT_FOUND) && known == ISNAD_OK) {
        isn_out_text(out, nothing);
        status = ISNAD_OK;
    }
    isn_out_release(&found);
    return status;
}

/* Options of the program, which the library's messages name, are parameters here. */
static void clear(char *message)
{
    for (char *p = message; (p = strstr(p, "--")) != NULL;) {
        if (p[2] >= 'a' && p[2] <= 'z')
            memmove(p, p + 2, strlen(p + 2) + 1);
        else
            p += 2;
    }
}

bool isn_answer_refuse(isn_refusal *refusal, isnad_status status, const isnad_error *err, isnad_error *fault)
{
    switch (status) {
    case ISNAD_E_ARGUMENT:
        isn_refuse(refusal, 400, "docs/serving.md and /api/v1/openapi.json tell what may be asked", "%s", err->message);
        clear(refusal->message);
        return false;
    case ISNAD_E_NOT_FOUND:
        return isn_refuse(refusal, 404, NULL, "%s", err->message[0] ? err->message : "nothing is called so");
    case ISNAD_E_STOPPED:
        return isn_refuse(refusal, 503, "narrow it down: fewer days, more words", "the answer would have taken too long");
    case ISNAD_E_LIMIT:
        return isn_refuse(refusal, 503, "ask for fewer rows", "the answer would have been too large");
    default:
        *fault = *err;
        return isn_refuse(refusal, status == ISNAD_E_MEMORY ? 503 : 500, "the operator's messages tell more", "the database can't be read now");
    }
}

bool isn_answer_make(isn_out *out, const isn_ask *ask, const isn_reader *reader, const char *watch, isn_refusal *refusal,
                     isnad_error *fault)
{
    isnad_error err = {0};
    isnad_status status = ISNAD_OK;
    fault->message[0] = 0;
    switch (ask->route->shape) {
    case ISN_SHAPE_LIST:
        status = list(out, ask, reader, &err);
        break;
    case ISN_SHAPE_STATUS:
        status = status_of(out, ask, reader, watch, &err);
        break;
    case ISN_SHAPE_ACTOR:
        status = actor(out, ask, reader, &err);
        break;
    default:
        status = find(out, ask, reader, NULL, &err);
        break;
    }
    if (status == ISNAD_OK && (out->failed || out->n == 0))
        status = isn_serve_fail(&err, out->failed ? ISNAD_E_LIMIT : ISNAD_E_NOT_FOUND, "%s", out->failed ? "the answer is too large" : "");
    return status == ISNAD_OK || isn_answer_refuse(refusal, status, &err, fault);
}

void isn_answer_error(isn_out *out, const isn_refusal *refusal)
{
    isn_out_format(out, "{\"error\":{\"status\":%d,\"message\":", refusal->status);
    isn_out_json(out, refusal->message);
    isn_out_text(out, ",\"hint\":");
    isn_out_json(out, refusal->hint[0] ? refusal->hint : NULL);
    isn_out_text(out, "}}");
}
