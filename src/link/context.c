/* context.c - which countries an article is about: what namesakes and bare nouns are read by. */
#include "lexicon/schema.h"
#include "link/join.h"

enum { NEAR_MOST = 4 };

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
        bool town = mention->type == ISN_PLACE && mention->row != ISN_NO_ROW && mention->country[0] &&
                    mention->table == ISN_T_PLACES && one_country(j, mention);
        if (town)
            add(&j->towns, mention->country);
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

static float share(const isn_weights *weights, isn_str country)
{
    for (size_t i = 0; i < weights->n && country.n == 3; i++) {
        if (memcmp(weights->items[i].code, country.p, 3) == 0)
            return (float)weights->items[i].n / (float)weights->total;
    }
    return 0.0f;
}

float isn_join_weight(const isn_joining *j, isn_str country)
{
    return share(&j->weights, country);
}

float isn_join_town_weight(const isn_joining *j, isn_str country)
{
    return share(&j->towns, country);
}

float isn_join_near(const isn_joining *j, uint32_t m, isn_str country)
{
    const isn_mention *mentions = j->mentions->items;
    uint32_t sentence = j->text->tokens[mentions[m].first].sentence, from = m > NEAR_MOST ? m - NEAR_MOST : 0;
    float best = 0.0f;
    for (uint32_t k = from; k <= m + NEAR_MOST && k < j->mentions->n && country.n == 3; k++) {
        const isn_mention *other = &mentions[k];
        bool place = other->type == ISN_PLACE;
        const char *land = place || !j->sense[k].n ? other->country : j->sense[k].country;
        if (k == m || !land[0] || memcmp(land, country.p, 3) != 0 ||
            j->text->tokens[other->first].sentence != sentence || (place && !one_country(j, other)))
            continue;
        /* "X in the north of Lebanon" says where X is; who acts there says less */
        bool right_behind = place && k > m && other->first - mentions[m].last <= 3;
        float near = right_behind ? 6.0f : place ? 3.0f : 1.0f;
        best = near > best ? near : best;
    }
    return best;
}
