/* Organizations: the lexicon's, and those that a head noun builds (E3, E6, E8, E9). */
#include "name/parts.h"

/* In quotation marks by itself, or after a noun that begins names of bodies. */
static bool is_marked(const isn_finder *f, uint32_t t)
{
    if (t > f->first && f->views[t - 1].pick[PICK_ORGHEAD].match)
        return true;
    if (t == f->first || t + 1 >= f->last)
        return false;
    uint8_t before = f->text->tokens[t - 1].mark, after = f->text->tokens[t + 1].mark;
    bool dash = before == '-' || before == '/', line = after == '-' || after == '/' || after == ':';
    if (dash && line)
        return true; /* "Cairo - X:" */
    bool bracket = f->text->tokens[t - 1].mark == '(' && f->text->tokens[t + 1].mark == ')';
    return bracket || isn_quoted(f, t - 1) == t + 2;
}

/* "The new Libyan government": past adjectives behind the nationality that don't bring anything of their own. */
static uint32_t with_state_of_office(const isn_finder *f, uint32_t t, uint32_t end)
{
    uint32_t more = isn_adjectives(f, t, end, true, (char[4]){0});
    for (uint32_t i = end; i < more; i++) {
        bool official = isn_stem_is(f, i, ISN_W_RASMI) || isn_stem_is(f, i, ISN_W_RASMIYA);
        if ((f->views[i].pos != ISN_POS_ADJ && !isn_is_general(f, i)) || official)
            return i;
    }
    return more;
}

static void of_lexicon(isn_finder *f, uint32_t t, pick_kind kind)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[kind];
    if (!pick->match)
        return;
    uint32_t n = pick->match->n;
    bool place = (view->pick[PICK_PLACE].match && view->pick[PICK_PLACE].match->n >= n) ||
                 (view->pick[PICK_COUNTRY].match && view->pick[PICK_COUNTRY].match->n >= n);
    bool quoted = kind == PICK_OUTLET && t > f->first && f->views[t - 1].pos == ISN_POS_VERB;
    if (place && !view->pick[PICK_ORGHEAD].match && !is_marked(f, t) && !quoted)
        return;
    if (view->pick[PICK_PORTFOLIO].match && view->al && t > f->first && isn_is_plain(f, t) &&
        f->views[t - 1].al && f->views[t - 1].pos == ISN_POS_NOUN)
        return;
    bool cited = kind == PICK_OUTLET && n == 1 && t > f->first && f->text->tokens[t - 1].kind == ISN_TOKEN_PUNCT &&
                 is_marked(f, t);
    float score = n > 1 ? 0.95f : quoted || cited ? 0.96f : 0.85f;
    if (n == 1 && f->text->tokens[t].word) {
        if (view->pronoun || (pick->match->with_al && view->known))
            return;
        if (pick->entry->form == ISN_F_SHORT) {
            bool here = isn_in_list(f->bodies, f->n_bodies, pick->entry->row);
            if (view->pick[PICK_ORGHEAD].match || view->pos == ISN_POS_ADJ || !here)
                return;
            score = 0.75f;
        } else if (view->pos != ISN_POS_PROPER && (view->known || !view->al)) {
            bool here = kind == PICK_ORG && isn_in_list(f->bodies, f->n_bodies, pick->entry->row);
            bool people = view->pick[PICK_GROUP].match || view->pick[PICK_ORGHEAD].match;
            bool told = quoted && !view->ordinary;
            if (view->pos == ISN_POS_ADJ || (!here && !people && !told && !is_marked(f, t)))
                return;
            score = here ? 0.85f : told || cited ? 0.96f : 0.75f;
        }
    }
    isn_gathered g;
    isn_gathered_init(&g);
    uint32_t end = t + n;
    if (view->pick[PICK_ORGHEAD].match && n > 1 && !isn_stem_is(f, end - 1, ISN_W_ALLAH))
        end = isn_nationality(f, end, g.country);
    if (view->pick[PICK_ORGHEAD].match && n > 1 && f->views[end - 1].al && f->views[end - 1].pick[PICK_DEMONYM].match)
        end = with_state_of_office(f, t, end);
    isn_mention m = isn_candidate(f, t, end, ISN_ORGANIZATION, ISN_FORM_NAME, score, "organ.lexicon");
    m.begin = pick->match->begin;
    if (end == t + n)
        m.end = pick->match->end;
    m.table = pick->entry->table;
    m.row = pick->entry->row;
    m.lex_form = pick->entry->form;
    memcpy(m.country, g.country, sizeof m.country);
    int column = kind == PICK_ORG ? ISN_C_ORGANIZATIONS_COUNTRY : ISN_C_OUTLETS_COUNTRY;
    if (!m.country[0])
        isn_set_country(m.country, isn_lexicon_cell(f->lexicon, m.table, m.row, column));
    if (view->pick[PICK_ORGHEAD].match)
        m.office = view->pick[PICK_ORGHEAD].entry->row;
    isn_keep(f, &m, FAMILY_ORG);
}

/* Is the head noun (row of orgheads) of that kind? */
static bool has_kind(const isn_finder *f, uint32_t row, const char *kind)
{
    return row != ISN_NO_ROW &&
           isn_str_equal(isn_lexicon_cell(f->lexicon, ISN_T_ORGHEADS, row, ISN_C_ORGHEADS_KIND),
                         isn_str_cstr(kind));
}

/* Bodies whose name a noun phrase of everyday words can be (Ministry of X, Committee for X); others
 * need a name in it. */
static bool is_descriptive(const isn_finder *f, uint32_t row)
{
    static const char *const kinds[] = {
        "office",        "department", "agency",      "committee", "council",      "authority",
        "ministry",      "court",      "commission",  "company",   "bank",         "union",
        "ngo",           "university", "school",      "hospital",  "institute",    "fund",
        "embassy",       "chamber",    "institution", "police",    "intelligence", "parliament",
        "international", "newspaper",  "channel",     "local",     "media",        "parliament"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (has_kind(f, row, kinds[i]))
            return true;
    }
    return false;
}

static bool takes(const isn_finder *f, uint32_t row, const char *what)
{
    isn_str rest = isn_lexicon_cell(f->lexicon, ISN_T_ORGHEADS, row, ISN_C_ORGHEADS_TAKES), value;
    while (isn_str_next(&value, &rest, '|')) {
        if (isn_str_equal(value, isn_str_cstr(what)))
            return true;
    }
    return false;
}

/* Past "of/in/at a body" or a place behind a body: l-, b- or fi. */
static uint32_t of_body(const isn_finder *f, uint32_t t, bool official, bool local, isn_gathered *g)
{
    uint32_t name = t;
    if (t >= f->last)
        return t;
    bool in = isn_is_word(f, t, ISN_W_FI), at = f->views[t].clitics & ISN_CL_BA,
         of = f->views[t].clitics & ISN_CL_LA;
    if (in)
        name = t + 1;
    else if (!(of || at) || (f->views[t].clitics & (ISN_CL_WA | ISN_CL_FA)))
        return t;
    if (in && !isn_is_plain(f, name))
        return t;
    const isn_mention *m = isn_memo(f, name, FAMILY_ORG);
    if (m && of && isn_is_outlet(f, name, m))
        m = NULL; /* whom the army's spokesman told it */
    if (m && ((m->form != ISN_FORM_NAME && (m->generic || f->views[name].pronoun)) ||
              (at && has_kind(f, m->office, "leadership"))))
        m = NULL;
    if (!m && official && of) {
        m = isn_memo(f, name, FAMILY_PLACE);
    } else if (!m && at && local) {
        m = isn_memo(f, name, FAMILY_PLACE);
        if (!m && f->views[name].pick[PICK_PLACEHEAD].match && !f->views[name].al)
            m = isn_memo(f, name + 1, FAMILY_PLACE);
    }
    if (!m)
        return t;
    if (!g->country[0])
        memcpy(g->country, m->country, sizeof g->country);
    return m->last;
}

/* Past "and X", "and the X of Y", "for X" that go on what an official body is for. */
static uint32_t tasks(const isn_finder *f, uint32_t t, bool company)
{
    while (t < f->last && f->views[t].word && !f->views[t].pronoun) {
        const isn_view *view = &f->views[t];
        bool joined =
            (view->clitics & ISN_CL_WA) && !(view->clitics & (ISN_CL_BA | ISN_CL_LA | ISN_CL_KA));
        bool purpose = company && (view->clitics & ISN_CL_LA) && !(view->clitics & ISN_CL_WA) &&
                       (view->al || view->pos == ISN_POS_MASDAR);
        bool noun = view->pos == ISN_POS_MASDAR || view->pos == ISN_POS_NOUN;
        if (!(joined || purpose) || !noun || view->pick[PICK_OFFICE].match ||
            view->pick[PICK_ORGHEAD].match || view->pick[PICK_GROUP].match ||
            view->pick[PICK_COUNTRY].match || view->pick[PICK_PLACE].match ||
            view->pick[PICK_DEMONYM].match || (view->plural && !(company && view->al)))
            return t;
        uint32_t next = t + 1;
        if (!view->al) {
            if (view->pos != ISN_POS_MASDAR || !isn_is_plain(f, next) || !f->views[next].al)
                return t;
            next++;
        }
        t = isn_until_nationality(f, next, isn_adjectives(f, next - 1, next, true, (char[4]){0}));
    }
    return t;
}

/* Kinds of bodies that act when several are taken together: parties, militias, committees, no banks or roads. */
static bool may_act(const isn_finder *f, uint32_t row)
{
    static const char *const kinds[] = {"party",  "militia", "army",       "armed-group", "coalition", "ngo",
                                        "union",  "tribe",   "government", "committee",   "parliament", "authority",
                                        "police", "family",  "agency",     "delegation", "court", "international", "media",
                                        "newspaper", "channel", "site", "company"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (has_kind(f, row, kinds[i]))
            return true;
    }
    return false;
}

static void keep_built(isn_finder *f, uint32_t t, uint32_t end, isn_form form, float score,
                       const char *rule, const isn_gathered *g)
{
    const isn_pick *head = &f->views[t].pick[PICK_ORGHEAD];
    isn_mention m = isn_candidate(f, t, end, ISN_ORGANIZATION, form, score, rule);
    isn_candidate_begin(f, &m, head->match);
    m.office = head->entry->row;
    m.portfolio = g->portfolio;
    m.plural = head->entry->form == ISN_F_PLURAL || head->entry->form == ISN_F_DUAL;
    m.feminine = f->views[t].feminine;
    m.generic = !f->views[t].al && !g->exact;
    memcpy(m.country, g->country, sizeof m.country);
    bool armed = (has_kind(f, m.office, "army") || has_kind(f, m.office, "militia")) &&
                 !(form == ISN_FORM_ROLE && m.generic);
    if (m.plural && !may_act(f, m.office))
        return;
    if (m.plural && ((form == ISN_FORM_ROLE && !armed) ||
                     (form == ISN_FORM_NAME && !g->named && !(armed && g->country[0])))) {
        m.form = ISN_FORM_ROLE;
        m.type = ISN_GROUP; /* several bodies */
        m.office = ISN_NO_ROW;
        isn_keep(f, &m, FAMILY_GROUP);
        return;
    }
    isn_keep(f, &m, FAMILY_ORG);
}

/* Is [at, end) just a name? */
static bool is_name_at(const isn_finder *f, uint32_t at, uint32_t end)
{
    for (int k = FAMILY_PLACE; k <= FAMILY_ORG; k++) {
        const isn_mention *m = isn_memo(f, at, (isn_family)k);
        if (m && m->last == end && m->form == ISN_FORM_NAME)
            return true;
    }
    return false;
}

/* "the forces of President X": past the name beside the office that ends at `end`. */
static uint32_t with_holder(const isn_finder *f, uint32_t at, uint32_t end)
{
    const isn_mention *office = isn_memo(f, at, FAMILY_OFFICE);
    if (!office || office->last != end)
        return end;
    uint32_t name = end;
    if (name < f->last && f->text->tokens[name].mark == ',')
        name++;
    const isn_mention *person = isn_is_plain(f, name) ? isn_memo(f, name, FAMILY_PERSON) : NULL;
    return person ? person->last : end;
}

/* Papers and channels speak, whosever they are. */
static bool publishes(const isn_finder *f, uint32_t row)
{
    return has_kind(f, row, "media") || has_kind(f, row, "newspaper") || has_kind(f, row, "channel") ||
           has_kind(f, row, "site");
}

/* A head noun of bodies where it stands. */
typedef struct head_noun {
    uint32_t t, at; /* its tokens [t, at) */
    uint32_t row;   /* of orgheads.tsv */
    bool bare, plural;
    bool official; /* everyday words can be its name */
    bool local;    /* of a kind that names its town */
    bool armed;    /* several forces are one body */
} head_noun;

/* "The 47th Brigade", "Channel 12", "the Third Corps": past the number and its adjectives, else t. */
static uint32_t numbered(const isn_finder *f, const head_noun *h, uint32_t end, isn_gathered *g)
{
    bool army = has_kind(f, h->row, "army") || has_kind(f, h->row, "militia");
    bool channel = has_kind(f, h->row, "channel") || has_kind(f, h->row, "media");
    if (h->plural || h->at >= f->last || !(army || channel))
        return h->t;
    if (f->text->tokens[h->at].kind == ISN_TOKEN_NUMBER)
        return isn_adjectives(f, h->t, h->at + 1, true, g->country);
    return army && end > h->at && isn_is_ordinal(f, h->at) ? end : h->t;
}

/* "al-Shurta al-Misriya", "al-Majlis al-A'la li-...": a head with the article and what follows it. */
static void of_definite(isn_finder *f, const head_noun *h, isn_gathered *g)
{
    uint32_t t = h->t, at = h->at, n = at - t, row = h->row;
    uint32_t end = isn_adjectives(f, t, at, true, g->country);
    uint32_t unit = numbered(f, h, end, g);
    if (unit > at) {
        keep_built(f, t, unit, ISN_FORM_NAME, 0.85f, "organ.numbered", g);
        return;
    }
    if (g->country[0])
        end = isn_until_nationality(f, at, end);
    uint32_t more = of_body(f, end, h->official, h->local, g);
    if (more == end && end > at && end < f->last && (f->views[end].clitics & ISN_CL_LA) && h->official && !h->plural)
        more = tasks(f, end, true); /* the Syrian company for telecommunications */
    if (more > end)
        more = of_body(f, more, h->official, h->local, g);
    if (more > end && !h->plural && (end > at || more > end + 1))
        keep_built(f, t, isn_nationality(f, more, g->country), ISN_FORM_NAME, 0.8f, "organ.of-body", g);
    else if (g->country[0])
        keep_built(f, t, end, ISN_FORM_NAME, h->plural ? 0.7f : 0.9f, "organ.demonym", g);
    else if (h->plural && !h->armed && f->views[t].pick[PICK_GROUP].match)
        return; /* groups, several bodies together */
    else if (h->plural && !h->armed && end > at && has_kind(f, row, "armed-group"))
        keep_built(f, t, end, ISN_FORM_ROLE, 0.7f, "organ.adjective", g);
    else if (end > at && (h->armed || n > 1))
        keep_built(f, t, end, ISN_FORM_ROLE, 0.6f, "organ.adjective", g);
    else if (end > at && !h->official)
        return; /* the security situation, the missile system: no body */
    else if (end > at)
        keep_built(f, t, end, ISN_FORM_ROLE, 0.4f, "organ.adjective", g);
    else if (isn_is_word(f, at, ISN_W_ALA) && n == 1 && has_kind(f, row, "court"))
        return; /* al-qada' 'ala: doing away with */
    else if (h->bare || n > 1)
        keep_built(f, t, end, ISN_FORM_ROLE, h->plural && !h->armed ? (publishes(f, row) ? 0.4f : 0.2f) : 0.7f, "organ.bare", g);
}

/* The office, person or group of which all of [at, end) consists, or NULL. */
static const isn_mention *genitive_people(const isn_finder *f, uint32_t at, uint32_t end)
{
    static const isn_family families[] = {FAMILY_OFFICE, FAMILY_PERSON, FAMILY_GROUP};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        const isn_mention *m = isn_memo(f, at, families[i]);
        if (m && m->last == end)
            return m;
    }
    return NULL;
}

/* Is the head a class noun of places too, of the kind whose name stands without it? */
static bool is_district(const isn_finder *f, const head_noun *h)
{
    const isn_pick *place = &f->views[h->t].pick[PICK_PLACEHEAD];
    return !has_kind(f, h->row, "local") && place->match && place->match->n == h->at - h->t &&
           place->entry->form != ISN_F_PLURAL &&
           isn_lexicon_cell(f->lexicon, ISN_T_PLACEHEADS, place->entry->row, ISN_C_PLACEHEADS_INSIDE).n == 0;
}

/* "The bank of Qatar, the National": past adjectives behind a name that can only be the head's. */
static uint32_t own_adjectives(const isn_finder *f, uint32_t head, uint32_t end)
{
    bool name = isn_memo(f, end - 1, FAMILY_PLACE) || f->views[end - 1].pos == ISN_POS_PROPER ||
                (f->views[end - 1].name && !f->views[end - 1].known);
    while (name && isn_is_plain(f, end) && f->views[end].al && isn_may_agree(f, head, end) &&
           f->views[end].feminine == f->views[head].feminine && !f->views[end].plural &&
           (f->views[end].pos == ISN_POS_ADJ || isn_is_ordinal(f, end) || isn_is_general(f, end)) &&
           !f->views[end].pick[PICK_OFFICE].match && !f->views[end].pick[PICK_TITLE].match &&
           !isn_stem_is(f, end, ISN_W_RASMI) && !isn_stem_is(f, end, ISN_W_RASMIYA) &&
           !isn_memo(f, end, FAMILY_PERSON) && !isn_memo(f, end, FAMILY_PLACE) && !f->views[end].pick[PICK_CALENDAR].match)
        end++;
    return end;
}

/* "Wizarat al-Sihha al-Lubnaniya": a head and its genitive. */
static void of_construct(isn_finder *f, const head_noun *h, isn_gathered *g)
{
    const isn_view *view = &f->views[h->t];
    uint32_t row = h->row, end = isn_genitive(f, h->at, g);
    if (end == h->at || f->views[end - 1].pronoun)
        return;
    if (has_kind(f, row, "ministry") && h->at == h->t + 1 && !takes(f, row, "portfolio") &&
        !(isn_memo(f, h->at, FAMILY_PLACE) && isn_memo(f, h->at, FAMILY_PLACE)->last == end))
        return; /* high-ranking diplomatic meetings */
    const isn_mention *town = isn_memo(f, h->at, FAMILY_PLACE);
    if (is_district(f, h) && town && town->last == end)
        return; /* the district of X, though directorates and the judiciary are called so too */
    const isn_mention *of = genitive_people(f, h->at, end);
    if (of && of->type == ISN_PERSON && !takes(f, row, "name") && !takes(f, row, "noun"))
        return; /* the marshal of the staff X */
    if (of && (has_kind(f, row, "leadership") || (of->type == ISN_GROUP && has_kind(f, row, "authority"))))
        return;
    if (h->plural && (!may_act(f, row) || publishes(f, row)))
        return;
    bool masdar = view->pos == ISN_POS_MASDAR || view->pos == ISN_POS_VERB;
    bool forces = has_kind(f, row, "army") || has_kind(f, row, "militia");
    bool like = isn_name_like(f, end - 1) == 2;
    g->named = g->named || (like && forces && h->plural);
    if (!h->official && !g->named && !like && !(forces && g->exact) && !h->plural)
        return;
    if (!g->exact && !like && (masdar || h->plural) && !(h->plural && view->pick[PICK_GROUP].match))
        return;
    if (masdar && !is_name_at(f, h->at, end))
        return;
    end = with_holder(f, h->at, end);
    if (!g->exact && takes(f, row, "name")) {
        uint32_t most = end + 2;
        while (end < most && isn_is_plain(f, end) && !f->views[end].al && !f->views[end].known &&
               (f->views[end].unseen || f->views[end].pos == ISN_POS_PROPER || f->views[end].pos == ISN_POS_UNKNOWN) &&
               !f->views[end - 1].al && !f->views[end].pick[PICK_COUNTRY].match)
            end++;
    }
    if (h->official && !h->plural)
        end = tasks(f, end, takes(f, row, "name"));
    uint32_t before = end;
    if (!h->plural && end > h->at)
        end = own_adjectives(f, h->t, end);
    end = isn_nationality(f, end, g->country);
    end = of_body(f, end, h->official, h->local, g);
    if (end > before)
        end = isn_nationality(f, end, g->country);
    float score = h->plural ? (g->exact ? 0.72f : 0.5f)
                  : g->exact ? 0.88f : g->country[0] ? 0.8f : 0.66f;
    keep_built(f, h->t, end, ISN_FORM_NAME, score, "organ.genitive", g);
}

/* "a joint committee", "an Egyptian court"; else a head and its genitive. */
static void of_indefinite(isn_finder *f, const head_noun *h, isn_gathered *g)
{
    uint32_t t = h->t, at = h->at, row = h->row;
    char country[4] = {0};
    uint32_t adjectives = isn_adjectives(f, t, at, false, country);
    if (at > t + 1 && f->views[at - 1].pos == ISN_POS_ADJ) {
        keep_built(f, t, adjectives, ISN_FORM_ROLE, 0.5f, "organ.indefinite", g);
        return;
    }
    if (adjectives == at) {
        of_construct(f, h, g);
        return;
    }
    bool several = h->plural && !h->armed &&
                   (has_kind(f, row, "armed-group") || has_kind(f, row, "party") || has_kind(f, row, "militia"));
    if (country[0] || several || has_kind(f, row, "court")) {
        memcpy(g->country, country, sizeof country);
        keep_built(f, t, adjectives, ISN_FORM_ROLE, 0.45f, "organ.indefinite", g);
    }
}

/* 'The two parties "X" and "Y"': each quoted name is a body. */
static bool keep_quoted(isn_finder *f, uint32_t t, uint32_t end)
{
    bool kept = false;
    while (end > t + 2) {
        isn_mention m = isn_candidate(f, t + 1, end - 1, ISN_ORGANIZATION, ISN_FORM_NAME, 0.85f, "organ.quoted");
        isn_keep(f, &m, FAMILY_ORG);
        kept = true;
        t = end;
        bool and = t + 1 < f->last && isn_is_word(f, t, ISN_W_WA);
        t += and;
        end = and ? isn_quoted(f, t) : t;
    }
    return kept;
}

/* hizba "X" wa"Y": the dual, though the letters may be an accusative. */
static bool are_two(const isn_finder *f, uint32_t at, uint32_t quoted)
{
    const isn_word *word = f->text->tokens[at - 1].word;
    return word && word->letters[word->n - 1] == ISN_ALEF && isn_is_word(f, quoted, ISN_W_WA) &&
           isn_quoted(f, quoted + 1) > quoted + 1;
}

/* A head noun and what it is of: Ministry of Defence, Haftar's forces, the movement "Taliban". */
static void of_head(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *head = &view->pick[PICK_ORGHEAD];
    if (!head->match ||
        (view->pick[PICK_ORG].match && view->pick[PICK_ORG].match->n > head->match->n &&
         view->pick[PICK_ORG].match->n > 1))
        return;
    uint32_t row = head->entry->row, n = head->match->n;
    if (has_kind(f, row, "delegation"))
        return; /* people, and whose they are is named inside (E8) */
    if (((f->views[t].clitics & ISN_CL_BA) && has_kind(f, row, "leadership")) || isn_is_post(f, t))
        return; /* under the command of */
    head_noun h = {.t = t, .at = t + n, .row = row};
    h.bare = isn_lexicon_cell(f->lexicon, ISN_T_ORGHEADS, row, ISN_C_ORGHEADS_BARE).n > 0;
    h.plural = head->entry->form == ISN_F_PLURAL || head->entry->form == ISN_F_DUAL;
    isn_gathered g;
    isn_gathered_init(&g);
    if (view->pronoun && n == 1) {
        uint32_t end = isn_adjectives(f, t, h.at, true, g.country);
        if (h.bare && !h.plural)
            keep_built(f, t, end, ISN_FORM_ROLE, 0.75f, "organ.pronoun", &g);
        return;
    }
    uint32_t quoted = isn_quoted(f, h.at);
    if (quoted > h.at && (h.plural || are_two(f, h.at, quoted)) && takes(f, row, "name") &&
        keep_quoted(f, h.at, quoted))
        return;
    if (quoted == h.at + 3 && f->views[h.at + 1].pos == ISN_POS_ADJ && !f->views[h.at + 1].al)
        return; /* a "terrorist" organization */
    if (quoted > h.at && !h.plural && !view->al && takes(f, row, "name")) {
        g.exact = true;
        quoted = isn_nationality(f, quoted, g.country);
        keep_built(f, t, quoted, ISN_FORM_NAME, 0.9f, "organ.quoted", &g);
        return;
    }
    h.official = is_descriptive(f, row);
    h.local = has_kind(f, row, "department") || has_kind(f, row, "police") || has_kind(f, row, "court") ||
              has_kind(f, row, "council") || has_kind(f, row, "local");
    h.armed = (has_kind(f, row, "army") || has_kind(f, row, "militia")) && isn_is_at_plural(f, t);
    if (view->al || (n > 1 && f->views[h.at - 1].al))
        of_definite(f, &h, &g);
    else
        of_indefinite(f, &h, &g);
}

/* "al-Kharijiya al-Amrikiya": a ministry by its portfolio alone. */
static void of_portfolio(isn_finder *f, uint32_t t)
{
    const isn_view *view = &f->views[t];
    const isn_pick *pick = &view->pick[PICK_PORTFOLIO];
    if (!pick->match || !view->al)
        return;
    char country[4] = {0};
    uint32_t end = isn_adjectives(f, t, t + pick->match->n, true, country);
    if (!country[0] || !view->pick[PICK_ORGHEAD].match || isn_is_post(f, t))
        return;
    if (t > f->first && isn_is_plain(f, t) && f->views[t - 1].al && !f->views[t - 1].pick[PICK_DEMONYM].match &&
        (f->views[t - 1].pos == ISN_POS_NOUN || f->views[t - 1].pos == ISN_POS_MASDAR))
        return; /* foreign policy */
    isn_mention m =
        isn_candidate(f, t, end, ISN_ORGANIZATION, ISN_FORM_NAME, 0.85f, "organ.portfolio");
    m.office = view->pick[PICK_ORGHEAD].entry->row;
    m.portfolio = pick->entry->row;
    m.feminine = 1;
    memcpy(m.country, country, sizeof country);
    isn_keep(f, &m, FAMILY_ORG);
}

void isn_organs_at(isn_finder *f, uint32_t t)
{
    if (!f->views[t].word)
        return;
    of_lexicon(f, t, PICK_ORG);
    of_lexicon(f, t, PICK_OUTLET);
    of_portfolio(f, t);
    of_head(f, t);
}
