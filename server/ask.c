#include "ask.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool isn_refuse(isn_refusal *out, int status, const char *hint, const char *format, ...)
{
    va_list args;
    out->status = status;
    va_start(args, format);
    vsnprintf(out->message, sizeof out->message, format, args);
    va_end(args);
    snprintf(out->hint, sizeof out->hint, "%s", hint ? hint : "");
    return false;
}

/* The names of the parameters that a route takes, for a hint. */
static void list_params(char *out, size_t room, const isn_route *route)
{
    size_t n = 0;
    snprintf(out, room, "this address takes no parameters");
    for (size_t i = 0; i < ISN_PARAM_COUNT; i++) {
        if (!(route->params >> i & 1))
            continue;
        int more = snprintf(out + n, room - n, "%s%s", n ? ", " : "this address takes ", isn_param_names[i]);
        if (more < 0 || (size_t)more >= room - n)
            return;
        n += (size_t)more;
    }
}

static bool read_number(size_t *out, const char *name, const char *value, size_t least, size_t most, isn_refusal *refusal)
{
    char hint[100];
    size_t n = strspn(value, "0123456789");
    *out = n && n < 10 && !value[n] ? strtoul(value, NULL, 10) : SIZE_MAX;
    if (*out >= least && *out <= most)
        return true;
    snprintf(hint, sizeof hint, "%s is a number from %zu to %zu", name, least, most);
    return isn_refuse(refusal, 400, hint, "%s can't be '%.100s'", name, value);
}

static bool read_choice(const char *name, const char *value, const char *choices, isn_refusal *refusal)
{
    char hint[100];
    size_t n = strlen(value);
    for (const char *p = choices; *p; p += strspn(p, " ")) {
        size_t length = strcspn(p, " ");
        if (length == n && strncmp(p, value, n) == 0)
            return true;
        p += length;
    }
    snprintf(hint, sizeof hint, "%s is one of: %s", name, choices);
    return isn_refuse(refusal, 400, hint, "%s can't be '%.100s'", name, value);
}

static bool read_param(isn_ask *out, isn_param param, const char *value, isn_refusal *refusal)
{
    const char *name = isn_param_names[param];
    isnad_query *q = &out->query;
    switch (param) {
    case ISN_PARAM_OFFSET:
        return read_number(&q->offset, name, value, 0, ISN_SERVE_MOST_OFFSET, refusal);
    case ISN_PARAM_LIMIT:
        return read_number(&q->limit, name, value, 1, ISN_SERVE_MOST_ROWS, refusal);
    case ISN_PARAM_ORDER:
        q->oldest = strcmp(value, "oldest") == 0;
        return read_choice(name, value, "newest oldest", refusal);
    case ISN_PARAM_SORT:
        q->sort = value;
        return read_choice(name, value, "weight newest contested", refusal);
    case ISN_PARAM_PERIOD:
        q->period = value;
        return read_choice(name, value, "day month year", refusal);
    case ISN_PARAM_Q:
        q->words = value;
        return true;
    case ISN_PARAM_A:
    case ISN_PARAM_BY:
        q->by = value;
        return true;
    case ISN_PARAM_B:
    case ISN_PARAM_TO:
        q->to = value;
        return true;
    default:
        break;
    }
    const char **const places[ISN_PARAM_COUNT] = {
        [ISN_PARAM_ACTOR] = &q->actor,   [ISN_PARAM_ABOUT] = &q->about, [ISN_PARAM_OUTLET] = &q->outlet,
        [ISN_PARAM_COUNTRY] = &q->country, [ISN_PARAM_TYPE] = &q->type, [ISN_PARAM_STATUS] = &q->status,
        [ISN_PARAM_QUAD] = &q->quad,     [ISN_PARAM_SINCE] = &q->since, [ISN_PARAM_UNTIL] = &q->until};
    *places[param] = value;
    return true;
}

static isn_param find_param(const char *name)
{
    size_t i = 0;
    while (i < ISN_PARAM_COUNT && strcmp(isn_param_names[i], name) != 0)
        i++;
    return (isn_param)i;
}

bool isn_ask_read(isn_ask *out, const isn_route *route, const char *key, const isn_target *target, isn_refusal *refusal)
{
    char hint[500];
    *out = (isn_ask){.route = route, .query = {.key = key, .limit = ISN_SERVE_ROWS}};
    list_params(hint, sizeof hint, route);
    for (size_t i = 0; i < target->n_params; i++) {
        const isn_target_param *p = &target->params[i];
        isn_param param = find_param(p->name);
        if (param == ISN_PARAM_COUNT || !(route->params >> param & 1))
            return isn_refuse(refusal, 400, hint, "there is no parameter '%.100s' here", p->name);
        if (*p->value && !read_param(out, param, p->value, refusal))
            return false;
    }
    if (route->key == ISN_KEY_NUMBER) {
        size_t n = strspn(key, "0123456789");
        if (n == 0 || n > 18 || key[n])
            return isn_refuse(refusal, 404, NULL, "'%.100s' is no number of anything here", key);
    }
    if (route->key == ISN_KEY_NAME && strlen(key) > ISN_SERVE_VALUE_BYTES)
        return isn_refuse(refusal, 404, NULL, "nothing has so long a name");
    return true;
}
