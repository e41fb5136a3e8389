/* Tests of the text room: tokens, sentences, cuts, matches; messy and hostile input; ceilings. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "text/parts.h"

#define CASES ISNAD_TEST_SOURCE "/test/text/"

typedef struct bench {
    isn_lexicon *lexicon;
    isn_words *words;
    isn_arena arena;
} bench;

static int set_up(void **state)
{
    bench *b = calloc(1, sizeof *b);
    isnad_error err;
    if (!b || isn_lexicon_open(&b->lexicon, ISNAD_TEST_IMAGE, &err) ||
        isn_words_new(&b->words, b->lexicon, &err))
        return -1;
    isn_arena_init(&b->arena, (size_t)4 << 30);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    bench *b = *state;
    isn_words_free(b->words);
    isn_lexicon_free(b->lexicon);
    isn_arena_release(&b->arena);
    free(b);
    return 0;
}

/* Everything that must hold of any text, whatever went in. */
static void check_consistent(const isn_text *text)
{
    uint32_t begin = 0;
    for (size_t t = 0; t < text->n_tokens; t++) {
        const isn_token *token = &text->tokens[t];
        assert_true(token->begin < token->end && token->end <= text->raw.n);
        assert_true(token->begin >= begin);
        begin = token->begin;
        assert_true(token->n > 0 && (size_t)token->at + token->n <= text->normal.n);
        assert_true(token->sentence < text->n_sentences);
        const isn_sentence *sentence = &text->sentences[token->sentence];
        assert_true(t >= sentence->first && t < sentence->last);
        assert_true(token->space <= 1);
        assert_true((token->kind == ISN_TOKEN_WORD) <= (token->word != NULL));
        if (!token->word)
            continue;
        assert_true(token->word->n_analyses >= 1 && token->best < token->word->n_analyses);
        for (size_t a = 0; a < token->word->n_analyses; a++) {
            const isn_analysis *analysis = &token->word->analyses[a];
            assert_true(analysis->stem > 0 && (size_t)analysis->skip + analysis->stem <= token->n);
            uint32_t from = isn_token_stem_begin(text, token, analysis, false);
            uint32_t to = isn_token_stem_end(text, token, analysis);
            assert_true(from >= token->begin && to <= token->end && from <= to);
            assert_true(isn_token_stem_begin(text, token, analysis, true) <= from);
            assert_true(a == 0 || token->word->analyses[a - 1].score >= analysis->score);
        }
    }
    for (size_t s = 0; s < text->n_sentences; s++) {
        const isn_sentence *sentence = &text->sentences[s];
        assert_true(sentence->first < sentence->last && sentence->last <= text->n_tokens);
        assert_true(sentence->first == (s ? text->sentences[s - 1].last : 0));
        assert_true(sentence->block < text->n_blocks);
        assert_true(sentence->begin >= text->blocks[sentence->block].begin);
    }
    for (size_t t = 0; t < text->n_tokens; t++) {
        for (uint32_t m = text->match_from[t]; m < text->match_from[t + 1]; m++) {
            const isn_match *match = &text->matches[m];
            assert_int_equal(match->first, t);
            assert_true(match->n > 0 && match->n <= ISN_PHRASE_MOST &&
                        t + match->n <= text->n_tokens);
            assert_true(match->begin <= match->end && match->entries > 0 && match->entry);
            assert_true(m == text->match_from[t] || text->matches[m - 1].n >= match->n);
        }
        assert_true(text->match_from[t + 1] - text->match_from[t] <= ISN_MATCHES_MOST);
    }
}

/* One body block a line. */
static size_t blocks_of(isn_block *blocks, size_t room, isn_str raw)
{
    isn_str rest = raw, line;
    size_t n = 0;
    while (n < room && isn_str_next(&line, &rest, '\n')) {
        uint32_t begin = (uint32_t)(line.p - raw.p);
        blocks[n++] = (isn_block){begin, begin + (uint32_t)line.n, ISN_BLOCK_BODY, "test"};
    }
    return n;
}

static isn_text make(bench *b, isn_str raw)
{
    static isn_block blocks[256]; /* outlives the text; tests run one after the other */
    isn_text text;
    isn_arena_reset(&b->arena);
    size_t n = blocks_of(blocks, 256, raw);
    assert_true(isn_text_make(&text, &b->arena, b->lexicon, b->words, raw, blocks, n));
    check_consistent(&text);
    return text;
}

/* The lines of a case file without comments. */
static bool next_case(isn_str *line, isn_str *rest)
{
    while (isn_str_next(line, rest, '\n')) {
        if (line->n && line->p[0] != '#')
            return true;
        if (line->n > 1 && line->p[0] == '#' && line->p[1] != ' ')
            return true;
    }
    return false;
}

static void tokens(void **state)
{
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "tokens.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    size_t cases = 0;
    while (next_case(&line, &rest)) {
        isn_str raw, want;
        assert_true(isn_str_next(&raw, &line, '\t') && isn_str_next(&want, &line, '\t'));
        isn_text text = make(*state, raw);
        isn_buf got;
        isn_buf_init(&got, 1 << 16);
        for (size_t t = 0; t < text.n_tokens; t++) {
            if (t)
                isn_buf_char(&got, '|');
            isn_buf_str(&got, isn_str_part(raw, text.tokens[t].begin, text.tokens[t].end));
        }
        isn_buf_char(&got, '\0');
        if (got.n - 1 != want.n || memcmp(got.p, want.p, want.n) != 0)
            fail_msg("tokens of \"%.*s\": %s", (int)raw.n, raw.p, got.p);
        isn_buf_release(&got);
        cases++;
    }
    assert_true(cases >= 15);
    isn_file_close(&file);
}

/* The text without its marks; *cut gets their places in it. */
static size_t strip(char *out, uint32_t *cut, size_t *cuts, isn_str line, char mark)
{
    size_t n = 0;
    *cuts = 0;
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == mark)
            cut[(*cuts)++] = (uint32_t)n;
        else
            out[n++] = line.p[i];
    }
    return n;
}

static void sentences(void **state)
{
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "sentences.txt", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    size_t wrong = 0;
    while (next_case(&line, &rest)) {
        char raw[4096];
        uint32_t cut[64];
        size_t cuts, n = strip(raw, cut, &cuts, line, '|');
        isn_text text = make(*state, isn_str_of(raw, n));
        bool good = text.n_sentences == cuts + 1;
        for (size_t s = 0; good && s < cuts; s++)
            good = text.sentences[s].end <= cut[s] && text.sentences[s + 1].begin >= cut[s];
        if (!good) {
            wrong++;
            print_error("sentences of \"%.*s\": %zu\n", (int)line.n, line.p, text.n_sentences);
        }
    }
    assert_int_equal(wrong, 0);
    isn_file_close(&file);
}

/* The words of a file of cuts, read as one text: no more than `most` of a thousand may be cut
 * otherwise. */
static void check_cuts(bench *b, const char *path, size_t most)
{
    isn_file file;
    assert_int_equal(isn_file_open(&file, path, 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    char *all = malloc(file.bytes.n);
    uint32_t *cut = malloc(file.bytes.n * sizeof *cut);
    size_t n = 0, n_cuts = 0, c = 0, words = 0, wrong = 0;
    while (next_case(&line, &rest)) {
        for (size_t i = 0; i < line.n; i++) {
            if (line.p[i] == '+')
                cut[n_cuts++] = (uint32_t)n;
            else
                all[n++] = line.p[i];
        }
        all[n++] = '\n';
    }
    isn_text text = make(b, isn_str_of(all, n));
    for (size_t t = 0; t < text.n_tokens; t++) {
        const isn_token *token = &text.tokens[t];
        const isn_analysis *best = isn_token_best(token);
        uint32_t want[4] = {0}, got[2], n_want = 0, n_got = 0;
        for (; c < n_cuts && cut[c] < token->end; c++)
            want[n_want++ & 3] = cut[c];
        if (best && best->skip)
            got[n_got++] = isn_token_stem_begin(&text, token, best, false);
        if (best && best->pronoun)
            got[n_got++] = isn_token_stem_end(&text, token, best);
        words++;
        if (n_want != n_got || memcmp(want, got, n_got * sizeof *got) != 0) {
            wrong++;
            print_message("%.*s: skip %u stem %u pronoun %u\n", (int)(token->end - token->begin),
                          all + token->begin, best ? best->skip : 0, best ? best->stem : 0,
                          best ? best->pronoun : 0);
        }
    }
    assert_true(words >= 200);
    assert_true(wrong * 1000 <= words * most);
    free(all);
    free(cut);
    isn_file_close(&file);
}

/* The lexicon grows, and with it what a word can be: one in a hundred may be off until the next
 * training. */
static void cuts(void **state)
{
    check_cuts(*state, CASES "cuts.txt", 10);
}

static void hurried_cuts(void **state)
{
    check_cuts(*state, CASES "cuts-hurried.txt", 40);
}

/* Runs a text through new words and through used ones: the choices must be the same. */
static void deterministic(void **state)
{
    bench *b = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "cuts.txt", 1 << 20, NULL), ISNAD_OK);
    isn_block blocks[256];
    size_t n = blocks_of(blocks, 256, file.bytes);
    isn_words *fresh;
    isn_arena arena;
    isn_arena_init(&arena, 1 << 28);
    assert_int_equal(isn_words_new(&fresh, b->lexicon, NULL), ISNAD_OK);
    isn_text first = make(b, file.bytes), second;
    assert_true(isn_text_make(&second, &arena, b->lexicon, fresh, file.bytes, blocks, n));
    assert_int_equal(first.n_tokens, second.n_tokens);
    assert_int_equal(first.n_matches, second.n_matches);
    for (size_t t = 0; t < first.n_tokens; t++) {
        const isn_token *one = &first.tokens[t], *two = &second.tokens[t];
        assert_int_equal(one->best, two->best);
        assert_int_equal(one->word != NULL, two->word != NULL);
        if (one->word)
            assert_memory_equal(one->word->analyses, two->word->analyses,
                                one->word->n_analyses * sizeof *one->word->analyses);
    }
    isn_words_free(fresh);
    isn_arena_release(&arena);
    isn_file_close(&file);
}

/* A million words that never repeat, on one line: the cache stays in bounds, the result is whole.
 */
static void many_words(void **state)
{
    bench *b = *state;
    isn_buf raw;
    isn_buf_init(&raw, (size_t)1 << 26);
    uint32_t random = 1;
    for (size_t i = 0; i < 150 * 1000; i++) {
        for (size_t k = 0; k < 6; k++) {
            random = random * 1664525u + 1013904223u;
            isn_buf_format(&raw, "\xD8%c", (char)(0xA7 + (random >> 24) % 20));
        }
        isn_buf_char(&raw, ' ');
    }
    isn_text text = make(b, isn_str_of(raw.p, raw.n));
    assert_int_equal(text.n_tokens, 150 * 1000);
    assert_true(b->words->n <= 96 * 1000);
    isn_arena_reset(&b->arena);
    isn_words_trim(b->words);
    assert_true(b->words->n <= 32 * 1000);
    isn_buf_release(&raw);
}

/* Ten megabytes without a blank, and a million quotation marks. */
static void hostile(void **state)
{
    bench *b = *state;
    isn_buf raw;
    isn_buf_init(&raw, (size_t)1 << 26);
    for (size_t i = 0; i < 5 * 1000 * 1000; i++)
        isn_buf_append(&raw, "\xD9\x88", 2);
    isn_text text = make(b, isn_str_of(raw.p, raw.n));
    assert_int_equal(text.n_tokens, (5 * 1000 * 1000 + ISN_WORD_MOST - 1) / ISN_WORD_MOST);
    isn_buf_reset(&raw);
    for (size_t i = 0; i < 1000 * 1000; i++)
        isn_buf_append(&raw, i & 1 ? "\"" : "\xC2\xAB", i & 1 ? 1 : 2);
    text = make(b, isn_str_of(raw.p, raw.n));
    assert_int_equal(text.n_tokens, 1000 * 1000);
    isn_buf_reset(&raw);
    for (size_t i = 0; i < 1000 * 1000; i++)
        isn_buf_append(&raw, i & 1 ? "." : "1", 1);
    text = make(b, isn_str_of(raw.p, raw.n));
    assert_true(text.n_tokens >= 900 * 1000);
    isn_buf_release(&raw);
}

/* At every ceiling of the arena the result is consistent, and the flag says that it was cut. */
static void arena_full(void **state)
{
    bench *b = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "cuts.txt", 1 << 20, NULL), ISNAD_OK);
    isn_block blocks[256];
    size_t n = blocks_of(blocks, 256, file.bytes), refused = 0;
    for (size_t ceiling = 64; ceiling < 400 * 1000; ceiling += 977) {
        isn_arena arena;
        isn_arena_init(&arena, ceiling);
        isn_text text;
        bool fits = isn_text_make(&text, &arena, b->lexicon, b->words, file.bytes, blocks, n);
        assert_int_equal(fits, !arena.full);
        check_consistent(&text);
        refused += !fits;
        isn_arena_release(&arena);
    }
    assert_true(refused > 10 && refused < 400);
    isn_file_close(&file);
}

/* Each line of matches.tsv: a text, and the phrases of a table that must be found in it, by bar, as
 * bytes of the text. */
static void matches(void **state)
{
    static const char *const stems[] = {
#define X(name, stem) stem,
        ISN_TABLES(X)
#undef X
    };
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "matches.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, line;
    size_t wrong = 0;
    while (next_case(&line, &rest)) {
        isn_str raw, table, want, phrase;
        assert_true(isn_str_next(&raw, &line, '\t') && isn_str_next(&table, &line, '\t') &&
                    isn_str_next(&want, &line, '\t'));
        isn_text text = make(*state, raw);
        while (isn_str_next(&phrase, &want, '|')) {
            bool must = phrase.p[0] != '!', found = false;
            if (!must)
                phrase = isn_str_part(phrase, 1, phrase.n);
            for (size_t m = 0; m < text.n_matches; m++) {
                const isn_match *match = &text.matches[m];
                for (size_t e = 0; e < match->entries; e++)
                    found |= isn_str_equal(table, isn_str_cstr(stems[match->entry[e].table])) &&
                             isn_str_equal(phrase, isn_str_part(raw, match->begin, match->end));
            }
            if (found != must) {
                wrong++;
                print_error("%s \"%.*s\" in \"%.*s\"\n", must ? "no" : "a", (int)phrase.n, phrase.p,
                            (int)raw.n, raw.p);
            }
        }
    }
    assert_int_equal(wrong, 0);
    isn_file_close(&file);
}

/* Words alone with the clitics that their likeliest or another analysis must have: bits, skip,
 * stem, skip to article. */
static void analyses(void **state)
{
    static const struct {
        const char *word;
        uint8_t clitics, skip, stem, al_only, pronoun;
    } cases[] = {
        /* llmjls */ {"\xD9\x84\xD9\x84\xD9\x85\xD8\xAC\xD9\x84\xD8\xB3", ISN_CL_LA | ISN_CL_AL, 2,
                      4, 2, 0},
        /* lljnh */ {"\xD9\x84\xD9\x84\xD8\xAC\xD9\x86\xD8\xA9", ISN_CL_LA | ISN_CL_AL, 1, 4, 1, 0},
        /* wbalqahrh */
        {"\xD9\x88\xD8\xA8\xD8\xA7\xD9\x84\xD9\x82\xD8\xA7\xD9\x87\xD8\xB1\xD8\xA9",
         ISN_CL_WA | ISN_CL_BA | ISN_CL_AL, 4, 5, 2, 0},
        /* mstshfah: alef maksura became alef */
        {"\xD9\x85\xD8\xB3\xD8\xAA\xD8\xB4\xD9\x81\xD8\xA7\xD9\x87", 0, 0, 6, 0,
         ISN_PRONOUN(3, 1, 0)},
        /* wzraWuh: the hamza on its seat */
        {"\xD9\x88\xD8\xB2\xD8\xB1\xD8\xA7\xD8\xA4\xD9\x87\xD8\xA7", 0, 0, 5, 0,
         ISN_PRONOUN(3, 1, 1)},
        /* sywqE */ {"\xD8\xB3\xD9\x8A\xD9\x88\xD9\x82\xD8\xB9", ISN_CL_SA, 1, 4, 1, 0},
        /* lhm */ {"\xD9\x84\xD9\x87\xD9\x85", 0, 0, 1, 0, ISN_PRONOUN(3, 3, 0)},
        /* Oalys */ {"\xD8\xA3\xD9\x84\xD9\x8A\xD8\xB3", ISN_CL_QUESTION, 1, 3, 1, 0},
        /* allh */ {"\xD8\xA7\xD9\x84\xD9\x84\xD9\x87", 0, 0, 4, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        isn_text text = make(*state, isn_str_cstr(cases[i].word));
        assert_int_equal(text.n_tokens, 1);
        const isn_word *word = text.tokens[0].word;
        bool found = false;
        for (size_t a = 0; a < word->n_analyses; a++)
            found |= word->analyses[a].clitics == cases[i].clitics &&
                     word->analyses[a].skip == cases[i].skip &&
                     word->analyses[a].stem == cases[i].stem &&
                     word->analyses[a].al_only == cases[i].al_only &&
                     word->analyses[a].pronoun == cases[i].pronoun;
        if (!found)
            fail_msg("no such analysis of %s", cases[i].word);
    }
}

/* Blocks that are not read give no tokens; sentences stay in their block. */
static void blocks_read(void **state)
{
    bench *b = *state;
    isn_str raw =
        ISN_STR("\xD8\xA7\xD8\xA8\xD8\xAA one\n\xD8\xA7\xD8\xA8 two\n\xD8\xA7\xD8\xAA three");
    isn_block blocks[3] = {{0, 10, ISN_BLOCK_TITLE, ""},
                           {11, 19, ISN_BLOCK_RELATED, ""},
                           {20, 30, ISN_BLOCK_BODY, ""}};
    isn_text text;
    isn_arena_reset(&b->arena);
    assert_true(isn_text_make(&text, &b->arena, b->lexicon, b->words, raw, blocks, 3));
    check_consistent(&text);
    assert_int_equal(text.n_tokens, 4);
    assert_int_equal(text.n_sentences, 2);
    assert_int_equal(text.sentences[1].block, 2);
    assert_int_equal(text.tokens[2].begin, 20);
    assert_true(isn_text_make(&text, &b->arena, b->lexicon, b->words, raw, blocks, 0));
    assert_int_equal(text.n_tokens, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens),        cmocka_unit_test(sentences),    cmocka_unit_test(cuts),
        cmocka_unit_test(deterministic), cmocka_unit_test(many_words),   cmocka_unit_test(hostile),
        cmocka_unit_test(arena_full),    cmocka_unit_test(blocks_read),  cmocka_unit_test(matches),
        cmocka_unit_test(analyses),      cmocka_unit_test(hurried_cuts),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
