#include "event/frame.h"

#include <stdlib.h>

#include "base/error.h"
#include "lexicon/schema.h"

static isn_str cell(const isn_frames *frames, uint32_t row, int column)
{
    return isn_lexicon_cell(frames->grammar->lexicon, ISN_T_FRAMES, row, column);
}

static uint32_t slot_of(const isn_frames *frames, isn_str name)
{
    if (isn_str_equal(name, ISN_STR("subj")))
        return ISN_SLOT_SUBJ;
    if (isn_str_equal(name, ISN_STR("obj")))
        return ISN_SLOT_OBJ;
    if (isn_str_equal(name, ISN_STR("gen")))
        return ISN_SLOT_GEN;
    if (isn_str_equal(name, ISN_STR("adj")))
        return ISN_SLOT_ADJ;
    if (isn_str_equal(name, ISN_STR("of")))
        return ISN_SLOT_OF;
    return isn_grammar_preposition(frames->grammar, name);
}

static uint8_t role_of(isn_str name)
{
    static const struct {
        const char *name;
        isn_slot_role role;
    } list[] = {{"actor", ISN_ROLE_ACTOR}, {"recipient", ISN_ROLE_RECIPIENT},
                {"place", ISN_ROLE_PLACE}, {"content", ISN_ROLE_CONTENT},
                {"both", ISN_ROLE_BOTH},   {"target", ISN_ROLE_TARGET},
                {"event", ISN_ROLE_EVENT}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (isn_str_equal(name, isn_str_cstr(list[i].name)))
            return list[i].role;
    }
    return ISN_ROLE_NONE;
}

/* "slot=role slot=role/role ..." */
static void read_slots(isn_frame *frame, const isn_frames *frames, isn_str text)
{
    isn_str item, rest = isn_str_trim(text);
    while (isn_str_next(&item, &rest, ' ') && frame->n_slots < ISN_FRAME_SLOTS) {
        isn_str name, roles = item, role;
        if (item.n == 0 || !isn_str_next(&name, &roles, '=') || !roles.p)
            continue;
        isn_frame_slot slot = {.slot = slot_of(frames, name)};
        if (isn_str_next(&role, &roles, '/'))
            slot.role = role_of(role);
        if (roles.p)
            slot.other = role_of(roles);
        if (slot.slot != ISN_NO_ROW)
            frame->slots[frame->n_slots++] = slot;
    }
}

static uint32_t class_number(const isn_frames *frames, isn_str name)
{
    const isn_lexicon *lexicon = frames->grammar->lexicon;
    uint32_t row = isn_lexicon_row(lexicon, ISN_T_CLASSES, name);
    return row == ISN_NO_ROW ? ISN_NO_ROW : frames->class_of[row];
}

static void read_value(isn_condition *out, const isn_frames *frames, isn_str value)
{
    static const char *const types[ISN_TYPE_COUNT] = {"person", "organization", "place", "group"};
    if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"') {
        uint8_t key[64];
        size_t n = isn_normal_key(key, sizeof key, isn_str_part(value, 1, value.n - 1));
        out->kind = ISN_IF_LITERAL;
        out->word = n <= sizeof key ? isn_lexicon_word(frames->grammar->lexicon, key, n) : 0;
        return;
    }
    if (isn_str_equal(value, ISN_STR("several"))) {
        out->kind = ISN_IF_SEVERAL;
        return;
    }
    if (isn_str_equal(value, ISN_STR("event"))) {
        out->kind = ISN_IF_EVENT;
        return;
    }
    for (uint32_t t = 0; t < ISN_TYPE_COUNT; t++) {
        if (isn_str_equal(value, isn_str_cstr(types[t]))) {
            out->kind = ISN_IF_TYPE;
            out->value = t;
            return;
        }
    }
    out->kind = ISN_IF_CLASS;
    out->value = class_number(frames, value);
}

/* "obj:class obj!class has:prep ..." */
static void read_conditions(isn_frame *frame, const isn_frames *frames, isn_str text)
{
    isn_str item, rest = isn_str_trim(text);
    while (isn_str_next(&item, &rest, ' ') && frame->n_conditions < ISN_FRAME_CONDITIONS) {
        size_t at = 0;
        while (at < item.n && item.p[at] != ':' && item.p[at] != '!')
            at++;
        if (at == 0 || at >= item.n)
            continue;
        isn_condition condition = {.negated = item.p[at] == '!'};
        isn_str name = isn_str_part(item, 0, at), value = isn_str_part(item, at + 1, item.n);
        if (isn_str_equal(name, ISN_STR("has")) && value.n && value.p[0] == '"') {
            read_value(&condition, frames, value);
            condition.kind = ISN_IF_WORD;
            condition.slot = ISN_SLOT_CLAUSE;
        } else if (isn_str_equal(name, ISN_STR("is")) && isn_str_equal(value, ISN_STR("past"))) {
            condition.kind = ISN_IF_PAST;
            condition.slot = ISN_SLOT_CLAUSE;
        } else if (isn_str_equal(name, ISN_STR("has"))) {
            condition.kind = ISN_IF_HAS;
            condition.slot = slot_of(frames, value);
        } else {
            condition.slot = slot_of(frames, name);
            read_value(&condition, frames, value);
        }
        if (condition.slot == ISN_NO_ROW)
            frame->forms = 0; /* nobody could say whether it holds */
        frame->conditions[frame->n_conditions++] = condition;
    }
}

static uint8_t forms_of(isn_str pos)
{
    if (isn_str_equal(pos, ISN_STR("v")))
        return ISN_FRAME_VERB | ISN_FRAME_MASDAR | ISN_FRAME_PARTICIPLE;
    if (isn_str_equal(pos, ISN_STR("vv")))
        return ISN_FRAME_VERB | ISN_FRAME_PARTICIPLE;
    if (isn_str_equal(pos, ISN_STR("m")))
        return ISN_FRAME_MASDAR;
    return ISN_FRAME_NOMINAL;
}

/* Types whose victims head sentences: "qutila thalatha", "u'tuqila", "ufrija". */
static bool is_victim_first(isn_str type, isn_str mode)
{
    if (isn_str_equal(type, ISN_STR("RETREAT")))
        return isn_str_equal(mode, ISN_STR("release")) || isn_str_equal(mode, ISN_STR("resign"));
    if (isn_str_equal(type, ISN_STR("ACCUSE")))
        return isn_str_equal(mode, ISN_STR("investigate"));
    return isn_str_equal(type, ISN_STR("ASSAULT")) || isn_str_equal(type, ISN_STR("COERCE")) ||
           isn_str_equal(type, ISN_STR("SANCTION"));
}

static void read_frame(isn_frame *frame, const isn_frames *frames, uint32_t row)
{
    *frame = (isn_frame){.row = row};
    frame->type = cell(frames, row, ISN_C_FRAMES_TYPE);
    frame->mode = cell(frames, row, ISN_C_FRAMES_MODE);
    frame->victim_first = is_victim_first(frame->type, frame->mode);
    frame->contexts = cell(frames, row, ISN_C_FRAMES_CONTEXTS);
    frame->forms = forms_of(cell(frames, row, ISN_C_FRAMES_POS));
    if (isn_str_equal(frame->type, ISN_STR("NONE")))
        frame->kind = ISN_FRAME_NONE;
    else if (isn_str_equal(frame->type, ISN_STR("LIGHT")))
        frame->kind = ISN_FRAME_LIGHT;
    else if (isn_str_equal(frame->type, ISN_STR("CARRY")))
        frame->kind = ISN_FRAME_CARRY;
    isn_str status = cell(frames, row, ISN_C_FRAMES_STATUS);
    if (isn_str_equal(status, ISN_STR("future")))
        frame->status = ISN_STATUS_FUTURE;
    else if (isn_str_equal(status, ISN_STR("hypothetical")))
        frame->status = ISN_STATUS_HYPOTHETICAL;
    else if (isn_str_equal(status, ISN_STR("negated")))
        frame->status = ISN_STATUS_NEGATED;
    read_slots(frame, frames, cell(frames, row, ISN_C_FRAMES_SLOTS));
    read_conditions(frame, frames, cell(frames, row, ISN_C_FRAMES_IF));
}

/* Rows of classes.tsv with the same class follow each other: number them. */
static void number_classes(isn_frames *frames, size_t n)
{
    const isn_lexicon *lexicon = frames->grammar->lexicon;
    isn_str last = {NULL, 0};
    for (uint32_t row = 0; row < n; row++) {
        isn_str name = isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_CLASS);
        if (row == 0 || !isn_str_equal(name, last))
            frames->n_classes++;
        frames->class_of[row] = (uint32_t)frames->n_classes;
        last = name;
    }
}

/* A frame with pos m names a verbal noun: find the verbs that have it. */
static void index_masdar(isn_frames *frames, uint32_t row, size_t n_verbs)
{
    const isn_lexicon *lexicon = frames->grammar->lexicon;
    uint8_t key[64];
    size_t n = isn_normal_key(key, sizeof key, cell(frames, row, ISN_C_FRAMES_LEMMA));
    uint32_t word = n <= sizeof key ? isn_lexicon_word(lexicon, key, n) : 0;
    uint32_t state = word ? isn_lexicon_step(lexicon, 0, word) : 0;
    size_t found = 0;
    const isn_entry *entries = state ? isn_lexicon_entries(lexicon, state, &found) : NULL;
    for (size_t i = 0; i < found; i++) {
        if (entries[i].table == ISN_T_VERBS && entries[i].form == ISN_F_MASDAR &&
            entries[i].row < n_verbs && frames->of_masdar[entries[i].row] == ISN_NO_ROW)
            frames->of_masdar[entries[i].row] = row;
    }
}

/* Which verbs have verbal nouns of the classes that show modes: "asked that X leave (an yughadir)". */
static void index_modes(isn_frames *frames, size_t n_classes, size_t n_verbs)
{
    const isn_lexicon *lexicon = frames->grammar->lexicon;
    for (uint32_t row = 0; row < n_classes; row++) {
        uint16_t bits = 0;
        for (size_t i = 0; i < ISN_MODE_CLASSES; i++)
            bits = (uint16_t)(bits | (frames->class_of[row] == frames->mode_class[i]) << i);
        uint8_t key[64];
        size_t n = bits ? isn_normal_key(key, sizeof key, isn_lexicon_cell(lexicon, ISN_T_CLASSES, row, ISN_C_CLASSES_WORD))
                        : sizeof key + 1;
        uint32_t word = n <= sizeof key ? isn_lexicon_word(lexicon, key, n) : 0;
        uint32_t state = word ? isn_lexicon_step(lexicon, 0, word) : 0;
        size_t found = 0;
        const isn_entry *entries = state ? isn_lexicon_entries(lexicon, state, &found) : NULL;
        for (size_t i = 0; i < found; i++) {
            if (entries[i].table == ISN_T_VERBS && entries[i].form == ISN_F_MASDAR && entries[i].row < n_verbs)
                frames->verb_modes[entries[i].row] |= bits;
        }
    }
}

isnad_status isn_frames_new(isn_frames **out, const isn_grammar *grammar, isnad_error *err)
{
    const isn_lexicon *lexicon = grammar->lexicon;
    size_t n = isn_lexicon_rows(lexicon, ISN_T_FRAMES);
    size_t n_verbs = isn_lexicon_rows(lexicon, ISN_T_VERBS);
    size_t n_classes = isn_lexicon_rows(lexicon, ISN_T_CLASSES);
    isn_frames *frames = calloc(1, sizeof *frames);
    if (!frames)
        goto no_memory;
    frames->grammar = grammar;
    frames->n = n;
    frames->items = calloc(n + 1, sizeof *frames->items);
    frames->of_verb = calloc(n_verbs + 1, sizeof *frames->of_verb);
    frames->class_of = calloc(n_classes + 1, sizeof *frames->class_of);
    frames->of_masdar = calloc(n_verbs + 1, sizeof *frames->of_masdar);
    frames->verb_modes = calloc(n_verbs + 1, sizeof *frames->verb_modes);
    if (!frames->items || !frames->verb_modes || !frames->of_verb || !frames->class_of || !frames->of_masdar)
        goto no_memory;
    for (uint32_t row = 0; row < n_verbs; row++)
        frames->of_masdar[row] = ISN_NO_ROW;
    number_classes(frames, n_classes);
    frames->no_actor = class_number(frames, ISN_STR("no-actor"));
    frames->sanction = class_number(frames, ISN_STR("sanction"));
    frames->list = class_number(frames, ISN_STR("list"));
    frames->issued = class_number(frames, ISN_STR("issued"));
    frames->gunfire = class_number(frames, ISN_STR("gunfire"));
    frames->attack[0] = class_number(frames, ISN_STR("attack"));
    frames->attack[1] = class_number(frames, ISN_STR("air-raid"));
    frames->attack[2] = class_number(frames, ISN_STR("shelling"));
    static const char *const arms[] = {"aircraft", "tank", "projectile", "ship", "drone"};
    for (size_t i = 0; i < sizeof arms / sizeof *arms; i++)
        frames->arms[i] = class_number(frames, isn_str_cstr(arms[i]));
    frames->counterpart = class_number(frames, ISN_STR("counterpart"));
    frames->protester = class_number(frames, ISN_STR("protester"));
    frames->victim = class_number(frames, ISN_STR("victim"));
    frames->belonging = class_number(frames, ISN_STR("belonging"));
    frames->self_state = class_number(frames, ISN_STR("self-state"));
    frames->armed = class_number(frames, ISN_STR("armed-body"));
    frames->security = class_number(frames, ISN_STR("security"));
    frames->court = class_number(frames, ISN_STR("court"));
    for (size_t i = 0; i < ISN_MODE_CLASSES; i++)
        frames->mode_class[i] = class_number(frames, isn_str_cstr(isn_mode_classes[i].name));
    index_modes(frames, n_classes, n_verbs);
    for (uint32_t row = 0; row < n; row++)
        read_frame(&frames->items[row], frames, row);
    for (uint32_t row = 0; row < n_verbs; row++) {
        isn_str lemma = isn_lexicon_cell(lexicon, ISN_T_VERBS, row, ISN_C_VERBS_LEMMA);
        frames->of_verb[row] = isn_lexicon_row(lexicon, ISN_T_FRAMES, lemma);
    }
    for (uint32_t row = 0; row < n; row++) {
        bool first = row == 0 || isn_frames_after(frames, row - 1) == row;
        if (first && frames->items[row].forms == ISN_FRAME_MASDAR)
            index_masdar(frames, row, n_verbs);
    }
    *out = frames;
    return ISNAD_OK;
no_memory:
    isn_frames_free(frames);
    return isn_fail(err, ISNAD_E_MEMORY, NULL, 0, "no memory for the frames");
}

void isn_frames_free(isn_frames *frames)
{
    if (!frames)
        return;
    free(frames->items);
    free(frames->of_verb);
    free(frames->of_masdar);
    free(frames->class_of);
    free(frames->verb_modes);
    free(frames);
}

uint32_t isn_frames_after(const isn_frames *frames, uint32_t first)
{
    isn_str lemma = cell(frames, first, ISN_C_FRAMES_LEMMA);
    uint32_t row = first + 1;
    while (row < frames->n && isn_str_equal(cell(frames, row, ISN_C_FRAMES_LEMMA), lemma))
        row++;
    return row;
}

isn_slot_role isn_frame_role(const isn_frame *frame, uint32_t slot, uint8_t entity_type, bool *named)
{
    for (uint8_t i = 0; i < frame->n_slots; i++) {
        if (frame->slots[i].slot != slot)
            continue;
        *named = true;
        bool place = entity_type == ISN_PLACE;
        if (!place && frame->slots[i].other != ISN_ROLE_NONE)
            return frame->slots[i].other;
        return frame->slots[i].role;
    }
    *named = false;
    return ISN_ROLE_NONE;
}
