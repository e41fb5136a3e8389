/* latin.c - Latin names: words without marks and articles, skeletons of consonant classes, weighted edit distance. */
#include "link/latin.h"

#include <utf8proc.h>

static bool is_one_of(const char *word, size_t n, const char *const *list)
{
    for (; *list; list++) {
        if (strlen(*list) == n && memcmp(*list, word, n) == 0)
            return true;
    }
    return false;
}

/* Words that spellings of one name have or leave out. */
static bool is_particle(const char *word, size_t n)
{
    static const char *const particles[] = {"al", "el", "ad", "ar", "as", "ash", "at", "az", "bin", "ben", "ibn", "of", "the", "and", NULL};
    return is_one_of(word, n, particles);
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'w' || c == 'h';
}

static char class_of(char c)
{
    switch (c) {
    case 'k':
    case 'q':
    case 'c':
    case 'g':
    case 'j':
        return 'k';
    case 's':
    case 'z':
        return 's';
    case 'd':
    case 't':
        return 't';
    case 'b':
    case 'p':
        return 'b';
    case 'f':
    case 'v':
        return 'f';
    default:
        return c;
    }
}

static void finish(isn_latin_word *word)
{
    for (size_t i = 0; i < word->n; i++) {
        char c = word->letters[i], k = is_vowel(c) ? 0 : class_of(c);
        if (c == 'p' && i + 1 < word->n && word->letters[i + 1] == 'h')
            k = 'f';
        if (k == 0 && i == 0)
            k = 'a';
        if (k && (word->n_skeleton == 0 || word->skeleton[word->n_skeleton - 1] != k))
            word->skeleton[word->n_skeleton++] = k;
    }
}

static void push(isn_latin *out, const char *letters, size_t n)
{
    if (n == 0 || out->n == ISN_LATIN_WORDS)
        return;
    isn_latin_word *word = &out->words[out->n++];
    *word = (isn_latin_word){.n = (unsigned char)(n < ISN_LATIN_LETTERS ? n : ISN_LATIN_LETTERS)};
    memcpy(word->letters, letters, word->n);
    finish(word);
}

/* Abdel, abdul, abd al-; Abdelfattah is two words. */
static void push_word(isn_latin *out, const char *letters, size_t n)
{
    static const char *const servants[] = {"abdel", "abdul", "abdal", "abdol", NULL};
    if (is_particle(letters, n))
        return;
    if (n >= 5 && is_one_of(letters, 5, servants)) {
        push(out, "abd", 3);
        push(out, letters + 5, n - 5);
        return;
    }
    bool joined = n > 5 && (letters[0] == 'e' || letters[0] == 'a') && letters[1] == 'l' && !is_vowel(letters[2]);
    push(out, joined ? letters + 2 : letters, joined ? n - 2 : n); /* Elsisi */
}

void isn_latin_read(isn_latin *out, isn_str text)
{
    char word[ISN_LATIN_LETTERS * 2];
    size_t n = 0;
    out->n = 0;
    for (size_t at = 0; at < text.n;) {
        utf8proc_int32_t c, parts[8];
        utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text.p + at, (utf8proc_ssize_t)(text.n - at), &c);
        if (length <= 0)
            break;
        at += (size_t)length;
        int kind = 0;
        utf8proc_ssize_t made =
            utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &kind);
        if (c == 0x131)
            parts[0] = 'i', made = 1;
        bool apostrophe = c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BF || c == 0x2BE;
        for (utf8proc_ssize_t i = 0; i < made && i < 8 && !apostrophe; i++) {
            bool letter = (parts[i] >= 'a' && parts[i] <= 'z') || (parts[i] >= '0' && parts[i] <= '9');
            if (letter && n < sizeof word)
                word[n++] = (char)parts[i];
            if (!letter) {
                push_word(out, word, n);
                n = 0;
            }
        }
    }
    push_word(out, word, n);
}

static bool same(const isn_latin_word *a, const isn_latin_word *b)
{
    return a->n == b->n && memcmp(a->letters, b->letters, a->n) == 0;
}

bool isn_latin_equal(const isn_latin *a, const isn_latin *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (!same(&a->words[i], &b->words[i]))
            return false;
    }
    return a->n > 0;
}

static float cost(char a, char b)
{
    if (a == b)
        return 0.0f;
    if (is_vowel(a) && is_vowel(b))
        return 0.4f;
    return class_of(a) == class_of(b) ? 0.3f : 1.2f;
}

static float cost_of_one(const isn_latin_word *word, size_t i)
{
    if (i && word->letters[i - 1] == word->letters[i])
        return 0.2f;
    return is_vowel(word->letters[i]) ? 0.4f : 1.2f;
}

/* 1 less the price of turning one word into the other, by the longer one's letters. Wagner and Fischer. */
static float alike(const isn_latin_word *a, const isn_latin_word *b)
{
    float row[ISN_LATIN_LETTERS + 1];
    row[0] = 0.0f;
    for (size_t j = 0; j < b->n; j++)
        row[j + 1] = row[j] + cost_of_one(b, j);
    for (size_t i = 0; i < a->n; i++) {
        float corner = row[0];
        row[0] += cost_of_one(a, i);
        for (size_t j = 0; j < b->n; j++) {
            float best = corner + cost(a->letters[i], b->letters[j]);
            float without_a = row[j + 1] + cost_of_one(a, i), without_b = row[j] + cost_of_one(b, j);
            best = without_a < best ? without_a : best;
            corner = row[j + 1];
            row[j + 1] = without_b < best ? without_b : best;
        }
    }
    float value = 1.0f - row[b->n] / (float)(a->n > b->n ? a->n : b->n);
    bool heard = a->n_skeleton == b->n_skeleton && memcmp(a->skeleton, b->skeleton, a->n_skeleton) == 0;
    if (heard && value > 0.72f)
        value = 0.5f + value / 2.0f;
    return value > 0.0f ? value : 0.0f;
}

float isn_latin_alike(const isn_latin *query, const isn_latin *name, bool *whole)
{
    float sum = 0.0f, least = 1.0f;
    size_t from = 0, used = 0;
    *whole = false;
    for (size_t i = 0; i < query->n; i++) {
        float best = 0.0f;
        size_t best_at = from;
        for (size_t j = from; j < name->n; j++) {
            float value = alike(&query->words[i], &name->words[j]);
            if (value > best) {
                best = value;
                best_at = j;
            }
        }
        if (best > 0.0f) {
            from = best_at + 1;
            used++;
        }
        sum += best;
        least = best < least ? best : least;
    }
    if (query->n == 0 || name->n == 0)
        return 0.0f;
    *whole = used == name->n && used == query->n;
    return (sum / (float)query->n + least) / 2.0f;
}
