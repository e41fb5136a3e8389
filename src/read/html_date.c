/*
 * html_date.c - when the page was published: what its head says, what stands near the headline, and its address, held against each
 * other. Machines write the day of crawling or of the last change into heads; people write the day under the headline.
 */
#include "read/html_date.h"

#include "base/normal.h"
#include "read/written.h"

#define NEAR_BEFORE 8u /* lines above the headline that may hold its day */
#define NEAR_BEHIND 12u
#define DAYS_APART 2 /* from here on two days are not the same told in two zones */

/* How much a line with a day speaks for being the day of publication. */
enum { RANK_NONE, RANK_FAR, RANK_MARKED, RANK_NEAR, RANK_BOTH };

static int rank_of(const isn_html_main *c, size_t i, size_t title)
{
    const isn_node_line *line = &c->page->lines.items[i];
    bool marked = (c->page->nodes.items[line->node].flags & ISN_NODE_DATE) != 0;
    bool near = title < c->page->lines.n && i + NEAR_BEFORE >= title && i <= title + NEAR_BEHIND;
    if (c->aside[line->node])
        return marked && near && i > title ? RANK_MARKED : RANK_FAR;
    return marked && near ? RANK_BOTH : near && i > title ? RANK_NEAR : marked ? RANK_MARKED : RANK_FAR;
}

/* The best line that holds a day; among equals the first. Links lead to other articles, whose days don't count. */
static int find_line(const isn_html_main *c, const isn_page *words, size_t title, size_t *at,
                     char date[ISN_META_DATE])
{
    int best = RANK_NONE;
    for (size_t i = 0; i < c->page->lines.n && best < RANK_BOTH; i++) {
        const isn_node_line *line = &c->page->lines.items[i];
        char found[ISN_META_DATE];
        if (line->letters < 6 || line->letters > ISN_DATE_LINE || isn_html_is_linked(line) || i == title)
            continue;
        int rank = rank_of(c, i, title);
        if (rank <= best || !isn_any_date(found, words, isn_html_line(c->page, line)))
            continue;
        best = rank;
        *at = i;
        memcpy(date, found, sizeof found);
    }
    return best;
}

/* The day as a number that grows by about one a day: enough to compare. */
static int day_number(const char *iso)
{
    return (((iso[0] - '0') * 1000 + (iso[1] - '0') * 100 + (iso[2] - '0') * 10 + iso[3] - '0') * 12 +
            (iso[5] - '0') * 10 + iso[6] - '0') * 31 + (iso[8] - '0') * 10 + iso[9] - '0';
}

static bool far_apart(const char *a, const char *b)
{
    int apart = day_number(a) - day_number(b);
    return apart >= DAYS_APART || apart <= -DAYS_APART;
}

/* The first of the head's dates that can be read. */
static bool head_date(char out[ISN_META_DATE], const isn_html_head *head, const isn_page *words)
{
    const isn_str said[] = {head->data_published, head->published, head->time};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].n && isn_any_date(out, words, said[i]))
            return true;
    return false;
}

/*
 * Is the head's day to be doubted? Where the address holds another that the page shows too, or where the page shows an earlier
 * one beside its headline and the address doesn't side with the head.
 */
static bool is_doubted(const char *head, const char *shown, int rank, const char *address)
{
    if (rank < RANK_NEAR || !far_apart(head, shown))
        return false;
    if (address[0])
        return far_apart(head, address) && !far_apart(shown, address);
    return day_number(shown) < day_number(head);
}

void isn_html_find_date(isn_html_date *out, isn_arena *arena, const isn_html_main *c, const isn_page *words,
                        size_t title, isn_diagnostics *diagnostics)
{
    const isn_html_head *head = &c->page->head;
    char said[ISN_META_DATE] = "", shown[ISN_META_DATE] = "", address[ISN_META_DATE] = "",
         changed[ISN_META_DATE];
    *out = (isn_html_date){.line = c->page->lines.n};
    int rank = find_line(c, words, title, &out->line, shown);
    bool has_head = head_date(said, head, words);
    if (!isn_meta_address_date(address, head->address))
        address[0] = 0;
    const char *chosen = has_head ? said : rank >= RANK_MARKED ? shown : address[0] ? address : rank ? shown : "";
    if (has_head && is_doubted(said, shown, rank, address)) {
        isn_diagnose(diagnostics, arena, 0, 0, "dates-differ",
                     "the page's head says %.10s, the page itself %.10s: the page is believed", said, shown);
        chosen = shown;
    }
    if (chosen != shown)
        out->line = c->page->lines.n;
    out->published = isn_arena_copy(arena, isn_str_cstr(chosen));
    const isn_str changes[] = {head->data_modified, head->modified};
    for (size_t i = 0; i < sizeof changes / sizeof *changes && !out->modified.n; i++)
        if (changes[i].n && isn_any_date(changed, words, changes[i]))
            out->modified = isn_arena_copy(arena, isn_str_cstr(changed));
}
