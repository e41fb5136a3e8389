#include "read/blocks.h"

#include "base/letters.h"
#include "base/normal.h"
#include "read/line.h"
#include "read/meta.h"

/* Lengths, in words. News headlines seldom pass 20 words; paragraphs seldom stay under 12. */
enum {
    TITLE_MOST = 20,
    TITLE_LEAST = 3,
    NAMEPLATE_MOST = 3,
    HEADING_MOST = 6,   /* a line alone in the body up to this length heads what follows */
    HEADLINE_MOST = 14, /* an open line up to this length can be a headline of another article */
    HEADLINE_LEAST = 5,
    HEADLINE_SURE = 9, /* an open line alone of this length is no sub-heading */
    BODY_LEAST = 15,   /* a line of this length is body, however it ends */
    NAME_MOST = 4,
    TITLE_EXTRA = 6,  /* words that may stand around a repeated title */
    INTERVIEW = 3,    /* questions alone in lines: they are asked of somebody */
    POLICY_LINES = 3, /* paragraphs at the end that may be terms for readers */
    POLICY_LEAST = 3, /* phrases that such a paragraph holds at least */
    SEARCH_LINES = 60 /* the title is looked for in so many lines */
};

#define NO_LINE SIZE_MAX
#define COMMENTS_AFTER 60u /* words of body after which a comment form ends the article */

typedef struct reader {
    const isn_blocks_input *input;
    isn_arena *arena;
    isn_line *lines;
    isn_block *blocks; /* one a line; rule NULL: not decided */
    size_t n, title, first_body, last_body;
    bool stops;                   /* most paragraphs end with a full stop */
    size_t questions;             /* lines after the first paragraph that are questions */
    size_t body_words, all_words; /* of paragraphs: so far, in all */
    bool comments, related;
} reader;

static void set(reader *r, size_t i, isn_block_kind kind, const char *rule)
{
    r->blocks[i].kind = kind;
    r->blocks[i].rule = rule;
}

static bool says(const isn_line *line, isn_page_kind kind)
{
    return isn_line_says(line, kind);
}

/* Has the name of an outlet or the mark of an agency, not only a word with which such names begin. */
static bool names_outlet(const isn_line *line)
{
    return says(line, ISN_PAGE_AGENCY) || isn_line_says_at(line, ISN_PAGE_OUTLET, ISN_PAGE_ANY) ||
           isn_line_says_at(line, ISN_PAGE_OUTLET, ISN_PAGE_WHOLE);
}

/* Names who wrote it: a verb or "by" with a few words, or a label with a name behind it. */
static bool is_byline(const isn_line *line)
{
    if (line->flags & (ISN_LINE_STOP | ISN_LINE_COLON))
        return false;
    return (isn_line_says_at(line, ISN_PAGE_BYLINE, ISN_PAGE_START) && line->words <= 8) ||
           (isn_line_says_at(line, ISN_PAGE_BYLINE, ISN_PAGE_LABEL) && line->words <= 5);
}

/* --- the title -------------------------------------------------------------------------------- */

/* Is the line furniture or a credit by its words, so that it can't be the title? */
static bool is_marked(const isn_line *line)
{
    static const isn_page_kind kinds[] = {ISN_PAGE_COMMENT, ISN_PAGE_BOILERPLATE, ISN_PAGE_CLOSING,
                                          ISN_PAGE_CAPTION, ISN_PAGE_MASTHEAD,    ISN_PAGE_DATE,
                                          ISN_PAGE_SOURCE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (says(line, kinds[i]))
            return true;
    /* A headline may begin with "watch: ", a link may too: the label alone doesn't tell. */
    if (is_byline(line) || isn_line_says_at(line, ISN_PAGE_RELATED, ISN_PAGE_START) ||
        isn_line_says_at(line, ISN_PAGE_RELATED, ISN_PAGE_WHOLE))
        return true;
    if (names_outlet(line) &&
        (line->flags & ISN_LINE_MARKER || (line->words <= 5 && line->flags & ISN_LINE_CUT)))
        return true;
    return (line->flags & (ISN_LINE_URL | ISN_LINE_TAGS | ISN_LINE_NUMBERS | ISN_LINE_INITIALS |
                           ISN_LINE_COPYRIGHT | ISN_LINE_CRUMBS)) != 0 ||
           line->words == 0;
}

static bool is_open(const isn_line *line)
{
    return line->words > 0 && line->words <= HEADLINE_MOST &&
           !(line->flags & (ISN_LINE_STOP | ISN_LINE_COLON | ISN_LINE_BULLET | ISN_LINE_QUOTED)) &&
           !says(line, ISN_PAGE_PARAGRAPH);
}

static bool looks_like_body(const isn_line *line)
{
    return line->words > TITLE_MOST || (line->words >= BODY_LEAST && line->flags & ISN_LINE_STOP);
}

/* Do the words of a stand in b one after the other, with at most `extra` words around? */
static bool contains(const isn_line *b, const isn_line *a, size_t extra)
{
    if (!a->hashes || !b->hashes || a->words == 0 || b->words < a->words ||
        b->words > a->words + extra)
        return false;
    for (size_t i = 0; i + a->words <= b->words; i++)
        if (memcmp(b->hashes + i, a->hashes, a->words * sizeof *a->hashes) == 0)
            return true;
    return false;
}

static bool same_title(const isn_line *a, const isn_line *b)
{
    if (a->hash && a->hash == b->hash)
        return true;
    if (a->words < TITLE_LEAST || b->words < TITLE_LEAST)
        return false;
    return contains(a, b, TITLE_EXTRA) || contains(b, a, TITLE_EXTRA);
}

static size_t find_known_title(reader *r, isn_str title)
{
    isn_line want = {0};
    if (!isn_line_read(&want, r->arena, r->input->page, title) || want.words == 0)
        return NO_LINE;
    size_t close = NO_LINE;
    for (size_t i = 0; i < r->n && i < SEARCH_LINES; i++) {
        if (want.hash && r->lines[i].hash == want.hash)
            return i;
        if (close == NO_LINE && same_title(&r->lines[i], &want))
            close = i;
    }
    return close;
}

static bool is_repeated(const reader *r, size_t at)
{
    for (size_t i = at + 1; i < r->n && i < at + SEARCH_LINES; i++)
        if (r->lines[at].hash && r->lines[i].hash == r->lines[at].hash)
            return true;
    return false;
}

/* Is line i the name that follows the role of an editor in a masthead? */
static bool is_masthead_name(const reader *r, size_t i)
{
    return i > 0 && r->lines[i].words <= NAME_MOST && says(&r->lines[i - 1], ISN_PAGE_MASTHEAD) &&
           r->lines[i - 1].flags & ISN_LINE_MARKER;
}

/* Is line i the outlet's own name above the headline: "newspaper so", or "so | latest news"? */
static bool is_nameplate(const reader *r, size_t i)
{
    const isn_line *line = &r->lines[i];
    bool named = line->words <= NAMEPLATE_MOST &&
                 isn_line_says_at(line, ISN_PAGE_OUTLET, ISN_PAGE_START) &&
                 !(line->flags & ISN_LINE_CUT);
    bool barred = line->words <= HEADING_MOST && line->flags & ISN_LINE_BAR;
    if (!(named || barred) || i + 1 == r->n)
        return false;
    const isn_line *next = &r->lines[i + 1];
    return next->words >= HEADLINE_LEAST && next->words > line->words && !looks_like_body(next) &&
           !is_marked(next);
}

/* The first line before the body that can be a headline. */
static size_t find_title(const reader *r)
{
    size_t best = NO_LINE, little = NO_LINE, marked = NO_LINE;
    for (size_t i = 0; i < r->n && i < SEARCH_LINES; i++) {
        const isn_line *line = &r->lines[i];
        if (line->hint == ISN_HINT_TITLE)
            return i;
        if (is_marked(line) || is_masthead_name(r, i)) {
            if (marked == NO_LINE && best == NO_LINE && line->words >= HEADLINE_LEAST &&
                line->words <= TITLE_MOST && line->hashes && !says(line, ISN_PAGE_MASTHEAD))
                marked = i;
            continue;
        }
        if (looks_like_body(line))
            break;
        if (line->words < TITLE_LEAST) {
            little = line->words >= 2 && little == NO_LINE ? i : little;
            continue;
        }
        if (best == NO_LINE && is_nameplate(r, i))
            continue;
        if (best == NO_LINE)
            best = i;
        else if (line->words > HEADING_MOST && is_repeated(r, i) && !is_repeated(r, best) &&
                 r->lines[best].words <= HEADING_MOST)
            best = i;
    }
    if (best == NO_LINE && little != NO_LINE && r->n > little + 1)
        best = little;
    /* Rather a headline that begins like a link (watch: ...) than none. */
    if (best == NO_LINE && marked != NO_LINE)
        best = marked;
    /* A text of one line is no headline without its news. */
    return r->n > 1 ? best : NO_LINE;
}

/* --- single lines ------------------------------------------------------------------------------
 */

static bool is_in_body(const reader *r, size_t i)
{
    return i > r->first_body && i < r->last_body;
}

/* Phrases that open a comment form, a list of links or a footer, and what belongs to them. */
static bool by_page(reader *r, size_t i)
{
    const isn_line *line = &r->lines[i];
    if (says(line, ISN_PAGE_COMMENT) && line->words <= 40) {
        set(r, i, ISN_BLOCK_COMMENT, "comment phrase");
        r->comments |= r->body_words >= COMMENTS_AFTER && r->body_words * 2 >= r->all_words;
        return true;
    }
    if (says(line, ISN_PAGE_RELATED) && line->words <= 30) {
        set(r, i, ISN_BLOCK_RELATED, "related phrase");
        r->related = (line->flags & ISN_LINE_MARKER) != 0;
        return true;
    }
    if (says(line, ISN_PAGE_CLOSING) && line->words <= 40) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "closing phrase");
        return true;
    }
    if (says(line, ISN_PAGE_BOILERPLATE) && line->words <= 20) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "page phrase");
        return true;
    }
    return false;
}

/* Credits of pictures, writers, agencies, days. */
static bool by_credit(reader *r, size_t i)
{
    const isn_line *line = &r->lines[i];
    bool ends = (line->flags & (ISN_LINE_STOP | ISN_LINE_COLON)) != 0;
    bool inside =
        (isn_line_says_at(line, ISN_PAGE_CAPTION, ISN_PAGE_ANY) && is_open(line)) ||
        (says(line, ISN_PAGE_CAPTION) && !isn_line_says_at(line, ISN_PAGE_CAPTION, ISN_PAGE_ANY));
    if (inside && line->words < ISN_LINE_LONG_WORDS) {
        set(r, i, ISN_BLOCK_CAPTION, "caption phrase");
        return true;
    }
    if (line->flags & ISN_LINE_CREDIT && line->words >= HEADLINE_LEAST && is_open(line) &&
        i < r->last_body) {
        set(r, i, ISN_BLOCK_CAPTION, "ends with an agency's mark");
        return true;
    }
    if (says(line, ISN_PAGE_MASTHEAD) && line->words <= 8 && !ends && !is_in_body(r, i)) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "masthead");
        return true;
    }
    if (is_byline(line) &&
        (!is_in_body(r, i) || isn_line_says_at(line, ISN_PAGE_BYLINE, ISN_PAGE_LABEL))) {
        set(r, i, ISN_BLOCK_BYLINE, "byline phrase");
        return true;
    }
    /* Days among the paragraphs head the entries of a chronicle. */
    if (says(line, ISN_PAGE_DATE) && line->words <= HEADLINE_MOST &&
        (!is_in_body(r, i) || !isn_line_says_at(line, ISN_PAGE_DATE, ISN_PAGE_WORDS))) {
        set(r, i, ISN_BLOCK_DATELINE, "date");
        return true;
    }
    if (says(line, ISN_PAGE_SOURCE) && line->words <= 10 && !ends) {
        set(r, i, ISN_BLOCK_DATELINE, "source phrase");
        return true;
    }
    if (names_outlet(line) && !is_in_body(r, i) && !ends &&
        (line->flags & ISN_LINE_MARKER || (line->words <= 8 && line->flags & ISN_LINE_CUT))) {
        set(r, i, ISN_BLOCK_DATELINE, "agency or outlet");
        return true;
    }
    return false;
}

/* What needs no word: addresses, hashtags, initials, numbers. */
static bool by_shape(reader *r, size_t i)
{
    const isn_line *line = &r->lines[i];
    if (line->words == 0 || line->flags & (ISN_LINE_URL | ISN_LINE_TAGS | ISN_LINE_INITIALS)) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "no sentence");
        return true;
    }
    if (line->flags & ISN_LINE_COPYRIGHT && line->words <= 25) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "copyright sign");
        return true;
    }
    char date[ISN_META_DATE];
    if (line->flags & ISN_LINE_NUMBERS && !is_in_body(r, i) &&
        isn_meta_find_date(date, isn_str_part(r->input->text, line->begin, line->end))) {
        set(r, i, ISN_BLOCK_DATELINE, "date in figures");
        return true;
    }
    if (line->flags & ISN_LINE_NUMBERS || (line->flags & ISN_LINE_CRUMBS && line->words <= 16)) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "numbers or path");
        return true;
    }
    if (line->flags & ISN_LINE_LATIN && line->words <= 8 && !(line->flags & ISN_LINE_STOP)) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "Latin letters alone");
        return true;
    }
    return false;
}

/* What the page's markup says. Paragraphs and links are left to the words where these speak. */
static bool by_hint(reader *r, size_t i)
{
    static const struct {
        isn_block_hint hint;
        isn_block_kind kind;
        uint16_t most; /* words */
        const char *rule;
    } hints[] = {
        {ISN_HINT_CAPTION, ISN_BLOCK_CAPTION, 80, "caption in the markup"},
        {ISN_HINT_BYLINE, ISN_BLOCK_BYLINE, 12, "byline in the markup"},
        {ISN_HINT_DATE, ISN_BLOCK_DATELINE, HEADLINE_MOST, "date in the markup"},
        {ISN_HINT_LINKS, ISN_BLOCK_RELATED, 30, "links alone"},
        {ISN_HINT_HEADING, ISN_BLOCK_HEADING, 25, "heading in the markup"},
        {ISN_HINT_ITEM, ISN_BLOCK_BODY, UINT16_MAX, "list item in the markup"},
    };
    for (size_t k = 0; k < sizeof hints / sizeof *hints; k++)
        if (r->lines[i].hint == hints[k].hint && r->lines[i].words <= hints[k].most) {
            set(r, i, hints[k].kind, hints[k].rule);
            return true;
        }
    return false;
}

/* Is the first word of the line a name of persons in the lexicon? */
static bool begins_with_name(const reader *r, size_t i)
{
    if (!r->input->lexicon)
        return false;
    uint8_t key[128];
    isn_str text = isn_str_part(r->input->text, r->lines[i].begin, r->lines[i].end);
    size_t n = isn_normal_key(key, sizeof key, text), word = 0;
    size_t begin = 0;
    /* A letter before the name is a degree. */
    while (begin + 2 < n && begin + 2 < sizeof key && isn_page_letter(key[begin]) &&
           !isn_page_letter(key[begin + 1]))
        begin += key[begin + 2] == ' ' ? 3 : 2;
    word = begin;
    while (word < n && word < sizeof key && isn_page_letter(key[word]))
        word++;
    uint32_t id = word > begin ? isn_lexicon_word(r->input->lexicon, key + begin, word - begin) : 0;
    uint32_t state = id ? isn_lexicon_step(r->input->lexicon, 0, id) : 0;
    size_t n_entries = 0;
    const isn_entry *entries =
        state ? isn_lexicon_entries(r->input->lexicon, state, &n_entries) : NULL;
    for (size_t k = 0; k < n_entries; k++)
        if (entries[k].table == ISN_T_NAMES)
            return true;
    return false;
}

/* Between title and body: places with agencies, names of writers, words under pictures. */
static bool before_body(reader *r, size_t i)
{
    const isn_line *line = &r->lines[i];
    if (i >= r->first_body || line->flags & (ISN_LINE_STOP | ISN_LINE_COLON) ||
        line->hint == ISN_HINT_PARAGRAPH)
        return false;
    size_t most = line->flags & ISN_LINE_CUT ? HEADING_MOST : NAME_MOST;
    if (line->words >= 2 && line->words <= most && begins_with_name(r, i)) {
        set(r, i, ISN_BLOCK_BYLINE, "name before the body");
        return true;
    }
    if (line->words <= 6 && line->flags & ISN_LINE_CUT) {
        set(r, i, ISN_BLOCK_DATELINE, "short line with a dash before the body");
        return true;
    }
    if (line->words > NAME_MOST)
        return false;
    if (is_repeated(r, i) || (i > 0 && r->lines[i - 1].hash == line->hash)) {
        set(r, i, ISN_BLOCK_CAPTION, "repeated short line before the body");
    } else if (line->words < TITLE_LEAST) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "short line before the body");
    } else {
        return false;
    }
    return true;
}

static void decide_single(reader *r, size_t i)
{
    const isn_line *line = &r->lines[i];
    const isn_line *title = r->title == NO_LINE ? NULL : &r->lines[r->title];
    if (title && (line->hash == title->hash || contains(line, title, TITLE_EXTRA)) && line->hash) {
        set(r, i, ISN_BLOCK_BOILERPLATE, "repeated title");
        return;
    }
    if (by_page(r, i))
        return;
    if (r->comments) {
        set(r, i, ISN_BLOCK_COMMENT, "after a comment form");
        return;
    }
    if (by_credit(r, i) || by_shape(r, i) || by_hint(r, i) || before_body(r, i))
        return;
    if (r->related && line->words <= 20 && !(line->flags & ISN_LINE_STOP) &&
        !says(line, ISN_PAGE_PARAGRAPH))
        return; /* runs decide */
    if (is_open(line) && line->hint != ISN_HINT_PARAGRAPH)
        return;
    r->related = false;
    r->body_words += line->words;
    set(r, i, ISN_BLOCK_BODY, "paragraph");
}

/* --- runs of short lines ------------------------------------------------------------------------
 */

/*
 * Do the words of line i come again in the paragraphs below? A sub-heading is made of what follows,
 * a link to another article isn't. Words are compared by four letters after what can be a
 * proclitic.
 */
static bool heads_what_follows(const reader *r, size_t i)
{
    uint8_t key[512], below[2048];
    isn_str text = r->input->text;
    size_t n =
        isn_normal_key(key, sizeof key, isn_str_part(text, r->lines[i].begin, r->lines[i].end));
    size_t end = r->lines[i + 3 < r->n ? i + 3 : r->n - 1].end, words = 0, found = 0;
    size_t m = isn_normal_key(below, sizeof below, isn_str_part(text, r->lines[i].end, end));
    n = n < sizeof key ? n : sizeof key;
    m = m < sizeof below ? m : sizeof below;
    for (size_t at = 0; at < n;) {
        size_t from = at;
        while (at < n && isn_page_letter(key[at]))
            at++;
        size_t length = at - from;
        at += length == 0;
        if (length > 4 && key[from] == ISN_ALEF && key[from + 1] == ISN_LAM) {
            from += 2;
            length -= 2;
        } else if (length > 4 &&
                   (key[from] == ISN_WAW || key[from] == ISN_BEH || key[from] == ISN_LAM)) {
            from++;
            length--;
        }
        if (length < 3)
            continue;
        words++;
        found += memmem(below, m, key + from, length < 4 ? length : 4) != NULL;
    }
    return found * 2 >= words;
}

/* Lines [from, to) are short and open, body before and behind. */
static void decide_run_inside(reader *r, size_t from, size_t to, bool marked)
{
    size_t n = to - from, headlines = 0;
    for (size_t i = from; i < to; i++)
        headlines += r->lines[i].words >= HEADLINE_LEAST;
    if (n == 1 && !marked) {
        const isn_line *line = &r->lines[from];
        bool sure = r->stops && line->words >= HEADLINE_SURE;
        if (r->questions >= INTERVIEW && line->flags & ISN_LINE_QUESTION &&
            line->words > HEADING_MOST)
            set(r, from, ISN_BLOCK_BODY, "question of an interview");
        else if (line->words <= HEADING_MOST ||
                 (line->words < HEADLINE_SURE && heads_what_follows(r, from)))
            set(r, from, ISN_BLOCK_HEADING, "short line alone in the body");
        else if (sure || (line->words < HEADLINE_SURE && r->stops))
            set(r, from, ISN_BLOCK_RELATED, "headline in the body");
        else
            set(r, from, ISN_BLOCK_BODY, "line of middle length");
        return;
    }
    bool list = !marked && headlines * 2 < n && n > 2;
    for (size_t i = from; i < to; i++) {
        bool last = i + 1 == to;
        if (list)
            set(r, i, ISN_BLOCK_BODY, "list");
        else if (last && n > 1 && r->lines[i].words <= HEADING_MOST - 1)
            set(r, i, ISN_BLOCK_HEADING, "last of a run before the body");
        else if (marked || r->stops || r->lines[i].words < HEADLINE_SURE)
            set(r, i,
                r->lines[i].words >= HEADLINE_LEAST || marked ? ISN_BLOCK_RELATED
                                                              : ISN_BLOCK_HEADING,
                "run of headlines in the body");
        else
            set(r, i, ISN_BLOCK_BODY, "line of middle length");
    }
}

/* Lines [from, to) are short and open, nothing of the body behind them. */
static void decide_run_at_end(reader *r, size_t from, size_t to, bool marked)
{
    size_t n = to - from;
    for (size_t i = from; i < to; i++) {
        const isn_line *line = &r->lines[i];
        if (line->flags & ISN_LINE_CUT && line->words <= 8 && begins_with_name(r, i))
            set(r, i, ISN_BLOCK_BYLINE, "names after the body");
        else if (marked || (n > 1 && line->words >= HEADLINE_LEAST))
            set(r, i, ISN_BLOCK_RELATED, "headlines after the body");
        else if (line->words >= HEADLINE_LEAST)
            set(r, i, r->stops ? ISN_BLOCK_RELATED : ISN_BLOCK_BODY, "open line after the body");
        else if (line->words >= 2 && begins_with_name(r, i))
            set(r, i, ISN_BLOCK_BYLINE, "name after the body");
        else
            set(r, i, ISN_BLOCK_BOILERPLATE, "short line after the body");
    }
}

/* Lines [from, to) stand between title and body. */
static void decide_run_before(reader *r, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        set(r, i, r->lines[i].words >= HEADLINE_SURE ? ISN_BLOCK_BODY : ISN_BLOCK_HEADING,
            "line between title and body");
}

static void decide_runs(reader *r)
{
    for (size_t i = 0; i < r->n;) {
        if (r->blocks[i].rule) {
            i++;
            continue;
        }
        size_t to = i + 1;
        while (to < r->n && !r->blocks[to].rule)
            to++;
        bool marked = i > 0 && r->blocks[i - 1].kind == ISN_BLOCK_RELATED &&
                      r->lines[i - 1].flags & ISN_LINE_MARKER;
        if (i > 0 && r->lines[i - 1].flags & ISN_LINE_COLON &&
            r->blocks[i - 1].kind == ISN_BLOCK_BODY)
            for (size_t k = i; k < to; k++)
                set(r, k, ISN_BLOCK_BODY, "list after a colon");
        else if (r->first_body == NO_LINE)
            for (size_t k = i; k < to; k++)
                set(r, k, marked ? ISN_BLOCK_RELATED : ISN_BLOCK_BODY, "no paragraph in the text");
        else if (to <= r->first_body)
            decide_run_before(r, i, to);
        else if (i > r->last_body)
            decide_run_at_end(r, i, to, marked);
        else
            decide_run_inside(r, i, to, marked);
        i = to;
    }
}

/* --- all -------------------------------------------------------------------------------------- */

/* Where the body begins and ends, and whether its paragraphs end with full stops. */
static void measure(reader *r)
{
    size_t paragraphs = 0, stops = 0;
    r->first_body = NO_LINE;
    r->last_body = 0;
    for (size_t i = r->title == NO_LINE ? 0 : r->title + 1; i < r->n; i++) {
        const isn_line *line = &r->lines[i];
        r->questions += r->first_body != NO_LINE && line->flags & ISN_LINE_QUESTION &&
                        line->words > HEADING_MOST;
        if (is_open(line) && line->hint != ISN_HINT_PARAGRAPH)
            continue;
        if (line->words < 8 || (is_marked(line) && line->words < ISN_LINE_LONG_WORDS))
            continue;
        if (r->first_body == NO_LINE)
            r->first_body = i;
        r->last_body = i;
        paragraphs++;
        r->all_words += line->words;
        stops += (line->flags & ISN_LINE_STOP) != 0;
    }
    r->stops = stops * 10 >= paragraphs * 7;
}

/* What stands before the title: credits as such, everything else is the page's. */
static void decide_before_title(reader *r)
{
    for (size_t i = 0; r->title != NO_LINE && i < r->title; i++) {
        if (says(&r->lines[i], ISN_PAGE_MASTHEAD) || is_masthead_name(r, i))
            set(r, i, ISN_BLOCK_BOILERPLATE, "masthead");
        else if (!by_page(r, i) && !by_credit(r, i) && !by_shape(r, i))
            set(r, i, ISN_BLOCK_BOILERPLATE, "before the title");
    }
    r->related = r->comments = false;
}

/* Paragraphs at the end that tell readers how to comment and what becomes of their data. */
static void decide_policies(reader *r)
{
    for (size_t seen = 0, i = r->n; i-- > 0 && seen < POLICY_LINES;) {
        if (r->blocks[i].kind != ISN_BLOCK_BODY)
            continue;
        seen++;
        isn_str text = isn_str_part(r->input->text, r->blocks[i].begin, r->blocks[i].end);
        if (isn_line_policies(r->input->page, text) >= POLICY_LEAST)
            set(r, i, ISN_BLOCK_BOILERPLATE, "terms for readers");
    }
}

bool isn_blocks_make(isn_block **out, size_t *n, isn_arena *arena, const isn_blocks_input *input)
{
    *out = NULL;
    *n = 0;
    isn_lines lines;
    if (!isn_lines_make(&lines, arena, input))
        return false;
    reader r = {.input = input, .arena = arena, .lines = lines.items, .n = lines.n};
    r.blocks = isn_arena_calloc(arena, lines.n + 1, sizeof *r.blocks);
    if (!r.blocks)
        return false;
    for (size_t i = 0; i < r.n; i++) {
        r.blocks[i].begin = r.lines[i].begin;
        r.blocks[i].end = r.lines[i].end;
    }
    r.title = input->title.n ? find_known_title(&r, input->title) : NO_LINE;
    if (r.title == NO_LINE)
        r.title = find_title(&r);
    measure(&r);
    decide_before_title(&r);
    if (r.title != NO_LINE)
        set(&r, r.title, ISN_BLOCK_TITLE, "first headline");
    for (size_t i = r.title == NO_LINE ? 0 : r.title + 1; i < r.n; i++)
        decide_single(&r, i);
    decide_runs(&r);
    decide_policies(&r);
    *out = r.blocks;
    *n = r.n;
    return true;
}
