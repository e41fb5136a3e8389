/* dice.h - records made by a die: always the same ones, of few actors who do everything to each other. */
#ifndef ISN_TEST_DICE_H
#define ISN_TEST_DICE_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define DICE_ACTORS 7u

static inline uint32_t die(uint32_t *seed, uint32_t sides)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % sides;
}

/* kb, type, country */
static const char *const dice_people[DICE_ACTORS][3] = {{"amin-one", "person", "IRQ"}, {"badr-two", "person", "JOR"},  {"IRQ", "place", "IRQ"},
                                              {"JOR", "place", "JOR"},       {"the-council", "organization", NULL}, {"dalal-five", "person", "EGY"},
                                              {"", "person", "EGY"}}; /* the last has no key */
static const char dice_text[] = "amin badr iraq jordan council dalal visitor said that they will meet in the city on monday";
static const unsigned dice_begins[DICE_ACTORS] = {0, 5, 10, 15, 22, 30, 36}, dice_ends[DICE_ACTORS] = {4, 9, 14, 21, 29, 35, 43};

static inline void dice_entities(FILE *out, uint32_t *seed)
{
    for (unsigned i = 0; i < DICE_ACTORS; i++) {
        char key[64] = "null", country[16] = "null";
        if (*dice_people[i][0])
            snprintf(key, sizeof key, "\"%s\"", dice_people[i][0]);
        if (dice_people[i][2])
            snprintf(country, sizeof country, "\"%s\"", dice_people[i][2]);
        fprintf(out, "%s{\"id\":\"E%u\",\"type\":\"%s\",\"name\":\"%.*s\",\"english\":null,\"kb\":%s,\"key\":%s,\"country\":%s,\"sector\":null,"
                     "\"region\":null,\"at\":null,\"roles\":[", i ? "," : "", i + 1, dice_people[i][1], (int)(dice_ends[i] - dice_begins[i]), dice_text + dice_begins[i],
                key, key, country);
        if (i < 2 && die(seed, 2))
            fprintf(out, "{\"office\":\"%s\",\"of\":\"E5\",\"country\":null,\"begin\":44,\"end\":48}", die(seed, 2) ? "minister" : "envoy");
        fprintf(out, "],\"mentions\":[{\"begin\":%u,\"end\":%u,\"form\":\"name\"}]}", dice_begins[i], dice_ends[i]);
    }
}

static inline void dice_names(FILE *out, const char *key, uint32_t *seed)
{
    unsigned n = die(seed, 3), a = die(seed, DICE_ACTORS), b = die(seed, DICE_ACTORS);
    fprintf(out, "\"%s\":[", key);
    if (n)
        fprintf(out, "\"E%u\"", a + 1);
    if (n == 2 && b != a)
        fprintf(out, ",\"E%u\"", b + 1);
    fputs("],", out);
}

static inline void dice_day(char out[16], uint32_t *seed)
{
    snprintf(out, 16, "%u-%02u-%02u", 2019 + die(seed, 3), 1 + die(seed, 12), 1 + die(seed, 28));
}

static inline void dice_events(FILE *out, uint32_t *seed)
{
    static const char *const types[][2] = {{"CONSULT", "visit"}, {"CONSULT", "meet"}, {"ASSAULT", NULL}, {"AGREE", NULL}, {"ACCUSE", "allege"}};
    static const char *const statuses[] = {"actual", "actual", "actual", "future", "negated", "hypothetical"};
    unsigned n = die(seed, 5);
    for (unsigned i = 0; i < n; i++) {
        const char *const *type = types[die(seed, 5)];
        char day[16], mode[16] = "null", date[24] = "null";
        if (type[1])
            snprintf(mode, sizeof mode, "\"%s\"", type[1]);
        dice_day(day, seed);
        unsigned exact = die(seed, 3);
        if (exact)
            snprintf(date, sizeof date, "\"%.*s\"", exact == 1 ? 10 : 4, day);
        fprintf(out, "%s{\"id\":\"V%u\",\"type\":\"%s\",\"mode\":%s,\"context\":[],\"begin\":44,\"end\":67,\"trigger\":{\"begin\":44,\"end\":48},",
                i ? "," : "", i + 1, type[0], mode);
        dice_names(out, "actor", seed);
        dice_names(out, "recipient", seed);
        unsigned place = die(seed, 3);
        fprintf(out, "\"place\":%s,\"date\":%s,\"status\":\"%s\",\"via\":[\"E5\"],\"quote\":null,\"rule\":\"r\",\"confidence\":0.5}",
                place == 0 ? "\"E3\"" : place == 1 ? "\"E4\"" : "null", date, statuses[die(seed, 6)]);
    }
}

static inline void dice_record(FILE *out, unsigned number, unsigned version, uint32_t *seed)
{
    char published[24] = "null", day[16];
    dice_day(day, seed);
    if (die(seed, 12))
        snprintf(published, sizeof published, "\"%s\"", day);
    fprintf(out, "{\"isnad\":1,\"id\":\"a%u\",\"uri\":\"a%u\",\"outlet\":%s,\"published\":%s,\"language\":\"en\",\"title\":null,\"text\":\"%s %u\","
                 "\"blocks\":[{\"begin\":0,\"end\":%zu,\"kind\":\"body\"}],\"entities\":[", number, number,
            number % 4 == 3 ? "null" : number % 4 == 2 ? "\"the \\\"second\\\" outlet\"" : "\"first\"", published, dice_text, version, strlen(dice_text));
    dice_entities(out, seed);
    fputs("],\"dates\":[],\"quotes\":[", out);
    for (unsigned i = 0, n = die(seed, 3); i < n; i++) {
        unsigned speaker = die(seed, DICE_ACTORS + 1);
        char name[16] = "null";
        if (speaker < DICE_ACTORS)
            snprintf(name, sizeof name, "\"E%u\"", speaker + 1);
        fprintf(out, "%s{\"id\":\"Q%u\",\"begin\":44,\"end\":60,\"kind\":\"indirect\",\"speaker\":%s,\"cue\":null,\"via\":[],\"rule\":\"r\",\"confidence\":0.5}",
                i ? "," : "", i + 1, name);
    }
    fputs("],\"events\":[", out);
    dice_events(out, seed);
    fputs("],\"counts\":[],\"diagnostics\":[]}\n", out);
}

#endif
