/*
 * frame.h - the frames of frames.tsv, read once when the engine opens: which words act, who stands in which slot,
 * under which conditions (lexicon/README.md, "Frames").
 */
#ifndef ISN_EVENT_FRAME_H
#define ISN_EVENT_FRAME_H

#include "event/event.h"

/* Slots of the syntax that are no prepositions; a preposition is its row of functions.tsv. */
enum { ISN_SLOT_SUBJ = 0x7FFF0001, ISN_SLOT_OBJ, ISN_SLOT_GEN, ISN_SLOT_ADJ, ISN_SLOT_OF, ISN_SLOT_CLAUSE };

typedef enum isn_slot_role {
    ISN_ROLE_NONE,
    ISN_ROLE_ACTOR,
    ISN_ROLE_RECIPIENT,
    ISN_ROLE_PLACE,
    ISN_ROLE_CONTENT,
    ISN_ROLE_BOTH,
    ISN_ROLE_TARGET,
    ISN_ROLE_EVENT
} isn_slot_role;

#define ISN_FRAME_SLOTS 12
#define ISN_FRAME_CONDITIONS 6

typedef struct isn_frame_slot {
    uint32_t slot; /* ISN_SLOT_... or row of functions.tsv */
    uint8_t role;  /* for any entity, or for places where `other` is given */
    uint8_t other; /* for persons, bodies and groups; ISN_ROLE_NONE: the same */
} isn_frame_slot;

typedef enum isn_condition_kind {
    ISN_IF_CLASS,   /* the head is of class `value` */
    ISN_IF_SEVERAL, /* more than one stand there */
    ISN_IF_TYPE,    /* the entity is of type `value` */
    ISN_IF_EVENT,   /* the head can be a trigger itself */
    ISN_IF_LITERAL, /* the head is spelled `key` */
    ISN_IF_HAS,     /* the slot is filled at all */
    ISN_IF_WORD,    /* the word `word` stands in the clause after the act */
    ISN_IF_PAST     /* a verb in the past, or that will be: no lasting state */
} isn_condition_kind;

typedef struct isn_condition {
    uint32_t slot;
    uint8_t kind, negated;
    uint32_t value;
    uint32_t word; /* LITERAL: word id in the lexicon */
} isn_condition;

typedef enum isn_frame_kind { ISN_FRAME_EVENT, ISN_FRAME_NONE, ISN_FRAME_LIGHT, ISN_FRAME_CARRY } isn_frame_kind;

/* Which forms of the lemma a frame is for. */
enum { ISN_FRAME_VERB = 1, ISN_FRAME_MASDAR = 2, ISN_FRAME_PARTICIPLE = 4, ISN_FRAME_NOMINAL = 8 };

typedef struct isn_frame {
    uint32_t row;
    uint8_t kind, forms, status, n_slots, n_conditions;
    uint8_t victim_first; /* its victims often head the sentence: a verb of it without object can be passive */
    isn_str type, mode, contexts;
    isn_frame_slot slots[ISN_FRAME_SLOTS];
    isn_condition conditions[ISN_FRAME_CONDITIONS];
} isn_frame;

/* Classes of nouns that show the mode of what asks for, refuses or threatens them, or is done with them (mode.c). */
typedef struct isn_mode_class {
    const char *type, *name, *mode;
} isn_mode_class;

#define ISN_MODE_CLASSES 16
extern const isn_mode_class isn_mode_classes[ISN_MODE_CLASSES];

struct isn_frames {
    const isn_grammar *grammar;
    isn_frame *items;      /* one a row of frames.tsv */
    size_t n;
    uint32_t *of_verb;     /* per row of verbs.tsv: first frame of its lemma, or ISN_NO_ROW */
    uint32_t *of_masdar;   /* per row of verbs.tsv: first frame with pos m of one of its verbal nouns, or ISN_NO_ROW */
    uint32_t *class_of;    /* per row of classes.tsv: number of its class */
    size_t n_classes;
    uint32_t no_actor; /* class of subjects that do no political act, or ISN_NO_ROW */
    uint32_t sanction, list; /* classes of what is there with the decision */
    uint32_t issued; /* class of texts that somebody issues to do a thing */
    uint32_t gunfire;          /* class of bullets and fire */
    uint32_t attack[3];        /* classes of attacks, air raids, shelling */
    uint32_t arms[5];          /* classes of arms that fight for whom they belong to */
    uint32_t counterpart;      /* class of nouns for who holds the same office elsewhere */
    uint32_t protester;        /* class of those who protest */
    uint32_t victim;           /* class of the dead and wounded */
    uint32_t belonging;        /* class of participles that say whose a thing is */
    uint32_t self_state;       /* class of nouns for one's own state */
    uint32_t mode_class[ISN_MODE_CLASSES]; /* classes that show modes, as isn_mode_classes names them */
    uint16_t *verb_modes;  /* per row of verbs.tsv: bit i: a verbal noun of it is of mode_class[i] */
    uint32_t armed, security, court; /* classes that a body is of by its sector too; ISN_NO_ROW: not there */
};

/* The frames of one lemma are items[first] to the last with the same lemma. */
uint32_t isn_frames_after(const isn_frames *frames, uint32_t first);

/* The role of a slot for an entity type; ISN_ROLE_NONE where the frame doesn't name the slot. */
isn_slot_role isn_frame_role(const isn_frame *frame, uint32_t slot, uint8_t entity_type, bool *named);

#endif
