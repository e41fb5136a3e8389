/*
 * isnad-train-topics - makes model/topics.bin: for each frequent stem a vector that says in what company it stands, so that stems
 * of one field lie together. Run by developers only; model/README.md has the recipe. Only hashes and numbers leave this program, no text.
 *
 * usage: isnad-train-topics ARTICLES.jsonl OUT
 *
 * ARTICLES: one JSON object a line with "title" and "text". OUT: "ISNTOPIC", words and parts of a vector (32 bits each, little-endian), the
 * hashes of the stems (isn_stem_hash, 32 bits, sorted), then a row of signed bytes for each.
 *
 * Method: pairs of stems at most WINDOW content words apart (stems in fewer than LEAST or more than an eighth of the articles are left out) are
 * counted; positive pointwise mutual information with counts of company raised to 3/4 makes a symmetric matrix, whose strongest
 * eigenvectors, all weighed the same, are the parts (Levy, Goldberg, Dagan 2015, with p = 0); found by subspace iteration. What is random
 * is drawn from a fixed seed: the same input gives the same bytes on one machine.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/normal.h"
#include "read/jsonl.h"
#include "story/alike.h"
#include "story/stem.h"

#define WINDOW 12u
#define LEAST 5u
#define SHARE_MOST 8u     /* one of so many articles */
#define STEMS_MOST 20000u
#define TABLE ((size_t)1 << 21)
#define PARTS ISN_TOPIC_PARTS
#define MORE 16u          /* columns beyond the parts, for the iteration's sake */
#define COLUMNS (PARTS + MORE)
#define ROUNDS 12
#define SWEEPS 30
#define SMOOTHED 0.75
#define EDGE UINT32_MAX   /* between articles */

typedef struct stem {
    uint32_t hash, articles, last; /* the last article that has it, from 1 */
    uint32_t number;               /* from 1; 0 none */
} stem;

typedef struct cell {
    uint32_t column;
    float value;
} cell;

typedef struct maker {
    isn_arena arena;
    stem *table;
    uint32_t *stream; /* slots of the table; EDGE between articles */
    size_t n_stream, capacity;
    uint32_t articles, n;  /* n: stems that have a vector */
    uint32_t *hash_of;     /* by number less one */
    size_t *from;          /* rows of the matrix: cells[from[i]] to cells[from[i + 1]] */
    cell *cells;
    size_t n_cells, cells_capacity;
} maker;

static void die(const char *what)
{
    fprintf(stderr, "isnad-train-topics: %s\n", what);
    exit(1);
}

static void *must(void *p)
{
    if (!p)
        die("no memory");
    return p;
}

/* --- reading ------------------------------------------------------------------------------------- */

static void put(maker *m, uint32_t value)
{
    if (m->n_stream == m->capacity) {
        m->capacity = m->capacity ? 2 * m->capacity : 1 << 20;
        m->stream = must(realloc(m->stream, m->capacity * sizeof *m->stream));
    }
    m->stream[m->n_stream++] = value;
}

static void add_stem(maker *m, uint32_t hash)
{
    size_t slot = hash & (TABLE - 1);
    while (m->table[slot].articles && m->table[slot].hash != hash)
        slot = (slot + 1) & (TABLE - 1);
    stem *s = &m->table[slot];
    s->hash = hash;
    s->articles += s->last != m->articles;
    s->last = m->articles;
    put(m, (uint32_t)slot);
}

static bool is_letter(uint8_t c)
{
    return isn_is_arabic(c) || isn_is_latin(c);
}

static void add_text(maker *m, isn_str text)
{
    isn_normal normal;
    isn_tagger none = {0};
    if (!isn_normal_make(&normal, &m->arena, text))
        die("an article is too large");
    for (size_t i = 0; i < normal.n;) {
        size_t begin = i;
        while (i < normal.n && is_letter(normal.p[i]))
            i++;
        if (i == begin) {
            i++;
            continue;
        }
        isn_stem one;
        isn_stem_make(&one, &none, normal.p + begin, i - begin);
        if (one.n >= 2)
            add_stem(m, isn_stem_hash(&one));
    }
}

static void read_articles(maker *m, const char *path)
{
    isn_file file;
    isnad_error err = {0};
    if (isn_file_open(&file, path, (size_t)1 << 32, &err))
        die(err.message);
    isn_json_fields fields = {.title = ISN_STR("title"), .text = ISN_STR("text")};
    isn_str rest = file.bytes, line;
    while (isn_str_next(&line, &rest, '\n')) {
        isn_fields article;
        isn_arena_reset(&m->arena);
        if (!isn_str_trim(line).n || isn_json_read(&article, &m->arena, line, &fields, &err) != ISNAD_OK)
            continue;
        m->articles++;
        add_text(m, article.title);
        add_text(m, article.text);
        put(m, EDGE);
    }
    isn_file_close(&file);
}

static int by_articles(const void *a, const void *b)
{
    const stem *x = *(stem *const *)a, *y = *(stem *const *)b;
    if (x->articles != y->articles)
        return x->articles > y->articles ? -1 : 1;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Numbers the stems that get a vector and leaves only these in the stream. */
static void number_stems(maker *m)
{
    stem **list = must(calloc(TABLE, sizeof *list));
    size_t n = 0, kept = 0;
    for (size_t s = 0; s < TABLE; s++)
        if (m->table[s].articles >= LEAST && m->table[s].articles <= m->articles / SHARE_MOST)
            list[n++] = &m->table[s];
    qsort(list, n, sizeof *list, by_articles);
    m->n = (uint32_t)(n < STEMS_MOST ? n : STEMS_MOST);
    m->hash_of = must(calloc(m->n + 1, sizeof *m->hash_of));
    for (uint32_t i = 0; i < m->n; i++) {
        list[i]->number = i + 1;
        m->hash_of[i] = list[i]->hash;
    }
    for (size_t i = 0; i < m->n_stream; i++) {
        uint32_t number = m->stream[i] == EDGE ? EDGE : m->table[m->stream[i]].number;
        if (number)
            m->stream[kept++] = number == EDGE ? EDGE : number - 1;
    }
    m->n_stream = kept;
    free(list);
}

/* --- the matrix ---------------------------------------------------------------------------------- */

/* Adds what stands around place i of the stream to the counts of a row. */
static void add_company(const maker *m, float *counts, uint32_t *seen, size_t *n_seen, size_t i)
{
    for (int side = -1; side <= 1; side += 2)
        for (size_t k = 1; k <= WINDOW; k++) {
            size_t at = side < 0 ? i - k : i + k;
            if ((side < 0 && k > i) || at >= m->n_stream || m->stream[at] == EDGE)
                break;
            uint32_t other = m->stream[at];
            if (counts[other] <= 0)
                seen[(*n_seen)++] = other;
            counts[other] += 1.0f;
        }
}

static int by_column(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void put_cell(maker *m, uint32_t column, float value)
{
    if (m->n_cells == m->cells_capacity) {
        m->cells_capacity = m->cells_capacity ? 2 * m->cells_capacity : 1 << 20;
        m->cells = must(realloc(m->cells, m->cells_capacity * sizeof *m->cells));
    }
    m->cells[m->n_cells++] = (cell){column, value};
}

/* Counts the pairs, row by row. */
static void count_pairs(maker *m)
{
    uint32_t *first = must(calloc(m->n + 1, sizeof *first)), *next = must(calloc(m->n + 1, sizeof *next));
    uint32_t *places = must(malloc((m->n_stream + 1) * sizeof *places));
    float *counts = must(calloc(m->n + 1, sizeof *counts));
    uint32_t *seen = must(malloc((m->n + 1) * sizeof *seen));
    for (size_t i = 0; i < m->n_stream; i++)
        if (m->stream[i] != EDGE)
            first[m->stream[i] + 1]++;
    for (uint32_t w = 0; w < m->n; w++) {
        first[w + 1] += first[w];
        next[w] = first[w];
    }
    for (size_t i = 0; i < m->n_stream; i++)
        if (m->stream[i] != EDGE)
            places[next[m->stream[i]]++] = (uint32_t)i;
    m->from = must(calloc(m->n + 1, sizeof *m->from));
    for (uint32_t w = 0; w < m->n; w++) {
        size_t n_seen = 0;
        for (uint32_t i = first[w]; i < first[w + 1]; i++)
            add_company(m, counts, seen, &n_seen, places[i]);
        qsort(seen, n_seen, sizeof *seen, by_column);
        for (size_t i = 0; i < n_seen; i++) {
            put_cell(m, seen[i], counts[seen[i]]);
            counts[seen[i]] = 0;
        }
        m->from[w + 1] = m->n_cells;
    }
    free(first);
    free(next);
    free(places);
    free(counts);
    free(seen);
}

/* Counts become positive pointwise mutual information; the rest falls out. */
static void weigh_pairs(maker *m)
{
    double *sum = must(calloc(m->n + 1, sizeof *sum)), smoothed = 0;
    for (uint32_t w = 0; w < m->n; w++) {
        for (size_t i = m->from[w]; i < m->from[w + 1]; i++)
            sum[w] += (double)m->cells[i].value;
        smoothed += pow(sum[w], SMOOTHED);
    }
    size_t kept = 0, begin = 0;
    for (uint32_t w = 0; w < m->n; w++) {
        for (size_t i = begin; i < m->from[w + 1]; i++) {
            cell c = m->cells[i];
            double both = 0.5 * (1.0 + SMOOTHED) * (log(sum[w]) + log(sum[c.column]));
            double value = log((double)c.value) - both + log(smoothed);
            if (value > 0)
                m->cells[kept++] = (cell){c.column, (float)value};
        }
        begin = m->from[w + 1];
        m->from[w + 1] = kept;
    }
    m->n_cells = kept;
    free(sum);
}

/* --- eigenvectors -------------------------------------------------------------------------------- */

static void multiply(const maker *m, float *out, const float *q)
{
    for (uint32_t w = 0; w < m->n; w++) {
        float *row = out + (size_t)w * COLUMNS;
        memset(row, 0, COLUMNS * sizeof *row);
        for (size_t i = m->from[w]; i < m->from[w + 1]; i++) {
            const float *other = q + (size_t)m->cells[i].column * COLUMNS;
            float value = m->cells[i].value;
            for (size_t k = 0; k < COLUMNS; k++)
                row[k] += value * other[k];
        }
    }
}

static double column_dot(const float *q, const float *p, uint32_t n, size_t a, size_t b)
{
    double sum = 0;
    for (uint32_t w = 0; w < n; w++)
        sum += (double)q[(size_t)w * COLUMNS + a] * (double)p[(size_t)w * COLUMNS + b];
    return sum;
}

/* Gram and Schmidt, each column twice. */
static void make_orthonormal(float *q, uint32_t n)
{
    for (size_t a = 0; a < COLUMNS; a++) {
        for (size_t b = 0; b < 2 * a; b++) {
            double dot = column_dot(q, q, n, a, b % a);
            for (uint32_t w = 0; w < n; w++)
                q[(size_t)w * COLUMNS + a] -= (float)dot * q[(size_t)w * COLUMNS + b % a];
        }
        double norm = sqrt(column_dot(q, q, n, a, a));
        for (uint32_t w = 0; norm > 0 && w < n; w++)
            q[(size_t)w * COLUMNS + a] /= (float)norm;
    }
}

/* One turn in the plane of p and r that takes the cell between them out. */
static void turn(double a[COLUMNS][COLUMNS], double v[COLUMNS][COLUMNS], size_t p, size_t r)
{
    if (fabs(a[p][r]) < 1e-12)
        return;
    double theta = (a[r][r] - a[p][p]) / (2 * a[p][r]);
    double t = (theta >= 0 ? 1 : -1) / (fabs(theta) + sqrt(theta * theta + 1)), c = 1 / sqrt(t * t + 1), s = t * c;
    for (size_t k = 0; k < COLUMNS; k++) {
        double x = a[k][p], y = a[k][r];
        a[k][p] = c * x - s * y;
        a[k][r] = s * x + c * y;
    }
    for (size_t k = 0; k < COLUMNS; k++) {
        double x = a[p][k], y = a[r][k], f = v[k][p], g = v[k][r];
        a[p][k] = c * x - s * y;
        a[r][k] = s * x + c * y;
        v[k][p] = c * f - s * g;
        v[k][r] = s * f + c * g;
    }
}

typedef struct strength {
    double value;
    size_t column;
} strength;

static int by_strength(const void *a, const void *b)
{
    double x = fabs(((const strength *)a)->value), y = fabs(((const strength *)b)->value);
    return (x < y) - (x > y);
}

/* The vectors of all words, n rows of PARTS. */
static float *find_vectors(const maker *m)
{
    static double a[COLUMNS][COLUMNS], v[COLUMNS][COLUMNS];
    strength order[COLUMNS];
    size_t size = (size_t)m->n * COLUMNS;
    float *q = must(malloc(size * sizeof *q)), *p = must(malloc(size * sizeof *p));
    float *out = must(malloc(((size_t)m->n * PARTS + 1) * sizeof *out));
    uint64_t seed = 20260101;
    for (size_t i = 0; i < size; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        q[i] = (float)((double)(seed >> 40) / (double)(1u << 24) - 0.5);
    }
    make_orthonormal(q, m->n);
    for (int round = 0; round < ROUNDS; round++) {
        multiply(m, p, q);
        memcpy(q, p, size * sizeof *q);
        make_orthonormal(q, m->n);
        fprintf(stderr, "round %d\n", round + 1);
    }
    multiply(m, p, q);
    for (size_t i = 0; i < COLUMNS; i++)
        for (size_t k = 0; k < COLUMNS; k++) {
            a[i][k] = 0.5 * (column_dot(q, p, m->n, i, k) + column_dot(q, p, m->n, k, i));
            v[i][k] = i == k;
        }
    for (int sweep = 0; sweep < SWEEPS; sweep++)
        for (size_t i = 0; i < COLUMNS; i++)
            for (size_t k = i + 1; k < COLUMNS; k++)
                turn(a, v, i, k);
    for (size_t k = 0; k < COLUMNS; k++)
        order[k] = (strength){a[k][k], k};
    qsort(order, COLUMNS, sizeof *order, by_strength);
    for (uint32_t w = 0; w < m->n; w++)
        for (size_t k = 0; k < PARTS; k++) {
            double sum = 0;
            for (size_t i = 0; i < COLUMNS; i++)
                sum += (double)q[(size_t)w * COLUMNS + i] * v[i][order[k].column];
            out[(size_t)w * PARTS + k] = (float)sum;
        }
    free(q);
    free(p);
    return out;
}

/* --- writing ------------------------------------------------------------------------------------- */

static void put_u32(FILE *out, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        fputc((int)(value >> 8 * i & 0xFF), out);
}

static const uint32_t *sorting; /* hashes by number, while numbers are sorted by them */

static int by_hash(const void *a, const void *b)
{
    uint32_t x = sorting[*(const uint32_t *)a], y = sorting[*(const uint32_t *)b];
    return (x > y) - (x < y);
}

static void write_vectors(const maker *m, const float *vectors, const char *path)
{
    uint32_t *order = must(malloc((m->n + 1) * sizeof *order));
    FILE *out = fopen(path, "wb");
    if (!out)
        die("can't write");
    for (uint32_t i = 0; i < m->n; i++)
        order[i] = i;
    sorting = m->hash_of;
    qsort(order, m->n, sizeof *order, by_hash);
    fputs("ISNTOPIC", out);
    put_u32(out, m->n);
    put_u32(out, PARTS);
    for (uint32_t i = 0; i < m->n; i++)
        put_u32(out, m->hash_of[order[i]]);
    for (uint32_t i = 0; i < m->n; i++) {
        const float *row = vectors + (size_t)order[i] * PARTS;
        double norm = 0;
        for (size_t k = 0; k < PARTS; k++)
            norm += (double)(row[k] * row[k]);
        norm = sqrt(norm);
        for (size_t k = 0; k < PARTS; k++)
            fputc((int)lround(norm > 0 ? 127.0 * (double)row[k] / norm : 0) & 0xFF, out);
    }
    if (fclose(out))
        die("can't write");
    free(order);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: isnad-train-topics ARTICLES.jsonl OUT\n");
        return 2;
    }
    maker m = {0};
    isn_arena_init(&m.arena, (size_t)1 << 28);
    m.table = must(calloc(TABLE, sizeof *m.table));
    read_articles(&m, argv[1]);
    number_stems(&m);
    count_pairs(&m);
    weigh_pairs(&m);
    fprintf(stderr, "%u articles, %u stems, %zu pairs\n", m.articles, m.n, m.n_cells);
    float *vectors = find_vectors(&m);
    write_vectors(&m, vectors, argv[2]);
    isn_arena_release(&m.arena);
    return 0;
}
