/* Walking inputs: order, folders, streams, ceilings, what can't be read. */
#include "cases.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "read/source.h"

/* A folder of its own for each test. */
typedef struct room {
    char path[TEMP_PATH];
} room;

static void put(const room *r, const char *name, isn_str bytes)
{
    char path[TEMP_PATH + 256];
    snprintf(path, sizeof path, "%s/%s", r->path, name);
    assert_int_equal(isn_file_write(path, bytes, NULL), ISNAD_OK);
}

static void folder_in(const room *r, const char *name)
{
    char path[TEMP_PATH + 256];
    snprintf(path, sizeof path, "%s/%s", r->path, name);
    assert_int_equal(mkdir(path, 0777), 0);
}

static int open_room(void **state)
{
    room *r = calloc(1, sizeof *r);
    temp_name(r->path, "source");
    *state = r;
    return mkdtemp(r->path) ? 0 : -1;
}

static int close_room(void **state)
{
    room *r = *state;
    char command[TEMP_PATH + 16];
    snprintf(command, sizeof command, "rm -r '%s'", r->path);
    int rc = system(command);
    free(r);
    return rc;
}

static isn_source *open_source(const char *const *inputs, size_t n, isn_item_kind kind, faults *f)
{
    isn_source *source;
    assert_int_equal(isn_source_new(&source, inputs, n, kind, NULL, on_fault, f, NULL), ISNAD_OK);
    return source;
}

/* The next item must be called so and hold this. */
static void expect(isn_source *source, const char *end, const char *bytes)
{
    isn_item item;
    assert_true(isn_source_next(source, &item));
    assert_true(isn_str_ends(isn_str_cstr(item.name), isn_str_cstr(end)));
    assert_int_equal(item.n, strlen(bytes));
    assert_memory_equal(item.bytes, bytes, item.n);
    isn_item_release(&item);
}

static void expect_end(isn_source *source)
{
    isn_item item;
    assert_false(isn_source_next(source, &item));
    assert_false(isn_source_next(source, &item));
    isn_source_free(source);
}

static void sorted(void **state)
{
    room *r = *state;
    char loop[TEMP_PATH + 256];
    put(r, "b.txt", ISN_STR("b"));
    put(r, "a.txt", ISN_STR("a"));
    put(r, ".hidden", ISN_STR("h"));
    folder_in(r, "aa");
    put(r, "aa/z", ISN_STR("z"));
    put(r, "aa/y", ISN_STR("y"));
    folder_in(r, "empty");
    snprintf(loop, sizeof loop, "%s/loop", r->path);
    assert_int_equal(symlink(r->path, loop), 0);
    faults f = {0};
    const char *inputs[] = {r->path, "/nowhere/at/all", r->path};
    isn_source *source = open_source(inputs, 3, ISN_ITEM_GUESS, &f);
    for (int round = 0; round < 2; round++) {
        expect(source, "/a.txt", "a");
        expect(source, "/aa/y", "y");
        expect(source, "/aa/z", "z");
        expect(source, "/b.txt", "b");
        assert_int_equal(f.n, (size_t)0);
        if (round == 0) {
            expect(source, "/a.txt", "a");
            assert_int_equal(f.n, 1);
            assert_int_equal(f.last.status, ISNAD_E_IO);
            assert_string_equal(f.last.file, "/nowhere/at/all");
            break;
        }
    }
    isn_source_free(source);
}

static void too_deep(void **state)
{
    room *r = *state;
    char path[TEMP_PATH + 256] = "d";
    for (size_t i = 0; i < 80; i++) {
        folder_in(r, path);
        strcat(path, "/d");
    }
    faults f = {0};
    const char *inputs[] = {r->path};
    isn_source *source = open_source(inputs, 1, ISN_ITEM_GUESS, &f);
    expect_end(source);
    assert_int_equal(f.n, 1);
    assert_int_equal(f.last.status, ISNAD_E_LIMIT);
}

static void lines(void **state)
{
    room *r = *state;
    put(r, "l", ISN_STR("\xEF\xBB\xBF{\"a\": 1}\r\n\n  {\"b\": 2}\nno json\n{\"c\": 3}"));
    put(r, "m", ISN_STR("{\n \"title\": \"x\"\n}\n"));
    put(r, "n", ISN_STR("{name} is no JSON\n"));
    put(r, "o", ISN_STR("{\"one\": 1}"));
    faults f = {0};
    const char *inputs[] = {r->path};
    isn_source *source = open_source(inputs, 1, ISN_ITEM_GUESS, &f);
    expect(source, "/l", "{\"a\": 1}");
    expect(source, "/l", "{\"b\": 2}");
    expect(source, "/l", "no json");
    expect(source, "/l", "{\"c\": 3}");
    expect(source, "/m", "{\n \"title\": \"x\"\n}\n");
    expect(source, "/n", "{name} is no JSON\n");
    expect(source, "/o", "{\"one\": 1}");
    expect_end(source);
    source = open_source(inputs, 1, ISN_ITEM_TEXT, &f);
    isn_item item;
    assert_true(isn_source_next(source, &item));
    assert_int_equal(item.kind, ISN_ITEM_TEXT);
    assert_int_equal(item.line, 0);
    isn_item_release(&item);
    isn_source_free(source);
    assert_int_equal(f.n, 0);
}

/* Lines of all lengths around the size of a read, and one past the ceiling. */
static void long_lines(void **state)
{
    room *r = *state;
    isn_buf file;
    isn_buf_init(&file, (size_t)64 << 20);
    const size_t lengths[] = {65535,           65536, 65537, 131072, 10, ISN_SOURCE_LINE + 1,
                              ISN_SOURCE_LINE, 20};
    for (size_t i = 0; i < 8; i++) {
        isn_buf_append(&file, "{\"x\":\"", 6);
        for (size_t k = 8; k < lengths[i]; k++)
            isn_buf_char(&file, 'a');
        isn_buf_append(&file, "\"}\n", 3);
    }
    put(r, "long", isn_str_of(file.p, file.n));
    isn_buf_release(&file);
    faults f = {0};
    const char *inputs[] = {r->path};
    isn_source *source = open_source(inputs, 1, ISN_ITEM_GUESS, &f);
    for (size_t i = 0; i < 8; i++) {
        isn_item item;
        if (lengths[i] > ISN_SOURCE_LINE)
            continue;
        assert_true(isn_source_next(source, &item));
        assert_int_equal(item.n, lengths[i]);
        assert_int_equal(item.line, i + 1);
        assert_int_equal(item.bytes[item.n - 1], '}');
        isn_item_release(&item);
    }
    assert_int_equal(f.n, 1);
    assert_int_equal(f.last.status, ISNAD_E_LIMIT);
    assert_int_equal(f.last.line, 6);
    expect_end(source);
}

static void empty_and_shut(void **state)
{
    room *r = *state;
    put(r, "a", ISN_STR(""));
    put(r, "b", ISN_STR("b"));
    faults f = {0};
    const char *inputs[] = {r->path};
    isn_source *source = open_source(inputs, 1, ISN_ITEM_GUESS, &f);
    expect(source, "/b", "b");
    assert_int_equal(f.n, 1);
    assert_int_equal(f.last.status, ISNAD_E_EMPTY);
    expect_end(source);
}

static void standard_input(void **state)
{
    (void)state;
    int ends[2], kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "{\"a\": 1}\n{\"b\": 2}\n", 18), 18);
    close(ends[1]);
    assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
    close(ends[0]);
    faults f = {0};
    const char *inputs[] = {"-"};
    isn_source *source = open_source(inputs, 1, ISN_ITEM_GUESS, &f);
    expect(source, "-", "{\"a\": 1}");
    expect(source, "-", "{\"b\": 2}");
    assert_int_equal(isn_source_bytes(source), 18);
    expect_end(source);
    dup2(kept, STDIN_FILENO);
    close(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(sorted, open_room, close_room),
        cmocka_unit_test_setup_teardown(too_deep, open_room, close_room),
        cmocka_unit_test_setup_teardown(lines, open_room, close_room),
        cmocka_unit_test_setup_teardown(long_lines, open_room, close_room),
        cmocka_unit_test_setup_teardown(empty_and_shut, open_room, close_room),
        cmocka_unit_test(standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
