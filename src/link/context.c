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

/* Does the name mean one country only, whatever line of the lexicon is right? */
static bool one_country(const isn_joining *j, const isn_mention *mention)
{
    const isn_text *text = j->text;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == mention->last - mention->first && e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            int column = entry->table == ISN_T_COUNTRIES ? ISN_C_COUNTRIES_CODE
                         : entry->table == ISN_T_PLACES  ? ISN_C_PLACES_COUNTRY
                                                         : -1;
            if (column < 0 || entry->form == ISN_F_SHORT)
                continue;
            isn_str country = isn_lexicon_cell(j->linker->lexicon, entry->table, entry->row, column);
            if (country.n == 3 && memcmp(country.p, mention->country, 3) != 0)
                return false;
        }
    }
    return true;
}

/* A state by its name or nationality counts; a body or person of the lexicon doesn't: it may be a namesake. */
void isn_join_weigh(isn_joining *j)
{
    for (uint32_t m = 0; m < j->mentions->n; m++) {
        const isn_mention *mention = &j->mentions->items[m];
        bool state = mention->type == ISN_PLACE && mention->row != ISN_NO_ROW && mention->country[0] &&
                     mention->table == ISN_T_COUNTRIES && one_country(j, mention);
        const char *shown = j->sense[m].n ? j->sense[m].country : mention->country;
        if (state) {
            add(&j->weights, mention->country);
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
