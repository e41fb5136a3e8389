/* Groups of people: crowds, members, nationals (E4, E8, E10). */
#include "base/normal.h"
#include "name/parts.h"

bool isn_after_number(const isn_finder *f, uint32_t t)
{
    if (t == f->first || !isn_is_plain(f, t))
        return false;
    if (f->text->tokens[t - 1].kind == ISN_TOKEN_NUMBER || f->views[t - 1].pos == ISN_POS_NUMBER)
        return true;
    for (int w = ISN_W_ALF; w <= ISN_W_BIDA; w++) {
        if (isn_stem_is(f, t - 1, w))
            return true;
    }
    const isn_pick *word = &f->views[t - 1].pick[PICK_CALENDAR];
    return word->match && isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_CALENDAR,
                                                         word->entry->row, ISN_C_CALENDAR_KIND),
                                        ISN_STR("number"));
}

/* Is [at, end) a place, a body or a portfolio: what people can be of? */
static bool is_of_body(const isn_finder *f, uint32_t at, uint32_t end)
{
    const isn_mention *place = isn_memo(f, at, FAMILY_PLACE), *organ = isn_memo(f, at, FAMILY_ORG);
    return (place && place->last == end) || (organ && organ->last == end) ||
           f->views[at].pick[PICK_PORTFOLIO].match ||
           (f->views[end - 1].pronoun && f->views[end - 1].pick[PICK_ORGHEAD].match);
}

/* Past what the group is of: a genitive, adjectives, "fi/min/b- a body". */
static uint32_t extent(const isn_finder *f, uint32_t t, uint32_t at, bool definite, bool relational,
                       isn_gathered *g)
{
    uint32_t end = isn_adjectives(f, t, at, definite, g->country);
    if (end == at && !definite && !isn_has_nun(f, at - 1)) {
        end = isn_genitive(f, at, g);
        if (end > at && !relational && !is_of_body(f, at, end))
            end = at; /* subject and object side by side, after a verb */
        if (end > at)
            definite = true;
    }
    end = isn_adjectives(f, t, end, definite, g->country);
    while (end > at && f->views[end - 1].pos == ISN_POS_ACTIVE && end < f->last && f->views[end].pos == ISN_POS_PREP &&
           !isn_is_word(f, end, ISN_W_FI))
        end--; /* those coming | from */
    uint32_t members = end;
    while (members < f->last && members < end + 3 && !f->views[members].clitics &&
           !isn_is_adjoined_member(f, members))
        members++;
    if (end > at && members > end && isn_is_adjoined_member(f, members) && isn_is_word(f, members + 1, ISN_W_FI) &&
        isn_memo(f, members + 2, FAMILY_ORG))
        return isn_memo(f, members + 2, FAMILY_ORG)->last; /* the leaders of the 28 states that are members of */
    uint32_t name = end;
    if (isn_is_word(f, end, ISN_W_AN))
        return isn_about(f, t, end, g);
    if (isn_is_word(f, end, ISN_W_FI))
        name = end + 1;
    else if (end >= f->last || !(f->views[end].clitics & ISN_CL_BA) ||
             (f->views[end].clitics & ISN_CL_WA))
        return end;
    const isn_mention *organ = isn_memo(f, name, FAMILY_ORG);
    return organ ? organ->last : end;
}

static void keep(isn_finder *f, uint32_t t, uint32_t end, bool several, float score,
                 const char *rule, const isn_pick *pick, const isn_gathered *g, bool definite)
{
    isn_mention m =
        isn_candidate(f, t, end, several ? ISN_GROUP : ISN_PERSON, ISN_FORM_ROLE, score, rule);
    isn_candidate_begin(f, &m, pick->match);
    m.office = pick->entry->table == ISN_T_GROUPS && several ? pick->entry->row : ISN_NO_ROW;
    m.plural = several;
    m.feminine = pick->entry->form == ISN_F_FEMININE;
    m.generic = !definite && !g->exact;
    memcpy(m.country, g->country, sizeof m.country);
    isn_keep(f, &m, several ? FAMILY_GROUP : FAMILY_OFFICE);
}

bool isn_is_told(const isn_finder *f, uint32_t t)
{
    if (t == f->first || !isn_is_plain(f, t) || f->views[t].pos == ISN_POS_ADJ)
        return false;
    const isn_view *before = &f->views[t - 1];
    if (before->pos == ISN_POS_VERB)
        return true;
    const isn_word *word = f->text->tokens[t].word, *name = f->text->tokens[t - 1].word;
    bool bent = name && name->letters[name->n - 1] == ISN_ALEF && !before->pick[PICK_COUNTRY].match;
    if (before->pos == ISN_POS_PROPER && !bent && t > f->first + 1 && f->views[t - 2].pos == ISN_POS_VERB && word &&
        word->letters[word->n - 1] == ISN_ALEF)
        return true; /* X expelled a diplomat */
    bool killed =
        !before->al && !before->pronoun && before->word &&
        (before->pos == ISN_POS_MASDAR || (before->pos == ISN_POS_NOUN && before->ordinary));
    return killed && f->views[t].pos != ISN_POS_VERB && !f->views[t].feminine;
}

/* Forces and militias are bodies even in the plural. */
static bool is_armed(const isn_finder *f, uint32_t row)
{
    isn_str kind = isn_lexicon_cell(f->lexicon, ISN_T_ORGHEADS, row, ISN_C_ORGHEADS_KIND);
    return isn_str_equal(kind, ISN_STR("army")) || isn_str_equal(kind, ISN_STR("militia"));
}

/* Do the words around tell that the noun at t is no group: an adjective, a body, a word of other gender? */
static bool is_other_word(const isn_finder *f, uint32_t t, bool collective, bool number)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_GROUP];
    bool masculine = !isn_str_ends(
        isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, pick->entry->row, ISN_C_GROUPS_NOUN),
        ISN_STR("\xD8\xA9"));
    unsigned detail = pick->entry->detail;
    if (masculine && !collective && (detail & ISN_N_FEMININE) &&
        ((detail & ISN_N_PLURAL) || !isn_is_told(f, t)))
        return true;
    if (t > f->first && isn_is_plain(f, t) && f->views[t - 1].word &&
        f->views[t - 1].pos != ISN_POS_VERB && !number && f->views[t - 1].pos == ISN_POS_NOUN &&
        f->views[t - 1].al == view->al && !view->pronoun && (view->al || f->views[t - 1].plural) &&
        view->plural == f->views[t - 1].plural)
        return true;
    const isn_pick *phrase = t > f->first ? &f->views[t - 1].pick[PICK_FUNCTION] : NULL;
    if (phrase && phrase->match && phrase->match->n > 1)
        return true; /* "min jihatihi": for his part */
    const isn_pick *head = &view->pick[PICK_ORGHEAD];
    if (head->match && view->al && isn_is_at_plural(f, t) && is_armed(f, head->entry->row))
        return true;
    if (head->match && head->entry->form != ISN_F_PLURAL && head->entry->form != ISN_F_DUAL &&
        !(detail & ISN_N_PLURAL))
        return true; /* one body */
    return !number && !(detail & (ISN_N_PLURAL | ISN_N_DUAL)) &&
           (isn_stem_is(f, t, ISN_W_UDW) || isn_stem_is(f, t, ISN_W_UDWA));
}

/* Does groups.tsv say this use of the noun: abstract (people only in the plural: force, side), casualty? */
static bool has_use(const isn_finder *f, uint32_t row, isn_str use)
{
    return isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, row, ISN_C_GROUPS_USE), use);
}

/* Is the word at t the noun of the row itself, not a plural of it? (A collective's forms are all marked plural.) */
static bool is_noun_itself(const isn_finder *f, uint32_t t, uint32_t row)
{
    uint8_t key[64];
    size_t n = isn_normal_key(key, sizeof key,
                              isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, row, ISN_C_GROUPS_NOUN));
    return n <= sizeof key && f->views[t].stem_id &&
           f->views[t].stem_id == isn_lexicon_word(f->lexicon, key, n);
}

bool isn_is_collective(const isn_finder *f, uint32_t t)
{
    const isn_pick *pick = &f->views[t].pick[PICK_GROUP];
    return pick->match && pick->match->n == 1 &&
           isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, pick->entry->row, ISN_C_GROUPS_COLLECTIVE).n > 0 &&
           is_noun_itself(f, t, pick->entry->row);
}

/* A party, a bloc, a gang: what the lexicon has as one body too, and the bodies that it names. */
static bool is_one_body(const isn_finder *f, uint32_t t, bool one)
{
    static const char *const crowds[] = {"delegation", "family", "tribe", "committee", "religious", "media"};
    const isn_view *view = &f->views[t];
    const isn_pick *head = &view->pick[PICK_ORGHEAD];
    if (view->pick[PICK_ORG].match && view->pick[PICK_ORG].match->n > 1 && one)
        return true;
    if (!one || !head->match || head->entry->form != ISN_F_SINGULAR || (!view->al && isn_is_at_plural(f, t)))
        return false;
    isn_str kind = isn_lexicon_cell(f->lexicon, ISN_T_ORGHEADS, head->entry->row, ISN_C_ORGHEADS_KIND);
    for (size_t i = 0; i < sizeof crowds / sizeof *crowds; i++) {
        if (isn_str_equal(kind, isn_str_cstr(crowds[i])))
            return false;
    }
    return true;
}

/* An abstract noun as such: in the singular, with its own pronoun (their faces), of a place (the outskirts of). */
static bool is_thing(const isn_finder *f, uint32_t t, uint32_t at, uint32_t end)
{
    const isn_view *view = &f->views[t];
    const isn_entry *entry = view->pick[PICK_GROUP].entry;
    bool place = end > at && (f->views[at].pick[PICK_PLACEHEAD].match || isn_memo(f, at, FAMILY_PLACE));
    return is_noun_itself(f, t, entry->row) || (entry->detail & ISN_N_FEMININE) || (end == at && view->pronoun) || place;
}

/* sana, the year, which is written like the Sunnis: these stand with al- and beside other people. */
static bool is_year(const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *word = &view->pick[PICK_CALENDAR];
    if (!word->match || word->match->n > 1 || !isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_CALENDAR, word->entry->row,
                                                        ISN_C_CALENDAR_KIND), ISN_STR("unit")))
        return false;
    bool people = t > f->first && (f->views[t - 1].pick[PICK_GROUP].match || f->views[t - 1].pick[PICK_DEMONYM].match);
    bool next = t + 1 < f->last && f->views[t + 1].pick[PICK_GROUP].match && (f->views[t + 1].clitics & ISN_CL_WA);
    return !view->al || !(people || next);
}

/* A place (al-manfadh, the crossing) or an act (al-musharaka fi, taking part) rather than one of the people. */
static bool is_other_noun(const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_entry *entry = view->pick[PICK_GROUP].entry;
    if (entry->detail & (ISN_N_PLURAL | ISN_N_DUAL) || !view->al || view->pick[PICK_GROUP].match->n > 1)
        return false;
    bool adjective = view->pos == ISN_POS_ACTIVE && t + 1 < f->last && (f->views[t + 1].clitics & ISN_CL_LA); /* al-tabi' li- */
    return view->pick[PICK_PLACEHEAD].match || adjective ||
           ((entry->detail & ISN_N_FEMININE) && view->pos == ISN_POS_ACTIVE && isn_is_word(f, t + 1, ISN_W_FI));
}

/* Words with the letters of a group: ittiba' (following) like followers, al-sha'bi (popular) like two peoples of; and the
 * dual of bodies whose names stand behind it in marks. */
static bool is_written_alike(const isn_finder *f, uint32_t t, uint32_t at, bool collective)
{
    const isn_view *view = &f->views[t];
    bool one = at == t + 1;
    if (one && view->pos == ISN_POS_MASDAR && !view->al && !collective)
        return true;
    if (one && view->al && (view->pick[PICK_GROUP].entry->detail & ISN_N_CONSTRUCT))
        return true;
    return view->pick[PICK_ORGHEAD].match && isn_quoted(f, at) > at;
}

static void of_noun(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_GROUP];
    if (!pick->match)
        return;
    uint32_t at = t + pick->match->n;
    bool collective =
        isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, pick->entry->row, ISN_C_GROUPS_COLLECTIVE).n > 0;
    bool number = isn_after_number(f, t);
    if (isn_stem_is(f, t, ISN_W_DUWAL) || (isn_stem_is(f, t, ISN_W_DAWLA) && !number))
        return;
    unsigned detail = pick->entry->detail;
    bool construct = (detail & ISN_N_CONSTRUCT) && pick->match->n == 1;
    if (is_written_alike(f, t, at, collective) || is_other_word(f, t, collective, number) ||
        is_one_body(f, t, collective && is_noun_itself(f, t, pick->entry->row)))
        return;
    bool dual = (detail & ISN_N_DUAL) && (!(detail & ISN_N_PLURAL) || collective);
    bool several = collective || pick->entry->form == ISN_F_PLURAL ||
                   pick->entry->form == ISN_F_DUAL ||
                   (pick->entry->detail & (ISN_N_PLURAL | ISN_N_DUAL)) || number;
    if (!number && (!collective || view->pos == ISN_POS_ADJ) && isn_describes(f, t))
        return;
    if (is_year(f, t) || is_other_noun(f, t) || isn_is_adjoined_member(f, t) ||
        (t > f->first && isn_stem_is(f, t - 1, ISN_W_GHAYR)))
        return;
    bool definite = view->al || view->pronoun || (pick->match->n > 1 && f->views[at - 1].al);
    isn_gathered g;
    isn_gathered_init(&g);
    bool relational = collective || pick->entry->form == ISN_F_PLURAL || (detail & ISN_N_CONSTRUCT);
    if (t > f->first && f->views[t - 1].pos == ISN_POS_VERB && !collective &&
        !(detail & ISN_N_CONSTRUCT))
        relational = false;
    uint32_t end = extent(f, t, at, definite, relational, &g);
    if (!several && end == at && !definite && !isn_is_told(f, t))
        return;
    if (!several && end == at && definite && isn_stem_is(f, t, ISN_W_AALAM))
        return;
    if (end == at && ((dual && !number) || (construct && !view->pronoun) ||
                      isn_stem_is(f, t, ISN_W_JIHA)))
        return; /* "al-tarafan" (E5); smugglers or addicts of drugs; "on the one hand" */
    bool named = isn_memo(f, end, FAMILY_PERSON) && isn_is_plain(f, end);
    if (!several && isn_is_honorific(f, t, named))
        return;
    if (!several && isn_memo(f, t, FAMILY_OFFICE))
        return;
    if (has_use(f, pick->entry->row, ISN_STR("abstract")) && is_thing(f, t, at, end) && !(view->al && g.country[0]))
        return; /* "by force"; but the Sudanese street */
    if (several && end == at && has_use(f, pick->entry->row, ISN_STR("casualty")))
        return;
    float score = several ? (end > at ? 0.8f : 0.62f) : 0.5f;
    keep(f, t, end, several, score, "group", pick, &g, definite);
}

/* Nationals: a demonym in the plural that stands as a noun. */
static void of_demonym(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_DEMONYM];
    if (!pick->match || view->pick[PICK_GROUP].match)
        return;
    bool number = isn_after_number(f, t);
    bool plural = (pick->entry->detail & (ISN_N_PLURAL | ISN_N_DUAL)) &&
                  !(pick->entry->detail & ISN_N_FEMININE);
    if ((!plural && !number) || (!view->al && !number && (view->pos == ISN_POS_MASDAR || view->pos == ISN_POS_VERB)))
        return; /* tark: leaving, no Turks */
    if (t > f->first && isn_is_plain(f, t) && f->views[t - 1].plural && f->views[t - 1].word &&
        f->views[t - 1].al == view->al)
        return;
    isn_gathered g;
    isn_gathered_init(&g);
    isn_set_country(g.country, isn_country_code(f, pick->entry->row));
    uint32_t end = isn_adjectives(f, t, t + pick->match->n, view->al, g.country);
    keep(f, t, end, true, 0.7f, "group.demonym", pick, &g, view->al);
}

/* "One of the organizers": the one stands with those he is of. */
static void of_one(isn_finder *f, uint32_t t)
{
    static const uint8_t ihda[] = {ISN_ALEF, ISN_HAH, ISN_DAL, ISN_YEH}; /* stands in no table */
    const isn_word *word = f->text->tokens[t].word;
    size_t skip = word ? isn_token_best(&f->text->tokens[t])->skip : 0;
    bool woman = word && word->n == skip + sizeof ihda && memcmp(word->key + skip, ihda, sizeof ihda) == 0;
    if (!(isn_stem_is(f, t, ISN_W_AHAD) || woman) || f->views[t].al || f->views[t].pronoun)
        return;
    const isn_mention *of = isn_is_plain(f, t + 1) ? isn_memo(f, t + 1, FAMILY_GROUP) : NULL;
    if (!of || (of->generic && of->last - of->first == 1) || of->score < 0.5f)
        return;
    isn_mention m = isn_candidate(f, t, of->last, ISN_PERSON, ISN_FORM_ROLE, of->score + 0.05f, "group.one-of");
    m.feminine = woman;
    m.generic = 1;
    memcpy(m.country, of->country, sizeof m.country);
    isn_keep(f, &m, FAMILY_OFFICE);
}

void isn_groups_at(isn_finder *f, uint32_t t)
{
    if (!f->views[t].word)
        return;
    of_one(f, t);
    of_noun(f, t);
    of_demonym(f, t);
}
