#include "story/reason.h"

#include "story/similar.h"

const char *isn_feature_kind_text(uint8_t kind)
{
    static const char *const texts[ISN_FEATURE_KINDS] = {"word", "number", "actor", "place", "act", "date"};
    return kind < ISN_FEATURE_KINDS ? texts[kind] : "";
}

/* Puts a reason in its place among the heaviest. */
static size_t insert(isn_reason out[ISN_REASONS_MOST], size_t n, isn_reason reason)
{
    if (n == ISN_REASONS_MOST && reason.weight <= out[n - 1].weight)
        return n;
    size_t at = n < ISN_REASONS_MOST ? n++ : n - 1;
    for (; at && out[at - 1].weight < reason.weight; at--)
        out[at] = out[at - 1];
    out[at] = reason;
    return n;
}

size_t isn_reasons_find(isn_reason out[ISN_REASONS_MOST], const isn_digest *a, const isn_digest *b)
{
    isn_weighed x[ISN_DIGEST_FEATURES], y[ISN_DIGEST_FEATURES];
    size_t n_x = isn_profile_weigh(x, a), n_y = isn_profile_weigh(y, b), n = 0;
    for (size_t i = 0, k = 0; i < n_x && k < n_y;) {
        if (x[i].hash == y[k].hash && x[i].kind == y[k].kind) {
            float weight = isn_profile_share(&x[i], &y[k]);
            n = insert(out, n, (isn_reason){x[i].kind, weight, a->features[i].name});
            i++, k++;
        } else {
            bool first = x[i].hash != y[k].hash ? x[i].hash < y[k].hash : x[i].kind < y[k].kind;
            i += first;
            k += !first;
        }
    }
    return n;
}
