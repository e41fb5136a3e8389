/*
 * weigh.c - the sequence model's word on a sentence: what it thinks of the rules' candidates, and names
 * that no rule made.
 *
 * The model has seen what the rules made of the sentence (it is among its features), so that its
 * probability is a judgement on both. What a line of the lexicon spells out stands; a name that was put
 * together from parts falls where the model is nearly sure that it is none. Where a body's name ends is
 * left to the rules, which know the order of its parts.
 */
#include "name/seq_parts.h"

/* Measured on the development articles; the same in a wide range around. */
#define DOUBT 0.05f       /* a person's name put together from parts falls if it is less probable than this */
#define DOUBT_PLACE 0.02f /* a place's */
#define FALLEN 0.2f       /* the score of what has fallen: the decoder takes nothing below 1/4 */
#define TRUST 0.75f       /* share of its probability that is the score of a name which no rule sees */

/* How probable a name must be that no rule sees, by type. */
static const float enough[] = {[ISN_SEQ_PERSON] = 0.7f, [ISN_SEQ_PLACE] = 0.9f, [ISN_SEQ_BODY] = 0.85f};

static const uint8_t tag_types[] = {
    [ISN_PERSON] = ISN_SEQ_PERSON, [ISN_ORGANIZATION] = ISN_SEQ_BODY, [ISN_PLACE] = ISN_SEQ_PLACE};
static const uint8_t mention_types[] = {
    [ISN_SEQ_PERSON] = ISN_PERSON, [ISN_SEQ_PLACE] = ISN_PLACE, [ISN_SEQ_BODY] = ISN_ORGANIZATION};

static float goes_on(const float chances[ISN_SEQ_CELLS], int type)
{
    return chances[ISN_SEQ_TAG(type, ISN_SEQ_MIDDLE)] + chances[ISN_SEQ_TAG(type, ISN_SEQ_LAST)];
}

/* How probable it is that tokens [first, last) are one name of the type: the weakest of its links. */
static float chance_of(const isn_finder *f, const float (*chances)[ISN_SEQ_CELLS], uint32_t first, uint32_t last,
                       int type)
{
    float least = chances[first][ISN_SEQ_TAG(type, ISN_SEQ_FIRST)];
    for (uint32_t t = first + 1; t < last; t++) {
        float link = chances[t][ISN_SEQ_TAG(type, t + 1 == last ? ISN_SEQ_LAST : ISN_SEQ_MIDDLE)];
        least = link < least ? link : least;
    }
    float more = last < f->last ? goes_on(chances[last], type) : 0;
    return 1 - more < least ? 1 - more : least;
}

/* The name of the type that most probably begins at t: where it ends. */
static uint32_t end_of(const isn_finder *f, const float (*chances)[ISN_SEQ_CELLS], uint32_t t, int type)
{
    uint32_t end = t + 1;
    while (end < f->last && goes_on(chances[end], type) > 0.5f)
        end++;
    return end;
}

/* Is the mention spelled out by a line of the lexicon? A surname is, where the article has the full name; so is "the kingdom". */
static bool is_known(const isn_finder *f, const isn_mention *m)
{
    bool here = m->table == ISN_T_COUNTRIES || (m->table == ISN_T_PEOPLE && isn_in_list(f->people, f->n_people, m->row));
    return m->row != ISN_NO_ROW && (m->lex_form != ISN_F_SHORT || here);
}

static void weigh(isn_finder *f, isn_mention *m, const float (*chances)[ISN_SEQ_CELLS])
{
    if (is_known(f, m) || m->type == ISN_ORGANIZATION)
        return;
    for (uint32_t t = m->first; t < m->last; t++) {
        if (f->views[t].joint)
            return; /* the model's data part such names otherwise */
    }
    /* Behind an office the rule knows better where a name begins, if only the model sees one too. */
    bool placed = m->type == ISN_PERSON && strcmp(m->rule, "person.after-office") == 0;
    if (placed && goes_on(chances[m->last - 1], ISN_SEQ_PERSON) > 0.5f)
        return;
    float q = chance_of(f, chances, m->first, m->last, tag_types[m->type]);
    if (q < (m->type == ISN_PERSON ? DOUBT : DOUBT_PLACE))
        m->score = FALLEN;
}

/* Could the tokens be one name: no mark inside but one that joins, and none behind; no conjunction or verb among later words? */
static bool is_whole(const isn_finder *f, uint32_t first, uint32_t last, int type)
{
    for (uint32_t t = first; t < last; t++) {
        const isn_view *view = &f->views[t];
        if (!view->word && (t == first || t + 1 == last || !view->joint))
            return false;
        if (t == first || type == ISN_SEQ_BODY)
            continue;
        bool verb = view->pos == ISN_POS_VERB && !view->name;
        bool and = view->unseen && view->word && f->text->tokens[t].word && f->text->tokens[t].word->letters[0] == ISN_WAW;
        if (verb || and || (view->clitics & (ISN_CL_WA | ISN_CL_FA)))
            return false;
    }
    return last >= f->last || !f->views[last].joint;
}

/* Does a rule see a name of the type that overlaps the tokens? */
static bool is_seen(const isn_finder *f, uint32_t first, uint32_t last, int type)
{
    for (uint32_t t = first > f->first + 8 ? first - 8 : f->first; t < last; t++) {
        for (int k = 0; k < FAMILY_SEQ; k++) {
            const isn_mention *m = isn_memo(f, t, (isn_family)k);
            if (m && m->form == ISN_FORM_NAME && m->type == mention_types[type] && m->last > first)
                return true;
        }
    }
    return false;
}

/* Is `a` the word `b` with one letter left out? */
static bool lacks_one(const isn_word *a, const isn_word *b)
{
    uint32_t i = 0;
    if (a->n + 1 != b->n)
        return false;
    while (i < a->n && a->key[i] == b->key[i])
        i++;
    return memcmp(a->key + i, b->key + i + 1, a->n - i) == 0;
}

/* Is the word the name of a state of this sentence with a slip of the pen? */
static bool is_slip(const isn_finder *f, uint32_t t)
{
    enum { LETTERS_LEAST = 4 }; /* shorter words are too near to others */
    const isn_word *word = f->text->tokens[t].word;
    for (uint32_t i = f->first; word && word->n >= LETTERS_LEAST && i < f->last; i++) {
        const isn_match *match = f->views[i].pick[PICK_COUNTRY].match;
        const isn_word *state = f->text->tokens[i].word;
        if (match && match->n == 1 && (lacks_one(word, state) || lacks_one(state, word)))
            return true;
    }
    return false;
}

/* A name that the model sees at t and no rule. */
static void add(isn_finder *f, uint32_t t, const float (*chances)[ISN_SEQ_CELLS])
{
    if (!f->views[t].word)
        return;
    for (int type = 0; type < ISN_SEQ_OTHER; type++) {
        if (chances[t][ISN_SEQ_TAG(type, ISN_SEQ_FIRST)] < 0.5f)
            continue;
        uint32_t end = end_of(f, chances, t, type);
        float q = chance_of(f, chances, t, end, type);
        bool taken = type == ISN_SEQ_BODY && is_seen(f, t, end, type); /* the rules know where bodies end (E3) */
        if (q < enough[type] || taken || !is_whole(f, t, end, type))
            continue;
        for (int k = 0; k < FAMILY_SEQ; k++) {
            const isn_mention *m = isn_memo(f, t, (isn_family)k);
            if (m && m->form == ISN_FORM_NAME && m->first == t && m->last == end && m->type == mention_types[type])
                return;
        }
        bool slip = end == t + 1 && is_slip(f, t);
        isn_mention m = isn_candidate(f, t, end, slip ? ISN_PLACE : (isn_type)mention_types[type], ISN_FORM_NAME, TRUST * q, "sequence");
        m.feminine = m.type == ISN_PERSON ? 2 : m.feminine;
        isn_keep(f, &m, FAMILY_SEQ);
    }
}

void isn_seq_weigh(isn_finder *f, const float (*chances)[ISN_SEQ_CELLS])
{
    for (uint32_t t = f->first; t < f->last; t++) {
        for (int k = 0; k < FAMILY_SEQ; k++) {
            if (f->memo[t][k] == ISN_NONE)
                continue;
            isn_mention *m = &f->pool[f->memo[t][k]];
            if (m->form == ISN_FORM_NAME && m->type != ISN_GROUP && k != FAMILY_GROUP)
                weigh(f, m, chances);
        }
        add(f, t, chances);
    }
}
