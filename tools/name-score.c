/* Scores of names (name-score.h). */
#include "name-score.h"

#include <stdio.h>

size_t name_spans(name_span *out, const uint8_t *tags, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (!tags[i])
            continue;
        uint8_t type = (uint8_t)((tags[i] - 1) / 3), part = (uint8_t)((tags[i] - 1) % 3 + 1);
        if (part == ISN_SEQ_FIRST || !i || !tags[i - 1] || (tags[i - 1] - 1) / 3 != type)
            out[count++] = (name_span){(uint32_t)i, (uint32_t)i, type};
        out[count - 1].end = (uint32_t)i + 1;
    }
    return count;
}

void name_score_add(name_score results[ISN_SEQ_TYPES], const uint8_t *gold, const uint8_t *found, size_t n)
{
    static name_span a[4096], b[4096];
    size_t na = name_spans(a, gold, n), nb = name_spans(b, found, n);
    for (size_t i = 0; i < na; i++)
        results[a[i].type].gold++;
    for (size_t j = 0; j < nb; j++) {
        results[b[j].type].found++;
        for (size_t i = 0; i < na; i++)
            results[b[j].type].right += a[i].begin == b[j].begin && a[i].end == b[j].end && a[i].type == b[j].type;
    }
}

void name_score_print(const char *name, const name_score results[ISN_SEQ_TYPES])
{
    static const char *const types[] = {"person", "place", "organization", "other"};
    name_score all = {0};
    for (int k = 0; k <= ISN_SEQ_TYPES; k++) {
        const name_score *r = k < ISN_SEQ_TYPES ? &results[k] : &all;
        double p = r->found ? (double)r->right / (double)r->found : 0, q = r->gold ? (double)r->right / (double)r->gold : 0;
        printf("%-8s %-13s P %.4f R %.4f F1 %.4f (%zu found, %zu gold)\n", name, k < ISN_SEQ_TYPES ? types[k] : "all", p,
               q, p + q > 0 ? 2 * p * q / (p + q) : 0, r->found, r->gold);
        all.right += r->right;
        all.found += r->found;
        all.gold += r->gold;
    }
}

/* Prints a sentence with its names as found and as marked. */
void name_score_show(const name_corpus *c, const name_sentence *s, const uint8_t *gold, const uint8_t *found)
{
    if (memcmp(gold, found, s->n_words) == 0)
        return;
    static const char *const types[] = {"PER", "LOC", "ORG", "MISC"};
    for (size_t w = 0; w < s->n_words; w++) {
        const name_span *word = &c->words[s->words + w];
        printf("%.*s", (int)(word->end - word->begin), c->raw.p + word->begin);
        if (gold[w] || found[w])
            printf("{%s%d/%s%d}", gold[w] ? types[(gold[w] - 1) / 3] : "", gold[w] ? (gold[w] - 1) % 3 : 0,
                   found[w] ? types[(found[w] - 1) / 3] : "", found[w] ? (found[w] - 1) % 3 : 0);
        printf(" ");
    }
    printf("\n");
}
