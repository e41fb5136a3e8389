/* reading.h - what the files of the event room share while they read one text. */
#ifndef ISN_EVENT_READING_H
#define ISN_EVENT_READING_H

#include "event/frame.h"

/* What holds a unit in one of its slots. */
typedef struct isn_governor {
    uint32_t unit; /* the verb or noun, or ISN_NONE */
    uint32_t slot; /* ISN_SLOT_... or row of functions.tsv */
} isn_governor;

/* A word that can act, with the frames that were chosen for it. */
typedef struct isn_act {
    uint32_t unit, token;
    uint8_t form;            /* ISN_F_VERB, ISN_F_MASDAR, ISN_F_ACTIVE, ISN_F_PASSIVE, ISN_F_PHRASE (nouns, fixed phrases) */
    uint8_t passive;         /* a verb read as passive */
    uint16_t detail;
    uint32_t n_tokens;       /* tokens of the trigger */
    const isn_frame *frame;  /* of its own act (or NONE), or NULL */
    const isn_frame *carry;  /* LIGHT or CARRY: it brings the act of another word, or NULL; never both NULL */
    uint32_t eaten;          /* unit of the noun that its frame's conditions speak of: no event of its own; or ISN_NONE */
    uint32_t brought;        /* unit of the noun whose act `carry` brings, where a condition names it; or ISN_NONE */
    const isn_slots *slots;
    uint32_t event;          /* index of the event made of it, or ISN_NONE */
} isn_act;

typedef struct isn_reading {
    const isn_frames *frames;
    const isn_clauses *clauses;
    const isn_quotes *quotes;
    isn_arena *arena;
    isn_governor *governors; /* per unit */
    isn_governor *relatives; /* per unit: the verb of a relative clause that tells of it, beside what governs it */
    isn_act **acts;          /* per unit: the act that it heads, or NULL */
    uint32_t *quote_of;      /* per token: innermost quote, or ISN_NONE */
    uint8_t *entity_classes; /* per entity and class: 0 not asked yet, 1 not of the class, 2 of it */
} isn_reading;

/* Chooses the frames of the word at `unit`; NULL where it can't act. The act lives in the reading's arena. */
isn_act *isn_act_choose(isn_reading *reading, uint32_t unit);

/* Can the noun at `unit` be a trigger itself? (condition `event`) */
bool isn_act_possible(const isn_reading *reading, uint32_t unit);

/* Fills actor, recipient and place of an event from the act's slots and from what governs it. */
void isn_event_fill(isn_event *event, const isn_reading *reading, const isn_act *act);

/* Whose thing it is that an act concerns, in the slot `name`; and in the i-th prepositional slot (owner.c). */
void isn_event_put_owner(isn_event *event, const isn_reading *reading, const isn_frame *frame, uint32_t name,
                         const isn_slot *slot);
void isn_event_put_owner_of_prep(isn_event *event, const isn_reading *reading, const isn_frame *frame,
                                 const isn_slots *slots, uint8_t i);
/* The other side of what is promised or agreed: "agreed to a peace treaty with X", "promised to deliver arms to X". */
void isn_event_put_partner(isn_event *event, const isn_reading *reading, const isn_act *act);
/* Is the noun at `unit` a tank, an aircraft, artillery ...? */
bool isn_unit_is_arms(const isn_reading *reading, uint32_t unit);
/* Whose bullets or fire did it, where nobody else is told to have. */
void isn_event_put_shooter(isn_event *event, const isn_reading *reading, const isn_act *act);

/* In what is done together (talks, agreements) whoever carries it out takes part. */
bool isn_act_is_joint(const isn_frame *frame);

/* The mode: the frame's, else by what is asked for or threatened, by arms, by who meets (mode.c). */
void isn_event_fill_mode(isn_event *event, const isn_reading *reading, const isn_act *act);

/* The status that words around the act and what governs it give. */
isn_event_status isn_event_status_of(const isn_reading *reading, const isn_act *act);

/* Is the act done by or to somebody political (V1)? */
bool isn_event_is_political(const isn_reading *reading, const isn_act *act, const isn_event *event);
/* Is the verbal noun only a purpose, or part of a noun phrase? (worth.c) */
bool isn_act_is_thought_of(const isn_reading *reading, const isn_act *act);
/* Does the noun head a sentence that has no verb? */
bool isn_act_heads_sentence(const isn_reading *reading, uint32_t unit);
/* Is it a verbal noun in the accusative, as its letters show? */
bool isn_act_is_accusative(const isn_reading *reading, const isn_act *act);
/* Is the noun a reason of something else? */
bool isn_act_is_circumstance(const isn_reading *reading, const isn_act *act);
/* Does the act impose or prolong sanctions or put on a list? They are there with the decision (V13). */
bool isn_act_is_sanction(const isn_reading *reading, const isn_act *act);
/* Is it only the decision on sanctions, which are the event? */
bool isn_act_is_decision(const isn_reading *reading, const isn_act *act);
/* Is the noun what a charge is about? */
bool isn_act_is_charge(const isn_reading *reading, const isn_act *holder, uint32_t slot, uint32_t unit);
/* Is the act a step of the assault told just before? Its victims go there. */
bool isn_event_is_part(isn_events *events, const isn_reading *reading, const isn_act *act, const isn_event *event);

/* Sets signals and confidence of all events, when their parties are known (confidence.c). */
void isn_events_rate(isn_events *events, const isn_reading *reading);

/* Is the entity, or the noun that heads the unit, of the class? */
bool isn_entity_in_class(const isn_reading *reading, uint32_t entity, uint32_t class_number);
bool isn_unit_in_class(const isn_reading *reading, uint32_t unit, uint32_t class_number);

/* Is any token of the units [from, to) a word of the class? */
bool isn_class_among(const isn_reading *reading, uint32_t from, uint32_t to, uint32_t class_number);

#endif
