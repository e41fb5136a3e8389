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
    X(BIAS, "any", -18, -187)                                                                                          \
    X(PAST, "past", 26, 13)                     /* a verb in the past */                                               \
    X(PRESENT, "present", -24, -28)             /* in the present */                                                   \
    X(PASSIVE, "passive", 1, 34)                /* read as passive */                                                  \
    X(MASDAR, "masdar", -27, -31)               /* a verbal noun */                                                    \
    X(NOUN, "noun", 10, -18)                    /* another noun or fixed phrase */                                     \
    X(PARTICIPLE, "participle", 14, 24)                                                                                \
    X(CONDITION, "condition", 21, 2)            /* the frame asked for something and found it */                       \
    X(BROUGHT, "brought", -42, 25)              /* a light verb or one that carries acts brings it */                  \
    X(COUNTED, "counted", 18, 108)              /* a number stands with its subject, object or genitive */             \
    X(ARMED, "armed", 41, 67)                   /* its mode is a kind of weapon */                                     \
    X(DEFINITE, "definite", -37, -78)           /* a noun with article, pronoun or definite genitive */                \
    X(PLURAL, "plural", 50, 3)                  /* a noun in the plural */                                             \
    X(AFTER_PREPOSITION, "after-preposition", -17, -12)                                                                \
    X(SUBJECT, "subject", 58, 11)               /* the noun is a verb's subject */                                     \
    X(OBJECT, "object", 13, 33)                 /* the noun is a verb's object */                                      \
    X(IN_IDAFA, "in-idafa", -32, -61)           /* the noun is the second of two */                                    \
    X(FIRST, "first", 28, 33)                   /* among the first words of its sentence */                            \
    X(LATE, "late", -57, -109)                  /* behind twenty-five words */                                         \
    X(UNDER_THAT, "under-that", 8, -7)                                                                                 \
    X(RELATIVE, "relative", -23, -44)           /* in a relative clause */                                             \
    X(JOINED, "joined", -11, -15)               /* "and" stands on it */                                               \
    X(ACTOR, "actor", 92, -3)                   /* words say who */                                                    \
    X(ACTOR_CARRIED, "actor-carried", -34, 4)   /* carried on or a pronoun */                                          \
    X(ACTOR_PERSON, "actor-person", 30, -4)                                                                            \
    X(ACTOR_STATE, "actor-state", 45, -25)                                                                             \
    X(ACTOR_BODY, "actor-body", 6, 36)                                                                                 \
    X(ACTOR_GROUP, "actor-group", -21, 14)                                                                             \
    X(ACTOR_FAR, "actor-far", 0, 0)             /* the subject begins ten words away or more */                        \
    X(RECIPIENT, "recipient", 44, 32)                                                                                  \
    X(RECIPIENT_GROUP, "recipient-group", -28, 11)                                                                     \
    X(DATE_NEAR, "date-near", 49, 31)           /* a date within seven words */                                        \
    X(DATE, "date", -21, 25)                    /* elsewhere in the sentence */                                        \
    X(PLACE, "place", 39, 26)                                                                                          \
    X(TITLE, "title", 27, 0)                                                                                           \
    X(LEAD, "lead", 48, -5)                     /* in the first paragraph */                                           \
    X(DIRECT_QUOTE, "direct-quote", -36, 20)                                                                           \
    X(INDIRECT_QUOTE, "indirect-quote", -6, 39)                                                                        \
    X(FUTURE, "future", 40, -66)                                                                                       \
    X(HYPOTHETICAL, "hypothetical", -80, -32)                                                                          \
    X(NEGATED, "negated", -38, -37)                                                                                    \
    X(TWO_READINGS, "two-readings", 11, 3)      /* the word has another reading that is nearly as likely */            \
    X(SAME_BEFORE, "same-before", -20, 93)      /* the sentence has told of the type already */                        \
    X(TOLD_BEFORE, "told-before", 54, 0)        /* the article has */                                                  \
    X(VIOLENT, "violent", 12, -1)               /* ASSAULT */                                                          \
    X(FORCED, "forced", -29, -6)                /* COERCE, MOBILIZE, PROTEST */                                        \
    X(MET, "met", 25, 0)                        /* CONSULT */                                                          \
    X(ASKED, "asked", 14, 0)                    /* REQUEST */                                                          \
    X(BLAMED, "blamed", -2, 0)                  /* ACCUSE, REJECT, THREATEN */                                         \
    X(AGREED, "agreed", -22, 0)                 /* AGREE, CONCEDE */                                                   \
    X(BACKED, "backed", -44, 0)                 /* SUPPORT */                                                          \
    X(DEEDS, "deeds", 6, 0)                     /* COOPERATE, AID, RETREAT */                                          \
    X(PUNISHED, "punished", 41, 0)              /* SANCTION */

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
