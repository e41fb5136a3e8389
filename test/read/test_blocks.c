/*
 * Lines of news pages and what they are: every file of cases/blocks is read twice, with and without
 * empty lines between. A case is a line of kind, tab, text; # begins a comment. All cases that fail
 * are told before the test does.
 */
#include "cases.h"

#include <dirent.h>

#include "base/buf.h"
#include "read/blocks.h"

#define MOST_LINES 100

typedef struct expected {
    isn_str kind, text;
} expected;

static size_t read_case(expected *lines, isn_str file)
{
    size_t n = 0;
    isn_str line;
    while (isn_str_next(&line, &file, '\n') && n < MOST_LINES) {
        if (line.n == 0 || line.p[0] == '#')
            continue;
        lines[n].text = line;
        assert_true(isn_str_next(&lines[n].kind, &lines[n].text, '\t'));
        n++;
    }
    return n;
}

/* Returns how many lines came out wrong. */
static size_t try_case(shop *s, const char *name, const expected *lines, size_t n,
                       const char *between)
{
    isn_buf text;
    isn_buf_init(&text, 1 << 20);
    for (size_t i = 0; i < n; i++) {
        isn_buf_str(&text, lines[i].text);
        isn_buf_append(&text, between, strlen(between));
    }
    isn_arena_reset(&s->arena);
    isn_blocks_input input = {
        .text = isn_str_of(text.p, text.n), .page = s->page, .lexicon = s->lexicon};
    isn_block *blocks;
    size_t got, wrong = 0;
    assert_true(isn_blocks_make(&blocks, &got, &s->arena, &input));
    assert_int_equal(got, n);
    for (size_t i = 0; i < n; i++) {
        isn_str span = isn_str_part(input.text, blocks[i].begin, blocks[i].end);
        assert_true(isn_str_equal(span, lines[i].text));
        assert_non_null(blocks[i].rule);
        if (isn_str_equal(lines[i].kind, isn_str_cstr(kind_name(blocks[i].kind))))
            continue;
        print_message("%s: %.*s, not %s (%s): %.*s\n", name, (int)lines[i].kind.n, lines[i].kind.p,
                      kind_name(blocks[i].kind), blocks[i].rule, (int)span.n, span.p);
        wrong++;
    }
    isn_buf_release(&text);
    return wrong;
}

static void all_cases(void **state)
{
    shop *s = *state;
    DIR *dir = opendir(CASES "/blocks");
    assert_non_null(dir);
    size_t files = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/blocks/%s", CASES, entry->d_name);
        isn_file file;
        assert_int_equal(isn_file_open(&file, path, 1 << 20, NULL), ISNAD_OK);
        expected lines[MOST_LINES];
        size_t n = read_case(lines, file.bytes);
        assert_true(n > 1);
        wrong += try_case(s, entry->d_name, lines, n, "\n");
        wrong += try_case(s, entry->d_name, lines, n, "\r\n\r\n");
        isn_file_close(&file);
        files++;
    }
    closedir(dir);
    assert_true(files >= 20);
    assert_int_equal(wrong, 0);
}

/* A title that is known from elsewhere decides which line is it, though it isn't the first. */
static void known_title(void **state)
{
    shop *s = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "/known_title.txt", 1 << 20, NULL), ISNAD_OK);
    isn_str rest = file.bytes, first, second;
    assert_true(isn_str_next(&first, &rest, '\n') && isn_str_next(&second, &rest, '\n'));
    isn_blocks_input input = {
        .text = file.bytes, .title = second, .page = s->page, .lexicon = s->lexicon};
    isn_block *blocks;
    size_t n;
    assert_true(isn_blocks_make(&blocks, &n, &s->arena, &input));
    assert_int_equal(blocks[0].kind, ISN_BLOCK_BOILERPLATE);
    assert_int_equal(blocks[1].kind, ISN_BLOCK_TITLE);
    input.title = first;
    assert_true(isn_blocks_make(&blocks, &n, &s->arena, &input));
    assert_int_equal(blocks[0].kind, ISN_BLOCK_TITLE);
    isn_file_close(&file);
}

/* What the markup says goes before the shape of a line. */
static void hints(void **state)
{
    shop *s = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "/known_title.txt", 1 << 20, NULL), ISNAD_OK);
    const uint8_t said[] = {ISN_HINT_CAPTION, ISN_HINT_TITLE, ISN_HINT_HEADING, ISN_HINT_PARAGRAPH};
    isn_blocks_input input = {.text = file.bytes, .hints = said, .n_hints = 4, .page = s->page};
    isn_block *blocks;
    size_t n;
    assert_true(isn_blocks_make(&blocks, &n, &s->arena, &input));
    assert_int_equal(n, 4);
    assert_int_equal(blocks[1].kind, ISN_BLOCK_TITLE);
    assert_int_equal(blocks[2].kind, ISN_BLOCK_HEADING);
    assert_int_equal(blocks[3].kind, ISN_BLOCK_BODY);
    isn_file_close(&file);
}

/* Nothing, white space, marks alone, one line: no block is made up. */
static void little(void **state)
{
    shop *s = *state;
    const struct {
        isn_str text;
        size_t n;
    } cases[] = {{ISN_STR(""), 0},
                 {ISN_STR(" \n\r\n\t"), 0},
                 {ISN_STR("* * *\n"), 1},
                 {ISN_STR("\xEF\xBB\xBF\n\n."), 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        isn_blocks_input input = {.text = cases[i].text, .page = s->page, .lexicon = s->lexicon};
        isn_block *blocks;
        size_t n;
        assert_true(isn_blocks_make(&blocks, &n, &s->arena, &input));
        assert_int_equal(n, cases[i].n);
        for (size_t k = 0; k < n; k++)
            assert_int_equal(blocks[k].kind, ISN_BLOCK_BOILERPLATE);
    }
}

/* A full arena is told, not written past. */
static void no_room(void **state)
{
    shop *s = *state;
    isn_file file;
    assert_int_equal(isn_file_open(&file, CASES "/blocks/comments.tsv", 1 << 20, NULL), ISNAD_OK);
    isn_blocks_input input = {.text = file.bytes, .page = s->page, .lexicon = s->lexicon};
    isn_block *blocks;
    size_t n;
    bool made = false;
    for (size_t ceiling = 16; ceiling <= 65536; ceiling *= 2) {
        isn_arena small;
        isn_arena_init(&small, ceiling);
        made = isn_blocks_make(&blocks, &n, &small, &input);
        assert_true(made || small.full);
        isn_arena_release(&small);
    }
    assert_true(made);
    isn_file_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_cases), cmocka_unit_test(known_title), cmocka_unit_test(hints),
        cmocka_unit_test(little),    cmocka_unit_test(no_room),
    };
    return cmocka_run_group_tests(tests, open_shop, close_shop);
}
