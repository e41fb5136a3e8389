/*
 * query.c - reading a query. Words stand for themselves in every spelling; between two without an operator stands AND. What comes out is
 * an expression that FTS5 reads: phrases in quotation marks, its operators, brackets.
 */
#include "store/query.h"

#include "base/error.h"
#include "base/utf8.h"
#include "link/key.h"
#include "store/schema.h"

#define ALIKE 0.9f           /* likeness of two spellings of one name: more than this */
#define SHORTEST_NAME 4u     /* letters of a name that has other spellings: short ones are alike by chance */

void isn_words_query_init(isn_words_query *query)
{
    query->n = 0;
    isn_buf_init(&query->match, (size_t)1 << 20);
}

void isn_words_query_release(isn_words_query *query)
{
    isn_buf_release(&query->match);
}

isnad_status isn_store_ready(isnad_store *store, isnad_error *err)
{
    isn_arena_reset(&store->arena);
    if (store->words) {
        isn_words_trim(store->words);
        return ISNAD_OK;
    }
    return isn_words_new(&store->words, store->lexicon, err);
}

bool isn_store_read_text(isn_text *out, isnad_store *store, isn_str raw, const isn_block *blocks, size_t n_blocks)
{
    return isn_text_make(out, &store->arena, store->lexicon, store->words, raw, blocks, n_blocks);
}

/* --- spellings ---------------------------------------------------------------------------------------------------- */

/* The only word of a term as the names' room reads it; false where it is none. */
static bool name_word(isn_name *out, isn_str term)
{
    uint8_t letters[64];
    size_t n = isn_normal_key(letters, sizeof letters, term);
    isn_name_read(out, NULL, letters, n < sizeof letters ? n : sizeof letters);
    return out->n == 1;
}

typedef struct spellings {
    isn_str items[ISN_QUERY_SPELLINGS + ISN_SEARCH_READINGS];
    size_t n;
} spellings;

static bool add_spelling(spellings *list, isn_arena *arena, isn_str word)
{
    for (size_t i = 0; i < list->n; i++) {
        if (isn_str_equal(list->items[i], word))
            return true;
    }
    if (list->n == sizeof list->items / sizeof *list->items)
        return true;
    isn_str kept = isn_arena_copy(arena, word);
    if (!kept.p)
        return false;
    list->items[list->n++] = kept;
    return true;
}

/* Words of names in the database that are other spellings of this one. */
static isnad_status add_others(spellings *list, isnad_store *store, isn_str term, isnad_error *err)
{
    uint64_t keys[ISN_STORE_KEYS];
    isn_name name, other;
    size_t n = name_word(&name, term) && name.words[0].n >= SHORTEST_NAME ? isn_store_word_keys(keys, term) : 0;
    sqlite3_stmt *st = NULL;
    isnad_status status = n ? isn_store_prepare(store, &st, "SELECT word FROM spellings WHERE key = ?", err) : ISNAD_OK;
    for (size_t i = 0; status == ISNAD_OK && i < n; i++) {
        sqlite3_bind_int64(st, 1, (int64_t)keys[i]);
        int code;
        while ((code = sqlite3_step(st)) == SQLITE_ROW && status == ISNAD_OK) {
            isn_str word = isn_str_of((const char *)sqlite3_column_text(st, 0), (size_t)sqlite3_column_bytes(st, 0));
            if (name_word(&other, word) && isn_name_word_alike(&name.words[0], &other.words[0]) > ALIKE &&
                !add_spelling(list, &store->arena, word))
                status = isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
        }
        if (status == ISNAD_OK && code != SQLITE_DONE)
            status = isn_store_fail(err, store->db, store->file, "read");
        sqlite3_reset(st);
    }
    sqlite3_finalize(st);
    return status;
}

/* --- operands ------------------------------------------------------------------------------------------------------ */

/* Keeps the terms of one place of a word. */
static isnad_status make_place(isn_query_place *out, isnad_store *store, const isn_search_terms *terms, size_t place,
                               isnad_error *err)
{
    spellings list = {.n = 0};
    bool good = true;
    for (size_t i = 0; good && i < terms->at[place].n; i++)
        good = add_spelling(&list, &store->arena, isn_str_of(terms->at[place].items[i].p, terms->at[place].items[i].n));
    isnad_status status = good ? ISNAD_OK : ISNAD_E_MEMORY;
    if (good && terms->name && terms->at[place].n)
        status = add_others(&list, store, list.items[0], err);
    isn_str *kept = isn_arena_alloc(&store->arena, (list.n + 1) * sizeof *kept);
    if (!kept)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    memcpy(kept, list.items, list.n * sizeof *kept);
    *out = (isn_query_place){kept, list.n};
    return status;
}

/* The places of a word or phrase; none where it holds words of grammar only. */
static isnad_status make_places(isn_operand *out, isnad_store *store, isn_str raw, isnad_error *err)
{
    isn_block block = {0, (uint32_t)raw.n, ISN_BLOCK_BODY, "query"};
    isn_text text;
    if (!isn_store_read_text(&text, store, raw, &block, 1))
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    out->n = 0;
    out->places = isn_arena_calloc(&store->arena, text.n_tokens * ISN_SEARCH_PLACES + 1, sizeof *out->places);
    if (!out->places)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    isnad_status status = ISNAD_OK;
    isn_search_terms terms;
    for (size_t t = 0; t < text.n_tokens && status == ISNAD_OK; t++) {
        if (!isn_search_terms_make(&terms, &text, &text.tokens[t]))
            continue;
        for (size_t i = 0; i < terms.n && status == ISNAD_OK; i++)
            status = make_place(&out->places[out->n++], store, &terms, i, err);
    }
    return status;
}

/*
 * The words that begin so, in the arena: asking for each is much cheaper than for a beginning, for which FTS5 merges the articles of them all
 * before the first is told. *n is 0 where there are none, or too many.
 */
static isnad_status words_of(isn_str **out, size_t *n, isnad_store *store, isn_str begin, isnad_error *err)
{
    sqlite3_stmt *st = NULL;
    *n = 0;
    *out = isn_arena_alloc(&store->arena, (ISN_QUERY_BEGINNING + 1) * sizeof **out);
    if (!*out)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    isnad_status status = isn_store_prepare(store, &st, "SELECT term FROM terms WHERE term >= ?1 AND term < ?1 || char(1114111)"
                                                        " LIMIT ?2", err);
    if (status != ISNAD_OK)
        return status;
    sqlite3_bind_text64(st, 1, begin.p, begin.n, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(st, 2, ISN_QUERY_BEGINNING + 1);
    int code;
    while ((code = sqlite3_step(st)) == SQLITE_ROW && *n <= ISN_QUERY_BEGINNING) {
        isn_str term = isn_str_of((const char *)sqlite3_column_text(st, 0), (size_t)sqlite3_column_bytes(st, 0));
        (*out)[(*n)++] = isn_arena_copy(&store->arena, term);
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        status = isn_store_fail(err, store->db, store->file, "read");
    sqlite3_finalize(st);
    if (*n > ISN_QUERY_BEGINNING)
        *n = 0;
    return status;
}

static isnad_status make_prefix(isn_operand *out, isnad_store *store, isn_str raw, isnad_error *err)
{
    isn_search_term term;
    isn_str *words;
    size_t n;
    isn_search_terms_prefix(&term, raw);
    isn_query_place *place = isn_arena_calloc(&store->arena, 1, sizeof *place);
    isn_str *kept = isn_arena_alloc(&store->arena, sizeof *kept);
    if (!place || !kept || !(*kept = isn_arena_copy(&store->arena, isn_str_of(term.p, term.n))).p)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    if (term.n < 4)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "'%.*s*' is too short a beginning; give two letters at least",
                        (int)raw.n, raw.p);
    isnad_status status = words_of(&words, &n, store, *kept, err);
    *place = n ? (isn_query_place){words, n} : (isn_query_place){kept, 1};
    out->places = place;
    out->n = 1;
    out->prefix = n == 0;
    return status;
}

static void write_operand(isn_buf *out, const isn_operand *operand)
{
    isn_buf_char(out, '"');
    for (size_t i = 0; i < operand->n; i++) {
        if (i)
            isn_buf_char(out, ' ');
        for (size_t k = 0; k < operand->places[i].n; k++) {
            if (k)
                isn_buf_char(out, ISN_SEARCH_OR);
            isn_buf_str(out, operand->places[i].terms[k]);
        }
    }
    isn_buf_append(out, "\" *", operand->prefix ? 3 : 1);
}

/* --- reading -------------------------------------------------------------------------------------------------------- */

typedef enum mark { MARK_END, MARK_WORD, MARK_PHRASE, MARK_PREFIX, MARK_AND, MARK_OR, MARK_NOT, MARK_OPEN, MARK_CLOSE } mark;

typedef struct reader {
    isnad_store *store;
    isn_words_query *out;
    isn_str rest;
    const char *joint; /* operator before the next operand, or NULL */
    bool after;        /* an operand stands before */
    bool denied;       /* the operator is NOT */
    bool skipped;      /* words of grammar were left out */
    unsigned depth;
    unsigned negative; /* depth at which a denied bracket was opened, +1; 0: none */
} reader;

/* Bytes of a quotation mark at the beginning, 0 if there is none. */
static size_t quote_at(isn_str s)
{
    static const char *const marks[] = {"\"", "\xC2\xAB", "\xC2\xBB", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (isn_str_starts(s, isn_str_cstr(marks[i])))
            return strlen(marks[i]);
    }
    return 0;
}

static mark word_mark(isn_str *word)
{
    if (isn_str_equal(*word, ISN_STR("AND")) || isn_str_equal(*word, ISN_STR("&")))
        return MARK_AND;
    if (isn_str_equal(*word, ISN_STR("OR")) || isn_str_equal(*word, ISN_STR("|")))
        return MARK_OR;
    if (isn_str_equal(*word, ISN_STR("NOT")))
        return MARK_NOT;
    if (word->n > 1 && word->p[word->n - 1] == '*') {
        word->n--;
        return MARK_PREFIX;
    }
    return MARK_WORD;
}

/* Cuts the next mark off the rest. */
static mark next_mark(reader *r, isn_str *word)
{
    isn_str s = r->rest;
    while (s.n && (unsigned char)s.p[0] <= ' ') /* control characters part words too */
        s = isn_str_part(s, 1, s.n);
    if (s.n == 0)
        return MARK_END;
    size_t quote = quote_at(s), n = 1;
    mark what = s.p[0] == '(' ? MARK_OPEN : s.p[0] == ')' ? MARK_CLOSE : MARK_NOT;
    if (quote) {
        n = quote;
        while (n < s.n && !quote_at(isn_str_part(s, n, s.n)))
            n++;
        *word = isn_str_part(s, quote, n);
        n += n < s.n ? quote_at(isn_str_part(s, n, s.n)) : 0;
        what = MARK_PHRASE;
    } else if (s.p[0] != '(' && s.p[0] != ')' && !(s.p[0] == '-' && s.n > 1 && s.p[1] != ' ')) {
        n = 0;
        while (n < s.n && (unsigned char)s.p[n] > ' ' && s.p[n] != '(' && s.p[n] != ')' && !quote_at(isn_str_part(s, n, s.n)))
            n++;
        *word = isn_str_part(s, 0, n);
        what = word_mark(word);
    }
    r->rest = isn_str_part(s, n, s.n);
    return what;
}

static isnad_status refuse(isnad_error *err, const char *what)
{
    return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "the query can't be read: %s", what);
}

static void join(reader *r)
{
    if (r->after)
        isn_buf_str(&r->out->match, isn_str_cstr(r->joint ? r->joint : " AND "));
    r->joint = NULL;
    r->denied = false;
}

static isnad_status put_operand(reader *r, mark what, isn_str word, isnad_error *err)
{
    if (r->out->n == ISN_QUERY_OPERANDS)
        return isn_fail(err, ISNAD_E_ARGUMENT, NULL, 0, "the query has more than %u words", ISN_QUERY_OPERANDS);
    isn_operand *operand = &r->out->items[r->out->n];
    *operand = (isn_operand){.negative = r->denied || r->negative};
    isnad_status status = what == MARK_PREFIX ? make_prefix(operand, r->store, word, err)
                                              : make_places(operand, r->store, word, err);
    if (status != ISNAD_OK)
        return status;
    if (operand->n == 0) {
        r->skipped = true;
        return ISNAD_OK;
    }
    r->out->n++;
    join(r);
    write_operand(&r->out->match, operand);
    r->after = true;
    return ISNAD_OK;
}

static isnad_status put_mark(reader *r, mark what, isn_str word, isnad_error *err)
{
    switch (what) {
    case MARK_AND:
    case MARK_OR:
        if (!r->after && !r->skipped)
            return refuse(err, "AND and OR stand between words");
        if (r->after)
            r->joint = what == MARK_OR ? " OR " : " AND ";
        return ISNAD_OK;
    case MARK_NOT:
        if (!r->after)
            return refuse(err, "say what to look for before NOT");
        r->joint = " NOT ";
        r->denied = true;
        return ISNAD_OK;
    case MARK_OPEN:
        if (r->depth == ISN_QUERY_DEPTH)
            return refuse(err, "too many brackets");
        r->depth++;
        if (r->denied && !r->negative)
            r->negative = r->depth;
        join(r);
        isn_buf_char(&r->out->match, '(');
        r->after = false;
        return ISNAD_OK;
    case MARK_CLOSE:
        if (r->depth == 0 || !r->after)
            return refuse(err, "a bracket closes that holds nothing or was not opened");
        if (r->negative == r->depth)
            r->negative = 0;
        r->depth--;
        r->joint = NULL;
        isn_buf_char(&r->out->match, ')');
        return ISNAD_OK;
    default:
        return put_operand(r, what, word, err);
    }
}

isnad_status isn_words_query_make(isn_words_query *out, isnad_store *store, isn_str words, isnad_error *err)
{
    reader r = {.store = store, .out = out, .rest = words};
    isnad_status status = ISNAD_OK;
    if (words.n > ISN_QUERY_BYTES || isn_utf8_valid(words) != words.n)
        return refuse(err, words.n > ISN_QUERY_BYTES ? "it is too long" : "it is no UTF-8");
    while (status == ISNAD_OK) {
        isn_str word = {NULL, 0};
        mark what = next_mark(&r, &word);
        if (what == MARK_END)
            break;
        status = put_mark(&r, what, word, err);
    }
    if (status == ISNAD_OK && r.depth)
        return refuse(err, "a bracket isn't closed");
    if (status == ISNAD_OK && out->n == 0 && isn_str_trim(words).n)
        return refuse(err, "it has no word that is searched; words of grammar are not");
    if (status == ISNAD_OK && out->match.failed)
        return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "out of memory");
    return status;
}

/* --- hits ------------------------------------------------------------------------------------------------------------ */

/* A place of the text with its terms. */
typedef struct spot {
    uint32_t token;
    isn_str terms[ISN_SEARCH_READINGS];
    uint8_t n;
} spot;

static spot *make_spots(size_t *n, isn_arena *arena, const isn_text *text)
{
    spot *spots = isn_arena_alloc(arena, (text->n_tokens * ISN_SEARCH_PLACES + 1) * sizeof *spots);
    *n = 0;
    isn_search_terms terms;
    for (size_t t = 0; spots && t < text->n_tokens; t++) {
        if (!isn_search_terms_make(&terms, text, &text->tokens[t]))
            continue;
        for (size_t place = 0; place < terms.n; place++) {
            spot *s = &spots[(*n)++];
            *s = (spot){.token = (uint32_t)t, .n = terms.at[place].n};
            for (size_t i = 0; i < s->n; i++)
                s->terms[i] = isn_arena_copy(arena, isn_str_of(terms.at[place].items[i].p, terms.at[place].items[i].n));
        }
    }
    return spots;
}

static bool place_fits(const isn_query_place *place, const spot *s, bool prefix)
{
    for (size_t i = 0; i < place->n; i++) {
        for (size_t k = 0; k < s->n; k++) {
            if (prefix ? isn_str_starts(s->terms[k], place->terms[i]) : isn_str_equal(s->terms[k], place->terms[i]))
                return true;
        }
    }
    return false;
}

static bool operand_fits(const isn_operand *o, const spot *spots, size_t n)
{
    if (o->n == 0 || o->n > n)
        return false;
    for (size_t i = 0; i < o->n; i++) {
        if (!place_fits(&o->places[i], &spots[i], o->prefix && i + 1 == o->n))
            return false;
    }
    return true;
}

isn_hit *isn_words_query_hits(size_t *n, const isn_words_query *query, isn_arena *arena, const isn_text *text)
{
    struct {
        isn_hit *items;
        size_t n, capacity;
    } list = {NULL, 0, 0};
    size_t n_spots;
    spot *spots = make_spots(&n_spots, arena, text);
    *n = 0;
    for (size_t i = 0; spots && i < n_spots; i++) {
        for (size_t o = 0; o < query->n; o++) {
            const isn_operand *operand = &query->items[o];
            if (operand->negative || !operand_fits(operand, spots + i, n_spots - i))
                continue;
            isn_hit *hit = ISN_PUSH(arena, &list);
            if (!hit)
                return NULL;
            *hit = (isn_hit){spots[i].token, spots[i + operand->n - 1].token, (uint16_t)o};
        }
    }
    *n = list.n;
    return list.items;
}
