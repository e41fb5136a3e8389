/*
 * fuzz_date.c - any bytes, repaired to UTF-8, through the rooms text and time. ISNAD_IMAGE names a
 * compiled lexicon.
 *
 * The first byte chooses whether the day of publication is known and how much memory there is.
 */
#include "repaired.h"
#include "time/civil.h"
#include "time/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Dates stand in order, don't overlap, and have values that are days, months or years. */
static void check(const isn_dates *dates, const isn_text *text)
{
    uint32_t last = 0, end = 0;
    for (size_t i = 0; i < dates->n; i++) {
        const isn_date *date = &dates->items[i];
        require(date->first >= last && date->last > date->first && date->last <= text->n_tokens);
        require(date->begin >= end && date->end > date->begin && date->end <= text->raw.n);
        require(date->value[0] >= '0' && date->value[0] <= '9' &&
                date->value[sizeof date->value - 1] == 0);
        isn_day day;
        isn_str value = isn_str_cstr(date->value);
        require(value.n < 10 || value.p[4] != '-' || value.p[7] != '-' ||
                isn_day_read(&day, value));
        last = date->last;
        end = date->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    open_words();
    if (size == 0)
        return 0;
    isn_buf raw;
    isn_buf_init(&raw, (size_t)1 << 24);
    repair(&raw, isn_str_of((const char *)data + 1, size - 1));
    isn_block block = {0, (uint32_t)raw.n, ISN_BLOCK_BODY, "fuzz"};
    isn_arena arena;
    isn_arena_init(&arena, data[0] & 2 ? (size_t)data[0] * 512 : (size_t)1 << 26);
    isn_text text;
    isn_dates dates;
    if (isn_text_make(&text, &arena, lexicon, words, isn_str_of(raw.p, raw.n), &block, 1) &&
        isn_dates_find(&dates, &text, data[0] & 1 ? ISN_STR("2021-04-17") : ISN_STR("")))
        check(&dates, &text);
    isn_arena_release(&arena);
    isn_buf_release(&raw);
    isn_words_trim(words);
    return 0;
}
