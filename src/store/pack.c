#include "store/pack.h"

#include <stdlib.h>
#include <xxhash.h>
#include <zstd.h>

#include "base/error.h"
#include "link/key.h"
#include "store/parts.h"
#include "store/terms.h"
#include "time/civil.h"

#define LEVEL 1 /* of zstd: half of what level 9 saves, at a twentieth of its time */

isnad_status isn_packer_new(isn_packer **out, const isn_lexicon *lexicon, isnad_error *err)
{
    isn_packer *p = calloc(1, sizeof *p);
    if (!p || !(p->zstd = ZSTD_createCCtx())) {
        free(p);
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for packing records");
    }
    p->lexicon = lexicon;
    isn_buf_init(&p->out, ISN_STORE_PACK_CEILING);
    isn_buf_init(&p->json, ISN_STORE_PACK_CEILING);
    isn_buf_init(&p->terms, ISN_STORE_PACK_CEILING);
    isn_buf_init(&p->facets, ISN_STORE_PACK_CEILING);
    *out = p;
    return ISNAD_OK;
}

void isn_packer_free(isn_packer *packer)
{
    if (!packer)
        return;
    isn_buf_release(&packer->out);
    isn_buf_release(&packer->json);
    isn_buf_release(&packer->terms);
    isn_buf_release(&packer->facets);
    ZSTD_freeCCtx(packer->zstd);
    free(packer);
}

/* --- hashes ----------------------------------------------------------------------------------------------------- */

static int64_t hash_all(const isn_str *parts, size_t n)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < n; i++)
        hash = XXH3_64bits_withSeed(parts[i].p, parts[i].n, hash + 1);
    return (int64_t)hash;
}

/* An id that was made of title and text: 32 hex digits. */
static bool is_made(isn_str id)
{
    bool made = id.n == 32;
    for (size_t i = 0; made && i < id.n; i++)
        made = (id.p[i] >= '0' && id.p[i] <= '9') || (id.p[i] >= 'a' && id.p[i] <= 'f');
    return made || id.n == 0;
}

/* Standard input, or a line of a file: no name that would hold. */
static bool is_passing(isn_str uri)
{
    size_t digits = 0;
    while (digits < uri.n && uri.p[uri.n - 1 - digits] >= '0' && uri.p[uri.n - 1 - digits] <= '9')
        digits++;
    return uri.n == 0 || uri.p[0] == '-' || (digits && digits < uri.n && uri.p[uri.n - 1 - digits] == ':');
}

void isn_pack_name(isn_pack_head *head, const isn_record *r)
{
    isn_str made[] = {ISN_STR("content"), r->outlet, r->title, r->published, r->text};
    head->content = hash_all(made, 5);
    head->own = 1;
    if (!is_made(r->id)) {
        isn_str parts[] = {ISN_STR("id"), r->outlet, r->id};
        head->identity = hash_all(parts, 3);
    } else if (r->address.n) {
        isn_str parts[] = {ISN_STR("address"), r->address};
        head->identity = hash_all(parts, 2);
    } else {
        isn_str path = r->uri;
        while (isn_str_starts(path, ISN_STR("./")))
            path = isn_str_part(path, 2, path.n);
        head->own = 0;
        isn_str parts[] = {ISN_STR("path"), path};
        head->identity = is_passing(path) ? head->content : hash_all(parts, 2);
    }
}

int64_t isn_search_terms_sum(isn_str term, unsigned column, uint64_t place)
{
    return (int64_t)XXH3_64bits_withSeed(term.p, term.n, place << 1 | column);
}

typedef struct summing {
    uint64_t sum;
    unsigned column;
} summing;

static int add_term(void *user, isn_str term, size_t place, bool again)
{
    summing *s = user;
    (void)again;
    s->sum += (uint64_t)isn_search_terms_sum(term, s->column, place);
    return 0;
}

static int64_t sum_of(isn_str terms, isn_str facets)
{
    summing s = {0, 0};
    isn_search_terms_read(terms, add_term, &s);
    s.column = 1;
    isn_search_terms_read(facets, add_term, &s);
    return (int64_t)s.sum;
}

int64_t isn_store_day(isn_str date)
{
    isn_day day = {0, 1, 1};
    int64_t number;
    if (date.n < 4 || !isn_str_to_int(&number, isn_str_part(date, 0, 4)))
        return ISN_NO_DAY;
    day.year = (int)number;
    if (date.n >= 7 && date.p[4] == '-' && isn_str_to_int(&number, isn_str_part(date, 5, 7)))
        day.month = (int)number;
    if (date.n >= 10 && date.p[7] == '-' && isn_str_to_int(&number, isn_str_part(date, 8, 10)))
        day.day = (int)number;
    return isn_day_is_valid(day) ? isn_day_number(day) : ISN_NO_DAY;
}

size_t isn_store_word_keys(uint64_t *out, isn_str word)
{
    uint8_t letters[64];
    size_t n = isn_normal_key(letters, sizeof letters, word);
    isn_name name;
    isn_name_read(&name, NULL, letters, n < sizeof letters ? n : sizeof letters);
    if (name.n != 1 || name.words[0].n < 3 || name.words[0].n_skeleton < 2)
        return 0;
    return isn_name_word_keys(out, &name.words[0]);
}

/* --- values ----------------------------------------------------------------------------------------------------- */

static void put_u32(isn_buf *out, size_t value)
{
    uint32_t v = (uint32_t)value;
    isn_buf_append(out, &v, sizeof v);
}

static void put_str(isn_buf *out, isn_str s)
{
    put_u32(out, s.n);
    isn_buf_str(out, s);
}

static void row(isn_buf *out, uint8_t table)
{
    isn_buf_char(out, (char)table);
}

static void null(isn_buf *out)
{
    isn_buf_char(out, ISN_VALUE_NULL);
}

static void integer(isn_buf *out, int64_t value)
{
    isn_buf_char(out, ISN_VALUE_INT);
    isn_buf_append(out, &value, sizeof value);
}

static void real(isn_buf *out, double value)
{
    isn_buf_char(out, ISN_VALUE_REAL);
    isn_buf_append(out, &value, sizeof value);
}

static void text(isn_buf *out, isn_str s)
{
    isn_buf_char(out, ISN_VALUE_TEXT);
    put_str(out, s);
}

static void text_or_null(isn_buf *out, isn_str s)
{
    if (s.n)
        text(out, s);
    else
        null(out);
}

static void item(isn_buf *out, uint32_t index)
{
    if (index == ISN_NOTHING)
        null(out);
    else
        integer(out, (int64_t)index + 1);
}

static void span(isn_buf *out, isn_span s)
{
    integer(out, s.begin);
    integer(out, s.end);
}

/* --- actors and spellings ---------------------------------------------------------------------------------------- */

/* Adds the keys of the words of an actor's name, by which it is found whatever its spelling; returns how many there are then. */
static size_t actor_keys(uint64_t *out, isn_str name, size_t made)
{
    uint8_t letters[256];
    size_t n = isn_normal_key(letters, sizeof letters, name);
    isn_name read;
    uint64_t keys[ISN_NAME_LETTERS + 1];
    isn_name_read(&read, NULL, letters, n < sizeof letters ? n : sizeof letters);
    for (size_t i = 0; i < read.n && made < ISN_STORE_KEYS; i++) {
        if (isn_name_word_keys(keys, &read.words[i]))
            out[made++] = keys[0];
    }
    return made;
}

size_t isn_store_actor_keys(uint64_t *out, isn_str name, isn_str english)
{
    return actor_keys(out, english, actor_keys(out, name, 0));
}

static void put_keys(isn_buf *out, const uint64_t *keys, size_t n)
{
    put_u32(out, n);
    isn_buf_append(out, keys, n * sizeof *keys);
}

/* Entities that are known by a key over all articles; index: of the entity's actor in the pack. */
static void put_actors(isn_buf *out, const isn_record *r, uint32_t *index)
{
    uint64_t keys[ISN_STORE_KEYS];
    uint32_t n = 0;
    for (size_t e = 0; e < r->n_entities; e++)
        index[e] = isn_record_key(&r->entities[e]).n ? n++ : ISN_NOTHING;
    put_u32(out, n);
    for (size_t e = 0; e < r->n_entities; e++) {
        const isn_record_entity *entity = &r->entities[e];
        if (index[e] == ISN_NOTHING)
            continue;
        isn_str key = isn_record_key(entity);
        uint64_t hash = isn_str_hash(key);
        isn_buf_append(out, &hash, sizeof hash);
        put_str(out, key);
        put_str(out, isn_str_cstr(isn_record_type_text(entity->type)));
        put_str(out, entity->name);
        put_str(out, entity->english);
        put_str(out, entity->country);
        put_str(out, entity->sector);
        put_keys(out, keys, isn_store_actor_keys(keys, entity->name, entity->english));
    }
}

/* The first token at or after a byte. */
static size_t token_at(const isn_text *t, uint32_t byte)
{
    size_t low = 0, high = t->n_tokens;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->tokens[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_spelling(isn_buf *out, isn_str word)
{
    uint64_t keys[ISN_STORE_KEYS], hash = isn_str_hash(word);
    size_t n = isn_store_word_keys(keys, word);
    if (n == 0)
        return;
    isn_buf_append(out, &hash, sizeof hash);
    put_str(out, word);
    put_keys(out, keys, n);
}

/* The words of names, as they are searched by. A hash of 0 ends the list. */
static void put_spellings(isn_buf *out, const isn_record *r, const isn_text *t)
{
    isn_search_terms terms;
    uint64_t end = 0;
    for (size_t e = 0; e < r->n_entities; e++) {
        for (size_t m = 0; m < r->entities[e].n_mentions; m++) {
            const isn_record_mention *mention = &r->entities[e].mentions[m];
            if (mention->form != ISN_RECORD_FORM_NAME || r->entities[e].type > ISN_RECORD_PLACE)
                continue;
            for (size_t i = token_at(t, mention->span.begin);
                 i < t->n_tokens && t->tokens[i].begin < mention->span.end; i++) {
                if (isn_search_terms_make(&terms, t, &t->tokens[i]) && terms.n == 1)
                    put_spelling(out, isn_str_of(terms.at[0].items[0].p, terms.at[0].items[0].n));
            }
        }
    }
    isn_buf_append(out, &end, sizeof end);
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static void put_entity(isn_buf *out, const isn_record_entity *entity, size_t e, uint32_t actor)
{
    row(out, ISN_ROW_ENTITY);
    integer(out, (int64_t)e + 1);
    if (actor == ISN_NOTHING) {
        null(out);
    } else {
        isn_buf_char(out, ISN_VALUE_ACTOR);
        put_u32(out, actor);
    }
    text(out, isn_str_cstr(isn_record_type_text(entity->type)));
    text(out, entity->name);
    text_or_null(out, entity->english);
    text_or_null(out, entity->country);
    text_or_null(out, entity->sector);
}

static void put_entities(isn_buf *out, const isn_record *r, const uint32_t *actors)
{
    for (size_t e = 0; e < r->n_entities; e++)
        put_entity(out, &r->entities[e], e, actors[e]);
    for (size_t e = 0; e < r->n_entities; e++) {
        const isn_record_entity *entity = &r->entities[e];
        for (size_t m = 0; m < entity->n_mentions; m++) {
            row(out, ISN_ROW_MENTION);
            integer(out, (int64_t)e + 1);
            integer(out, (int64_t)m + 1);
            span(out, entity->mentions[m].span);
            text(out, isn_str_cstr(isn_record_form_text(entity->mentions[m].form)));
        }
        for (size_t o = 0; o < entity->n_roles; o++) {
            const isn_record_role *role = &entity->roles[o];
            row(out, ISN_ROW_ROLE);
            integer(out, (int64_t)e + 1);
            integer(out, (int64_t)o + 1);
            text(out, role->office);
            item(out, role->of);
            text_or_null(out, role->country);
            span(out, role->span);
        }
    }
}

static void put_quotes(isn_buf *out, const isn_record *r)
{
    for (size_t q = 0; q < r->n_quotes; q++) {
        const isn_record_quote *quote = &r->quotes[q];
        row(out, ISN_ROW_QUOTE);
        integer(out, (int64_t)q + 1);
        span(out, quote->span);
        text(out, quote->direct ? ISN_STR("direct") : ISN_STR("indirect"));
        item(out, quote->speaker);
        if (quote->cue.end > quote->cue.begin) {
            span(out, quote->cue);
        } else {
            null(out);
            null(out);
        }
        text_or_null(out, quote->rule);
        real(out, quote->confidence / 100.0);
        for (size_t i = 0; i < quote->via.n; i++) {
            row(out, ISN_ROW_QUOTE_VIA);
            integer(out, (int64_t)q + 1);
            integer(out, (int64_t)i + 1);
            item(out, quote->via.items[i]);
        }
    }
}

static void put_parties(isn_buf *out, size_t event, isn_str role, isn_record_ids ids)
{
    for (size_t i = 0; i < ids.n; i++) {
        row(out, ISN_ROW_PARTY);
        integer(out, (int64_t)event + 1);
        text(out, role);
        integer(out, (int64_t)i + 1);
        item(out, ids.items[i]);
    }
}

/* The contexts of an event, by blanks. */
static void put_contexts(isn_buf *out, const isn_record_event *event)
{
    size_t n = 0;
    for (size_t i = 0; i < event->n_contexts; i++)
        n += event->contexts[i].n + (i > 0);
    if (n == 0) {
        null(out);
        return;
    }
    isn_buf_char(out, ISN_VALUE_TEXT);
    put_u32(out, n);
    for (size_t i = 0; i < event->n_contexts; i++) {
        if (i)
            isn_buf_char(out, ' ');
        isn_buf_str(out, event->contexts[i]);
    }
}

static void put_event(isn_buf *out, const isn_record_event *event, size_t v, int64_t published)
{
    int64_t day = isn_store_day(event->date);
    if (day == ISN_NO_DAY)
        day = published;
    row(out, ISN_ROW_EVENT);
    integer(out, (int64_t)v + 1);
    text(out, event->type);
    text_or_null(out, event->mode);
    put_contexts(out, event);
    span(out, event->span);
    span(out, event->trigger);
    item(out, event->place);
    text_or_null(out, event->date);
    if (day == ISN_NO_DAY)
        null(out);
    else
        integer(out, day);
    text(out, isn_str_cstr(isn_record_status_text(event->status)));
    item(out, event->quote);
    text_or_null(out, event->rule);
    real(out, event->confidence / 100.0);
    put_parties(out, v, ISN_STR("actor"), event->actor);
    put_parties(out, v, ISN_STR("recipient"), event->recipient);
    put_parties(out, v, ISN_STR("via"), event->via);
}

static void put_others(isn_buf *out, const isn_record *r)
{
    for (size_t i = 0; i < r->n_dates; i++) {
        row(out, ISN_ROW_DATE);
        integer(out, (int64_t)i + 1);
        span(out, r->dates[i].span);
        text(out, r->dates[i].value);
    }
    for (size_t i = 0; i < r->n_counts; i++) {
        const isn_record_count *count = &r->counts[i];
        row(out, ISN_ROW_COUNT_);
        integer(out, (int64_t)i + 1);
        span(out, count->span);
        real(out, count->value);
        real(out, count->high < count->value ? count->value : count->high);
        text(out, isn_str_cstr(isn_record_bound_text(count->bound)));
        text(out, count->what);
        text_or_null(out, count->unit);
        item(out, count->event);
    }
    for (size_t i = 0; i < r->n_diagnostics; i++) {
        row(out, ISN_ROW_DIAGNOSTIC);
        integer(out, (int64_t)i + 1);
        span(out, r->diagnostics[i].span);
        text(out, r->diagnostics[i].code);
        text(out, r->diagnostics[i].message);
    }
}

/* --- the record and the whole -------------------------------------------------------------------------------------- */

/* The JSON without its text, which stands in a table of its own, made small; empty when memory ran out. */
static isn_str pack_json(isn_packer *p, isn_arena *arena, const isn_record *r, uint32_t *size)
{
    isn_record without = *r;
    without.text = (isn_str){NULL, 0};
    isn_buf_reset(&p->json);
    isn_record_write(&p->json, &without);
    size_t room = ZSTD_compressBound(p->json.n);
    char *bytes = p->json.failed ? NULL : isn_arena_alloc(arena, room);
    if (!bytes)
        return (isn_str){NULL, 0};
    size_t n = ZSTD_compressCCtx(p->zstd, bytes, room, p->json.p, p->json.n, LEVEL);
    *size = (uint32_t)p->json.n;
    return ZSTD_isError(n) ? (isn_str){NULL, 0} : isn_str_of(bytes, n);
}

bool isn_pack_json(isn_buf *out, isn_str packed, size_t size, isn_str article)
{
    static const char mark[] = "\"text\":\"\"";
    if (size > ISN_STORE_PACK_CEILING)
        return false;
    char *bytes = malloc(size + 1);
    size_t n = bytes ? ZSTD_decompress(bytes, size, packed.p, packed.n) : 0;
    bool good = bytes && !ZSTD_isError(n) && n == size;
    size_t at = good ? isn_str_find(isn_str_of(bytes, n), isn_str_of(mark, sizeof mark - 1)) : SIZE_MAX;
    good = at != SIZE_MAX;
    if (good) {
        isn_buf_append(out, bytes, at + sizeof mark - 3);
        isn_buf_json(out, article);
        isn_buf_append(out, bytes + at + sizeof mark - 1, n - at - (sizeof mark - 1));
    }
    free(bytes);
    return good && !out->failed;
}

/* The number behind a key, from *at on; *at moves behind it. False where there is no such key before the list ends. */
static bool number_after(uint32_t *out, isn_str list, size_t *at, const char *key)
{
    size_t found = isn_str_find(isn_str_part(list, *at, list.n), isn_str_cstr(key));
    if (found == SIZE_MAX)
        return false;
    size_t i = *at + found + strlen(key);
    uint64_t value = 0;
    for (; i < list.n && list.p[i] >= '0' && list.p[i] <= '9' && value <= UINT32_MAX; i++)
        value = value * 10 + (uint64_t)(list.p[i] - '0');
    *out = (uint32_t)value;
    *at = i;
    return value <= UINT32_MAX;
}

static isn_block_kind kind_at(isn_str list, size_t at)
{
    static const char key[] = "\"kind\":\"";
    isn_str rest = isn_str_part(list, at, list.n);
    size_t found = isn_str_find(rest, isn_str_of(key, sizeof key - 1));
    rest = isn_str_part(rest, found == SIZE_MAX ? rest.n : found + sizeof key - 1, rest.n);
    for (uint8_t kind = 0; kind <= ISN_BLOCK_BOILERPLATE; kind++) {
        if (isn_str_starts(rest, isn_str_cstr(isn_record_block_text(kind))))
            return (isn_block_kind)kind;
    }
    return ISN_BLOCK_BOILERPLATE;
}

bool isn_pack_blocks(isn_block **out, size_t *n, isn_arena *arena, isn_str packed, size_t size)
{
    static const char mark[] = "\"blocks\":[";
    struct {
        isn_block *items;
        size_t n, capacity;
    } list = {NULL, 0, 0};
    char *bytes = size <= ISN_STORE_PACK_CEILING ? isn_arena_alloc(arena, size + 1) : NULL;
    size_t made = bytes ? ZSTD_decompress(bytes, size, packed.p, packed.n) : 0;
    if (!bytes || ZSTD_isError(made) || made != size)
        return false;
    isn_str json = isn_str_of(bytes, size);
    size_t begin = isn_str_find(json, isn_str_of(mark, sizeof mark - 1)), at = 0;
    if (begin == SIZE_MAX)
        return false;
    json = isn_str_part(json, begin + sizeof mark - 1, size);
    size_t end = isn_str_find(json, ISN_STR("]"));
    json = isn_str_part(json, 0, end);
    uint32_t from, to;
    while (number_after(&from, json, &at, "\"begin\":") && number_after(&to, json, &at, "\"end\":")) {
        isn_block *block = ISN_PUSH(arena, &list);
        if (!block)
            return false;
        *block = (isn_block){from, to, kind_at(json, at), "record"};
    }
    *out = list.items;
    *n = list.n;
    return true;
}

isn_str isn_pack_make(isn_packer *p, isn_arena *arena, const isn_record *r, const isn_text *t, isn_str digest)
{
    isn_pack_head head = {.hash = (int64_t)isn_str_hash(r->text), .day = isn_store_day(r->published),
                          .bytes = (uint32_t)r->text.n};
    uint32_t *actors = isn_arena_alloc(arena, (r->n_entities + 1) * sizeof *actors);
    isn_buf *out = &p->out;
    isn_buf_reset(out);
    isn_buf_reset(&p->terms);
    isn_buf_reset(&p->facets);
    isn_str json = pack_json(p, arena, r, &head.json);
    isn_search_terms_write(&p->terms, t);
    if (!actors || !json.p || !isn_facets_write(p, arena, r))
        return (isn_str){NULL, 0};
    isn_str terms = isn_str_of(p->terms.p, p->terms.n), facets = isn_str_of(p->facets.p, p->facets.n);
    head.terms = sum_of(terms, facets);
    isn_pack_name(&head, r);
    isn_buf_append(out, &head, sizeof head);
    const isn_str strings[ISN_PACK_STRINGS] = {r->id, r->uri, r->address, r->outlet, r->published, r->language,
                                               r->title, r->text, json, digest, terms, facets};
    for (size_t i = 0; i < ISN_PACK_STRINGS; i++)
        put_str(out, strings[i]);
    put_actors(out, r, actors);
    put_spellings(out, r, t);
    put_entities(out, r, actors);
    put_quotes(out, r);
    for (size_t v = 0; v < r->n_events; v++)
        put_event(out, &r->events[v], v, head.day);
    put_others(out, r);
    row(out, ISN_ROW_END);
    return out->failed || p->terms.failed || p->facets.failed ? (isn_str){NULL, 0} : isn_str_of(out->p, out->n);
}
