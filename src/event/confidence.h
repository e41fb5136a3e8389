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
    X(BIAS, "any", -14, -192)                                                                                          \
    X(PAST, "past", 24, 15)                     /* a verb in the past */                                               \
    X(PRESENT, "present", -22, -26)             /* in the present */                                                   \
    X(PASSIVE, "passive", -9, 30)               /* read as passive */                                                  \
    X(MASDAR, "masdar", -29, -32)               /* a verbal noun */                                                    \
    X(NOUN, "noun", 11, -20)                    /* another noun or fixed phrase */                                     \
    X(PARTICIPLE, "participle", 24, 25)                                                                                \
    X(CONDITION, "condition", 25, 4)            /* the frame asked for something and found it */                       \
    X(BROUGHT, "brought", -55, 30)              /* a light verb or one that carries acts brings it */                  \
    X(COUNTED, "counted", 14, 112)              /* a number stands with its subject, object or genitive */             \
    X(ARMED, "armed", 44, 66)                   /* its mode is a kind of weapon */                                     \
    X(DEFINITE, "definite", -31, -78)           /* a noun with article, pronoun or definite genitive */                \
    X(PLURAL, "plural", 45, 1)                  /* a noun in the plural */                                             \
    X(AFTER_PREPOSITION, "after-preposition", -7, -12)                                                                 \
    X(SUBJECT, "subject", 58, 7)                /* the noun is a verb's subject */                                     \
    X(OBJECT, "object", 17, 32)                 /* the noun is a verb's object */                                      \
    X(IN_IDAFA, "in-idafa", -31, -59)           /* the noun is the second of two */                                    \
    X(FIRST, "first", 21, 34)                   /* among the first words of its sentence */                            \
    X(LATE, "late", -62, -111)                  /* behind twenty-five words */                                         \
    X(UNDER_THAT, "under-that", -3, -3)                                                                                \
    X(RELATIVE, "relative", -34, -43)           /* in a relative clause */                                             \
    X(JOINED, "joined", -14, -15)               /* "and" stands on it */                                               \
    X(ACTOR, "actor", 86, 1)                    /* words say who */                                                    \
    X(ACTOR_CARRIED, "actor-carried", 23, -11)  /* carried on or a pronoun */                                          \
    X(ACTOR_PERSON, "actor-person", 45, -2)                                                                            \
    X(ACTOR_STATE, "actor-state", 57, -21)                                                                             \
    X(ACTOR_BODY, "actor-body", 18, 28)                                                                                \
    X(ACTOR_GROUP, "actor-group", -11, 8)                                                                              \
    X(ACTOR_ELSEWHERE, "actor-elsewhere", -50, 0)/* named in other sentences only */                                   \
    X(ACTOR_FAR, "actor-far", 0, -22)           /* the subject begins ten words away or more */                        \
    X(RECIPIENT, "recipient", 57, 27)                                                                                  \
    X(RECIPIENT_PERSON, "recipient-person", -37, 23)                                                                   \
    X(RECIPIENT_GROUP, "recipient-group", -24, 23)                                                                     \
    X(DATE_NEAR, "date-near", 47, 33)           /* a date within seven words */                                        \
    X(DATE, "date", -25, 26)                    /* elsewhere in the sentence */                                        \
    X(PLACE, "place", 44, 23)                                                                                          \
    X(TITLE, "title", 28, 0)                                                                                           \
    X(LEAD, "lead", 36, -6)                     /* in the first paragraph */                                           \
    X(DIRECT_QUOTE, "direct-quote", -33, 21)                                                                           \
    X(INDIRECT_QUOTE, "indirect-quote", -10, 38)                                                                       \
    X(FUTURE, "future", 35, -64)                                                                                       \
    X(HYPOTHETICAL, "hypothetical", -95, -31)                                                                          \
    X(NEGATED, "negated", -42, -36)                                                                                    \
    X(TWO_READINGS, "two-readings", 11, 5)      /* the word has another reading that is nearly as likely */            \
    X(SAME_BEFORE, "same-before", -23, 91)      /* the sentence has told of the type already */                        \
    X(TOLD_BEFORE, "told-before", 57, 0)        /* the article has */                                                  \
    X(VIOLENT, "violent", 2, -6)                /* ASSAULT */                                                          \
    X(FORCED, "forced", -35, -3)                /* COERCE, MOBILIZE, PROTEST */                                        \
    X(MET, "met", 38, 0)                        /* CONSULT */                                                          \
    X(ASKED, "asked", 10, 0)                    /* REQUEST */                                                          \
    X(BLAMED, "blamed", -3, 0)                  /* ACCUSE, REJECT, THREATEN */                                         \
    X(AGREED, "agreed", -14, 0)                 /* AGREE, CONCEDE */                                                   \
    X(BACKED, "backed", -46, 0)                 /* SUPPORT */                                                          \
    X(DEEDS, "deeds", 12, 0)                    /* COOPERATE, AID, RETREAT */                                          \
    X(PUNISHED, "punished", 37, 0)              /* SANCTION */

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
