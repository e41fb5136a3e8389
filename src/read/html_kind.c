#include "read/html_kind.h"

#include <strings.h>

enum {
    LEAST_ARTICLE = 120, /* letters of paragraphs of the shortest article: three sentences */
    SURE_ARTICLE = 900,
    LINKED_LIST = 12,    /* headlines in links that make a list */
    PICTURES = 6         /* captions that make a gallery */
};

/* What stands on the page, in letters and lines. */
typedef struct page_counts {
    uint32_t text;     /* letters of paragraphs in the container that are no links */
    uint32_t linked;   /* letters in links, outside of menus and footers */
    uint32_t elsewhere; /* letters of paragraphs outside of the container */
    uint32_t headlines, captions, paragraphs;
} page_counts;

static void count(page_counts *n, const isn_html_main *c)
{
    *n = (page_counts){0};
    for (size_t i = 0; i < c->page->lines.n; i++) {
        const isn_node_line *line = &c->page->lines.items[i];
        uint32_t flags = c->page->nodes.items[line->node].flags;
        bool inside = isn_html_is_inside(c, line->node), aside = c->aside[line->node] != 0;
        if (flags & ISN_NODE_CAPTION && !aside)
            n->captions++;
        if (isn_html_is_linked(line)) {
            n->linked += aside ? 0 : line->letters;
            n->headlines += line->letters >= ISN_MIDDLE_LINE;
        } else if (line->letters >= ISN_MIDDLE_LINE && !(flags & (ISN_NODE_HEADING | ISN_NODE_CAPTION)) && !aside) {
            n->text += inside ? line->letters : 0;
            n->elsewhere += inside ? 0 : line->letters;
            n->paragraphs += inside;
        }
    }
}

/* Is the address that of a front page: a host and nothing behind it? */
static bool is_front(isn_str address)
{
    size_t at = isn_str_find(address, ISN_STR("://"));
    if (at == SIZE_MAX)
        return false;
    isn_str rest = isn_str_part(address, at + 3, address.n);
    const char *slash = rest.n ? memchr(rest.p, '/', rest.n) : NULL;
    return !slash || (size_t)(slash - rest.p) + 1 >= rest.n;
}

isn_page_type isn_html_kind(uint8_t *confidence, const isn_html_main *c, bool titled)
{
    const isn_html_head *head = &c->page->head;
    page_counts n;
    count(&n, c);
    if (head->data_body.n / 2 > n.text) /* two bytes a letter */
        n.text = (uint32_t)(head->data_body.n / 2);
    bool front = is_front(head->address);
    int score = 50;
    score += n.text >= SURE_ARTICLE ? 30 : n.text >= LEAST_ARTICLE ? 15 : -35;
    score += n.text > 2 * n.linked ? 10 : n.text * 4 < n.linked ? -25 : 0;
    score += n.paragraphs >= 3 ? 5 : 0;
    score += titled ? 10 : -5;
    score += head->is_article ? 15 : 0;
    score -= head->is_list ? 20 : 0;
    score -= front ? 40 : 0;
    score -= n.elsewhere > n.text ? 10 : 0;
    isn_page_type type = ISN_PAGE_ARTICLE;
    if (score < 50)
        type = front                                                         ? ISN_PAGE_FRONT
               : n.captions >= PICTURES                                      ? ISN_PAGE_GALLERY
               : n.headlines >= LINKED_LIST || n.linked > 2 * n.text + 200 || head->is_list ? ISN_PAGE_LIST
                                                                             : ISN_PAGE_EMPTY;
    else if (n.captions >= PICTURES && n.text < SURE_ARTICLE && n.paragraphs <= 2)
        type = ISN_PAGE_GALLERY;
    int sure = type == ISN_PAGE_ARTICLE ? score : 100 - score;
    *confidence = (uint8_t)(sure < 1 ? 1 : sure > 99 ? 99 : sure);
    return type;
}
