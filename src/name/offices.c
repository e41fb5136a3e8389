/* Offices that stand for or beside a person, with what they are of (E4). */
#include "base/normal.h"
#include "name/parts.h"

enum { PARTS_MOST = 6, TAIL_MOST = 3 };

/* Is the office at t one of these, in either gender? */
static bool is_one_of(const isn_finder *f, uint32_t t, const int *heads, size_t n)
{
    const isn_pick *pick = t < f->last ? &f->views[t].pick[PICK_OFFICE] : NULL;
    uint32_t noun = 0;
    if (pick && pick->match && pick->match->n == 1 && f->views[t].feminine) {
        uint8_t key[64];
        size_t length = isn_normal_key(
            key, sizeof key, isn_lexicon_cell(f->lexicon, ISN_T_OFFICES, pick->entry->row, ISN_C_OFFICES_NOUN));
        noun = length <= sizeof key ? isn_lexicon_word(f->lexicon, key, length) : 0;
    }
    for (size_t i = 0; i < n; i++) {
        if (isn_stem_is(f, t, heads[i]) || (noun && noun == f->namer->words[heads[i]]))
            return true;
    }
    return false;
}

/* Envoys and correspondents are in or to a place. */
static bool goes_with_place(const isn_finder *f, uint32_t t)
{
    static const int heads[] = {ISN_W_SAFIR,  ISN_W_MULHAQ,   ISN_W_QUNSUL, ISN_W_MURASIL,
                                ISN_W_MANDUB, ISN_W_MUMATHIL, ISN_W_MABUTH};
    return is_one_of(f, t, heads, sizeof heads / sizeof *heads);
}

/* Is the head one of those who work for an outlet: a correspondent, or somebody who leads a body? */
static bool serves_outlet(const isn_finder *f, uint32_t t)
{
    static const int heads[] = {ISN_W_MURASIL, ISN_W_MABUTH, ISN_W_RAIS, ISN_W_MUDIR};
    return is_one_of(f, t, heads, sizeof heads / sizeof *heads);
}

bool isn_is_outlet(const isn_finder *f, uint32_t t, const isn_mention *m)
{
    const isn_pick *pick = &f->views[t].pick[PICK_ORGHEAD];
    return m->table == ISN_T_OUTLETS ||
           (pick->match && isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_ORGHEADS, pick->entry->row,
                                                          ISN_C_ORGHEADS_KIND),
                                         ISN_STR("media")));
}

static void take(isn_gathered *g, const isn_mention *m)
{
    g->exact = true;
    g->named = g->named || m->form == ISN_FORM_NAME;
    if (!g->country[0])
        memcpy(g->country, m->country, sizeof g->country);
    if (m->type == ISN_ORGANIZATION && g->organ_row == ISN_NO_ROW && m->row != ISN_NO_ROW) {
        g->organ_table = m->table;
        g->organ_row = m->row;
    }
    if (g->portfolio == ISN_NO_ROW)
        g->portfolio = m->portfolio;
}

/* The same; where an envoy is sent to says nothing of who sends him. */
static void take_of(isn_gathered *g, const isn_mention *m, bool sent)
{
    char sender[4];
    memcpy(sender, g->country, sizeof sender);
    take(g, m);
    if (sent)
        memcpy(g->country, sender, sizeof sender);
}

/* What stands at t as the body, office or place that a preposition brings. */
static const isn_mention *brought(const isn_finder *f, uint32_t t, bool place)
{
    const isn_mention *best = isn_memo(f, t, FAMILY_ORG), *other = isn_memo(f, t, FAMILY_OFFICE);
    if (f->views[t].clitics & ISN_CL_BA)
        other = NULL; /* "mocked the minister": b- is the verb's */
    if (!best || (other && other->last > best->last))
        best = other;
    other = isn_memo(f, t, FAMILY_PLACE);
    if (place && other && (!best || other->last > best->last))
        best = other;
    return best;
}

static bool takes(const isn_finder *f, uint32_t t, const char *what)
{
    const isn_pick *pick = &f->views[t].pick[PICK_OFFICE];
    if (!pick->match)
        return false;
    isn_str rest = isn_lexicon_cell(f->lexicon, ISN_T_OFFICES, pick->entry->row, ISN_C_OFFICES_TAKES), value;
    while (isn_str_next(&value, &rest, '|')) {
        if (isn_str_equal(value, isn_str_cstr(what)))
            return true;
    }
    return false;
}

uint32_t isn_about(const isn_finder *f, uint32_t head, uint32_t t, isn_gathered *g)
{
    if (!isn_is_word(f, t, ISN_W_AN) || !takes(f, head, "about") || !isn_is_plain(f, t + 1))
        return t;
    uint32_t end = isn_genitive(f, t + 1, g);
    return end > t + 1 ? end : t;
}

/* "The minister charged with (bi-) a file": past the file. */
static uint32_t charge(const isn_finder *f, uint32_t t, isn_gathered *g)
{
    if (!(isn_stem_is(f, t - 1, ISN_W_MUKALLAF) || isn_stem_is(f, t - 1, ISN_W_MUKALLAFA)) ||
        !(f->views[t].clitics & ISN_CL_BA) || (f->views[t].clitics & ISN_CL_WA) || f->views[t].pronoun)
        return t;
    if (f->views[t].al)
        return isn_adjectives(f, t, t + 1, true, g->country);
    uint32_t end = isn_genitive(f, t + 1, g);
    return end > t + 1 ? end : t;
}

/* Past one prepositional part of an office at t (l-X, bism X, fi X, lada X, li-shu'un X), else t.
 */
static uint32_t prepositional(const isn_finder *f, uint32_t head, uint32_t t, isn_gathered *g)
{
    if (t >= f->last || !f->views[t].word)
        return t;
    const isn_view *view = &f->views[t];
    if (isn_is_word(f, t, ISN_W_BISM))
        return isn_genitive(f, t + 1, g);
    if (isn_stem_is(f, t, ISN_W_ISM) && (view->clitics & ISN_CL_BA) && view->pronoun)
        return t + 1;
    uint32_t charged = charge(f, t, g);
    if (charged > t)
        return charged;
    uint8_t clitics = view->clitics & (ISN_CL_LA | ISN_CL_BA);
    if (clitics == ISN_CL_LA && isn_stem_is(f, head, ISN_W_MASDAR))
        return t;
    if (clitics && !(view->clitics & (ISN_CL_WA | ISN_CL_FA))) {
        if (clitics == ISN_CL_BA &&
            (isn_stem_is(f, t, ISN_W_BINIYABA) || isn_stem_is(f, t, ISN_W_BIWAKALA) || isn_stem_is(f, t, ISN_W_INABA)))
            return t + 1; /* acting */
        if (clitics == ISN_CL_LA && view->pick[PICK_PORTFOLIO].match) {
            g->portfolio = view->pick[PICK_PORTFOLIO].entry->row;
            g->exact = true;
            return t + view->pick[PICK_PORTFOLIO].match->n;
        }
        if (clitics == ISN_CL_LA && isn_stem_is(f, t, ISN_W_SHUUN))
            return view->al ? isn_adjectives(f, t, t + 1, true, g->country)
                            : isn_genitive(f, t + 1, g);
        bool post = clitics == ISN_CL_LA && t == head + 1 && !f->views[head].al && !f->views[head].pronoun &&
                    (takes(f, head, "state") || takes(f, head, "place"));
        const isn_mention *m = brought(f, t, post || (clitics == ISN_CL_LA && goes_with_place(f, head)));
        if (m && clitics == ISN_CL_LA && isn_is_outlet(f, t, m) && !serves_outlet(f, head))
            return t; /* "an official to (li-) the agency": whom he spoke to */
        if (!m && view->pick[PICK_PLACEHEAD].match && !view->al)
            m = isn_memo(f, t + 1, FAMILY_PLACE);
        if (!m)
            return t;
        take_of(g, m, m->type == ISN_PLACE && goes_with_place(f, head));
        return m->last;
    }
    if (isn_is_word(f, t, ISN_W_AN))
        return isn_about(f, head, t, g);
    bool in = isn_is_word(f, t, ISN_W_FI), lada = isn_is_word(f, t, ISN_W_LADA);
    bool to = isn_is_word(f, t, ISN_W_ILA) && goes_with_place(f, head);
    if (!(in || lada || to) || !isn_is_plain(f, t + 1))
        return t;
    bool state = in && g->portfolio != ISN_NO_ROW && !g->country[0] && f->views[t + 1].pick[PICK_COUNTRY].match &&
                 f->views[t + 1].pick[PICK_COUNTRY].entry->form != ISN_F_CAPITAL;
    bool local = in && !f->views[head].al && !f->views[head].plural && !g->named &&
                 !g->country[0] && takes(f, head, "place") && f->views[t - 1].pos == ISN_POS_ADJ;
    const isn_mention *m = brought(f, t + 1, lada || to || state || local || goes_with_place(f, head));
    if (!m)
        return t;
    take_of(g, m, m->type == ISN_PLACE && !state && !local);
    return m->last;
}

/*
 * za'ima, za'imay: before a genitive the letters can only be the dual's or the plural's; without
 * one they are the accusative's or the noun's own. What the pick's detail must be read as, besides
 * itself.
 */
unsigned isn_number_before(const isn_finder *f, uint32_t t, const isn_pick *pick, uint32_t at)
{
    const isn_token *token = &f->text->tokens[t];
    if (pick->match->n > 1 || !token->word || f->views[t].al)
        return 0;
    uint8_t last = token->word->letters[token->word->n - 1];
    if (last != ISN_ALEF && last != ISN_YEH)
        return 0;
    bool genitive = isn_memo(f, at, FAMILY_PLACE) || isn_memo(f, at, FAMILY_ORG) ||
                    (isn_is_plain(f, at) && f->views[at].pick[PICK_PORTFOLIO].match) ||
                    (isn_is_plain(f, at) && f->views[at].al && f->views[at].pos == ISN_POS_NOUN);
    for (uint32_t i = f->text->match_from[t]; genitive && i < f->text->match_from[t + 1]; i++) {
        const isn_match *match = &f->text->matches[i];
        for (size_t e = 0; match->n == 1 && e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            if (entry->table == pick->entry->table && entry->row == pick->entry->row &&
                (entry->detail & ISN_N_DUAL))
                return ISN_N_DUAL;
        }
    }
    return 0;
}

static bool is_construct_pos(uint8_t pos)
{
    return pos == ISN_POS_NOUN || pos == ISN_POS_MASDAR || pos == ISN_POS_PASSIVE;
}

/* Past everything that belongs to the office at t, whose noun ends before `at`. */
static uint32_t extent(const isn_finder *f, uint32_t t, uint32_t at, bool definite, isn_gathered *g)
{
    const isn_view *last = &f->views[at - 1];
    bool construct = at - t == 1
                         ? !definite && !last->pronoun
                         : !last->al && !last->pronoun &&
                               (is_construct_pos(last->pos) || last->pick[PICK_ORGHEAD].match) &&
                               !last->pick[PICK_PLACE].match && !last->pick[PICK_COUNTRY].match;
    bool bism = isn_is_word(f, at - 1, ISN_W_BISM) && at - t > 1;
    const isn_analysis *best = isn_token_best(&f->text->tokens[at - 1]);
    /* "muttahiman" stands in no idafa; its letters are those of a dual that does */
    bool participle = best && (best->pos == ISN_POS_ACTIVE || best->pos == ISN_POS_PASSIVE);
    bool nunated =
        best && !last->al &&
        ((best->detail & ISN_N_ACCUSATIVE) ||
         (participle && (best->detail & ISN_N_DUAL) && (best->detail & ISN_N_CONSTRUCT)));
    const isn_pick *pick = &f->views[t].pick[PICK_OFFICE];
    if (pick->match && isn_number_before(f, t, pick, at) && !participle)
        nunated = false; /* wazira kharijiyat Misr: the dual */
    construct = (construct && !isn_has_nun(f, at - 1) && !nunated) || bism;
    const isn_mention *state = at - t > 1 ? isn_memo(f, at - 1, FAMILY_PLACE) : NULL;
    if (state && state->last > at) { /* president of the | Republic of Egypt */
        take(g, state);
        return state->last;
    }
    for (uint32_t i = t + 1; i < at; i++) { /* a body inside the office's own phrase */
        const isn_mention *organ = isn_memo(f, i, FAMILY_ORG);
        if (organ && organ->last == at)
            take(g, organ);
    }
    for (int i = 0; i < PARTS_MOST && at < f->last; i++) {
        uint32_t before = at;
        if (i || !construct || at - t == 1)
            at = isn_adjectives(f, t, at, definite, g->country);
        if (i == 0 && at == before && construct) {
            at = isn_genitive(f, at, g);
            if (at > before)
                definite = true;
        }
        if (at == before)
            at = prepositional(f, t, at, g);
        if (at == before && isn_stem_is(f, at, ISN_W_MUNTAHIYA) && f->views[at].al && at + 1 < f->last &&
            f->views[at + 1].pronoun)
            at += 2; /* whose term is over */
        if (at == before)
            break;
    }
    return at;
}

uint8_t isn_office_rank(const isn_finder *f, uint32_t row)
{
    isn_str rank = isn_lexicon_cell(f->lexicon, ISN_T_OFFICES, row, ISN_C_OFFICES_RANK);
    return rank.n == 1 && rank.p[0] >= '0' && rank.p[0] <= '9' ? (uint8_t)(rank.p[0] - '0') : 0;
}

/* A title that is no mention by itself, or none beside a name (E11). */
bool isn_is_honorific(const isn_finder *f, uint32_t t, bool named)
{
    const isn_pick *pick = &f->views[t].pick[PICK_TITLE];
    if (!pick->match || pick->match->n != 1 ||
        isn_lexicon_cell(f->lexicon, ISN_T_TITLES, pick->entry->row, ISN_C_TITLES_MENTION).n > 0)
        return false;
    isn_str kind = isn_lexicon_cell(f->lexicon, ISN_T_TITLES, pick->entry->row, ISN_C_TITLES_KIND);
    return named || isn_str_equal(kind, ISN_STR("honorific"));
}

static bool ends_in(const isn_finder *f, uint32_t t, uint8_t letter)
{
    const isn_word *word = f->text->tokens[t].word;
    return word && word->letters[word->n - 1] == letter;
}

static bool is_nisba_ending(const isn_finder *f, uint32_t t)
{
    const isn_word *word = f->text->tokens[t].word;
    uint8_t end = word ? word->letters[word->n - 1] : 0, second = word && word->n > 2 ? word->letters[word->n - 2] : 0;
    return end == ISN_YEH || (second == ISN_YEH && (end == ISN_TEH_MARBUTA || end == ISN_ALEF));
}

static bool is_participle(const isn_finder *f, uint32_t t)
{
    return f->views[t].pos == ISN_POS_ACTIVE || f->views[t].pos == ISN_POS_PASSIVE;
}

/* An indefinite participle of the noun before: an armed rebellion, recordings filmed, a column that belongs to, rebels
 * who back X. */
static bool describes_indefinite(const isn_finder *f, uint32_t t, bool people)
{
    const isn_view *view = &f->views[t], *before = &f->views[t - 1];
    if (view->al || !is_participle(f, t))
        return false;
    if (ends_in(f, t - 1, ISN_ALEF) && ends_in(f, t, ISN_ALEF))
        return true;
    if (view->feminine && isn_is_at_plural(f, t - 1) && view->pos == ISN_POS_PASSIVE)
        return true;
    bool of = t + 1 < f->last && (f->views[t + 1].clitics & (ISN_CL_LA | ISN_CL_BA));
    return !people && of && view->pos == ISN_POS_ACTIVE && before->pos == ISN_POS_NOUN && isn_may_agree(f, t - 1, t);
}

/* The nisba or participle of the noun before: "diplomatic" of relations, no diplomat. */
bool isn_describes(const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (t == f->first || !isn_is_plain(f, t))
        return view->pos == ISN_POS_ADJ && t > f->first && (view->clitics & ISN_CL_WA) &&
               f->views[t - 1].pos == ISN_POS_ADJ;
    const isn_view *before = &f->views[t - 1];
    if (!f->text->tokens[t].word || !before->word)
        return false;
    if (view->pos == ISN_POS_ADJ && before->pos != ISN_POS_VERB && before->pos != ISN_POS_PREP &&
        before->pos != ISN_POS_CONJ && !isn_stem_is(f, t - 1, ISN_W_AHAD) &&
        !(before->pos == ISN_POS_PROPER && !before->al && view->al && view->pick[PICK_OFFICE].match &&
          !view->pick[PICK_DEMONYM].match))
        return isn_may_agree(f, t - 1, t);
    if (isn_stem_is(f, t - 1, ISN_W_AHAD))
        return false;
    bool people = before->pick[PICK_GROUP].match || before->pick[PICK_OFFICE].match;
    bool nominal = before->pos == ISN_POS_NOUN || before->pos == ISN_POS_MASDAR || (people && is_participle(f, t - 1));
    if (describes_indefinite(f, t, people))
        return true;
    if (before->pos == ISN_POS_MASDAR && !view->al)
        nominal = false; /* the reception of a crown prince */
    if (nominal && before->pronoun && !people && view->al)
        return (is_participle(f, t) || is_nisba_ending(f, t)) && isn_may_agree(f, t - 1, t);
    if (!nominal || before->al != view->al || before->pick[PICK_TITLE].match || before->pronoun)
        return false;
    if (!view->al && isn_has_nun(f, t) && isn_has_nun(f, t - 1))
        return true;
    return (is_nisba_ending(f, t) || (view->al && is_participle(f, t))) && isn_may_agree(f, t - 1, t);
}

/* A participle that says what the subject was doing (", da'iyatan al-majlis ila"), not an office.
 */
bool isn_is_adjoined_member(const isn_finder *f, uint32_t t)
{
    if (t == f->first || !isn_stem_is(f, t, ISN_W_MEMBERS) || !f->views[t].al || !isn_is_plain(f, t))
        return false;
    return f->text->tokens[t - 1].kind == ISN_TOKEN_NUMBER || (f->views[t - 1].al && f->views[t - 1].word);
}

bool isn_is_post(const isn_finder *f, uint32_t t)
{
    return t > f->first && isn_is_plain(f, t) && !f->views[t - 1].al && !f->views[t - 1].pronoun &&
           (isn_stem_is(f, t - 1, ISN_W_MANSIB) || isn_stem_is(f, t - 1, ISN_W_HAQIBA));
}

static bool is_circumstance(const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (view->feminine && !view->al && !view->pronoun && isn_is_word(f, t + 1, ISN_W_FI))
        return true; /* "represented by" */
    const isn_word *word = f->text->tokens[t].word;
    uint8_t last = word ? word->letters[word->n - 1] : 0;
    bool bent = view->feminine || view->plural || last == ISN_ALEF || last == ISN_NOON; /* the accusative */
    return t > f->first && isn_is_plain(f, t) && !view->al && view->pos == ISN_POS_ACTIVE && bent &&
           (f->text->tokens[t - 1].kind == ISN_TOKEN_PUNCT ||
            f->views[t - 1].pick[PICK_COUNTRY].match || f->views[t - 1].al);
}

static bool alone_stands(const isn_finder *f, uint32_t t, const isn_pick *pick, bool named)
{
    const isn_view *view = &f->views[t];
    if (view->pos == ISN_POS_VERB || isn_is_honorific(f, t, named))
        return false;
    bool feminine = pick->entry->form == ISN_F_FEMININE || (pick->entry->detail & ISN_N_FEMININE);
    if (feminine && !named && !isn_is_told(f, t) && isn_office_rank(f, pick->entry->row) < 6)
        return false;
    if (isn_stem_is(f, t, ISN_W_AALAM))
        return named;
    if (view->al || view->pronoun)
        return true;
    bool cited = t > f->first && isn_is_word(f, t - 1, ISN_W_AN); /* what a paper has from an official */
    return named || cited || isn_is_told(f, t);
}

/* Does a noun or a name that it can describe stand right before t? */
static bool is_after_noun(const isn_finder *f, uint32_t t)
{
    if (t == f->first || !isn_is_plain(f, t) || !f->views[t - 1].word)
        return false;
    uint8_t pos = f->views[t - 1].pos;
    return pos == ISN_POS_NOUN || pos == ISN_POS_PROPER || pos == ISN_POS_MASDAR || pos == ISN_POS_ADJ;
}

/* Does an office or what it is of end at t? */
static bool ends_office(const isn_finder *f, uint32_t t)
{
    for (uint32_t back = 0; back < 4 && t >= f->first + back; back++) {
        if (f->views[t - back].pick[PICK_OFFICE].match)
            return true;
    }
    return false;
}

static bool is_member(const isn_finder *f, uint32_t t)
{
    return isn_stem_is(f, t, ISN_W_UDW) || isn_stem_is(f, t, ISN_W_UDWA);
}

static isn_family family_of(bool several)
{
    return several ? FAMILY_GROUP : FAMILY_OFFICE;
}

static bool is_adverbial(const isn_finder *f, uint32_t t)
{
    uint8_t pos = f->views[t].pos;
    return pos >= ISN_POS_PREP && pos <= ISN_POS_AUX;
}

/* "The two presidents, the Turkish X": the office [t, at) is X's if a nationality of one stands before the name. */
static bool is_one_of_two(const isn_finder *f, uint32_t t, uint32_t at, uint32_t end)
{
    const isn_pick *demonym = end > at ? &f->views[end - 1].pick[PICK_DEMONYM] : NULL;
    bool two = f->views[t].al ? isn_has_nun(f, at - 1) : f->views[t].pronoun != 0;
    return demonym && demonym->match && two && !isn_has_nun(f, end - 1) && !f->views[end - 1].feminine &&
           end == at + demonym->match->n;
}

/* "Appointed him president (ra'isan) of X": letters that a dual before a genitive has too. */
static bool is_appointed(const isn_finder *f, uint32_t t, uint32_t at)
{
    if (at != t + 1 || f->views[t].al || f->views[t].pronoun || !ends_in(f, t, ISN_ALEF))
        return false;
    return at >= f->last || !f->views[at].word || !isn_is_plain(f, at) || is_adverbial(f, at);
}

/* "My deputy X": what could be two deputies of X. */
static bool is_mine(const isn_finder *f, uint32_t t, uint32_t at)
{
    const isn_mention *person = isn_is_plain(f, at) ? isn_memo(f, at, FAMILY_PERSON) : NULL;
    const isn_mention *titled = isn_memo(f, at, FAMILY_OFFICE);
    return person && person->last - at > 1 && at == t + 1 && !titled && ends_in(f, t, ISN_YEH) && !f->views[t].al;
}

/* An office with what belongs to it: noun [t, at), all of it [t, end). */
typedef struct office_phrase {
    uint32_t t, at, end;
    bool definite, named, several;
} office_phrase;

/* The words of an office that nobody stands behind. */
static bool is_no_holder(const isn_finder *f, const office_phrase *o)
{
    bool member = is_member(f, o->t) && !f->views[o->t].al && o->end > o->at && !isn_is_plain(f, o->at);
    if (member || (is_member(f, o->t) && isn_is_word(f, o->at, ISN_W_FI)))
        return true; /* "is a member of": said of somebody, no mention */
    if (isn_is_word(f, o->end, ISN_W_ANNA) && o->t > f->first && isn_stem_is(f, o->t - 1, ISN_W_MIN))
        return true; /* min al-muqarrar an */
    return !o->named && isn_is_post(f, o->t);
}

/* al-mu'arada, the opposition, rather than a woman of it; min al-muqarrar; al-tabi' li-. */
static bool is_no_one(const isn_finder *f, const office_phrase *o)
{
    const isn_view *view = &f->views[o->t];
    if (o->named || o->at != o->t + 1 || !view->al)
        return false;
    if (view->pick[PICK_GROUP].match && isn_is_collective(f, o->t))
        return true;
    if (o->end == o->at && isn_stem_is(f, o->t, ISN_W_FARIQ))
        return true; /* the team */
    return o->end == o->at && is_participle(f, o->t) && o->t > f->first && isn_stem_is(f, o->t - 1, ISN_W_MIN);
}

/* A feminine form that is an act or a participle rather than a woman. */
static bool is_no_woman(const isn_finder *f, const office_phrase *o, const isn_gathered *g)
{
    bool low = isn_office_rank(f, f->views[o->t].pick[PICK_OFFICE].entry->row) < 6;
    if (o->named)
        return false;
    if (o->end == o->t + 1 && f->views[o->t].al && low && f->views[o->t].pos == ISN_POS_MASDAR)
        return true; /* al-musa'ada, help */
    if (!o->definite && o->end > o->at && low && !g->named && !g->country[0])
        return true; /* the helping of X, rather than a woman assistant */
    if (f->views[o->t].al && o->end > o->at && !g->country[0] && low && is_after_noun(f, o->t))
        return true; /* the convention that founds the court */
    return !o->definite && o->at < f->last && f->views[o->at].plural && !f->views[o->at].al; /* the helping of people */
}

/* The ambassador Musa'id X: a given name. */
static bool is_given_name(const isn_finder *f, const office_phrase *o, const isn_gathered *g)
{
    const isn_mention *name = isn_memo(f, o->t, FAMILY_PERSON);
    return !g->exact && !f->views[o->t].al && name && name->last >= o->end && o->t > f->first &&
           ends_office(f, o->t - 1);
}

/* Past one part of a tail at t: "for (li-) the protection of X and Y", "in the province of X"; t if there is none. */
static uint32_t tail_part(const isn_finder *f, uint32_t t, bool first)
{
    if (t >= f->last || !f->views[t].word || f->views[t].pronoun)
        return t;
    const isn_view *view = &f->views[t];
    bool in = isn_is_word(f, t, ISN_W_FI) || isn_is_word(f, t, ISN_W_ALA), wa = (view->clitics & ISN_CL_WA) != 0;
    if (wa && first) /* "of parliamentary and legal affairs" */
        return view->al && view->pos == ISN_POS_ADJ && f->views[t - 1].pos == ISN_POS_ADJ ? t + 1 : t;
    bool with = !wa && (view->clitics & (ISN_CL_LA | ISN_CL_BA));
    uint32_t at = in ? t + 1 : t;
    if (!(in || with || wa) || at >= f->last || (in && !isn_is_plain(f, at)))
        return t;
    const isn_view *noun = &f->views[at];
    const isn_mention *place = isn_memo(f, at, FAMILY_PLACE), *organ = isn_memo(f, at, FAMILY_ORG);
    if (place || organ)
        return place && (!organ || place->last >= organ->last) ? place->last : organ->last;
    if (noun->pick[PICK_PLACEHEAD].match && !noun->al && isn_memo(f, at + 1, FAMILY_PLACE))
        return isn_memo(f, at + 1, FAMILY_PLACE)->last;
    if ((noun->pos != ISN_POS_NOUN && noun->pos != ISN_POS_MASDAR) || noun->pick[PICK_GROUP].match ||
        noun->pick[PICK_OFFICE].match)
        return t;
    if (noun->al)
        return isn_adjectives(f, at, at + 1, true, (char[4]){0});
    if (!isn_is_plain(f, at + 1) || !f->views[at + 1].al || f->views[at + 1].pick[PICK_GROUP].match)
        return t;
    return isn_adjectives(f, at + 1, at + 2, true, (char[4]){0});
}

/*
 * "The director of the authority for antiquities in Basra, X": what no rule takes belongs to an office where the holder's
 * name stands behind it. The end of the tail, `end` if no name follows.
 */
static uint32_t with_tail(isn_finder *f, uint32_t t, uint32_t end)
{
    uint32_t at = end;
    if (end == t + 1 && f->views[t].al && !f->views[t].pick[PICK_OFFICE].match)
        return end;
    for (int part = 0; part < TAIL_MOST; part++) {
        uint32_t next = tail_part(f, at, part == 0);
        if (next == at)
            return end;
        at = next;
        isn_person_after(f, at);
        if (isn_memo(f, at, FAMILY_PERSON) && isn_is_plain(f, at) && isn_memo(f, at, FAMILY_PERSON)->last - at > 1)
            return at;
    }
    return end;
}

/* An office in the singular stands for a person; several of them are a group. */
static void of_office(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_OFFICE];
    if (!pick->match)
        return;
    uint32_t n = pick->match->n, at = t + n;
    if (n == 1 && view->pick[PICK_PLACEHEAD].match)
        return;
    if ((n == 1 && isn_describes(f, t)) || is_circumstance(f, t) || isn_is_adjoined_member(f, t))
        return;
    bool number = isn_after_number(f, t);
    if (t > f->first && isn_stem_is(f, t - 1, ISN_W_GHAYR))
        return;
    unsigned detail = pick->entry->detail | isn_number_before(f, t, pick, at);
    bool bent = view->al && n == 1 && (detail & ISN_N_CONSTRUCT); /* with the article no idafa: al-barlamani is one */
    if (bent && !ends_in(f, t, ISN_YEH))
        return;
    if (bent || is_appointed(f, t, at))
        detail &= ~(unsigned)(ISN_N_DUAL | ISN_N_CONSTRUCT | ISN_N_PLURAL);
    bool mine = (detail & ISN_N_CONSTRUCT) && is_mine(f, t, at);
    bool several = ((detail & (ISN_N_PLURAL | ISN_N_DUAL)) && !mine) || number;
    if ((detail & ISN_N_PLURAL) && (detail & ISN_N_FEMININE))
        return;
    bool definite = view->al || view->pronoun || (n > 1 && f->views[at - 1].al);
    isn_gathered g;
    isn_gathered_init(&g);
    uint32_t end = mine ? at : extent(f, t, at, definite, &g);
    isn_person_after(f, end);
    bool named = isn_memo(f, end, FAMILY_PERSON) && isn_is_plain(f, end);
    uint32_t tail = named || view->pronoun ? end : with_tail(f, t, end);
    if (tail > end) {
        end = tail;
        named = true;
        g.exact = true;
    }
    uint32_t next = end < f->last && f->text->tokens[end].mark == ',' ? end + 1 : end;
    bool first = isn_memo(f, next, FAMILY_PERSON) && isn_is_plain(f, next);
    several = several && !(first && (detail & ISN_N_DUAL) && is_one_of_two(f, t, at, end));
    bool feminine = pick->entry->form == ISN_F_FEMININE || (detail & ISN_N_FEMININE);
    office_phrase phrase = {.t = t, .at = at, .end = end, .definite = definite, .named = named, .several = several};
    if (is_no_holder(f, &phrase) || is_no_one(f, &phrase) || (feminine && is_no_woman(f, &phrase, &g)) ||
        is_given_name(f, &phrase, &g))
        return;
    if (end == t + 1 && (several ? !view->al && !view->pronoun && !number && view->pos == ISN_POS_ADJ
                                 : !alone_stands(f, t, pick, named)))
        return;
    float score = end == t + 1 ? 0.7f : 0.88f;
    isn_mention m =
        isn_candidate(f, t, end, several ? ISN_GROUP : ISN_PERSON, ISN_FORM_ROLE, score, "office");
    isn_candidate_begin(f, &m, pick->match);
    m.office = several ? ISN_NO_ROW : pick->entry->row;
    m.portfolio = g.portfolio;
    m.organ_table = g.organ_table;
    m.organ_row = g.organ_row;
    m.plural = several ? (detail & ISN_N_DUAL && !(detail & ISN_N_PLURAL) ? 2 : 1) : 0;
    m.feminine = feminine;
    m.generic = !definite && !g.exact;
    memcpy(m.country, g.country, sizeof m.country);
    isn_keep(f, &m, family_of(several));
}

static bool is_mention_title(const isn_finder *f, uint32_t t)
{
    const isn_pick *pick = &f->views[t].pick[PICK_TITLE];
    return f->views[t].al &&
           isn_lexicon_cell(f->lexicon, ISN_T_TITLES, pick->entry->row, ISN_C_TITLES_MENTION).n > 0;
}

/* "al-malik", ranks: titles that are mentions by themselves. */
static void of_title(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_TITLE];
    if (!pick->match || view->pronoun)
        return;
    bool mention =
        isn_lexicon_cell(f->lexicon, ISN_T_TITLES, pick->entry->row, ISN_C_TITLES_MENTION).n > 0;
    uint32_t end = t + pick->match->n;
    isn_person_after(f, isn_nationality(f, end, (char[4]){0}));
    if (pick->match->n > 1 && f->views[end - 1].pick[PICK_TITLE].match &&
        is_mention_title(f, end - 1))
        end--; /* two titles in one: the second is a mention of its own */
    if (pick->match->n == 2 && f->views[t + 1].pick[PICK_TITLE].match && is_mention_title(f, t + 1))
        return; /* "jalalat al-malik": the king alone */
    if (!mention || !(view->al || end - t > 1 || isn_memo(f, end, FAMILY_PERSON)))
        return;
    bool named = isn_memo(f, end, FAMILY_PERSON) != NULL;
    if (!named && pick->match->n == 1 && isn_is_collective(f, t))
        return; /* the opposition */
    if (end == t + 1 && !named && (view->pos == ISN_POS_ADJ || isn_stem_is(f, t, ISN_W_FARIQ)))
        return; /* al-fariq: the team */
    isn_gathered g;
    isn_gathered_init(&g);
    end = isn_adjectives(f, t, end, true, g.country);
    isn_mention m = isn_candidate(f, t, end, ISN_PERSON, ISN_FORM_ROLE, 0.75f, "title");
    m.begin = pick->match->begin;
    memcpy(m.country, g.country, sizeof m.country);
    isn_keep(f, &m, FAMILY_OFFICE);
}

void isn_offices_at(isn_finder *f, uint32_t t)
{
    if (!f->views[t].word)
        return;
    of_office(f, t);
    of_title(f, t);
}
