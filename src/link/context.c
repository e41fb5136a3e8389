/* context.c - which countries an article is about: what namesakes and bare nouns are read by. */
#include "lexicon/schema.h"
#include "link/join.h"

bool isn_join_clash(const char *a, const char *b)
{
    return a[0] && b[0] && memcmp(a, b, 3) != 0;
}

void isn_join_set_country(char to[4], isn_str code)
{
    memset(to, 0, 4);
    if (code.n == 3)
        memcpy(to, code.p, 3);
}

static void add(isn_weights *weights, const char *code)
{
    size_t i = 0;
    while (i < weights->n && memcmp(weights->items[i].code, code, 3) != 0)
        i++;
    if (i == ISN_WEIGHTS_MOST)
        return;
    if (i == weights->n) {
        memcpy(weights->items[i].code, code, 4);
        weights->items[weights->n++].n = 0;
    }
    weights->items[i].n++;
    weights->total++;
}

/* A state by its name or nationality counts; a body or person of the lexicon doesn't: it may be a namesake. */
void isn_join_weigh(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        bool state = mention->type == ISN_PLACE && mention->table == ISN_T_COUNTRIES && mention->row != ISN_NO_ROW;
        const char *shown = j->sense[m].n ? j->sense[m].country : mention->country;
        if (state) {
            char code[4];
            isn_join_set_country(code, isn_lexicon_cell(j->linker->lexicon, ISN_T_COUNTRIES, mention->row,
                                                        ISN_C_COUNTRIES_CODE));
            add(&j->weights, code);
        } else if (mention->type != ISN_PLACE && shown[0] && mention->form == ISN_FORM_ROLE) {
            add(&j->weights, shown);
        } else if (mention->type == ISN_ORGANIZATION && shown[0]) {
            add(&j->weights, shown);
        }
    }
}

float isn_join_weight(const isn_joining *j, isn_str country)
{
    for (size_t i = 0; i < j->weights.n && country.n == 3; i++) {
        if (memcmp(j->weights.items[i].code, country.p, 3) == 0)
            return (float)j->weights.items[i].n / (float)j->weights.total;
    }
    return 0.0f;
}
