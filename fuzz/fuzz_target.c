/* fuzz_target.c - any bytes as the address of a request (isn_target_read): what is taken is UTF-8 without NUL, and makes a query or a refusal. */
#include <string.h>

#include "require.h"
#include "server/ask.h"
#include "server/out.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require_text(const char *text)
{
    require(text != NULL && isn_utf8_good(text, strlen(text)));
}

static void ask(const isn_target *target)
{
    const isn_route *route = NULL;
    const char *key = NULL;
    isn_ask out;
    isn_refusal refusal = {0};
    isn_place place = isn_route_find(&route, &key, target);
    require((place != ISN_PLACE_API && place != ISN_PLACE_TWIN) || route != NULL);
    if (!route)
        return;
    require(!strchr(route->pattern, '{') || key != NULL);
    if (isn_ask_read(&out, route, key, target, &refusal)) {
        require(out.query.limit >= 1 && out.query.limit <= ISN_SERVE_MOST_ROWS && out.query.offset <= ISN_SERVE_MOST_OFFSET);
        const char *const strings[] = {out.query.words, out.query.actor, out.query.by, out.query.to, out.query.about, out.query.outlet, out.query.key};
        for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
            require(!strings[i] || (isn_utf8_good(strings[i], strlen(strings[i])) && strlen(strings[i]) <= ISN_SERVE_URI_BYTES));
    } else {
        require((refusal.status == 400 || refusal.status == 404) && refusal.message[0]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static isn_target target;
    const char *fault = isn_target_read(&target, (const char *)data, size);
    if (fault)
        return 0;
    require(size <= ISN_SERVE_URI_BYTES && target.n_segments <= ISN_SERVE_SEGMENTS && target.n_params <= ISN_SERVE_PARAMS);
    for (size_t i = 0; i < target.n_segments; i++) {
        require_text(target.segments[i]);
        require(strcmp(target.segments[i], "..") != 0 && strcmp(target.segments[i], ".") != 0);
    }
    for (size_t i = 0; i < target.n_params; i++) {
        require_text(target.params[i].name);
        require_text(target.params[i].value);
        require(strlen(target.params[i].value) <= ISN_SERVE_VALUE_BYTES);
        require(isn_target_value(&target, target.params[i].name) == target.params[i].value);
    }
    if (target.stem)
        require_text(target.stem);
    ask(&target);
    return 0;
}
