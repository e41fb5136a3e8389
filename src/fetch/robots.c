#include "fetch/robots.h"

#include <stdlib.h>
#include <strings.h>

/* A line of the file: `key: value`, comments taken off. */
typedef struct line {
    isn_str key, value;
} line;

static bool next_line(line *out, isn_str *rest)
{
    isn_str whole;
    while (isn_str_next(&whole, rest, '\n')) {
        const char *hash = whole.n ? memchr(whole.p, '#', whole.n) : NULL;
        if (hash)
            whole.n = (size_t)(hash - whole.p);
        const char *colon = whole.n ? memchr(whole.p, ':', whole.n) : NULL;
        if (!colon)
            continue;
        out->key = isn_str_trim(isn_str_part(whole, 0, (size_t)(colon - whole.p)));
        out->value = isn_str_trim(isn_str_part(whole, (size_t)(colon - whole.p) + 1, whole.n));
        return true;
    }
    return false;
}

static bool is(isn_str s, const char *word)
{
    return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

/* The product token at the beginning of what a group names: letters, dashes and underscores. */
static isn_str token(isn_str name)
{
    size_t n = 0;
    while (n < name.n && (((name.p[n] | 0x20) >= 'a' && (name.p[n] | 0x20) <= 'z') || name.p[n] == '-' || name.p[n] == '_'))
        n++;
    return n ? isn_str_part(name, 0, n) : name;
}

typedef void rule_fn(void *context, line rule);

/* Calls `tell` for each rule of the groups of our name, or with `others` of the groups of all. Is there such a group? */
static bool walk(isn_str file, bool others, rule_fn *tell, void *context)
{
    line l;
    bool in_names = false, ours = false, found = false;
    isn_str rest = isn_str_part(file, 0, ISN_ROBOTS_BYTES);
    if (isn_str_starts(rest, ISN_STR("\xEF\xBB\xBF")))
        rest = isn_str_part(rest, 3, rest.n);
    while (next_line(&l, &rest)) {
        if (is(l.key, "user-agent")) {
            bool mine = others ? is(l.value, "*") : is(token(l.value), ISN_ROBOTS_AGENT);
            ours = mine || (in_names && ours);
            found = found || mine;
            in_names = true;
        } else if (is(l.key, "allow") || is(l.key, "disallow") || is(l.key, "crawl-delay")) {
            in_names = false;
            if (ours && tell)
                tell(context, l);
        }
    }
    return found;
}

static void walk_ours(isn_str file, rule_fn *tell, void *context)
{
    walk(file, !walk(file, false, NULL, NULL), tell, context);
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte at s.p[*at], percent-encoding taken off but for a slash; moves on. */
static int next_byte(isn_str s, size_t *at)
{
    if (s.p[*at] == '%' && *at + 2 < s.n && hex(s.p[*at + 1]) >= 0 && hex(s.p[*at + 2]) >= 0) {
        int byte = hex(s.p[*at + 1]) * 16 + hex(s.p[*at + 2]);
        if (byte != '/') {
            *at += 3;
            return byte;
        }
    }
    return (unsigned char)s.p[(*at)++];
}

/* Does a rule's path fit the beginning of the path? A star stands for anything; on a mismatch the last one takes a byte more. */
static bool fits(isn_str rule, isn_str path)
{
    size_t r = 0, p = 0, star = SIZE_MAX, tried = 0;
    bool end = rule.n && rule.p[rule.n - 1] == '$';
    rule.n -= end;
    for (;;) {
        if (r < rule.n && rule.p[r] == '*') {
            star = ++r;
            tried = p;
            continue;
        }
        if (r == rule.n && (!end || p == path.n))
            return true;
        if (r < rule.n && p < path.n) {
            size_t next_r = r, next_p = p;
            if (next_byte(rule, &next_r) == next_byte(path, &next_p)) {
                r = next_r;
                p = next_p;
                continue;
            }
        }
        if (star == SIZE_MAX || tried >= path.n)
            return false;
        r = star;
        next_byte(path, &tried);
        p = tried;
    }
}

typedef struct verdict {
    isn_str path;
    size_t longest;
    bool allowed;
} verdict;

static void weigh(void *context, line rule)
{
    verdict *v = context;
    bool allow = is(rule.key, "allow");
    if ((!allow && !is(rule.key, "disallow")) || rule.value.n == 0 || !fits(rule.value, v->path))
        return;
    if (rule.value.n > v->longest || (rule.value.n == v->longest && allow)) {
        v->longest = rule.value.n;
        v->allowed = allow;
    }
}

bool isn_robots_allow(isn_str file, isn_str path)
{
    verdict v = {.path = path.n ? path : ISN_STR("/"), .allowed = true};
    if (isn_str_equal(path, ISN_STR("/robots.txt")))
        return true;
    walk_ours(file, weigh, &v);
    return v.allowed;
}

static void take_delay(void *context, line rule)
{
    double *delay = context, value;
    if (is(rule.key, "crawl-delay") && isn_str_to_number(&value, rule.value) && value > 0.0)
        *delay = value < ISN_ROBOTS_DELAY ? value : ISN_ROBOTS_DELAY;
}

double isn_robots_delay(isn_str file)
{
    double delay = 0.0;
    walk_ours(file, take_delay, &delay);
    return delay;
}
