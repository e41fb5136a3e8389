/*
 * confidence.h - how sure an event is: signals that the program sees of it anyway, and what each says about being right.
 *
 * The number is the share of such events that annotators told too: the sum of the weights of the signals that hold, through
 * the logistic function. Weights are hundredths of a logit. They are fitted, not thought out: tools/fit-confidence prints
 * them from annotated articles and says how far they are off on articles that they were not fitted on (docs/coders.md).
 */
#ifndef ISN_EVENT_CONFIDENCE_H
#define ISN_EVENT_CONFIDENCE_H

#include <stdint.h>

/* X(name, as printed by `isnad explain`, weight for being right, weight for being news) */
#define ISN_EVENT_SIGNALS(X)                                                                                           \
    X(BIAS, "any", -13, -181)                                                                                          \
    X(PAST, "past", 27, 23)                     /* a verb in the past */                                               \
    X(PRESENT, "present", -27, -40)             /* in the present */                                                   \
    X(PASSIVE, "passive", -3, 39)               /* read as passive */                                                  \
    X(MASDAR, "masdar", -25, -31)               /* a verbal noun */                                                    \
    X(NOUN, "noun", 13, -19)                    /* another noun or fixed phrase */                                     \
    X(PARTICIPLE, "participle", 15, 23)                                                                                \
    X(CONDITION, "condition", 29, 2)            /* the frame asked for something and found it */                       \
    X(BROUGHT, "brought", -55, 24)              /* a light verb or one that carries acts brings it */                  \
    X(COUNTED, "counted", 12, 99)               /* a number stands with its subject, object or genitive */             \
    X(ARMED, "armed", 40, 69)                   /* its mode is a kind of weapon */                                     \
    X(DEFINITE, "definite", -42, -86)           /* a noun with article, pronoun or definite genitive */                \
    X(PLURAL, "plural", 39, 4)                  /* a noun in the plural */                                             \
    X(AFTER_PREPOSITION, "after-preposition", -4, -17)                                                                 \
    X(SUBJECT, "subject", 55, 10)               /* the noun is a verb's subject */                                     \
    X(OBJECT, "object", 12, 35)                 /* the noun is a verb's object */                                      \
    X(IN_IDAFA, "in-idafa", -35, -61)           /* the noun is the second of two */                                    \
    X(FIRST, "first", 21, 37)                   /* among the first words of its sentence */                            \
    X(LATE, "late", -64, -103)                  /* behind twenty-five words */                                         \
    X(UNDER_THAT, "under-that", 3, -10)                                                                                \
    X(RELATIVE, "relative", -18, -51)           /* in a relative clause */                                             \
    X(JOINED, "joined", -11, -21)               /* "and" stands on it */                                               \
    X(ACTOR, "actor", 90, -7)                   /* words say who */                                                    \
    X(ACTOR_CARRIED, "actor-carried", -46, 2)   /* carried on or a pronoun */                                          \
    X(ACTOR_PERSON, "actor-person", 24, -7)                                                                            \
    X(ACTOR_STATE, "actor-state", 43, -24)                                                                             \
    X(ACTOR_BODY, "actor-body", 10, 27)                                                                                \
    X(ACTOR_GROUP, "actor-group", -37, 21)                                                                             \
    X(ACTOR_FAR, "actor-far", 0, 0)             /* the subject begins ten words away or more */                        \
    X(RECIPIENT, "recipient", 41, 28)                                                                                  \
    X(RECIPIENT_GROUP, "recipient-group", -28, 18)                                                                     \
    X(DATE_NEAR, "date-near", 47, 36)           /* a date within seven words */                                        \
    X(DATE, "date", -18, 28)                    /* elsewhere in the sentence */                                        \
    X(PLACE, "place", 43, 18)                                                                                          \
    X(TITLE, "title", 37, 0)                                                                                           \
    X(LEAD, "lead", 43, -4)                     /* in the first paragraph */                                           \
    X(DIRECT_QUOTE, "direct-quote", -35, 14)                                                                           \
    X(INDIRECT_QUOTE, "indirect-quote", -3, 38)                                                                        \
    X(FUTURE, "future", 34, -60)                                                                                       \
    X(HYPOTHETICAL, "hypothetical", -55, -29)                                                                          \
    X(NEGATED, "negated", -40, -36)                                                                                    \
    X(TWO_READINGS, "two-readings", 14, 4)      /* the word has another reading that is nearly as likely */            \
    X(SAME_BEFORE, "same-before", -27, 97)      /* the sentence has told of the type already */                        \
    X(TOLD_BEFORE, "told-before", 66, 0)        /* the article has */                                                  \
    X(VIOLENT, "violent", 10, -4)               /* ASSAULT */                                                          \
    X(FORCED, "forced", -27, -3)                /* COERCE, MOBILIZE, PROTEST */                                        \
    X(MET, "met", 27, 0)                        /* CONSULT */                                                          \
    X(ASKED, "asked", 15, 0)                    /* REQUEST */                                                          \
    X(BLAMED, "blamed", -5, 0)                  /* ACCUSE, REJECT, THREATEN */                                         \
    X(AGREED, "agreed", -24, 0)                 /* AGREE, CONCEDE */                                                   \
    X(BACKED, "backed", -48, 0)                 /* SUPPORT */                                                          \
    X(DEEDS, "deeds", 19, 0)                    /* COOPERATE, AID, RETREAT */                                          \
    X(PUNISHED, "punished", 33, 0)              /* SANCTION */

typedef enum isn_event_signal {
#define X(name, text, sure, news) ISN_SIGNAL_##name,
    ISN_EVENT_SIGNALS(X)
#undef X
        ISN_EVENT_SIGNAL_COUNT
} isn_event_signal;

/* The name of a signal as `isnad explain` prints it. */
const char *isn_event_signal_text(unsigned signal);
/* What it adds to the confidence, in hundredths of a logit. */
int isn_event_signal_weight(unsigned signal);
/* The share of right ones that belongs to a set of signals (bit i: signal i), .02 to .98. */
float isn_event_confidence(uint64_t signals);
/* The share of sentences whose news is the act itself, as coders of newspaper sentences marked them; fitted for ASSAULT and
 * PROTEST alone. The others mention it in passing, in general, or as background. */
float isn_event_news(uint64_t signals);
/* The logistic function of hundredths of a logit, .02 to .98; the same on every machine. */
float isn_logistic(int hundredths);

#endif
