/* Persons by name: people of the lexicon, and names that no lexicon has (E2, E11). */
#include "name/parts.h"

enum { NAME_MOST = 6 };

bool isn_in_list(const uint32_t *list, size_t n, uint32_t key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && list[low] == key;
}

uint32_t isn_name_hash(const isn_finder *f, uint32_t t)
{
    const isn_token *token = &f->text->tokens[t];
    const isn_analysis *a = isn_token_best(token);
    if (!a || token->word->n <= a->al_only)
        return 0;
    return isn_lexicon_exact(token->word->key + a->al_only, token->word->n - a->al_only);
}

/* Does a title or an office end right before token t? */
static bool after_title(const isn_finder *f, uint32_t t)
{
    for (uint32_t back = 1; back <= 4 && t >= f->first + back; back++) {
        const isn_view *view = &f->views[t - back];
        const isn_pick *title = &view->pick[PICK_TITLE], *office = &view->pick[PICK_OFFICE];
        if ((title->match && title->match->n == back) ||
            (office->match && office->match->n == back))
            return !view->plural && !view->pronoun;
    }
    return false;
}

/* Past "bin X", "Al X", "walad X" chains that go on a name at t. */
static uint32_t chain(const isn_finder *f, uint32_t t)
{
    while (t + 1 < f->last && isn_is_plain(f, t) && isn_is_plain(f, t + 1) &&
           (isn_is_word(f, t, ISN_W_BIN) || isn_is_word(f, t, ISN_W_IBN) ||
            isn_is_word(f, t, ISN_W_BINT) || isn_is_word(f, t, ISN_W_AL_FAMILY) ||
            isn_is_word(f, t, ISN_W_WALAD))) {
        bool two = (isn_is_word(f, t + 1, ISN_W_ABD) || isn_is_word(f, t + 1, ISN_W_ABI)) &&
                   t + 2 < f->last;
        t += two ? 3 : 2;
    }
    return t;
}

/* How many words of a title begin the lexicon's form of a name (al-malik Salman): they are no part
 * of it (E11). */
static uint32_t leading_title(const isn_finder *f, uint32_t t, uint32_t n)
{
    const isn_pick *title = &f->views[t].pick[PICK_TITLE];
    if (n < 2 || !title->match || title->match->n >= n || !f->views[t].al)
        return 0;
    return title->match->n;
}

static void of_lexicon(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_PERSON];
    if (!pick->match)
        return;
    uint32_t n = pick->match->n, row = pick->entry->row;
    float score = n > 1 ? 0.98f : 0.93f;
    if (n == 1) {
        if (pick->match->with_al)
            return;
        bool proper = (view->pos == ISN_POS_PROPER ||
                       (view->al && view->pos == ISN_POS_NOUN && !view->ordinary)) &&
                      !view->known && !view->pronoun;
        bool here = isn_in_list(f->people, f->n_people, row);
        bool titled = after_title(f, t) && view->pos != ISN_POS_ADJ &&
                      !view->pick[PICK_DEMONYM].match && !view->pronoun;
        if (!here && !titled && (pick->entry->form == ISN_F_SHORT || !proper))
            return;
        if (here && view->ordinary && view->pos != ISN_POS_PROPER && !titled && !view->pronoun &&
            !view->al)
            return;
        if (view->pick[PICK_CALENDAR].match && !after_title(f, t) && !here)
            return;
        score = here ? 0.95f : 0.8f;
    }
    uint32_t end = chain(f, t + n), title = leading_title(f, t, n);
    isn_mention m =
        isn_candidate(f, t + title, end, ISN_PERSON, ISN_FORM_NAME, score, "person.lexicon");
    if (!title)
        m.begin = pick->match->begin;
    if (end == t + n)
        m.end = pick->match->end;
    m.table = ISN_T_PEOPLE;
    m.row = row;
    m.lex_form = pick->entry->form;
    isn_str sex = isn_lexicon_cell(f->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_SEX);
    m.feminine = isn_str_equal(sex, ISN_STR("f"));
    isn_set_country(m.country,
                    isn_lexicon_cell(f->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_COUNTRY));
    isn_keep(f, &m, FAMILY_PERSON);
}

/* Does a mark or a wa- stand at t, so that what is before is a whole? */
static bool ends_clause(const isn_finder *f, uint32_t t)
{
    return t >= f->last || f->text->tokens[t].kind == ISN_TOKEN_PUNCT ||
           (f->views[t].clitics & ISN_CL_WA);
}

static uint8_t first_letter(const isn_finder *f, uint32_t t)
{
    const isn_word *word = f->text->tokens[t].word;
    return word ? word->letters[0] : 0;
}

/* An everyday word with its article, or one with what looks like a pronoun, that can be a family
 * name behind a given one. */
static bool is_likely_family(const isn_finder *f, uint32_t t, bool open)
{
    const isn_view *view = &f->views[t];
    static const uint8_t others[] = {PICK_TITLE,   PICK_CALENDAR, PICK_ORGHEAD,   PICK_OFFICE,
                                     PICK_DEMONYM, PICK_COUNTRY,  PICK_PLACEHEAD, PICK_FUNCTION,
                                     PICK_ORG,     PICK_PORTFOLIO};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        bool nisba = others[i] == PICK_DEMONYM && open && after_title(f, t - 1);
        if (view->pick[others[i]].match && !nisba)
            return false;
    }
    if (view->pronoun)
        return (view->unseen || ends_clause(f, t + 1)) && view->pos == ISN_POS_NOUN && open &&
               first_letter(f, t) != ISN_WAW;
    if (view->al && open)
        return view->pos == ISN_POS_NOUN || view->pos == ISN_POS_PROPER ||
               view->pos == ISN_POS_ADJ || view->unseen || view->name;
    return view->al && view->unseen && view->pos == ISN_POS_PROPER;
}

/* Past one part of a name: a kunya, 'Abd al-X, X al-Din, X Allah, or one word; t if none. `sure`
 * grows with evidence. */
static uint32_t part(const isn_finder *f, uint32_t t, bool first, bool open, int *sure)
{
    if (!first)
        t = isn_past_joint(f, t);
    if (t >= f->last || !f->views[t].word || (!first && !isn_is_plain(f, t)))
        return t;
    const isn_view *view = &f->views[t];
    bool kunya = isn_stem_is(f, t, ISN_W_ABU) || isn_is_word(f, t, ISN_W_ABI) ||
                 isn_is_word(f, t, ISN_W_ABA) || isn_is_word(f, t, ISN_W_UMM);
    bool abd = isn_stem_is(f, t, ISN_W_ABD) && !view->al;
    if ((kunya || abd) && isn_is_plain(f, t + 1) && !f->views[t + 1].pronoun &&
        (f->views[t + 1].al || isn_name_like(f, t + 1)) && !isn_memo(f, t + 1, FAMILY_OFFICE)) {
        *sure += 2;
        return t + 2;
    }
    int like = isn_name_like(f, t);
    bool title = view->al && view->pick[PICK_TITLE].match && isn_memo(f, t + 1, FAMILY_PERSON);
    if (!first && like == 1 && (view->al ? title : view->known))
        like = 0;
    if (!first && open && !like && !view->al && !view->pronoun && view->pos == ISN_POS_NOUN &&
        (view->unseen || (!view->known && !view->pick[PICK_PLACE].match && after_title(f, t - 1))))
        like = 1;
    if (!first && open && !like && (view->name & NAME_GIVEN) && f->text->tokens[t].word &&
        f->text->tokens[t].word->letters[f->text->tokens[t].word->n - 1] == ISN_YEH)
        like = 1; /* 'Ali, which the tagger takes for "on me" */
    if (!first && view->unseen && first_letter(f, t) == ISN_WAW)
        like = 0; /* wa- that the tagger took for a letter of the word */
    if (!like && !first && is_likely_family(f, t, open))
        like = 1;
    if (!first && view->pick[PICK_PLACE].match && f->views[t - 1].name && !open)
        return t;
    if (!like || view->pick[PICK_COUNTRY].match ||
        (view->pick[PICK_FUNCTION].match && !(first && view->name & NAME_GIVEN)))
        return t;
    *sure += like;
    if (t + 1 < f->last &&
        (isn_is_word(f, t + 1, ISN_W_DIN) || isn_is_word(f, t + 1, ISN_W_ALLAH))) {
        *sure += 1;
        return t + 2;
    }
    return t + 1;
}

/* The chain of name parts from t: where it ends, how many parts, how sure. */
static uint32_t parts_from(const isn_finder *f, uint32_t t, uint32_t *parts, int *sure)
{
    *parts = 1;
    uint32_t end = part(f, t, true, false, sure);
    if (end == t)
        return t;
    while (end < f->last && *parts < NAME_MOST) {
        bool open = !f->views[end - 1].al && *parts <= 2 && f->views[t].name;
        uint32_t next = chain(f, end);
        if (next > end)
            *sure += 2;
        else
            next = part(f, end, false, open, sure);
        if (next <= isn_past_joint(f, end))
            break;
        end = next;
        (*parts)++;
    }
    return end;
}

static void keep_unknown(isn_finder *f, uint32_t t, uint32_t end, float score, const char *rule)
{
    isn_mention m = isn_candidate(f, t, end, ISN_PERSON, ISN_FORM_NAME, score, rule);
    m.feminine = 2;
    const isn_mention *old = isn_memo(f, t, FAMILY_PERSON);
    if (old && old->row != ISN_NO_ROW && old->last < end) {
        const isn_mention *next = isn_memo(f, old->last, FAMILY_PERSON);
        if (next && old->last - t > 1 && next->row != ISN_NO_ROW && next->last - next->first > 1)
            return; /* two known names side by side */
        bool more =
            old->last - t > 1 && isn_name_like(f, old->last) < 2 && !f->views[old->last].unseen;
        if (more)
            return;
    }
    isn_keep(f, &m, FAMILY_PERSON);
}

void isn_person_after(isn_finder *f, uint32_t t)
{
    if (t < f->last && f->text->tokens[t].kind == ISN_TOKEN_PUNCT && f->text->tokens[t].mark == ',')
        t++;
    if (!isn_is_plain(f, t) || f->views[t].pick[PICK_COUNTRY].match)
        return;
    if (f->views[t].al && (f->views[t].pick[PICK_TITLE].match ||
                           (f->views[t].pick[PICK_DEMONYM].match && isn_is_plain(f, t + 1) &&
                            (f->views[t + 1].name & NAME_GIVEN))))
        return; /* the title has its own name behind it, the nationality is not the name's */
    uint32_t parts;
    int sure = 0;
    uint32_t end = parts_from(f, t, &parts, &sure);
    if (end == t || isn_name_like(f, t) == 0)
        return;
    bool proper = f->views[t].pos == ISN_POS_PROPER || f->views[t].name;
    if (parts == 1 &&
        (sure < 2 || f->views[t].pick[PICK_PLACE].match || f->views[t].pick[PICK_ORG].match))
        return;
    if (parts > 1 && !proper && sure < 3)
        return;
    keep_unknown(f, t, end, 0.85f, "person.after-office");
}

/* A chain of name parts that begins with a given name. */
static void of_given(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (view->al || (view->pick[PICK_PLACE].match && view->pick[PICK_PLACE].match->n > 1))
        return;
    bool kunya = isn_stem_is(f, t, ISN_W_ABU) && !view->pronoun;
    if (!(view->name & NAME_GIVEN) && !kunya && !(isn_stem_is(f, t, ISN_W_ABD)) &&
        view->pos != ISN_POS_PROPER)
        return;
    uint32_t parts;
    int sure = 0;
    uint32_t end = parts_from(f, t, &parts, &sure);
    if (end == t)
        return;
    bool given = view->name & NAME_GIVEN, common = view->known || (view->name & NAME_COMMON);
    bool last =
        (f->views[end - 1].name & (NAME_GIVEN | NAME_FAMILY)) && isn_name_like(f, end - 1) == 2;
    bool told = t > f->first && f->views[t - 1].pos == ISN_POS_VERB;
    bool enough =
        (parts > 1 && given && sure >= (common && !last ? 4 : 3)) || (kunya && end - t > 1) ||
        (parts > 1 && sure >= 4 && (((f->views[end - 1].name || told) && view->unseen) || given));
    if (enough)
        keep_unknown(f, t, end, 0.72f, "person.given");
}

/* A last name that stood in a longer name of this article. */
static void of_article(isn_finder *f, uint32_t t)
{
    if (!f->n_surnames || isn_memo(f, t, FAMILY_PERSON) ||
        f->text->tokens[t].kind != ISN_TOKEN_WORD)
        return;
    const isn_view *view = &f->views[t];
    if (view->pos >= ISN_POS_PREP && view->pos <= ISN_POS_AUX)
        return;
    uint32_t hash = f->views[t].hash;
    if (hash && isn_in_list(f->surnames, f->n_surnames, hash))
        keep_unknown(f, t, t + 1, 0.9f, "person.again");
}

void isn_persons_at(isn_finder *f, uint32_t t)
{
    if (!f->views[t].word)
        return;
    of_lexicon(f, t);
    of_given(f, t);
    of_article(f, t);
}
