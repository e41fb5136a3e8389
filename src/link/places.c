/* places.c - names of places: which namesake, capital and state apart, short forms. */
#include "lexicon/schema.h"
#include "link/join.h"

enum { STATES_MOST = 40 };

static isn_str country_of(const isn_joining *j, const isn_entry *entry)
{
    int column = entry->table == ISN_T_COUNTRIES ? ISN_C_COUNTRIES_CODE : ISN_C_PLACES_COUNTRY;
    return isn_lexicon_cell(j->linker->lexicon, entry->table, entry->row, column);
}

static bool is_capital_row(const isn_joining *j, const isn_entry *entry)
{
    return entry->table == ISN_T_PLACES &&
           isn_str_equal(isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, entry->row, ISN_C_PLACES_KIND),
                         ISN_STR("capital"));
}

static bool is_region_row(const isn_joining *j, const isn_entry *entry)
{
    return entry->table == ISN_T_PLACES &&
           isn_str_equal(isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, entry->row, ISN_C_PLACES_KIND),
                         ISN_STR("region"));
}

/* Does a class noun before the mention (governorate of, crossing of) say that it is of the entry's kind? */
static bool kind_is_said(const isn_joining *j, const isn_entry *entry, const isn_mention *mention)
{
    const isn_text *text = j->text;
    const isn_lexicon *lexicon = j->linker->lexicon;
    if (entry->table != ISN_T_PLACES || mention->first == 0)
        return false;
    isn_str kind = isn_lexicon_cell(lexicon, ISN_T_PLACES, entry->row, ISN_C_PLACES_KIND);
    for (uint32_t m = text->match_from[mention->first - 1]; m < text->match_from[mention->first]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == 1 && e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_PLACEHEADS &&
                isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_PLACEHEADS, match->entry[e].row, ISN_C_PLACEHEADS_KIND), kind))
                return true;
        }
    }
    return false;
}

/* Does the article have one of the words that tell the place from its namesakes? */
static bool has_context(const isn_joining *j, const isn_entry *entry)
{
    isn_str rest = {NULL, 0}, word;
    if (entry->table == ISN_T_PLACES)
        rest = isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, entry->row, ISN_C_PLACES_CONTEXT);
    while (rest.n && isn_str_next(&word, &rest, '|')) {
        if (word.n && !isn_str_equal(word, ISN_STR("risky")) && isn_str_find(j->text->raw, word) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Do the lines of the match lie in several lands? */
static bool is_ambiguous(const isn_joining *j, const isn_match *match)
{
    isn_str first = {NULL, 0};
    for (uint8_t e = 0; e < match->entries; e++) {
        const isn_entry *entry = &match->entry[e];
        if (entry->table != ISN_T_PLACES && entry->table != ISN_T_COUNTRIES)
            continue;
        isn_str country = country_of(j, entry);
        if (!first.n)
            first = country;
        else if (country.n && !isn_str_equal(first, country))
            return true;
    }
    return false;
}

/* Cities are named more often than villages and quarters. */
static float kind_of(const isn_joining *j, const isn_entry *entry)
{
    if (entry->table != ISN_T_PLACES)
        return 0.0f;
    isn_str kind = isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, entry->row, ISN_C_PLACES_KIND);
    return isn_str_equal(kind, ISN_STR("city")) ? 0.5f : isn_str_equal(kind, ISN_STR("region")) ? 0.4f : 0.0f;
}

/* How likely an entry is what the article means; with namesakes in other lands what stands around counts too. */
static float likely(const isn_joining *j, const isn_entry *entry, uint32_t m, bool ambiguous)
{
    const isn_mention *mention = &j->mentions->items[m];
    isn_str country = country_of(j, entry);
    float score = isn_join_weight(j, country) * 4.0f;
    if (ambiguous) {
        score += isn_join_town_weight(j, country) * 2.0f;
        score += isn_join_near(j, m, country);
        score += kind_of(j, entry);
        score += has_context(j, entry) ? 0.4f : 0.0f;
    }
    if (entry->table == ISN_T_COUNTRIES && entry->form != ISN_F_CAPITAL)
        score += 1.0f;
    if (is_capital_row(j, entry))
        score += 1.0f; /* the town's own line rather than the state's that names it */
    else if (entry->table == ISN_T_COUNTRIES)
        score += 0.5f;
    if (entry->form == ISN_F_SHORT)
        score -= 0.3f;
    if (kind_is_said(j, entry, mention))
        score += 0.25f; /* above the namer's choice */
    else if (is_region_row(j, entry))
        score -= 0.25f; /* a town rather than the region that bears its name */
    if (mention->country[0] && country.n == 3 && memcmp(mention->country, country.p, 3) == 0)
        score += 0.1f;
    if (mention->table == entry->table && mention->row == entry->row)
        score += 0.2f;
    return score;
}

/* The line of places.tsv for a capital; none where there is none: it is not its state. */
static void set_town(const isn_joining *j, isn_mention *mention)
{
    const isn_text *text = j->text;
    mention->row = ISN_NO_ROW;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        for (uint8_t e = 0; match->n == mention->last - mention->first && e < match->entries; e++) {
            isn_str country = country_of(j, &match->entry[e]);
            if (match->entry[e].table != ISN_T_PLACES || country.n != 3 || memcmp(country.p, mention->country, 3) != 0)
                continue;
            if (mention->row == ISN_NO_ROW || is_capital_row(j, &match->entry[e])) {
                mention->table = ISN_T_PLACES;
                mention->row = match->entry[e].row;
            }
        }
    }
}

/* Chooses among all lines of the lexicon that bear the name. */
static void choose_line(isn_joining *j, uint32_t mention_index)
{
    isn_mention *mention = &j->mentions->items[mention_index];
    const isn_text *text = j->text;
    const isn_entry *best = NULL;
    float most = 0.0f;
    for (uint32_t m = text->match_from[mention->first]; m < text->match_from[mention->first + 1]; m++) {
        const isn_match *match = &text->matches[m];
        if (match->n != mention->last - mention->first)
            continue;
        bool ambiguous = is_ambiguous(j, match);
        for (uint8_t e = 0; e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            if ((entry->table != ISN_T_PLACES && entry->table != ISN_T_COUNTRIES) || entry->form == ISN_F_DEMONYM)
                continue;
            float score = likely(j, entry, mention_index, ambiguous);
            if (!best || score > most) {
                best = entry;
                most = score;
            }
        }
    }
    if (!best)
        return;
    isn_join_set_country(mention->country, country_of(j, best));
    mention->table = best->table;
    mention->lex_form = best->form;
    mention->row = best->row;
    if (best->table == ISN_T_COUNTRIES && best->form == ISN_F_CAPITAL)
        set_town(j, mention);
}

static const char no_country[4] = "";

static uint64_t key_of(const isn_sense *sense, const char *country)
{
    uint64_t code = 0;
    memcpy(&code, country, 3);
    return (sense->key + code * 31) ^ 0x51ED270B;
}

static uint64_t first_word(const isn_sense *sense)
{
    return (uint64_t)sense->words[0] << 8 ^ 0xF157;
}

/* The entity that a key of places leads to, if the countries don't clash. */
static uint32_t find(const isn_joining *j, uint64_t key, const char *country)
{
    int steps = 0;
    for (uint32_t i = isn_map_find(&j->bodies, key); i != UINT32_MAX && steps < 8; steps++) {
        const isn_map_node *node = &j->bodies.nodes.items[i];
        const isn_entity *entity = &j->out->items[j->of[node->value]];
        if (entity->type == ISN_PLACE && !isn_join_clash(country, entity->country))
            return j->of[node->value];
        i = node->next;
    }
    return ISN_NONE;
}

/* A state whose name is spelled almost so: a slip of the pen in a name that nothing knows. */
static uint32_t misspelled(const isn_joining *j, uint32_t m)
{
    const isn_mention *mention = &j->mentions->items[m];
    if (mention->row != ISN_NO_ROW || mention->last - mention->first != 1)
        return ISN_NONE;
    size_t n;
    const uint8_t *letters = isn_join_letters(j, mention, &n);
    isn_name own, other;
    isn_name_read(&own, NULL, letters, n);
    int looked = 0;
    for (uint32_t e = 0; own.n == 1 && own.words[0].n >= 4 && e < j->out->n && looked < STATES_MOST; e++) {
        const isn_entity *entity = &j->out->items[e];
        if (entity->type != ISN_PLACE || entity->table != ISN_T_COUNTRIES || entity->row == ISN_NO_ROW)
            continue;
        looked++;
        uint8_t state[48];
        size_t length = isn_normal_letters(state, sizeof state,
                                           isn_lexicon_cell(j->linker->lexicon, ISN_T_COUNTRIES, entity->row,
                                                            ISN_C_COUNTRIES_NAME));
        isn_name_read(&other, NULL, state, length < sizeof state ? length : sizeof state);
        if (other.n == 1 && other.words[0].n >= 4 && isn_name_word_alike(&own.words[0], &other.words[0]) > 0.0f)
            return e;
    }
    return ISN_NONE;
}

/* "The Palestinian territories" are not the state, though the lexicon lists them with it. */
static void part_lands(const isn_joining *j, isn_mention *mention, isn_sense *sense)
{
    isn_str land = isn_lexicon_cell(j->linker->lexicon, ISN_T_CLASSES,
                                    isn_lexicon_row(j->linker->lexicon, ISN_T_CLASSES, ISN_STR("place-lands")),
                                    ISN_C_CLASSES_WORD);
    isn_sense lands;
    isn_sense_of_phrase(&lands, j->linker->senses, land);
    if (!lands.n || !sense->n || sense->words[0] != lands.words[0])
        return;
    if (!mention->country[0])
        memcpy(mention->country, sense->country, sizeof mention->country);
    mention->row = ISN_NO_ROW;
    lands.flags = 0;
    *sense = lands;
}

/* A town and the region that is called after it, taken together, are the region. */
static void prefer_region(const isn_joining *j, const isn_mention *mention, isn_entity *entity)
{
    if (mention->row == ISN_NO_ROW || mention->table != ISN_T_PLACES || entity->table != ISN_T_PLACES ||
        mention->row == entity->row)
        return;
    if (isn_str_equal(isn_lexicon_cell(j->linker->lexicon, ISN_T_PLACES, mention->row, ISN_C_PLACES_KIND),
                      ISN_STR("region")))
        entity->row = mention->row;
}

/* Puts a place to its entity and notes the keys that it may be found by. */
static void join_place(isn_joining *j, uint32_t m, bool last)
{
    isn_mention *mention = &j->mentions->items[m];
    const isn_sense *sense = &j->sense[m];
    bool state = mention->table == ISN_T_COUNTRIES && mention->row != ISN_NO_ROW;
    uint32_t entity = mention->row == ISN_NO_ROW ? ISN_NONE : isn_join_of_row(j, mention->table, mention->row);
    if (entity == ISN_NONE && !state)
        entity = find(j, key_of(sense, no_country), mention->country);
    if (entity == ISN_NONE && last)
        entity = find(j, first_word(sense), mention->row == ISN_NO_ROW ? no_country : mention->country);
    if (entity == ISN_NONE && last)
        entity = misspelled(j, m);
    if (entity == ISN_NONE) {
        entity = isn_join_new(j, m, mention->row == ISN_NO_ROW ? "place" : "place.lexicon");
        if (entity == ISN_NONE)
            return;
        memcpy(j->out->items[entity].country, mention->country, 4);
    } else {
        isn_join_put(j, m, entity);
        prefer_region(j, mention, &j->out->items[entity]);
    }
    if (!state)
        isn_map_add(&j->bodies, key_of(sense, no_country), m);
    if (mention->last - mention->first > 1 && sense->n > 1)
        isn_map_add(&j->bodies, first_word(sense), m);
}

/* "al-mamlaka": the kingdom that the article is about, by the list of kingdoms in classes. */
static void choose_kingdom(isn_joining *j, isn_mention *mention, const isn_sense *sense)
{
    const isn_lexicon *lexicon = j->linker->lexicon;
    isn_str class = ISN_STR("kingdom"), best = {NULL, 0};
    uint32_t row = isn_lexicon_row(lexicon, ISN_T_CLASSES, class);
    if (mention->row != ISN_NO_ROW || sense->n != 1 || row == ISN_NO_ROW)
        return;
    isn_sense kingdom;
    isn_sense_of_phrase(&kingdom, j->linker->senses,
                        isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_PLURAL));
    if (!kingdom.n || kingdom.words[0] != sense->words[0])
        return;
    for (; isn_str_equal(isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_CLASS), class); row++) {
        isn_str code = isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_WORD);
        if (!best.n || isn_join_weight(j, code) > isn_join_weight(j, best))
            best = code;
    }
    if (isn_join_weight(j, best) == 0.0f) {
        row = isn_lexicon_row(lexicon, ISN_T_CLASSES, ISN_STR("kingdom-default"));
        best = isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_WORD);
    }
    if (best.n != 3)
        return;
    mention->table = ISN_T_COUNTRIES;
    mention->row = isn_lexicon_row(lexicon, ISN_T_COUNTRIES, best);
    isn_join_set_country(mention->country, best);
}

void isn_join_places(isn_joining *j)
{
    isn_mentions *mentions = j->mentions;
    for (uint32_t m = 0; m < mentions->n; m++) { /* once for what stands around the others */
        if (mentions->items[m].type == ISN_PLACE && mentions->items[m].form == ISN_FORM_NAME &&
            mentions->items[m].row == ISN_NO_ROW)
            choose_line(j, m);
    }
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t m = 0; m < mentions->n; m++) {
            isn_mention *mention = &mentions->items[m];
            if (mention->type != ISN_PLACE || mention->form != ISN_FORM_NAME)
                continue;
            if (pass == 0) {
                choose_line(j, m);
                choose_kingdom(j, mention, &j->sense[m]);
                part_lands(j, mention, &j->sense[m]);
            }
            bool short_one = mention->last - mention->first == 1 &&
                             (mention->row == ISN_NO_ROW || mention->lex_form == ISN_F_SHORT);
            if (short_one == (pass == 1))
                join_place(j, m, pass == 1);
        }
    }
}
