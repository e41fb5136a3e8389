/* The grammar of noun phrases, as far as names and offices need it. */
#include "name/parts.h"

enum {
    ADJECTIVES_MOST = 5,
    CHAIN_MOST = 6,
    QUOTED_MOST = 8,
    HARD_CLITICS =
        ISN_CL_WA | ISN_CL_FA | ISN_CL_BA | ISN_CL_KA | ISN_CL_LA | ISN_CL_SA | ISN_CL_QUESTION
};

bool isn_is_plain(const isn_finder *f, uint32_t t)
{
    return t < f->last && f->views[t].word && !(f->views[t].clitics & HARD_CLITICS);
}

static bool is_adjective_pos(uint8_t pos)
{
    return pos == ISN_POS_ADJ || pos == ISN_POS_ACTIVE || pos == ISN_POS_PASSIVE;
}

/* Shapes that agreement goes by. */
typedef enum shape {
    SHAPE_MASCULINE,
    SHAPE_FEMININE,
    SHAPE_SOUND_PLURAL,
    SHAPE_AT_PLURAL,
    SHAPE_DUAL
} shape;

static shape shape_of(const isn_finder *f, uint32_t t)
{
    const isn_token *token = &f->text->tokens[t];
    const isn_analysis *a = isn_token_best(token);
    if (!a)
        return SHAPE_MASCULINE;
    size_t end = (size_t)a->skip + a->stem;
    uint8_t last = token->word->letters[end - 1];
    uint8_t before = a->stem > 2 ? token->word->letters[end - 2] : 0;
    if (last == ISN_TEH_MARBUTA)
        return SHAPE_FEMININE;
    if (a->stem > 4 && last == ISN_NOON && (before == ISN_WAW || before == ISN_YEH))
        return SHAPE_SOUND_PLURAL;
    if (a->stem > 4 && last == ISN_NOON && before == ISN_ALEF && (a->detail & ISN_N_DUAL))
        return SHAPE_DUAL;
    if (a->stem > 3 && last == ISN_TEH && before == ISN_ALEF)
        return SHAPE_AT_PLURAL;
    return SHAPE_MASCULINE;
}

/* A people or faith (Kurdish, Kurds) that can follow a noun as adjective. */
static bool is_nisba(const isn_finder *f, uint32_t t)
{
    const isn_pick *pick = &f->views[t].pick[PICK_GROUP];
    if (!pick->match)
        return false;
    isn_str noun = isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, pick->entry->row, ISN_C_GROUPS_NOUN);
    isn_str sector =
        isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, pick->entry->row, ISN_C_GROUPS_SECTOR);
    if (!isn_str_equal(sector, ISN_STR("SOC")) && !isn_str_equal(sector, ISN_STR("REL")))
        return false;
    isn_str english =
        isn_lexicon_cell(f->lexicon, ISN_T_GROUPS, pick->entry->row, ISN_C_GROUPS_ENGLISH);
    bool people = english.n && english.p[0] >= 'A' && english.p[0] <= 'Z';
    return isn_str_ends(noun, ISN_STR("\xD9\x8A")) ||
           (people && t > f->first && f->views[t - 1].word && isn_has_nun(f, t - 1));
}

/* Does the word before end in the alef of the indefinite accusative? */
static bool after_accusative(const isn_finder *f, uint32_t t)
{
    if (t == f->first || !f->text->tokens[t - 1].word)
        return false;
    const isn_word *word = f->text->tokens[t - 1].word;
    return word->letters[word->n - 1] == ISN_ALEF;
}

bool isn_is_ordinal(const isn_finder *f, uint32_t t)
{
    for (int w = ISN_W_FIRST; w <= ISN_W_TWO; w++) {
        if (isn_stem_is(f, t, w) && f->views[t].al)
            return true;
    }
    const isn_pick *word = t < f->last ? &f->views[t].pick[PICK_CALENDAR] : NULL;
    return word && word->match && f->views[t].al &&
           isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_CALENDAR, word->entry->row, ISN_C_CALENDAR_KIND),
                         ISN_STR("ordinal"));
}

/* "Other", in all its forms. */
static bool is_other(const isn_finder *f, uint32_t t)
{
    for (int w = ISN_W_OTHER; w <= ISN_W_OTHERS_OBLIQUE; w++) {
        if (isn_stem_is(f, t, w))
            return true;
    }
    return false;
}

/* What a politician or a party is (the conservative deputy), though the word is an office or people too. */
static bool is_leaning(const isn_finder *f, uint32_t t)
{
    const isn_pick *pick = &f->views[t].pick[PICK_GROUP];
    if (t == f->first || !isn_stem_is(f, t, ISN_W_MUHAFIZ))
        return false;
    const isn_view *before = &f->views[t - 1];
    return pick->match && before->word &&
           (isn_stem_is(f, t - 1, ISN_W_NAIB) || isn_stem_is(f, t - 1, ISN_W_HIZB));
}

static bool is_rank(const isn_finder *f, uint32_t row)
{
    isn_str kind = isn_lexicon_cell(f->lexicon, ISN_T_TITLES, row, ISN_C_TITLES_KIND);
    return !isn_str_equal(kind, ISN_STR("trade")) && !isn_str_equal(kind, ISN_STR("academic"));
}

/* al-Hadi X: a given name with the article; "the lawyer X": a trade before a name. */
static bool begins_name(const isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    if (!view->al || t + 1 >= f->last || !isn_is_plain(f, t + 1))
        return false;
    if (view->pick[PICK_TITLE].match && isn_memo(f, t + 1, FAMILY_PERSON))
        return true;
    return (view->name & (NAME_GIVEN | NAME_COMMON)) == NAME_GIVEN && !f->views[t + 1].known &&
           isn_name_like(f, t + 1) == 2;
}

/* "The Kurdish armed factions": a feminine participle behind several, though a woman can be called so. */
static bool is_their_participle(const isn_finder *f, uint32_t t)
{
    if (t == f->first || !is_adjective_pos(f->views[t].pos) || !f->views[t - 1].al)
        return false;
    shape own = shape_of(f, t), before = shape_of(f, t - 1);
    if (own == SHAPE_FEMININE)
        return before == SHAPE_FEMININE || before == SHAPE_AT_PLURAL || f->views[t - 1].plural;
    return own == SHAPE_SOUND_PLURAL && before == SHAPE_SOUND_PLURAL && f->views[t - 1].pos != ISN_POS_NOUN;
}

bool isn_is_adjective(const isn_finder *f, uint32_t t, bool definite)
{
    if (!isn_is_plain(f, t))
        return false;
    const isn_view *view = &f->views[t];
    if (view->pronoun || (view->al != 0) != definite)
        return false;
    if (!definite && view->pick[PICK_COUNTRY].match && !after_accusative(f, t))
        return false; /* Kuriya: not "Korean" in the accusative but the country */
    if (view->pick[PICK_DEMONYM].match || is_nisba(f, t))
        return true;
    if (isn_memo(f, t, FAMILY_PERSON) || begins_name(f, t))
        return false;
    if ((definite && isn_is_ordinal(f, t)) || is_other(f, t) || is_leaning(f, t))
        return true;
    if (view->pos != ISN_POS_ADJ && isn_memo(f, t, FAMILY_PLACE))
        return false; /* Mosul, whose letters are a participle's */
    if (view->pick[PICK_TITLE].match && is_rank(f, view->pick[PICK_TITLE].entry->row))
        return false;
    if (isn_stem_is(f, t, ISN_W_MUNTAHIYA) && t + 1 < f->last && f->views[t + 1].pronoun)
        return false; /* whose term is over */
    if (view->pick[PICK_OFFICE].match && view->pick[PICK_OFFICE].match->n == 1 &&
        isn_office_rank(f, view->pick[PICK_OFFICE].entry->row) > 6)
        return false; /* al-'ahil, the monarch */
    if (view->pos != ISN_POS_ADJ && (view->pick[PICK_OFFICE].match || view->pick[PICK_GROUP].match))
        return definite && is_their_participle(f, t);
    return is_adjective_pos(view->pos) && (definite || view->pos == ISN_POS_ADJ);
}

bool isn_is_at_plural(const isn_finder *f, uint32_t t)
{
    return shape_of(f, t) == SHAPE_AT_PLURAL;
}

bool isn_has_nun(const isn_finder *f, uint32_t t)
{
    shape of = shape_of(f, t);
    return of == SHAPE_SOUND_PLURAL || of == SHAPE_DUAL;
}

/* Could the adjective at t belong to the noun? Only what is surely wrong is refused: broken plurals
 * show no gender. */
bool isn_may_agree(const isn_finder *f, uint32_t noun, uint32_t t)
{
    shape of = shape_of(f, noun), adjective = shape_of(f, t);
    const isn_view *view = &f->views[noun];
    bool people = view->pick[PICK_GROUP].match || view->pick[PICK_OFFICE].match;
    const isn_pick *pick =
        view->pick[PICK_OFFICE].match ? &view->pick[PICK_OFFICE] : &view->pick[PICK_GROUP];
    bool one = people && !view->plural && of == SHAPE_MASCULINE &&
               pick->entry->form == ISN_F_SINGULAR && !(pick->entry->detail & ISN_N_PLURAL) &&
               !view->pick[PICK_ORGHEAD].match;
    bool several = f->views[t].pick[PICK_DEMONYM].match || f->views[t].pick[PICK_GROUP].match;
    bool many = people && (pick->entry->detail & ISN_N_PLURAL) && of != SHAPE_AT_PLURAL;
    switch (adjective) {
    case SHAPE_SOUND_PLURAL:
    case SHAPE_DUAL:
        if (many)
            return true;
        return of == SHAPE_SOUND_PLURAL || of == SHAPE_DUAL ||
               (view->plural && of != SHAPE_FEMININE) || (!people && of == SHAPE_AT_PLURAL);
    case SHAPE_FEMININE:
        return !one && of != SHAPE_SOUND_PLURAL;
    case SHAPE_AT_PLURAL:
        return of == SHAPE_AT_PLURAL || view->plural;
    default:
        if (of == SHAPE_FEMININE || of == SHAPE_AT_PLURAL)
            return false;
        return several || !(people && (of == SHAPE_SOUND_PLURAL || view->plural));
    }
}

/* An indefinite participle that describes the noun before it and brings no object or preposition of
 * its own. */
static bool is_participle(const isn_finder *f, uint32_t noun, uint32_t t, bool definite)
{
    if (definite || !isn_is_plain(f, t) || f->views[t].pick[PICK_TITLE].match)
        return false;
    const isn_view *view = &f->views[t];
    if (view->al || view->pronoun ||
        (view->pos != ISN_POS_ACTIVE && view->pos != ISN_POS_PASSIVE) ||
        view->pick[PICK_OFFICE].match || shape_of(f, noun) != shape_of(f, t))
        return false;
    if (t + 1 >= f->last || !f->views[t + 1].word)
        return true;
    const isn_view *next = &f->views[t + 1];
    bool own = (next->clitics & (ISN_CL_LA | ISN_CL_BA)) && !(next->clitics & ISN_CL_WA);
    return !own && !isn_is_word(f, t + 1, ISN_W_AN) && !isn_is_word(f, t + 1, ISN_W_MIN) &&
           !isn_is_word(f, t + 1, ISN_W_ALA);
}

/* Is it a dual, in idafa too (the two ministers of)? */
static bool is_two(const isn_finder *f, uint32_t head)
{
    const isn_pick *office = &f->views[head].pick[PICK_OFFICE];
    return shape_of(f, head) == SHAPE_DUAL ||
           (office->match && office->match->n == 1 && isn_number_before(f, head, office, head + 1));
}

uint32_t isn_adjectives(const isn_finder *f, uint32_t head, uint32_t t, bool definite,
                        char country[4])
{
    uint32_t noun = t - 1, first = t;
    for (int i = 0; i < ADJECTIVES_MOST; i++) {
        if (isn_is_word(f, t, ISN_W_GHAYR) && isn_is_adjective(f, t + 1, definite)) {
            t += 2; /* "not legal" */
            continue;
        }
        if (t > first && definite && f->views[t].al && (f->views[t].clitics & ISN_CL_WA) &&
            f->views[t].pick[PICK_DEMONYM].match && is_two(f, head)) {
            t +=
                f->views[t].pick[PICK_DEMONYM].match->n; /* the Turkish and the Russian president */
            continue;
        }
        if (!is_participle(f, noun, t, definite) && !isn_is_adjective(f, t, definite))
            break;
        if (t > first &&
            (shape_of(f, t) == SHAPE_FEMININE) != (shape_of(f, first) == SHAPE_FEMININE))
            break; /* two adjectives of one noun agree with each other */
        if (!isn_is_ordinal(f, t) && !is_other(f, t) && !isn_may_agree(f, head, t) && !isn_may_agree(f, noun, t))
            break;
        const isn_pick *demonym = &f->views[t].pick[PICK_DEMONYM];
        if (demonym->match && !country[0])
            isn_set_country(country, isn_country_code(f, demonym->entry->row));
        t += demonym->match ? demonym->match->n : 1;
    }
    return t;
}

uint32_t isn_nationality(const isn_finder *f, uint32_t t, char country[4])
{
    while (isn_is_plain(f, t) && f->views[t].al && f->views[t].pick[PICK_DEMONYM].match) {
        const isn_pick *demonym = &f->views[t].pick[PICK_DEMONYM];
        if (!country[0])
            isn_set_country(country, isn_country_code(f, demonym->entry->row));
        t += demonym->match->n;
    }
    return t;
}

/* Does a preposition at t bring an object of what is before? */
static bool goes_on(const isn_finder *f, uint32_t t)
{
    if (t >= f->last || !f->views[t].word)
        return false;
    return f->views[t].pos == ISN_POS_PREP ||
           ((f->views[t].clitics & (ISN_CL_LA | ISN_CL_BA)) && !(f->views[t].clitics & ISN_CL_WA));
}

/* 'amm, which looks like a participle. */
bool isn_is_general(const isn_finder *f, uint32_t t)
{
    return isn_stem_is(f, t, ISN_W_AMM) || isn_stem_is(f, t, ISN_W_AMMA);
}

uint32_t isn_until_nationality(const isn_finder *f, uint32_t t, uint32_t end)
{
    /* A participle behind the demonym has an object of its own (the forces allied with ...). */
    while (end > t && !f->views[end - 1].pick[PICK_DEMONYM].match &&
           (((f->views[end - 1].pos == ISN_POS_ACTIVE || f->views[end - 1].pos == ISN_POS_PASSIVE) &&
             goes_on(f, end) && !isn_is_general(f, end - 1)) ||
            isn_stem_is(f, end - 1, ISN_W_RASMI) || isn_stem_is(f, end - 1, ISN_W_RASMIYA)))
        end--;
    return end;
}

isn_mention *isn_memo(const isn_finder *f, uint32_t t, isn_family family)
{
    if (t >= f->last || f->memo[t][family] == ISN_NONE)
        return NULL;
    return &f->pool[f->memo[t][family]];
}

int isn_name_like(const isn_finder *f, uint32_t t)
{
    if (t >= f->last || !f->views[t].word)
        return 0;
    const isn_view *view = &f->views[t];
    if (f->text->tokens[t].n < 3 && !view->name)
        return 0;
    if (view->pronoun || view->pick[PICK_CALENDAR].match ||
        (view->pos >= ISN_POS_PREP && view->pos <= ISN_POS_AUX))
        return 0;
    if (view->pos == ISN_POS_VERB)
        return (view->name & (NAME_GIVEN | NAME_COMMON)) == NAME_GIVEN;
    if (view->name & (NAME_GIVEN | NAME_FAMILY))
        return view->known || (view->name & NAME_COMMON) ? 1 : 2;
    if (view->known)
        return 0;
    if (f->text->tokens[t].kind == ISN_TOKEN_LATIN)
        return 0;
    if (view->pos == ISN_POS_PROPER)
        return 2;
    return view->pos == ISN_POS_UNKNOWN || (view->pos == ISN_POS_NOUN && !view->stem_id);
}

void isn_gathered_init(isn_gathered *g)
{
    *g = (isn_gathered){.portfolio = ISN_NO_ROW, .organ_row = ISN_NO_ROW};
}

isn_str isn_country_code(const isn_finder *f, uint32_t row)
{
    return isn_lexicon_cell(f->lexicon, ISN_T_COUNTRIES, row, ISN_C_COUNTRIES_CODE);
}

void isn_set_country(char to[4], isn_str code)
{
    size_t n = code.n < 3 ? code.n : 3;
    memcpy(to, code.p, n);
    to[n] = 0;
}

uint32_t isn_quoted(const isn_finder *f, uint32_t t)
{
    const isn_token *tokens = f->text->tokens;
    if (t >= f->last || tokens[t].kind != ISN_TOKEN_PUNCT ||
        (tokens[t].mark != '"' && tokens[t].mark != ISN_QUOTE_OPEN && tokens[t].mark != '\''))
        return t;
    for (uint32_t i = t + 1; i < f->last && i <= t + QUOTED_MOST; i++) {
        if (tokens[i].kind != ISN_TOKEN_PUNCT)
            continue;
        bool closes =
            tokens[i].mark == '"' || tokens[i].mark == ISN_QUOTE_CLOSE || tokens[i].mark == '\'';
        return closes && i > t + 1 ? i + 1 : t;
    }
    return t;
}

/* Takes over what a candidate inside the phrase says of country and body. */
static void gather(isn_gathered *g, const isn_mention *m)
{
    g->exact = true;
    g->named = g->named || m->form == ISN_FORM_NAME;
    if (!g->country[0])
        memcpy(g->country, m->country, sizeof g->country);
    if (m->type == ISN_ORGANIZATION && m->row != ISN_NO_ROW && g->organ_row == ISN_NO_ROW) {
        g->organ_table = m->table;
        g->organ_row = m->row;
    } else if (m->organ_row != ISN_NO_ROW && g->organ_row == ISN_NO_ROW) {
        g->organ_table = m->organ_table;
        g->organ_row = m->organ_row;
    }
    if (g->portfolio == ISN_NO_ROW)
        g->portfolio = m->portfolio;
}

/* Past a portfolio and those joined to it by wa (the defence and the interior). */
static uint32_t portfolios(const isn_finder *f, uint32_t t, isn_gathered *g)
{
    const isn_pick *pick = &f->views[t].pick[PICK_PORTFOLIO];
    g->portfolio = pick->entry->row;
    g->exact = true;
    t += pick->match->n;
    while (t < f->last && (f->views[t].clitics & ISN_CL_WA) &&
           f->views[t].pick[PICK_PORTFOLIO].match)
        t += f->views[t].pick[PICK_PORTFOLIO].match->n;
    return t;
}

/* The longest candidate at t that can be a genitive. */
static const isn_mention *longest(const isn_finder *f, uint32_t t)
{
    const isn_mention *best = NULL;
    for (int k = 0; k < FAMILY_COUNT; k++) {
        const isn_mention *m = isn_memo(f, t, (isn_family)k);
        if (m && m->form == ISN_FORM_ROLE && m->generic)
            continue;
        if (m &&
            (!best || m->last > best->last || (m->last == best->last && m->score > best->score)))
            best = m;
    }
    return best;
}

static bool is_nominal(uint8_t pos)
{
    return pos == ISN_POS_NOUN || pos == ISN_POS_MASDAR || pos == ISN_POS_PROPER ||
           pos == ISN_POS_UNKNOWN || pos == ISN_POS_ACTIVE || pos == ISN_POS_PASSIVE ||
           pos == ISN_POS_ADJ;
}

/* The leaders of China and Taiwan: past the places joined to one that ends at `end`, if the head is
 * no singular. */
static uint32_t joined_places(const isn_finder *f, uint32_t head, uint32_t end)
{
    const isn_pick *office = &f->views[head].pick[PICK_OFFICE];
    if (!f->views[head].plural &&
        !(office->match && isn_number_before(f, head, office, head + office->match->n)))
        return end;
    while (end < f->last && (f->views[end].clitics & ISN_CL_WA) &&
           !(f->views[end].clitics & (ISN_CL_BA | ISN_CL_LA)) && isn_memo(f, end, FAMILY_PLACE))
        end = isn_memo(f, end, FAMILY_PLACE)->last;
    return end;
}

uint32_t isn_past_joint(const isn_finder *f, uint32_t t)
{
    while (t < f->last && f->views[t].joint)
        t++;
    return t;
}

/* North, south ... without the article. */
static bool is_towards(const isn_finder *f, uint32_t t)
{
    for (int w = ISN_W_NORTH; w <= ISN_W_WEST; w++) {
        if (isn_is_word(f, t, w))
            return true;
    }
    return false;
}

uint32_t isn_genitive(const isn_finder *f, uint32_t t, isn_gathered *g)
{
    uint32_t begin = t, head = t - 1, quoted = isn_quoted(f, t);
    const isn_mention *named = quoted > t + 2 ? isn_memo(f, t + 1, FAMILY_ORG) : NULL;
    if (named && named->last == quoted - 1) {
        gather(g, named);
        return quoted; /* the correspondent of "X" */
    }
    if (isn_is_plain(f, t) && !is_nominal(f->views[t].pos) && isn_memo(f, t + 1, FAMILY_PLACE) && is_towards(f, t)) {
        gather(g, isn_memo(f, t + 1, FAMILY_PLACE));
        return isn_memo(f, t + 1, FAMILY_PLACE)->last; /* the governor of north Kivu */
    }
    for (int chain = 0; chain < CHAIN_MOST; chain++) {
        if (!isn_is_plain(f, t) || !is_nominal(f->views[t].pos))
            return f->views[t - 1].pronoun || g->exact ? t : begin;
        const isn_view *view = &f->views[t];
        const isn_mention *m = longest(f, t);
        bool bare = view->pick[PICK_PORTFOLIO].match && !view->al &&
                    isn_memo(f, t + view->pick[PICK_PORTFOLIO].match->n, FAMILY_PLACE);
        if (view->pick[PICK_PORTFOLIO].match &&
            (!m || bare || m->last <= t + view->pick[PICK_PORTFOLIO].match->n)) {
            t = portfolios(f, t, g);
            if (!view->al && isn_memo(f, t, FAMILY_PLACE) && isn_is_plain(f, t)) {
                memcpy(g->country, isn_memo(f, t, FAMILY_PLACE)->country, sizeof g->country);
                return joined_places(f, head, isn_memo(f, t, FAMILY_PLACE)->last);
            }
            return isn_adjectives(f, head, t, true, g->country);
        }
        if (m) {
            gather(g, m);
            return m->type == ISN_PLACE ? joined_places(f, head, m->last) : m->last;
        }
        if (view->pronoun) {
            if (!view->pick[PICK_ORGHEAD].match && !view->pick[PICK_OFFICE].match &&
                !view->pick[PICK_GROUP].match && !isn_stem_is(f, t, ISN_W_BILAD))
                return begin;
            g->exact = true;
            return t + 1;
        }
        bool kunya = isn_is_word(f, t, ISN_W_ABU) || isn_is_word(f, t, ISN_W_ABI) || isn_is_word(f, t, ISN_W_IBN);
        if (kunya && isn_is_plain(f, t + 1))
            return t + 2; /* the hospital of Ibn Sina */
        if (view->al || view->pos == ISN_POS_PROPER || isn_name_like(f, t) == 2)
            return isn_adjectives(f, head, t + 1, true, g->country);
        t++;
    }
    return begin;
}

isn_mention isn_candidate(const isn_finder *f, uint32_t first, uint32_t last, isn_type type,
                          isn_form form, float score, const char *rule)
{
    const isn_token *token = &f->text->tokens[first];
    const isn_analysis *a = isn_token_best(token);
    return (isn_mention){.begin = a ? isn_token_stem_begin(f->text, token, a, true) : token->begin,
                         .end = f->text->tokens[last - 1].end,
                         .first = first,
                         .last = last,
                         .type = (uint8_t)type,
                         .form = (uint8_t)form,
                         .row = ISN_NO_ROW,
                         .organ_row = ISN_NO_ROW,
                         .office = ISN_NO_ROW,
                         .portfolio = ISN_NO_ROW,
                         .beside = ISN_NONE,
                         .score = score,
                         .rule = rule};
}

void isn_candidate_begin(const isn_finder *f, isn_mention *m, const isn_match *match)
{
    const isn_token *token = &f->text->tokens[match->first];
    if (token->word)
        m->begin =
            isn_token_stem_begin(f->text, token, &token->word->analyses[match->analysis], true);
}

/* What a candidate is worth to the decoder: the words that it explains, by how sure it is. */
static float worth(const isn_mention *m)
{
    return m->score * (float)(m->last - m->first);
}

void isn_keep(isn_finder *f, const isn_mention *m, isn_family family)
{
    uint32_t *slot = &f->memo[m->first][family];
    if (*slot != ISN_NONE) {
        if (worth(&f->pool[*slot]) < worth(m))
            f->pool[*slot] = *m;
        return;
    }
    isn_mention *pool =
        isn_arena_grow(f->arena, f->pool, f->n_pool, &f->capacity, f->n_pool + 1, sizeof *pool);
    if (!pool) {
        f->failed = true;
        return;
    }
    f->pool = pool;
    f->pool[f->n_pool] = *m;
    *slot = (uint32_t)f->n_pool++;
}
