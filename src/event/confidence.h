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
    X(BIAS, "any", -19, -192)                                                                                          \
    X(PAST, "past", 18, 16)                     /* a verb in the past */                                               \
    X(PRESENT, "present", -18, -23)             /* in the present */                                                   \
    X(PASSIVE, "passive", -10, 27)              /* read as passive */                                                  \
    X(MASDAR, "masdar", -23, -31)               /* a verbal noun */                                                    \
    X(NOUN, "noun", 12, -20)                    /* another noun or fixed phrase */                                     \
    X(PARTICIPLE, "participle", 22, 24)                                                                                \
    X(CONDITION, "condition", 26, 3)            /* the frame asked for something and found it */                       \
    X(BROUGHT, "brought", -70, 32)              /* a light verb or one that carries acts brings it */                  \
    X(COUNTED, "counted", 14, 112)              /* a number stands with its subject, object or genitive */             \
    X(ARMED, "armed", 44, 63)                   /* its mode is a kind of weapon */                                     \
    X(DEFINITE, "definite", -42, -76)           /* a noun with article, pronoun or definite genitive */                \
    X(PLURAL, "plural", 37, -1)                 /* a noun in the plural */                                             \
    X(AFTER_PREPOSITION, "after-preposition", 6, -14)                                                                  \
    X(SUBJECT, "subject", 57, 8)                /* the noun is a verb's subject */                                     \
    X(OBJECT, "object", 14, 35)                 /* the noun is a verb's object */                                      \
    X(IN_IDAFA, "in-idafa", -30, -58)           /* the noun is the second of two */                                    \
    X(FIRST, "first", 18, 36)                   /* among the first words of its sentence */                            \
    X(LATE, "late", -60, -103)                  /* behind twenty-five words */                                         \
    X(UNDER_THAT, "under-that", -4, -2)                                                                                \
    X(RELATIVE, "relative", -26, -42)           /* in a relative clause */                                             \
    X(JOINED, "joined", -17, -15)               /* "and" stands on it */                                               \
    X(ACTOR, "actor", 88, -6)                   /* words say who */                                                    \
    X(ACTOR_CARRIED, "actor-carried", 22, -13)  /* carried on or a pronoun */                                          \
    X(ACTOR_PERSON, "actor-person", 48, -3)                                                                            \
    X(ACTOR_STATE, "actor-state", 51, -18)                                                                             \
    X(ACTOR_BODY, "actor-body", 36, 8)                                                                                 \
    X(ACTOR_GROUP, "actor-group", -13, 15)                                                                             \
    X(ACTOR_ELSEWHERE, "actor-elsewhere", -43, 0)/* named in other sentences only */                                   \
    X(ACTOR_FAR, "actor-far", 0, -22)           /* the subject begins ten words away or more */                        \
    X(RECIPIENT, "recipient", 60, 25)                                                                                  \
    X(RECIPIENT_PERSON, "recipient-person", -26, 23)                                                                   \
    X(RECIPIENT_GROUP, "recipient-group", -25, 26)                                                                     \
    X(DATE_NEAR, "date-near", 46, 35)           /* a date within seven words */                                        \
    X(DATE, "date", -25, 27)                    /* elsewhere in the sentence */                                        \
    X(PLACE, "place", 54, 30)                                                                                          \
    X(TITLE, "title", 31, 0)                                                                                           \
    X(LEAD, "lead", 32, -6)                     /* in the first paragraph */                                           \
    X(DIRECT_QUOTE, "direct-quote", -38, 18)                                                                           \
    X(INDIRECT_QUOTE, "indirect-quote", -12, 39)                                                                       \
    X(FUTURE, "future", 29, -65)                                                                                       \
    X(HYPOTHETICAL, "hypothetical", -66, -30)                                                                          \
    X(NEGATED, "negated", -44, -36)                                                                                    \
    X(TWO_READINGS, "two-readings", 19, 3)      /* the word has another reading that is nearly as likely */            \
    X(SAME_BEFORE, "same-before", -10, 88)      /* the sentence has told of the type already */                        \
    X(TOLD_BEFORE, "told-before", 69, 0)        /* the article has */                                                  \
    X(VIOLENT, "violent", 2, -5)                /* ASSAULT */                                                          \
    X(FORCED, "forced", -35, -4)                /* COERCE, MOBILIZE, PROTEST */                                        \
    X(MET, "met", 27, 0)                        /* CONSULT */                                                          \
    X(ASKED, "asked", 7, 0)                     /* REQUEST */                                                          \
    X(BLAMED, "blamed", -11, 0)                 /* ACCUSE, REJECT, THREATEN */                                         \
    X(AGREED, "agreed", -19, 0)                 /* AGREE, CONCEDE */                                                   \
    X(BACKED, "backed", -44, 0)                 /* SUPPORT */                                                          \
    X(DEEDS, "deeds", 24, 0)                    /* COOPERATE, AID, RETREAT */                                          \
    X(PUNISHED, "punished", 49, 0)              /* SANCTION */

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
