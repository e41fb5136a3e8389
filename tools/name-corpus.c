/* Reading text with names marked (name-corpus.h). */
#include "name-corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "name/seq.h"

enum { SENTENCES_AN_ARTICLE = 30 }; /* sets without bounds of articles: so many sentences are taken for one */

void die(const char *what)
{
    fprintf(stderr, "isnad-train-names: %s\n", what);
    exit(1);
}

void *must(void *p)
{
    if (!p)
        die("no memory");
    return p;
}

/* Room for one more item of a list that doubles. */
static void *grow(void *items, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity)
        return items;
    *capacity = *capacity ? 2 * *capacity : 1024;
    return must(realloc(items, *capacity * size));
}

void name_corpus_init(name_corpus *c)
{
    *c = (name_corpus){0};
    isn_buf_init(&c->raw, BYTES_MOST);
}

void name_corpus_release(name_corpus *c)
{
    isn_buf_release(&c->raw);
    free(c->blocks);
    free(c->sentences);
    free(c->names);
    free(c->words);
}

static void add_name(name_corpus *c, size_t begin, size_t end, uint8_t type)
{
    c->names = grow(c->names, c->n_names, &c->names_capacity, sizeof *c->names);
    c->names[c->n_names++] = (name_span){(uint32_t)begin, (uint32_t)end, type};
}

static void add_word(name_corpus *c, size_t begin, size_t end)
{
    c->words = grow(c->words, c->n_words, &c->words_capacity, sizeof *c->words);
    c->words[c->n_words++] = (name_span){(uint32_t)begin, (uint32_t)end, 0};
}

/* Ends the sentence that began at byte `begin` and holds what was added since the marks. */
static void end_sentence(name_corpus *c, size_t begin, size_t names, size_t words, uint32_t article,
                         uint8_t source)
{
    if (c->raw.n == begin)
        return;
    c->blocks = grow(c->blocks, c->n, &c->block_capacity, sizeof *c->blocks);
    c->sentences = grow(c->sentences, c->n, &c->capacity, sizeof *c->sentences);
    c->blocks[c->n] = (isn_block){.begin = (uint32_t)begin, .end = (uint32_t)c->raw.n, .kind = ISN_BLOCK_BODY};
    c->sentences[c->n++] = (name_sentence){names, c->n_names - names, words, c->n_words - words, article, source};
    isn_buf_char(&c->raw, '\n');
}

/* --- columns --------------------------------------------------------------------------------- */

static int type_of(isn_str tag)
{
    static const struct {
        const char *tag;
        int type;
    } types[] = {{"PER", ISN_SEQ_PERSON},  {"PERS", ISN_SEQ_PERSON}, {"LOC", ISN_SEQ_PLACE}, {"GPE", ISN_SEQ_PLACE},
                 {"FAC", ISN_SEQ_PLACE},   {"ORG", ISN_SEQ_BODY},    {"MISC", ISN_SEQ_OTHER}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (isn_str_equal(tag, isn_str_of(types[i].tag, strlen(types[i].tag))))
            return types[i].type;
    }
    return -1;
}

/* The first tag of the line that is a name of ours: its type, or -1; *begins if the name begins here. */
static int tag_of(isn_str rest, bool *begins)
{
    isn_str tag;
    while (isn_str_next(&tag, &rest, ' ')) {
        if (tag.n < 3 || tag.p[1] != '-')
            continue;
        int type = type_of(isn_str_part(tag, 2, tag.n));
        *begins = tag.p[0] == 'B';
        if (type >= 0)
            return type;
    }
    return -1;
}

void name_corpus_read_columns(name_corpus *c, const char *path, uint8_t source)
{
    isn_file file;
    isnad_error err = {0};
    if (isn_file_open(&file, path, BYTES_MOST, &err))
        die(err.message);
    isn_str rest = file.bytes, line;
    size_t begin = c->raw.n, names = c->n_names, words = c->n_words;
    uint32_t sentences = 0;
    int before = -1;
    for (bool more = true; more;) {
        more = isn_str_next(&line, &rest, '\n');
        size_t blank = more ? isn_str_find(line, ISN_STR(" ")) : SIZE_MAX;
        if (!more || blank == SIZE_MAX) {
            if (c->raw.n > begin) {
                end_sentence(c, begin, names, words, c->n_articles + sentences / SENTENCES_AN_ARTICLE, source);
                sentences++;
            }
            begin = c->raw.n;
            names = c->n_names;
            words = c->n_words;
            before = -1;
            continue;
        }
        isn_str word = isn_str_part(line, 0, blank);
        if (isn_str_equal(word, ISN_STR("$#$")))
            continue;
        if (c->raw.n > begin)
            isn_buf_char(&c->raw, ' ');
        size_t from = c->raw.n;
        isn_buf_str(&c->raw, word);
        add_word(c, from, c->raw.n);
        bool begins = false;
        int type = tag_of(isn_str_part(line, blank + 1, line.n), &begins);
        if (type >= 0 && (begins || type != before))
            add_name(c, from, c->raw.n, (uint8_t)type);
        else if (type >= 0)
            c->names[c->n_names - 1].end = (uint32_t)c->raw.n;
        before = type;
    }
    c->n_articles += sentences / SENTENCES_AN_ARTICLE + 1;
    isn_file_close(&file);
}

/* --- brackets -------------------------------------------------------------------------------- */

static void read_marked(name_corpus *c, isn_str line)
{
    for (size_t i = 0; i < line.n;) {
        size_t blank = i;
        while (line.p[i] == '[' && blank < line.n && line.p[blank] != ' ')
            blank++;
        if (line.p[i] != '[' || blank >= line.n) {
            isn_buf_char(&c->raw, line.p[i++]);
            continue;
        }
        int type = type_of(isn_str_part(line, i + 1, blank));
        size_t from = c->raw.n;
        for (i = blank + 1; i < line.n && line.p[i] != ']'; i++)
            isn_buf_char(&c->raw, line.p[i]);
        i++;
        if (type >= 0)
            add_name(c, from, c->raw.n, (uint8_t)type);
    }
}

void name_corpus_read_brackets(name_corpus *c, const char *path)
{
    isn_file file;
    isnad_error err = {0};
    if (isn_file_open(&file, path, BYTES_MOST, &err))
        die(err.message);
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        line = isn_str_trim(line);
        if (!line.n)
            c->n_articles++;
        if (!line.n || (line.p[0] == '#' && (line.n < 2 || line.p[1] == ' ')))
            continue;
        size_t begin = c->raw.n, names = c->n_names;
        read_marked(c, line);
        end_sentence(c, begin, names, c->n_words, c->n_articles, FROM_OWN);
    }
    c->n_articles++;
    isn_file_close(&file);
}
