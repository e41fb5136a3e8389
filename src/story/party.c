#include <stdlib.h>

#include "base/normal.h"
#include "link/entity.h"
#include "story/telling.h"

#define NAME_ROOM 160u
#define SAME_NAME 0.9f  /* likeness of two spellings of one person's name */
#define ORGAN 0.75f     /* a state and one of its organs, or two organs */
#define OFFICIAL 0.5f   /* somebody and his state */
#define MOST_ENTITIES 4096u /* of a story that are compared with each other */

typedef struct name {
    uint32_t article, entity;
    uint8_t letters[NAME_ROOM];
    size_t n;
} name;

static isn_story_party describe(const isn_tellings *t, const name *at)
{
    const isn_record_entity *e = &t->records[at->article]->entities[at->entity];
    isn_story_party p = {.article = at->article, .entity = at->entity, .type = e->type};
    if (e->country.n < sizeof p.country && e->country.n)
        memcpy(p.country, e->country.p, e->country.n);
    size_t begin = 0;
    for (size_t i = 0; i <= at->n && p.n_stems < sizeof p.stems / sizeof *p.stems; i++) {
        if (i < at->n && at->letters[i] != ' ')
            continue;
        isn_stem stem;
        if (i > begin) {
            isn_stem_make(&stem, &t->tagger, at->letters + begin, i - begin);
            p.stems[p.n_stems++] = isn_stem_hash(&stem);
        }
        begin = i + 1;
    }
    return p;
}

static bool same_stems(const isn_story_party *a, const isn_story_party *b)
{
    if (a->n_stems != b->n_stems || a->n_stems == 0)
        return false;
    for (size_t i = 0; i < a->n_stems; i++)
        if (a->stems[i] != b->stems[i])
            return false;
    return true;
}

/* Are two entities of different articles one? */
static bool is_same(const isn_tellings *t, const name *a, const name *b, const isn_story_party *pa, const isn_story_party *pb)
{
    const isn_record_entity *x = &t->records[a->article]->entities[a->entity];
    const isn_record_entity *y = &t->records[b->article]->entities[b->entity];
    if (x->type != y->type)
        return x->kb.n && isn_str_equal(x->kb, y->kb);
    if (x->kb.n && isn_str_equal(x->kb, y->kb))
        return true;
    if (x->english.n && isn_str_equal(x->english, y->english))
        return true;
    if (x->country.n && y->country.n && !isn_str_equal(x->country, y->country))
        return false;
    if (same_stems(pa, pb))
        return true;
    return x->type == ISN_RECORD_PERSON && a->n && b->n &&
           isn_name_likeness(a->letters, a->n, b->letters, b->n) >= SAME_NAME;
}

static uint32_t party_for(isn_tellings *t, const name *names, const name *at)
{
    isn_story_party described = describe(t, at);
    for (uint32_t i = 0; i < t->n_parties; i++) {
        const isn_story_party *known = &t->parties[i];
        if (known->article != at->article && is_same(t, at, &names[i], &described, known))
            return i;
    }
    if (t->n_parties == MOST_ENTITIES)
        return ISN_NOTHING;
    t->parties[t->n_parties] = described;
    return (uint32_t)t->n_parties++;
}

bool isn_parties_find(isn_tellings *t, isn_arena *arena)
{
    name *names = isn_arena_calloc(arena, MOST_ENTITIES + 1, sizeof *names); /* of each party the name first met */
    t->parties = isn_arena_calloc(arena, MOST_ENTITIES, sizeof *t->parties);
    t->party_of = isn_arena_calloc(arena, t->n_records ? t->n_records : 1, sizeof *t->party_of);
    if (!names || !t->parties || !t->party_of)
        return false;
    for (uint32_t i = 0; i < t->n_records; i++) {
        const isn_record *r = t->records[i];
        t->party_of[i] = isn_arena_calloc(arena, r->n_entities ? r->n_entities : 1, sizeof **t->party_of);
        if (!t->party_of[i])
            return false;
        for (uint32_t k = 0; k < r->n_entities; k++) {
            name at = {.article = i, .entity = k};
            at.n = isn_normal_letters(at.letters, sizeof at.letters, r->entities[k].name);
            if (at.n > sizeof at.letters)
                at.n = sizeof at.letters;
            for (size_t c = 0; c < at.n; c++)
                if (at.letters[c] == '_' || at.letters[c] == '#')
                    at.letters[c] = ' ';
            size_t before = t->n_parties;
            t->party_of[i][k] = party_for(t, names, &at);
            if (t->n_parties > before)
                names[before] = at;
        }
    }
    return true;
}

/* Shares of the stems of the shorter name that the other has too. */
static float names_shared(const isn_story_party *a, const isn_story_party *b)
{
    size_t shared = 0, least = a->n_stems < b->n_stems ? a->n_stems : b->n_stems;
    for (size_t i = 0; i < a->n_stems; i++)
        for (size_t k = 0; k < b->n_stems; k++)
            if (a->stems[i] == b->stems[k]) {
                shared++;
                break;
            }
    return least ? (float)shared / (float)least : 0;
}

float isn_party_alike(const isn_tellings *t, uint32_t a, uint32_t b)
{
    if (a == b)
        return 1;
    if (a >= t->n_parties || b >= t->n_parties)
        return 0;
    const isn_story_party *x = &t->parties[a], *y = &t->parties[b];
    bool persons = x->type == ISN_RECORD_PERSON && y->type == ISN_RECORD_PERSON;
    float shared = names_shared(x, y);
    if (persons)
        return shared >= 1 ? 0.8f : 0;
    float alike = shared * ORGAN;
    if (x->country[0] && memcmp(x->country, y->country, sizeof x->country) == 0) {
        bool person = x->type == ISN_RECORD_PERSON || y->type == ISN_RECORD_PERSON;
        bool group = x->type == ISN_RECORD_GROUP || y->type == ISN_RECORD_GROUP;
        float country = person || group ? OFFICIAL : ORGAN;
        alike = alike > country ? alike : country;
    }
    return alike;
}

float isn_parties_alike(const isn_tellings *t, const isn_party_list *a, const isn_party_list *b, float unknown)
{
    if (a->n == 0 || b->n == 0)
        return unknown;
    const isn_party_list *few = a->n <= b->n ? a : b, *many = a->n <= b->n ? b : a;
    float sum = 0;
    for (size_t i = 0; i < few->n; i++) {
        float best = 0;
        for (size_t k = 0; k < many->n; k++) {
            float alike = isn_party_alike(t, few->items[i], many->items[k]);
            best = alike > best ? alike : best;
        }
        sum += best;
    }
    return sum / (float)few->n;
}
