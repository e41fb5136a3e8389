/* Places: states, the lexicon's places, and names after a class noun (E7). */
#include "name/parts.h"

static bool context_stands(const isn_finder *f, uint32_t row)
{
    isn_str rest = isn_lexicon_cell(f->lexicon, ISN_T_PLACES, row, ISN_C_PLACES_CONTEXT), word;
    while (isn_str_next(&word, &rest, '|')) {
        word = isn_str_trim(word);
        if (word.n && !isn_str_equal(word, ISN_STR("risky")) &&
            isn_str_find(f->text->raw, word) != SIZE_MAX)
            return true;
    }
    return false;
}

/* Does a word of the article stand among the context words of a risky place? The article is
 * searched once for a row. */
static bool context_holds(isn_finder *f, uint32_t row)
{
    size_t at = row % CONTEXT_MEMO;
    if (f->context_row[at] != row + 1) {
        f->context_row[at] = row + 1;
        f->context_holds[at] = context_stands(f, row);
    }
    return f->context_holds[at];
}

static bool after_class_noun(const isn_finder *f, uint32_t t)
{
    const isn_pick *head = t > f->first ? &f->views[t - 1].pick[PICK_PLACEHEAD] : NULL;
    if (t == f->first || !isn_is_plain(f, t))
        return false;
    if (head->match && head->entry->form != ISN_F_PLURAL)
        return true;
    const isn_view *before = &f->views[t - 1]; /* the people of X */
    return before->pick[PICK_GROUP].match && !before->al && !before->pronoun &&
           (before->pick[PICK_GROUP].entry->detail & ISN_N_PLURAL) && !isn_has_nun(f, t - 1) &&
           !f->views[t].al && before->pos == ISN_POS_NOUN;
}

static bool is_direction(const isn_finder *f, uint32_t t)
{
    for (int w = ISN_W_NORTH; w <= ISN_W_WESTERN; w++) {
        if (isn_stem_is(f, t, w) && !f->views[t].al)
            return true;
    }
    return false;
}

static bool after_preposition(const isn_finder *f, uint32_t t)
{
    return t > f->first && f->views[t - 1].pos == ISN_POS_PREP && !f->views[t - 1].pronoun;
}

/* May one word be a place here, and how sure is that? */
static bool single_stands(const isn_finder *f, uint32_t t, const isn_pick *pick, pick_kind kind,
                          float *score)
{
    const isn_view *view = &f->views[t];
    bool head = after_class_noun(f, t);
    bool adjective = view->pick[PICK_DEMONYM].match && view->al && t > f->first &&
                     f->views[t - 1].al && isn_is_plain(f, t);
    bool described = t > f->first && isn_is_plain(f, t) && f->views[t - 1].word &&
                     f->views[t - 1].al == view->al &&
                     (f->views[t - 1].pos == ISN_POS_NOUN || f->views[t - 1].pos == ISN_POS_ADJ);
    if (adjective || view->pronoun ||
        (view->pos == ISN_POS_ADJ && !head && (described || kind != PICK_COUNTRY) &&
         !(view->al && after_preposition(f, t))))
        return false;
    if (pick->match->with_al && (!head || view->ordinary || view->pick[PICK_DEMONYM].match))
        return false;
    bool common = view->known && !view->pick[PICK_PLACEHEAD].match && view->pos != ISN_POS_ADJ;
    bool no_verb =
        t > f->first && isn_is_plain(f, t) &&
        (after_preposition(f, t) ||
         (f->views[t - 1].word && !f->views[t - 1].al && !f->views[t - 1].pronoun &&
          (f->views[t - 1].pos == ISN_POS_MASDAR || f->views[t - 1].pick[PICK_OFFICE].match)));
    if (kind == PICK_PLACE && no_verb && view->pos == ISN_POS_VERB) {
        *score = 0.7f;
        return true;
    }
    if (kind == PICK_PLACE && !head &&
        (view->pos == ISN_POS_VERB || view->pos == ISN_POS_MASDAR || common))
        return false;
    if (view->pos == ISN_POS_VERB)
        *score = 0.5f;
    else if (view->pos != ISN_POS_PROPER && kind == PICK_PLACE && !head) {
        if (view->ordinary)
            return false;
        *score = 0.65f;
    }
    return true;
}

static const char kingdoms[2][4] = {"SAU", "JOR"};

/* Counts how often the article names the kingdoms, once; sets f->kingdom. */
static void count_kingdoms(isn_finder *f, const uint32_t rows[2])
{
    size_t counts[2] = {0, 0};
    for (size_t i = 0; i < f->text->n_matches; i++) {
        const isn_match *match = &f->text->matches[i];
        for (size_t e = 0; e < match->entries; e++) {
            if (match->entry[e].table == ISN_T_COUNTRIES)
                for (int k = 0; k < 2; k++)
                    counts[k] += match->entry[e].row == rows[k];
        }
    }
    f->kingdom = counts[1] > counts[0] ? 2 : 1;
}

/* "al-mamlaka" alone: Saudi Arabia or Jordan, whichever the article names (E7). */
static void of_kingdom(isn_finder *f, uint32_t t)
{
    if (!isn_stem_is(f, t, ISN_W_MAMLAKA) || !f->views[t].al || f->views[t].pronoun ||
        isn_memo(f, t, FAMILY_PLACE) || isn_is_adjective(f, t + 1, true))
        return;
    isn_mention m = isn_candidate(f, t, t + 1, ISN_PLACE, ISN_FORM_NAME, 0.8f, "place.kingdom");
    uint32_t rows[2];
    for (int k = 0; k < 2; k++)
        rows[k] = isn_lexicon_row(f->lexicon, ISN_T_COUNTRIES, isn_str_cstr(kingdoms[k]));
    if (!f->kingdom)
        count_kingdoms(f, rows);
    m.table = ISN_T_COUNTRIES;
    m.row = rows[f->kingdom - 1];
    m.lex_form = ISN_F_SHORT;
    isn_set_country(m.country, isn_str_cstr(kingdoms[f->kingdom - 1]));
    isn_keep(f, &m, FAMILY_PLACE);
}

/* Of several places of one name, the first that needs no words around it, else the first whose words the article has; NULL
 * if none may stand. */
static const isn_entry *standing_entry(isn_finder *f, uint32_t t, const isn_pick *pick)
{
    if (pick->entry->form != ISN_F_SHORT || after_class_noun(f, t))
        return pick->entry;
    const isn_entry *found = NULL;
    for (size_t e = 0; e < pick->match->entries; e++) {
        const isn_entry *entry = &pick->match->entry[e];
        if (entry->table != pick->entry->table || entry->form == ISN_F_DEMONYM)
            continue;
        if (entry->form != ISN_F_SHORT)
            return entry;
        if (!found && entry->table == ISN_T_PLACES && context_holds(f, entry->row))
            found = entry;
    }
    return found;
}

/* The place of the lexicon that stands at t. */
static void of_lexicon(isn_finder *f, uint32_t t, pick_kind kind)
{
    const isn_pick *pick = &f->views[t].pick[kind];
    if (!pick->match)
        return;
    uint32_t n = pick->match->n, skip = 0;
    float score = kind == PICK_COUNTRY ? 0.97f : 0.93f;
    if (n == 1 && f->text->tokens[t].word && !single_stands(f, t, pick, kind, &score))
        return;
    const isn_entry *entry = standing_entry(f, t, pick);
    if (!entry)
        return;
    if (n > 1 && (isn_stem_is(f, t, ISN_W_DAWLA) || (kind == PICK_PLACE && is_direction(f, t))))
        skip = n > 2 && is_direction(f, t + 1)
                   ? 2
                   : 1; /* the class noun, the direction stays outside */
    isn_mention m =
        isn_candidate(f, t + skip, t + n, ISN_PLACE, ISN_FORM_NAME, score, "place.lexicon");
    if (!skip)
        m.begin = pick->match->begin;
    else if (isn_memo(f, t + skip, FAMILY_PLACE))
        return;
    m.end = pick->match->end;
    m.table = entry->table;
    m.row = entry->row;
    m.lex_form = entry->form;
    isn_set_country(m.country,
                    kind == PICK_COUNTRY
                        ? isn_country_code(f, m.row)
                        : isn_lexicon_cell(f->lexicon, ISN_T_PLACES, m.row, ISN_C_PLACES_COUNTRY));
    isn_keep(f, &m, FAMILY_PLACE);
}

/* A class noun with a name behind it: the name alone, or both where the name can't stand without
 * it. */
static void after_head(isn_finder *f, uint32_t t)
{
    const isn_pick *head = &f->views[t].pick[PICK_PLACEHEAD];
    if (!head->match || f->views[t].al || f->views[t].pronoun || head->entry->form == ISN_F_PLURAL)
        return;
    uint32_t name = t + head->match->n;
    if (!isn_is_plain(f, name))
        return;
    bool inside =
        isn_lexicon_cell(f->lexicon, ISN_T_PLACEHEADS, head->entry->row, ISN_C_PLACEHEADS_INSIDE)
            .n > 0;
    const isn_mention *place = isn_memo(f, name, FAMILY_PLACE);
    const isn_mention *person = isn_memo(f, name, FAMILY_PERSON);
    uint32_t end = place ? place->last : name;
    bool summit = inside && isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_PLACEHEADS,
                                                           head->entry->row, ISN_C_PLACEHEADS_KIND),
                                          ISN_STR("mountain"));
    if (summit && (person || f->views[name].pick[PICK_COUNTRY].match))
        return; /* the summit of leaders */
    bool whole = person && person->row != ISN_NO_ROW && person->last - name > 1;
    if (inside && person && person->last > end && !whole)
        end = person->last;
    if (end == name && !(person && person->last - name > 1)) {
        while (end < f->last && end < name + 3 && isn_is_plain(f, end) &&
               isn_name_like(f, end) == 2 && !(end > name && (f->views[end].name & NAME_GIVEN)))
            end++;
        if (end == name && inside && f->views[name].al && f->views[name].pos != ISN_POS_ADJ &&
            !f->views[name].pick[PICK_DEMONYM].match && !f->views[name].pick[PICK_OFFICE].match &&
            !f->views[name].pick[PICK_TITLE].match && !f->views[name].pick[PICK_GROUP].match &&
            !f->views[name].pick[PICK_ORGHEAD].match)
            end = isn_adjectives(f, name, name + 1, true, (char[4]){0});
    }
    if (end == name || (!inside && place))
        return;
    uint32_t first = inside ? t : name;
    isn_mention m =
        isn_candidate(f, first, end, ISN_PLACE, ISN_FORM_NAME, place ? 0.9f : 0.75f, "place.head");
    if (inside)
        isn_candidate_begin(f, &m, head->match);
    if (place)
        memcpy(m.country, place->country, sizeof m.country);
    isn_keep(f, &m, FAMILY_PLACE);
}

void isn_places_at(isn_finder *f, uint32_t t)
{
    if (!f->views[t].word)
        return;
    of_lexicon(f, t, PICK_COUNTRY);
    of_lexicon(f, t, PICK_PLACE);
    after_head(f, t);
    of_kingdom(f, t);
}
