/* Persons by name: people of the lexicon, and names that no lexicon has (E2, E11). */
#include "name/parts.h"

enum { NAME_MOST = 6 };

static bool in_article(const isn_finder *f, uint32_t row)
{
    size_t low = 0, high = f->n_people;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->people[middle] < row)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->n_people && f->people[low] == row;
}

/* Does a title or an office end right before token t? */
static bool after_title(const isn_finder *f, uint32_t t)
{
    for (uint32_t back = 1; back <= 4 && t >= f->first + back; back++) {
        const isn_view *view = &f->views[t - back];
        const isn_pick *title = &view->pick[PICK_TITLE], *office = &view->pick[PICK_OFFICE];
        if ((title->match && title->match->n == back) || (office->match && office->match->n == back))
            return !view->plural && !view->pronoun;
    }
    return false;
}

/* Is the word before a demonym or adjective that ends an office phrase? */
static bool after_office(const isn_finder *f, uint32_t t)
{
    for (uint32_t back = 1; back <= 7 && t >= f->first + back; back++) {
        const isn_view *view = &f->views[t - back];
        if (!view->word || (back > 1 && view->pos == ISN_POS_VERB))
            return false;
        const isn_pick *office = &view->pick[PICK_OFFICE];
        if (office->match && !view->plural && !view->pronoun) {
            for (uint32_t i = t - back + office->match->n; i < t; i++) {
                const isn_view *inner = &f->views[i];
                if (inner->pos == ISN_POS_VERB || (!inner->known && !inner->al && isn_name_like(f, i) == 2 &&
                                                   !inner->pick[PICK_COUNTRY].match && !inner->pick[PICK_PLACE].match))
                    return false;
            }
            return true;
        }
    }
    return false;
}

/* Past «bin X», «Al X», «walad X» chains that go on a name at t. */
static uint32_t chain(const isn_finder *f, uint32_t t)
{
    while (t + 1 < f->last && isn_is_plain(f, t) && isn_is_plain(f, t + 1) &&
           (isn_is_word(f, t, ISN_W_BIN) || isn_is_word(f, t, ISN_W_IBN) || isn_is_word(f, t, ISN_W_BINT) ||
            isn_is_word(f, t, ISN_W_AL_FAMILY) || isn_is_word(f, t, ISN_W_WALAD))) {
        t += isn_is_word(f, t + 1, ISN_W_ABD) || isn_is_word(f, t + 1, ISN_W_ABI) ? 3 : 2;
        if (t > f->last)
            t = f->last;
    }
    return t;
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
        if (view->pronoun || pick->match->with_al)
            return;
        bool known = view->known || view->pos == ISN_POS_VERB;
        bool here = in_article(f, row);
        if (pick->entry->form == ISN_F_SHORT && !here && !after_title(f, t))
            return;
        if (known && !here && !after_title(f, t))
            return;
        score = here ? 0.95f : 0.8f;
    }
    uint32_t end = chain(f, t + n);
    isn_mention m = isn_candidate(f, t, end, ISN_PERSON, ISN_FORM_NAME, score, "person.lexicon");
    m.begin = pick->match->begin;
    if (end == t + n)
        m.end = pick->match->end;
    m.table = ISN_T_PEOPLE;
    m.row = row;
    m.lex_form = pick->entry->form;
    isn_str sex = isn_lexicon_cell(f->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_SEX);
    m.feminine = isn_str_equal(sex, ISN_STR("f"));
    isn_set_country(m.country, isn_lexicon_cell(f->lexicon, ISN_T_PEOPLE, row, ISN_C_PEOPLE_COUNTRY));
    isn_keep(f, &m, FAMILY_PERSON);
}

/* Past one part of a name: a kunya, ʿAbd al-X, X al-Din, X Allah, or one word; t if none. `sure` grows with evidence. */
static uint32_t part(const isn_finder *f, uint32_t t, bool first, int *sure)
{
    if (t >= f->last || !f->views[t].word || (!first && !isn_is_plain(f, t)))
        return t;
    bool kunya = isn_stem_is(f, t, ISN_W_ABU) || isn_is_word(f, t, ISN_W_ABI) || isn_is_word(f, t, ISN_W_ABA) ||
                 isn_is_word(f, t, ISN_W_UMM);
    bool abd = isn_stem_is(f, t, ISN_W_ABD) && !f->views[t].al;
    if ((kunya || abd) && isn_is_plain(f, t + 1) && !f->views[t + 1].pronoun &&
        (f->views[t + 1].al || isn_name_like(f, t + 1))) {
        *sure += 2;
        return t + 2;
    }
    int like = isn_name_like(f, t);
    if (!like || f->views[t].pick[PICK_COUNTRY].match)
        return t;
    *sure += like;
    if (t + 1 < f->last && (isn_is_word(f, t + 1, ISN_W_DIN) || isn_is_word(f, t + 1, ISN_W_ALLAH))) {
        *sure += 1;
        return t + 2;
    }
    return t + 1;
}

/* A chain of name parts that begins with a given name, or stands after an office or title. */
static void unknown(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (view->pick[PICK_PLACE].match && view->pick[PICK_PLACE].match->n > 1)
        return;
    bool title = isn_is_plain(f, t) && after_title(f, t), office = isn_is_plain(f, t) && (title || after_office(f, t));
    bool given = view->name & NAME_GIVEN;
    int sure = 0;
    uint32_t end = part(f, t, true, &sure), parts = 1;
    if (end == t || (view->al && !office))
        return;
    while (end < f->last && parts < NAME_MOST) {
        uint32_t next = chain(f, end);
        if (next == end) {
            if (isn_memo(f, end, FAMILY_PLACE) && f->views[end].pick[PICK_COUNTRY].match)
                break;
            next = part(f, end, false, &sure);
        } else {
            sure += 2;
        }
        if (next == end)
            break;
        end = next;
        parts++;
    }
    bool kunya = end - t > 1 && parts == 1;
    if (!office && !(parts > 1 && ((given && sure >= 3) || kunya)))
        return;
    if (office && parts == 1 && sure < 2 && !title)
        return;
    if (view->pick[PICK_PLACE].match && parts == 1)
        return;
    float score = office ? 0.85f : 0.7f;
    isn_mention m = isn_candidate(f, t, end, ISN_PERSON, ISN_FORM_NAME, score,
                                  office ? "person.after-office" : "person.given");
    m.feminine = 2;
    isn_keep(f, &m, FAMILY_PERSON);
}

void isn_persons_at(isn_finder *f, uint32_t t)
{
    if (!f->views[t].word)
        return;
    of_lexicon(f, t);
    unknown(f, t);
}
