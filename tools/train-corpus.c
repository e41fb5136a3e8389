/*
 * train-corpus.c - reading Farasa's segmentation set and a treebank in CoNLL-U into one corpus.
 * Clitics, stem and pronoun are found from the annotated parts; the written word is put together
 * from them (ll- for l and al).
 */
#include "train-corpus.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

void die(const char *what)
{
    fprintf(stderr, "isnad-train-tagger: %s\n", what);
    exit(2);
}

void *must(void *p)
{
    if (!p)
        die("out of memory");
    return p;
}

static bool is(isn_str s, const char *text)
{
    return isn_str_equal(s, isn_str_cstr(text));
}

static size_t letters_of(isn_str s)
{
    uint8_t letters[256];
    size_t n = isn_normal_letters(letters, sizeof letters, s);
    return n < sizeof letters ? n : sizeof letters;
}

static uint8_t clitic_of(isn_str s)
{
    return is(s, "\xD9\x88")   ? ISN_CL_WA
           : is(s, "\xD9\x81") ? ISN_CL_FA
           : is(s, "\xD8\xA8") ? ISN_CL_BA
           : is(s, "\xD9\x83") ? ISN_CL_KA
           : is(s, "\xD9\x84") ? ISN_CL_LA
           : is(s, "\xD8\xB3") ? ISN_CL_SA
                               : 0;
}

#define AL "\xD8\xA7\xD9\x84"
#define LAM "\xD9\x84"

static bool is_pronoun(isn_str s, bool after_verb)
{
    static const char *list[] = {
        "\xD9\x87",         "\xD9\x87\xD8\xA7", "\xD9\x87\xD9\x85", "\xD9\x87\xD9\x85\xD8\xA7",
        "\xD9\x87\xD9\x86", "\xD9\x83",         "\xD9\x83\xD9\x85", "\xD9\x86\xD9\x8A",
        "\xD9\x86\xD8\xA7", "\xD9\x8A"};
    size_t n = sizeof list / sizeof *list - (after_verb ? 2 : 0);
    for (size_t i = 0; i < n; i++) {
        if (is(s, list[i]))
            return true;
    }
    return false;
}

static gold *new_gold(corpus *c)
{
    if (c->n_golds == c->capacity) {
        c->capacity = c->capacity ? 2 * c->capacity : 4096;
        c->golds = must(realloc(c->golds, c->capacity * sizeof *c->golds));
    }
    return &c->golds[c->n_golds];
}

static void add_block(corpus *c, uint32_t begin)
{
    if (c->n_blocks == c->block_capacity) {
        c->block_capacity = c->block_capacity ? 2 * c->block_capacity : 1024;
        c->blocks = must(realloc(c->blocks, c->block_capacity * sizeof *c->blocks));
    }
    c->blocks[c->n_blocks++] = (isn_block){begin, (uint32_t)c->raw.n, ISN_BLOCK_BODY, "training"};
    isn_buf_char(&c->raw, '\n');
}

static bool at_end_of_word(const char *p, size_t n)
{
    return n < 4 || ((unsigned char)p[2] & 0xF8) != 0xD8;
}

/* Spells hurriedly, as many papers do: alef without hamza, final ya for alef maksura; with `open`
 * also ha for ta marbuta. All are letters of two bytes, so that no place moves. */
static void make_sloppy(char *p, size_t n, bool open)
{
    for (size_t i = 0; i + 1 < n; i++) {
        unsigned char a = (unsigned char)p[i], b = (unsigned char)p[i + 1];
        if (a == 0xD8 && (b == 0xA2 || b == 0xA3 || b == 0xA5))
            p[i + 1] = (char)0xA7;
        else if (a == 0xD9 && b == 0x89 && at_end_of_word(p + i, n - i))
            p[i + 1] = (char)0x8A;
        else if (open && a == 0xD8 && b == 0xA9 && at_end_of_word(p + i, n - i))
            memcpy(p + i, "\xD9\x87", 2);
    }
}

/* Ends the block that is being read. Every third or so is there a second time, spelled hurriedly.
 */
static void end_block(corpus *c)
{
    uint32_t begin = c->n_blocks ? c->blocks[c->n_blocks - 1].end + 1 : 0;
    if (c->raw.n <= begin)
        return;
    size_t first = c->block_golds, last = c->n_golds, n = c->raw.n - begin;
    add_block(c, begin);
    if (c->n_blocks % 4 == 1) {
        uint32_t copy = (uint32_t)c->raw.n;
        if (!isn_buf_reserve(&c->raw, n + 2))
            die("out of memory");
        isn_buf_append(&c->raw, c->raw.p + begin, n);
        bool open = c->n_blocks % 8 == 1;
        make_sloppy(c->raw.p + copy, n, open);
        for (size_t g = first; g < last; g++) {
            gold *twin = new_gold(c);
            *twin = c->golds[g];
            twin->begin += copy - begin;
            twin->end += copy - begin;
            twin->sentence = (uint32_t)c->n_blocks;
            twin->sloppy = open ? ISN_STYLE_NO_HAMZA | ISN_STYLE_NO_MARBUTA : ISN_STYLE_NO_HAMZA;
            c->n_golds++;
        }
        add_block(c, copy);
    }
    c->block_golds = c->n_golds;
}

static gold *begin_gold(corpus *c, uint8_t source, bool space)
{
    if (space && c->raw.n && c->raw.p[c->raw.n - 1] != '\n')
        isn_buf_char(&c->raw, ' ');
    gold *g = new_gold(c);
    *g = (gold){.begin = (uint32_t)c->raw.n, .sentence = (uint32_t)c->n_blocks, .source = source};
    return g;
}

typedef struct part {
    isn_str form, pos;
} part;

/* Letters that stand before the stem: reads the leading clitics of parts, returns the index of the
 * stem's part. */
static size_t read_before(gold *g, const part *parts, size_t n, isn_buf *raw)
{
    size_t i = 0;
    for (; i + 1 < n; i++) {
        uint8_t clitic = clitic_of(parts[i].form);
        if (is(parts[i].pos, "DET") && is(parts[i].form, AL)) {
            bool lam = g->clitics & ISN_CL_LA;
            isn_str next = parts[i + 1].form;
            g->clitics |= ISN_CL_AL;
            if (lam && isn_str_starts(next, ISN_STR(LAM)))
                continue;
            isn_buf_str(raw, lam ? ISN_STR(LAM) : ISN_STR(AL));
            g->skip += lam ? 1 : 2;
            continue;
        }
        bool pronoun_next =
            is(parts[i + 1].pos, "PRON") && is_pronoun(parts[i + 1].form, false) && i + 2 == n;
        if (!clitic ||
            !(is(parts[i].pos, "CONJ") || is(parts[i].pos, "PREP") ||
              is(parts[i].pos, "FUT_PART") || is(parts[i].pos, "PART")) ||
            (is(parts[i].pos, "PREP") && pronoun_next))
            break;
        g->clitics |= clitic;
        g->skip++;
        isn_buf_str(raw, parts[i].form);
    }
    return i;
}

/* One word of the segmentation set: its parts with their tags. */
static void read_word(corpus *c, const part *parts, size_t n)
{
    gold *g = begin_gold(c, FROM_NEWS, true);
    size_t main_part = read_before(g, parts, n, &c->raw);
    isn_str tag = parts[main_part].pos;
    snprintf(g->tag, sizeof g->tag, "%.*s", (int)tag.n, tag.p);
    bool verb = is(tag, "V");
    size_t stem = letters_of(parts[main_part].form);
    isn_str first = parts[main_part].form;
    isn_buf_str(&c->raw, first);
    for (size_t i = main_part + 1; i < n; i++) {
        /* -na after an imperfect verb, or after another pronoun, is its object; after a past one
         * its subject */
        bool imperfect = isn_str_starts(first, ISN_STR("\xD9\x8A")) ||
                         isn_str_starts(first, ISN_STR("\xD8\xAA"));
        bool na = is(parts[i].form, "\xD9\x86\xD8\xA7") && (i > main_part + 1 || imperfect);
        if (i + 1 == n && is(parts[i].pos, "PRON") && (is_pronoun(parts[i].form, verb) || na))
            g->pronoun = 1;
        else
            stem += letters_of(parts[i].form);
        isn_buf_str(&c->raw, parts[i].form);
    }
    g->stem = (uint8_t)(stem < 255 ? stem : 255);
    g->end = (uint32_t)c->raw.n;
    c->n_golds++;
}

void corpus_read_segmentation(corpus *c, const char *path)
{
    isn_file file;
    if (isn_file_open(&file, path, BYTES_MOST, NULL))
        die("cannot read the segmentation set");
    isn_str rest = file.bytes, line;
    bool head = true;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_str forms, tags;
        line = isn_str_trim(line);
        if (head || !isn_str_next(&forms, &line, '\t') || !isn_str_next(&tags, &line, '\t')) {
            head = false;
            continue;
        }
        if (is(tags, "PUNC")) {
            if (c->raw.n && c->raw.p[c->raw.n - 1] != '\n')
                isn_buf_char(&c->raw, ' ');
            isn_buf_str(&c->raw, forms);
            if (is(forms, ".") || is(forms, "!") || is(forms, "\xD8\x9F"))
                end_block(c);
            continue;
        }
        part parts[16];
        size_t n = 0;
        while (n < 16 && isn_str_next(&parts[n].form, &forms, '+') &&
               isn_str_next(&parts[n].pos, &tags, '+'))
            n++;
        if (n)
            read_word(c, parts, n);
    }
    end_block(c);
    isn_file_close(&file);
}

typedef struct conllu {
    isn_str form, lemma, upos, xpos;
    bool glued; /* no blank after it */
} conllu;

/* Letters of a lemma without its vowels, alefs made one: does it begin with al-? */
static bool begins_al(isn_str s)
{
    uint8_t key[64];
    size_t n = isn_normal_key(key, sizeof key, s);
    return n > 2 && key[0] == ISN_ALEF && key[1] == ISN_LAM;
}

/* One run of glued tokens of the treebank that makes one written word. */
static void read_run(corpus *c, const conllu *w, size_t n, bool space)
{
    gold *g = begin_gold(c, FROM_TREEBANK, space);
    size_t i = 0, stem = 0;
    for (; i + 1 < n; i++) {
        uint8_t clitic = clitic_of(w[i].form);
        bool pronoun_next =
            is(w[i + 1].upos, "PRON") && is_pronoun(w[i + 1].form, false) && i + 2 == n;
        if (!clitic || (is(w[i].upos, "ADP") && pronoun_next))
            break;
        g->clitics |= clitic;
        g->skip++;
        isn_buf_str(&c->raw, w[i].form);
    }
    const conllu *head = &w[i];
    bool nominal = is(head->upos, "NOUN") || is(head->upos, "ADJ") || is(head->upos, "PROPN") ||
                   is(head->upos, "NUM") || is(head->upos, "ADV");
    isn_buf_str(&c->raw, head->form);
    stem = letters_of(head->form);
    uint8_t letters[64];
    size_t n_letters = isn_normal_letters(letters, sizeof letters, head->form);
    if (nominal && n_letters > 3 && letters[0] == ISN_ALEF && letters[1] == ISN_LAM &&
        (!begins_al(head->lemma) || is(head->upos, "PROPN"))) {
        g->clitics |= ISN_CL_AL;
        g->skip += 2;
        stem -= 2;
    } else if (nominal && (g->clitics & ISN_CL_LA) && n_letters > 2 && letters[0] == ISN_LAM) {
        uint8_t lemma[64];
        size_t m = isn_normal_letters(lemma, sizeof lemma, head->lemma);
        if (m && lemma[0] != ISN_LAM) {
            g->clitics |= ISN_CL_AL;
            g->skip++;
            stem--;
        } else {
            g->source = SOURCES; /* the article may hide in the one lam: the treebank doesn't say */
        }
    }
    bool note = is(head->upos, "PROPN") && !is(head->xpos, "NNP");
    snprintf(g->tag, sizeof g->tag, "%.*s", (int)head->upos.n, head->upos.p);
    if (note)
        snprintf(g->tag, sizeof g->tag, "NAMING");
    for (i++; i < n; i++) {
        if (i + 1 == n && is(w[i].upos, "PRON"))
            g->pronoun = 1;
        else
            g->source = SOURCES; /* two words written as one */
        isn_buf_str(&c->raw, w[i].form);
    }
    g->stem = (uint8_t)stem;
    g->end = (uint32_t)c->raw.n;
    c->n_golds++;
}

static void read_sentence(corpus *c, const conllu *words, size_t n)
{
    bool space = true;
    for (size_t i = 0; i < n;) {
        if (is(words[i].upos, "PUNCT") || is(words[i].upos, "SYM")) {
            if (space)
                isn_buf_char(&c->raw, ' ');
            isn_buf_str(&c->raw, words[i].form);
            space = !words[i].glued;
            i++;
            continue;
        }
        size_t end = i + 1;
        while (end < n && words[end - 1].glued && !is(words[end].upos, "PUNCT") &&
               !is(words[end].upos, "SYM"))
            end++;
        read_run(c, words + i, end - i, space);
        space = !words[end - 1].glued;
        i = end;
    }
    end_block(c);
}

void corpus_read_treebank(corpus *c, const char *path)
{
    isn_file file;
    if (isn_file_open(&file, path, BYTES_MOST, NULL))
        die("cannot read the treebank");
    isn_str rest = file.bytes, line;
    conllu words[512];
    size_t n = 0;
    while (isn_str_next(&line, &rest, '\n')) {
        if (line.n == 0) {
            read_sentence(c, words, n);
            n = 0;
        }
        if (line.n == 0 || line.p[0] < '0' || line.p[0] > '9' || n == 512)
            continue;
        isn_str cells[10] = {{0}};
        for (size_t i = 0; i < 10 && isn_str_next(&cells[i], &line, '\t'); i++) {
        }
        if (isn_str_find(cells[0], ISN_STR("-")) != SIZE_MAX ||
            isn_str_find(cells[0], ISN_STR(".")) != SIZE_MAX)
            continue;
        words[n++] = (conllu){cells[1], cells[2], cells[3], cells[4],
                              isn_str_find(cells[9], ISN_STR("SpaceAfter=No")) != SIZE_MAX};
    }
    if (n)
        read_sentence(c, words, n);
    isn_file_close(&file);
}
