#include "store/acts.h"

#include <stdio.h>

#include "base/error.h"
#include "lexicon/schema.h"
#include "store/schema.h"

#define COLUMNS "SELECT at, n, roles, day, kind, status, outlet, act FROM event_sides "
#define SPARSE 4 /* days are looked up by their index where they have less than one in so many of all events */

static const char *const statuses[] = {"actual", "future", "hypothetical", "negated"};

/* --- kinds ----------------------------------------------------------------------------------------------------------- */

static int lexicon_quad(const isn_seeker *s, isn_str type)
{
    int64_t quad = 0;
    uint32_t row = isn_lexicon_row(s->store->lexicon, ISN_T_EVENTS, type);
    if (row != ISN_NO_ROW)
        isn_str_to_int(&quad, isn_lexicon_cell(s->store->lexicon, ISN_T_EVENTS, row, ISN_C_EVENTS_QUAD));
    return (int)quad;
}

static bool kind_wanted(const isn_seeker *s, const isn_event_kind *kind)
{
    return (!s->type.n || isn_str_equal(s->type, kind->type)) && (!s->mode.n || isn_str_equal(s->mode, kind->mode)) &&
           (!s->quad || s->quad == kind->quad);
}

isnad_status isn_event_kinds_read(isn_event_kinds *out, isn_seeker *s)
{
    struct {
        isn_event_kind *items;
        size_t n, capacity;
    } list = {NULL, 0, 0};
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(s->store, &st,
                                            "SELECT k.id, k.type, k.mode, coalesce(t.score, u.score, 0.0) FROM event_kinds k"
                                            " LEFT JOIN event_types t ON t.type = k.type AND t.mode = k.mode"
                                            " LEFT JOIN event_types u ON u.type = k.type AND u.mode = '' ORDER BY k.id", s->err);
    int code = SQLITE_DONE;
    while (status == ISNAD_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        int64_t id = sqlite3_column_int64(st, 0);
        isn_event_kind *kind = NULL;
        do {
            kind = ISN_PUSH(&s->store->arena, &list);
            if (kind)
                *kind = (isn_event_kind){.quad = 0};
        } while (kind && (int64_t)list.n <= id && list.n < UINT16_MAX);
        if (!kind) {
            status = isn_fail(s->err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
            break;
        }
        *kind = (isn_event_kind){.type = isn_seek_column(s, st, 1), .mode = isn_seek_column(s, st, 2), .score = sqlite3_column_double(st, 3)};
        kind->quad = lexicon_quad(s, kind->type);
        kind->wanted = kind_wanted(s, kind);
    }
    if (status == ISNAD_OK && code != SQLITE_DONE)
        status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    sqlite3_finalize(st);
    *out = (isn_event_kinds){list.items, list.n};
    return status;
}

/* --- conditions ---------------------------------------------------------------------------------------------------------- */

void isn_who_actors(isn_who *out, const isn_actor_set *set, int roles)
{
    *out = (isn_who){.n = set->n, .roles = roles, .given = true};
    memcpy(out->items, set->ids, set->n * sizeof *out->items);
}

bool isn_who_country(isn_who *out, const char *code, int roles)
{
    *out = (isn_who){.n = 1, .roles = roles, .given = true};
    if (!code || strlen(code) != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (code[i] < 'A' || code[i] > 'Z')
            return false;
    }
    out->items[0] = -(((int64_t)code[0] << 16) + ((int64_t)code[1] << 8) + code[2]);
    return true;
}

/* One number of a table, asked with a text or a number. */
static isnad_status ask(int64_t *out, isn_seeker *s, const char *sql, const char *text, int64_t a, int64_t b)
{
    sqlite3_stmt *st = NULL;
    isnad_status status = isn_store_prepare(s->store, &st, sql, s->err);
    if (status != ISNAD_OK)
        return status;
    if (text)
        sqlite3_bind_text(st, 1, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_int64(st, 1, a);
    if (!text && sqlite3_bind_parameter_count(st) > 1)
        sqlite3_bind_int64(st, 2, b);
    int code = sqlite3_step(st);
    *out = code == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = isn_store_fail(s->err, s->store->db, s->store->file, "read");
    sqlite3_finalize(st);
    return status;
}

isnad_status isn_outlet_number(int64_t *out, isn_seeker *s, const char *name)
{
    return ask(out, s, "SELECT id FROM outlets WHERE name = ?", name, 0, 0);
}

static isnad_status conditions(isn_acts *acts, const isn_who *extra, size_t n_extra)
{
    isn_seeker *s = acts->s;
    const struct {
        const isn_actor_set *set;
        int roles;
    } sets[] = {{&s->by, ISN_SIDE_ACTOR}, {&s->to, ISN_SIDE_RECIPIENT}, {&s->actor, ISN_SIDE_ACTOR | ISN_SIDE_RECIPIENT}};
    for (size_t i = 0; i < n_extra && acts->n_who < ISN_ACTS_WHO; i++)
        acts->who[acts->n_who++] = extra[i];
    for (size_t i = 0; i < 3 && acts->n_who < ISN_ACTS_WHO; i++) {
        if (sets[i].set->given)
            isn_who_actors(&acts->who[acts->n_who++], sets[i].set, sets[i].roles);
    }
    if (s->query->country && acts->n_who < ISN_ACTS_WHO &&
        !isn_who_country(&acts->who[acts->n_who++], s->query->country, ISN_SIDE_ACTOR | ISN_SIDE_RECIPIENT | ISN_SIDE_PLACE))
        acts->who[acts->n_who - 1].n = 0; /* nobody */
    acts->outlet = ISN_ALL_OUTLETS;
    isnad_status status = s->query->outlet ? isn_outlet_number(&acts->outlet, s, s->query->outlet) : ISNAD_OK;
    acts->status = -1;
    for (int i = 0; s->query->status && i < 4; i++) {
        if (strcmp(s->query->status, statuses[i]) == 0)
            acts->status = i;
    }
    if (status == ISNAD_OK && s->query->status && acts->status < 0)
        return isn_fail(s->err, ISNAD_E_ARGUMENT, NULL, 0, "there is no status '%s'; it is actual, future, hypothetical or negated",
                        s->query->status);
    return status;
}

/* The condition with the fewest rows: a country has many, of actors those that fewer articles name have few. */
static isnad_status choose_base(isn_acts *acts)
{
    int64_t least = INT64_MAX;
    isnad_status status = ISNAD_OK;
    acts->base = acts->n_who;
    for (size_t w = 0; status == ISNAD_OK && w < acts->n_who; w++) {
        const isn_who *who = &acts->who[w];
        int64_t rows = 0;
        for (size_t i = 0; status == ISNAD_OK && i < who->n; i++) {
            int64_t articles = INT32_MAX;
            if (who->items[i] > 0)
                status = ask(&articles, acts->s, "SELECT articles FROM actor_totals WHERE actor = ?", NULL, who->items[i], 0);
            rows += articles;
        }
        if (rows < least) {
            least = rows;
            acts->base = w;
        }
    }
    return status;
}

/* --- reading -------------------------------------------------------------------------------------------------------------- */

static void step(isn_acts *acts, size_t i)
{
    sqlite3_stmt *st = acts->cursors[i];
    int code = sqlite3_step(st);
    acts->live[i] = code == SQLITE_ROW;
    if (code == SQLITE_ROW) {
        acts->heads[i] = (isn_act){.at = sqlite3_column_int64(st, 0), .n = sqlite3_column_int64(st, 1), .roles = sqlite3_column_int(st, 2),
                                   .day = sqlite3_column_type(st, 3) == SQLITE_NULL ? ISN_NO_DAY : sqlite3_column_int64(st, 3),
                                   .kind = sqlite3_column_int64(st, 4), .status = sqlite3_column_int(st, 5),
                                   .outlet = sqlite3_column_int64(st, 6), .act = sqlite3_column_int64(st, 7)};
    } else if (code != SQLITE_DONE && acts->fault == ISNAD_OK) {
        acts->fault = isn_store_fail(acts->s->err, acts->s->store->db, acts->s->store->file, "read");
    }
}

/* Do the days asked for hold few of all events? */
static isnad_status days_are_few(bool *few, isn_acts *acts, int64_t since, int64_t until)
{
    int64_t some = 0, all = 0;
    isnad_status status = ask(&some, acts->s, "SELECT sum(events) FROM event_days WHERE outlet = -1 AND day BETWEEN ? AND ?", NULL, since, until);
    if (status == ISNAD_OK)
        status = ask(&all, acts->s, "SELECT sum(events) FROM outlet_days WHERE outlet >= ?", NULL, 0, 0);
    *few = some < all / SPARSE;
    return status;
}

static isnad_status open_cursors(isn_acts *acts)
{
    char sql[256];
    isn_seeker *s = acts->s;
    const char *order = acts->descending ? "ORDER BY at DESC, n" : "ORDER BY at, n";
    const isn_who *base = acts->base < acts->n_who ? &acts->who[acts->base] : NULL;
    bool days = s->since != ISN_NO_DAY || s->until != ISN_NO_DAY, few = false;
    int64_t since = s->since != ISN_NO_DAY ? s->since : -ISN_SEARCH_DAYS + 1, until = s->until != ISN_NO_DAY ? s->until : INT32_MAX;
    isnad_status status = !base && days ? days_are_few(&few, acts, since, until) : ISNAD_OK;
    snprintf(sql, sizeof sql, COLUMNS "%s %s", few ? "INDEXED BY event_sides_by_day WHERE who = 0 AND day BETWEEN ?2 AND ?3" : "WHERE who = ?1", order);
    acts->n_cursors = base ? base->n : 1;
    for (size_t i = 0; status == ISNAD_OK && i < acts->n_cursors; i++) {
        status = isn_store_prepare(s->store, &acts->cursors[i], sql, s->err);
        if (status != ISNAD_OK)
            break;
        if (few) {
            sqlite3_bind_int64(acts->cursors[i], 2, since);
            sqlite3_bind_int64(acts->cursors[i], 3, until);
        } else {
            sqlite3_bind_int64(acts->cursors[i], 1, base ? base->items[i] : 0);
        }
        step(acts, i);
    }
    return status;
}

/* Words: articles by the search index, the events of each. */
static isnad_status open_words(isn_acts *acts)
{
    isn_seeker *s = acts->s;
    acts->base = acts->n_who;
    isnad_status status = isn_store_prepare(s->store, &acts->words,
                                            acts->descending ? "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC"
                                                             : "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid", s->err);
    if (status == ISNAD_OK)
        status = isn_store_prepare(s->store, &acts->cursors[0], COLUMNS "WHERE who = 0 AND at = ?1 ORDER BY n", s->err);
    if (status == ISNAD_OK) {
        sqlite3_bind_text64(acts->words, 1, s->match.p, s->match.n, SQLITE_STATIC, SQLITE_UTF8);
        acts->n_cursors = 1;
    }
    return status;
}

isnad_status isn_acts_begin(isn_acts *out, isn_seeker *s, const isn_event_kinds *kinds, const isn_who *extra, size_t n_extra,
                            bool descending)
{
    *out = (isn_acts){.s = s, .kinds = kinds, .descending = descending};
    isnad_status status = conditions(out, extra, n_extra);
    if (status == ISNAD_OK)
        status = choose_base(out);
    if (status == ISNAD_OK && out->n_who)
        status = isn_store_prepare(s->store, &out->other, "SELECT roles FROM event_sides WHERE who = ? AND at = ? AND n = ?", s->err);
    /* what the index knows of articles leads to few of them sooner than going along all events */
    bool indexed = s->words.n || (out->n_who == 0 && s->match.n && (s->type.n || s->query->outlet));
    if (status == ISNAD_OK)
        status = indexed ? open_words(out) : open_cursors(out);
    out->fault = status != ISNAD_OK ? status : out->fault;
    return out->fault;
}

/* The next row of the articles that the words are in; false at the end. */
static bool next_of_words(isn_acts *acts)
{
    while (!acts->live[0] && acts->fault == ISNAD_OK) {
        int code = sqlite3_step(acts->words);
        if (code != SQLITE_ROW) {
            if (code != SQLITE_DONE)
                acts->fault = isn_store_fail(acts->s->err, acts->s->store->db, acts->s->store->file, "search");
            return false;
        }
        sqlite3_reset(acts->cursors[0]);
        sqlite3_bind_int64(acts->cursors[0], 1, sqlite3_column_int64(acts->words, 0));
        step(acts, 0);
    }
    return acts->live[0];
}

static int before(const isn_acts *acts, const isn_act *a, const isn_act *b)
{
    if (a->at != b->at)
        return (a->at > b->at) == acts->descending ? -1 : 1;
    return (a->n > b->n) - (a->n < b->n);
}

/* The next row of all cursors; rows of the same event become one. */
static bool merge(isn_acts *acts, isn_act *out)
{
    size_t first = acts->n_cursors;
    if (acts->words && !next_of_words(acts))
        return false;
    for (size_t i = 0; i < acts->n_cursors; i++) {
        if (acts->live[i] && (first == acts->n_cursors || before(acts, &acts->heads[i], &acts->heads[first]) < 0))
            first = i;
    }
    if (first == acts->n_cursors)
        return false;
    *out = acts->heads[first];
    for (size_t i = first; i < acts->n_cursors; i++) {
        if (acts->live[i] && acts->heads[i].at == out->at && acts->heads[i].n == out->n) {
            out->roles |= acts->heads[i].roles;
            step(acts, i);
        }
    }
    return acts->fault == ISNAD_OK;
}

static bool takes_part(isn_acts *acts, const isn_who *who, const isn_act *act)
{
    int roles = 0;
    for (size_t i = 0; i < who->n && !(roles & who->roles); i++) {
        sqlite3_bind_int64(acts->other, 1, who->items[i]);
        sqlite3_bind_int64(acts->other, 2, act->at);
        sqlite3_bind_int64(acts->other, 3, act->n);
        if (sqlite3_step(acts->other) == SQLITE_ROW)
            roles |= sqlite3_column_int(acts->other, 0);
        sqlite3_reset(acts->other);
    }
    return (roles & who->roles) != 0;
}

static bool fits(isn_acts *acts, const isn_act *act)
{
    const isn_seeker *s = acts->s;
    if ((acts->outlet != ISN_ALL_OUTLETS && act->outlet != acts->outlet) || (acts->status >= 0 && act->status != acts->status) ||
        act->kind < 1 || (uint64_t)act->kind >= acts->kinds->n || !acts->kinds->items[act->kind].wanted)
        return false;
    if ((s->since != ISN_NO_DAY && act->day < s->since) || (s->until != ISN_NO_DAY && (act->day > s->until || act->day == ISN_NO_DAY)))
        return false;
    if (acts->base < acts->n_who && !(act->roles & acts->who[acts->base].roles))
        return false;
    for (size_t w = 0; w < acts->n_who; w++) {
        if (w != acts->base && !takes_part(acts, &acts->who[w], act))
            return false;
    }
    return true;
}

bool isn_acts_next(isn_acts *acts, isn_act *out)
{
    if (acts->s->query->outlet && acts->outlet == 0)
        return false; /* an outlet that isn't there; 0 is of articles without one */
    while (acts->fault == ISNAD_OK && merge(acts, out)) {
        if (fits(acts, out))
            return acts->fault == ISNAD_OK;
    }
    return false;
}

isnad_status isn_acts_end(isn_acts *acts)
{
    for (size_t i = 0; i < ISN_QUERY_ACTORS; i++)
        sqlite3_finalize(acts->cursors[i]);
    sqlite3_finalize(acts->other);
    sqlite3_finalize(acts->words);
    return acts->fault;
}
