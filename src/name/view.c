/* What the rules ask about each token: the lexicon's entries by kind, and grammar under the chosen
 * analysis. */
#include "name/parts.h"

/* The kind of an entry, or PICK_KINDS for what no rule asks for. */
static pick_kind kind_of(const isn_entry *entry)
{
    switch (entry->table) {
    case ISN_T_COUNTRIES:
        return entry->form == ISN_F_DEMONYM ? PICK_DEMONYM : PICK_COUNTRY;
    case ISN_T_PLACES:
        return PICK_PLACE;
    case ISN_T_PEOPLE:
        return PICK_PERSON;
    case ISN_T_ORGANIZATIONS:
        return PICK_ORG;
    case ISN_T_OUTLETS:
        return PICK_OUTLET;
    case ISN_T_OFFICES:
        return PICK_OFFICE;
    case ISN_T_PORTFOLIOS:
        return PICK_PORTFOLIO;
    case ISN_T_ORGHEADS:
        return PICK_ORGHEAD;
    case ISN_T_PLACEHEADS:
        return PICK_PLACEHEAD;
    case ISN_T_GROUPS:
        return PICK_GROUP;
    case ISN_T_TITLES:
        return PICK_TITLE;
    case ISN_T_CALENDAR:
        return PICK_CALENDAR;
    case ISN_T_FUNCTIONS:
        return PICK_FUNCTION;
    default:
        return PICK_KINDS;
    }
}

/* How the word of a match is spelled: hashes of its letters without and with the article, made once
 * a match. */
typedef struct spelling {
    bool sloppy; /* it can't be compared: hamza, ta marbuta or ya as careless writers have them, or
                    ll- */
    uint32_t bare, with_al;
} spelling;

static spelling spell(const isn_finder *f, const isn_match *match)
{
    const isn_token *token = &f->text->tokens[match->first];
    if (match->n > 1 || !token->word)
        return (spelling){.sloppy = true};
    const isn_analysis *a = &token->word->analyses[match->analysis];
    const uint8_t *letters = token->word->letters, *stem = letters + a->skip;
    uint8_t last = stem[a->stem - 1u];
    bool hidden = (a->clitics & ISN_CL_AL) && a->al_only == a->skip;
    if (hidden || stem[0] == ISN_ALEF || last == ISN_HEH || last == ISN_ALEF_MAKSURA)
        return (spelling){.sloppy = true};
    uint32_t bare = isn_lexicon_exact(stem, a->stem);
    size_t n = (size_t)a->skip + a->stem - a->al_only;
    return (spelling){
        .bare = bare,
        .with_al = a->al_only == a->skip ? bare : isn_lexicon_exact(letters + a->al_only, n)};
}

/* Is the entry spelled just so in the text? Where the lexicon doesn't care it is. */
static bool is_exact(const spelling *as, const isn_entry *entry)
{
    return !entry->exact || as->sloppy || entry->exact == as->bare || entry->exact == as->with_al;
}

static bool is_function(uint8_t pos)
{
    return pos >= ISN_POS_PREP && pos <= ISN_POS_AUX;
}

/*
 * May the phrase stand here, by what the tagger chose? A phrase of several words always; a word
 * where its cut is the chosen one, and no common noun where a verb or a function word was chosen.
 */
static bool may_stand(const isn_token *token, const isn_match *match, pick_kind kind)
{
    if (match->n > 1 || !token->word)
        return true;
    const isn_analysis *best = isn_token_best(token), *a = &token->word->analyses[match->analysis];
    if (kind == PICK_FUNCTION)
        return a->skip == 0 && !a->pronoun;
    if (!best || kind == PICK_CALENDAR)
        return true;
    if (a->pronoun && kind <= PICK_OUTLET && kind != PICK_DEMONYM)
        return false;
    if (kind == PICK_PERSON && best->skip == a->skip && best->pos == ISN_POS_NOUN)
        return true; /* what looks like a pronoun may be part of the name */
    if (best->skip != a->skip || (best->pronoun && !a->pronoun && best->stem != a->stem))
        return false;
    if (is_function(best->pos))
        return false;
    if (best->pos == ISN_POS_VERB)
        return kind == PICK_COUNTRY || kind == PICK_PERSON || kind == PICK_PLACE;
    return true;
}

/* Is the form of the group one of its own noun, not the feminine that is made of a masculine one? */
static bool is_own(const isn_finder *f, const isn_entry *entry)
{
    return !(entry->detail & ISN_N_FEMININE) ||
           isn_str_ends(isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, entry->row, ISN_C_GROUPS_NOUN),
                        ISN_STR("\xD8\xA9"));
}

/* Which of two entries of one kind is the better one: spelled so, a full form, the first. */
static bool beats(const isn_finder *f, const isn_match *match, const isn_entry *entry,
                  const isn_pick *old, const spelling *as)
{
    if (!old->match)
        return true;
    if (old->match->n != match->n)
        return false;
    if (old->match == match) {
        bool now = is_exact(as, entry), before = is_exact(as, old->entry);
        if (now != before)
            return now;
    }
    if ((entry->table == ISN_T_GROUPS || entry->table == ISN_T_OFFICES) && old->match == match &&
        ((entry->detail ^ old->entry->detail) & ISN_N_CONSTRUCT))
        return (old->entry->detail & ISN_N_CONSTRUCT) != 0; /* muhami: one lawyer before "two lawyers of" */
    if (entry->table == ISN_T_GROUPS && is_own(f, entry) != is_own(f, old->entry))
        return is_own(f, entry);
    bool full = entry->form != ISN_F_SHORT && !(entry->detail & ISN_N_DUAL);
    bool old_full = old->entry->form != ISN_F_SHORT && !(old->entry->detail & ISN_N_DUAL);
    return full && !old_full;
}

/* A bare noun, which can't stand behind a noun with its article as one phrase with it. */
static bool is_construct(const isn_finder *f, uint32_t t)
{
    const isn_analysis *a = isn_token_best(&f->text->tokens[t]);
    return a && !a->clitics && a->pos == ISN_POS_NOUN;
}

static void pick_all(isn_finder *f, uint32_t t)
{
    isn_view *view = &f->views[t];
    const isn_token *token = &f->text->tokens[t];
    for (uint32_t i = f->text->match_from[t]; i < f->text->match_from[t + 1]; i++) {
        const isn_match *match = &f->text->matches[i];
        spelling as = spell(f, match);
        for (size_t e = 0; e < match->entries; e++) {
            const isn_entry *entry = &match->entry[e];
            pick_kind kind = kind_of(entry);
            if (match->n == 1 && entry->table >= ISN_T_FRAMES && entry->table <= ISN_T_FUNCTIONS &&
                token->word &&
                token->word->analyses[match->analysis].skip ==
                    token->word->analyses[token->best].skip &&
                !(entry->detail & ISN_N_ACCUSATIVE) && entry->form != ISN_F_DUAL &&
                is_exact(&as, entry))
                view->ordinary = 1;
            if (kind == PICK_OFFICE && match->with_al && match->n > 1 && is_construct(f, t + 1))
                continue;
            if (kind == PICK_KINDS || !may_stand(token, match, kind) ||
                (kind != PICK_CALENDAR && kind != PICK_COUNTRY && kind != PICK_DEMONYM &&
                 !is_exact(&as, entry)))
                continue;
            if (beats(f, match, entry, &view->pick[kind], &as))
                view->pick[kind] = (isn_pick){match, entry};
        }
    }
}

static uint8_t name_bits(const isn_namer *namer, uint32_t id)
{
    return id && id < namer->n_names ? namer->names[id] : 0;
}

/* The id of the word without the proclitics of an analysis (the article stays if with_al). */
static uint32_t stem_id(const isn_finder *f, const isn_word *word, const isn_analysis *a,
                        bool with_al)
{
    size_t skip = with_al ? a->al_only : a->skip;
    return isn_lexicon_word(f->lexicon, word->key + skip, (size_t)a->skip + a->stem - skip);
}

/* Number and gender by the lexicon's entry or by the ending. */
static void agree(isn_view *view, const isn_word *word, const isn_analysis *a)
{
    uint8_t last = word->letters[a->skip + a->stem - 1u];
    uint8_t before = a->stem > 2 ? word->letters[a->skip + a->stem - 2u] : 0;
    view->feminine = (a->detail & ISN_N_FEMININE) || last == ISN_TEH_MARBUTA;
    view->plural = a->detail & (ISN_N_PLURAL | ISN_N_DUAL) ? 1 : 0;
    if (!a->detail && a->stem > 4 && last == ISN_NOON && (before == ISN_WAW || before == ISN_YEH))
        view->plural = 1;
}

static void make_view(isn_finder *f, uint32_t t)
{
    isn_view *view = &f->views[t];
    const isn_token *token = &f->text->tokens[t];
    const isn_analysis *a = isn_token_best(token);
    if (!a) {
        view->word = token->kind == ISN_TOKEN_LATIN;
        view->pos = token->kind == ISN_TOKEN_LATIN ? ISN_POS_PROPER : ISN_POS_PUNCT;
        return;
    }
    view->word = 1;
    view->pos = a->pos;
    view->clitics = a->clitics;
    view->pronoun = a->pronoun;
    view->al = (a->clitics & ISN_CL_AL) != 0;
    view->id = token->word->id;
    view->stem_id = a->skip || a->pronoun ? stem_id(f, token->word, a, false) : view->id;
    view->name = name_bits(f->namer, view->stem_id);
    if (view->al)
        view->name = name_bits(f->namer, a->al_only ? stem_id(f, token->word, a, true) : view->id);
    if (a->pronoun)
        view->name = 0;
    view->unseen = !view->stem_id && !view->name;
    agree(view, token->word, a);
}

/* An ordinary word: the lexicon has it in a table of words, or grammar says what it is. */
static void set_known(isn_finder *f, uint32_t t)
{
    isn_view *view = &f->views[t];
    static const uint8_t kinds[] = {PICK_OFFICE,    PICK_ORGHEAD, PICK_PLACEHEAD, PICK_GROUP,
                                    PICK_PORTFOLIO, PICK_TITLE,   PICK_DEMONYM,   PICK_CALENDAR};
    for (size_t i = 0; i < sizeof kinds && !view->known; i++)
        view->known = view->pick[kinds[i]].match != NULL;
    if (is_function(view->pos) || view->pos == ISN_POS_VERB || view->pos == ISN_POS_MASDAR ||
        view->pos == ISN_POS_ADJ)
        view->known = 1;
    const isn_token *token = &f->text->tokens[t];
    if (token->kind == ISN_TOKEN_PUNCT && t + 1 < f->text->n_tokens && !token[1].space) {
        view->joint =
            token->mark == '#' || ((token->mark == '_' || token->mark == '-') && !token->space);
    }
}

void isn_views_make(isn_finder *f)
{
    for (uint32_t t = 0; t < f->text->n_tokens; t++) {
        make_view(f, t);
        pick_all(f, t);
        set_known(f, t);
    }
}
