#include "story/similar.h"

#include <math.h>

#define UNIT 64.0f
#define MOST_DAYS 4.0f
#define UNKNOWN_DAYS 0.5f

/* Log odds: fitted as docs/stories.md tells. */
static const float slope[ISN_LIKE_PARTS] = {
    [ISN_LIKE_WORDS] = 10.31f, [ISN_LIKE_NUMBERS] = 0.60f, [ISN_LIKE_ACTORS] = 0.80f,
    [ISN_LIKE_PLACES] = 0.40f, [ISN_LIKE_ACTS] = 0.50f,    [ISN_LIKE_DATES] = 0.30f,
    [ISN_LIKE_TITLE] = 2.50f,  [ISN_LIKE_COPIED] = 3.19f,  [ISN_LIKE_HOURS] = -1.36f,
};
static const float intercept = -5.10f;

size_t isn_profile_weigh(isn_weighed *room, const isn_digest *digest)
{
    static const float at[] = {[ISN_FEATURE_BODY] = 1.0f, [ISN_FEATURE_LEAD] = 1.4f, [ISN_FEATURE_TITLE] = 2.0f};
    size_t n = digest->n_features < ISN_DIGEST_FEATURES ? digest->n_features : ISN_DIGEST_FEATURES;
    for (size_t i = 0; i < n; i++) {
        const isn_feature *f = &digest->features[i];
        float weight = (float)f->rare * at[f->where] * (1.0f + 0.25f * (float)(f->times - 1));
        room[i] = (isn_weighed){.hash = f->hash, .weight = (uint16_t)(weight * UNIT + 0.5f), .kind = f->kind,
                                .where = f->where};
    }
    return n;
}

void isn_profile_make(isn_profile *out, const isn_weighed *features, size_t n, const isn_digest *digest)
{
    double squares[ISN_FEATURE_KINDS + 1] = {0};
    *out = (isn_profile){.features = features, .n = (uint32_t)n, .minutes = digest->minutes, .words = digest->words,
                         .sketch = digest->sketch};
    for (size_t i = 0; i < n; i++) {
        double weight = features[i].weight / UNIT;
        squares[features[i].kind] += weight * weight;
        if (features[i].where == ISN_FEATURE_TITLE && features[i].kind != ISN_FEATURE_ACT)
            squares[ISN_FEATURE_KINDS] += weight * weight;
    }
    for (size_t k = 0; k <= ISN_FEATURE_KINDS; k++)
        out->norm[k] = (float)sqrt(squares[k]);
}

float isn_profile_share(const isn_weighed *a, const isn_weighed *b)
{
    bool title = a->where == ISN_FEATURE_TITLE || b->where == ISN_FEATURE_TITLE;
    float product = (float)a->weight * (float)b->weight / (UNIT * UNIT);
    return product * (slope[ISN_LIKE_WORDS + a->kind] + (title ? slope[ISN_LIKE_TITLE] : 0));
}

static float cosine(double dot, float a, float b)
{
    return a > 0 && b > 0 ? (float)(dot / ((double)a * (double)b)) : 0.0f;
}

static float copied(const isn_profile *a, const isn_profile *b)
{
    size_t same = 0, filled = 0;
    for (size_t i = 0; i < ISN_DIGEST_BINS; i++) {
        bool empty = a->sketch[i] == UINT16_MAX && b->sketch[i] == UINT16_MAX;
        filled += !empty;
        same += !empty && a->sketch[i] == b->sketch[i];
    }
    return filled < ISN_DIGEST_BINS / 4 ? 0 : (float)same / (float)filled;
}

static float days_between(const isn_profile *a, const isn_profile *b)
{
    if (a->minutes == ISN_DIGEST_NO_TIME || b->minutes == ISN_DIGEST_NO_TIME)
        return UNKNOWN_DAYS;
    float days = fabsf((float)((int64_t)a->minutes - b->minutes)) / 1440.0f;
    return days < MOST_DAYS ? days : MOST_DAYS;
}

void isn_likeness_of(isn_likeness *out, const isn_profile *a, const isn_profile *b)
{
    double dot[ISN_FEATURE_KINDS] = {0}, title = 0;
    for (uint32_t i = 0, k = 0; i < a->n && k < b->n;) {
        const isn_weighed *x = &a->features[i], *y = &b->features[k];
        if (x->hash != y->hash || x->kind != y->kind) {
            bool first = x->hash != y->hash ? x->hash < y->hash : x->kind < y->kind;
            i += first;
            k += !first;
            continue;
        }
        double product = (double)x->weight * (double)y->weight / (UNIT * UNIT);
        dot[x->kind] += product;
        if (x->kind != ISN_FEATURE_ACT && (x->where == ISN_FEATURE_TITLE || y->where == ISN_FEATURE_TITLE) &&
            x->where != ISN_FEATURE_BODY && y->where != ISN_FEATURE_BODY)
            title += product;
        i++, k++;
    }
    for (size_t k = 0; k < ISN_FEATURE_KINDS; k++)
        out->part[k] = cosine(dot[k], a->norm[k], b->norm[k]);
    float both = cosine(title, a->norm[ISN_FEATURE_KINDS], b->norm[ISN_FEATURE_KINDS]);
    out->part[ISN_LIKE_TITLE] = both < 1 ? both : 1;
    out->part[ISN_LIKE_COPIED] = copied(a, b);
    out->part[ISN_LIKE_HOURS] = days_between(a, b);
    double odds = intercept;
    for (size_t k = 0; k < ISN_LIKE_PARTS; k++)
        odds += (double)slope[k] * (double)out->part[k];
    out->odds = (float)odds;
}

float isn_likeness_topic(const isn_likeness *likeness)
{
    return likeness->odds - slope[ISN_LIKE_HOURS] * likeness->part[ISN_LIKE_HOURS];
}
