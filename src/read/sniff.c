#include "read/sniff.h"

#include <strings.h>

#include "base/utf8.h"

#define MAIL_HEAD ((size_t)4096)

static isn_str skip_blanks(isn_str s)
{
    size_t i = 0;
    while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' || s.p[i] == '\r' || s.p[i] == '\n'))
        i++;
    return isn_str_part(s, i, s.n);
}

/* Behind the first `mark` in s, or the end. */
static isn_str behind(isn_str s, const char *mark)
{
    size_t at = isn_str_find(s, isn_str_cstr(mark));
    return at == SIZE_MAX ? isn_str_part(s, s.n, s.n) : isn_str_part(s, at + strlen(mark), s.n);
}

/* The name in <!DOCTYPE name ...; empty for others. */
static isn_str typed_root(isn_str type)
{
    static const char mark[] = "<!DOCTYPE ";
    size_t n = sizeof mark - 1, end = n;
    if (type.n <= n || strncasecmp(type.p, mark, n) != 0)
        return (isn_str){NULL, 0};
    while (end < type.n && !strchr(" \t\r\n>[", type.p[end]))
        end++;
    return isn_str_part(type, n, end);
}

isn_str isn_sniff_root(isn_str head)
{
    isn_str s = skip_blanks(isn_utf8_unmark(head));
    while (s.n > 1 && s.p[0] == '<' && (s.p[1] == '?' || s.p[1] == '!')) {
        if (s.p[1] == '?') {
            s = behind(s, "?>");
        } else if (isn_str_starts(s, ISN_STR("<!--"))) {
            s = behind(s, "-->");
        } else {
            isn_str type = s;
            size_t end = 0; /* a document type: up to its `>`, past what is in square brackets */
            while (end < s.n && s.p[end] != '>' && s.p[end] != '[')
                end++;
            s = end < s.n && s.p[end] == '[' ? behind(behind(s, "]"), ">") : behind(s, ">");
            if (s.n == 0) /* too long for what is looked at: it names the first element */
                return typed_root(type);
        }
        s = skip_blanks(s);
    }
    if (s.n < 2 || s.p[0] != '<')
        return (isn_str){NULL, 0};
    size_t n = 1;
    while (n < s.n && !strchr(" \t\r\n/>", s.p[n]))
        n++;
    return isn_str_part(s, 1, n);
}

bool isn_sniff_is_feed(isn_str head)
{
    static const char *const roots[] = {"rss", "feed", "RDF", "opml", "urlset", "sitemapindex"};
    isn_str name = isn_sniff_root(isn_str_part(head, 0, ISN_SNIFF_BYTES));
    const char *colon = name.n ? memchr(name.p, ':', name.n) : NULL;
    if (colon)
        name = isn_str_part(name, (size_t)(colon - name.p) + 1, name.n);
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++)
        if (isn_str_equal(name, isn_str_cstr(roots[i])))
            return true;
    return false;
}

/* Is what the file begins with a whole JSON object in one line? A longer line is taken for one. */
static bool is_json_lines(isn_str head)
{
    head = skip_blanks(isn_utf8_unmark(head));
    if (head.n < 2 || head.p[0] != '{')
        return false;
    size_t second = 1;
    while (second < head.n && strchr(" \t", head.p[second]))
        second++;
    if (second >= head.n || (head.p[second] != '"' && head.p[second] != '}'))
        return false;
    const char *feed = memchr(head.p, '\n', head.n);
    if (!feed)
        return true;
    isn_str first = isn_str_trim(isn_str_part(head, 0, (size_t)(feed - head.p)));
    return first.p[first.n - 1] == '}';
}

static bool is_json_feed(isn_str head)
{
    head = skip_blanks(isn_utf8_unmark(head));
    return head.n && head.p[0] == '{' &&
           isn_str_find(isn_str_part(head, 0, 1024), ISN_STR("://jsonfeed.org/version/")) != SIZE_MAX;
}

/* Lines of a mail's head, up to the first that is empty: does one begin so? */
static bool has_field(isn_str head, const char *name)
{
    isn_str line;
    size_t n = strlen(name);
    while (isn_str_next(&line, &head, '\n') && isn_str_trim(line).n)
        if (line.n > n && strncasecmp(line.p, name, n) == 0)
            return true;
    return false;
}

static bool is_mail(isn_str head)
{
    head = isn_str_part(head, 0, MAIL_HEAD);
    size_t colon = isn_str_find(isn_str_part(head, 0, 80), ISN_STR(":"));
    for (size_t i = 0; colon != SIZE_MAX && i < colon; i++)
        if (!((head.p[i] | 0x20) >= 'a' && (head.p[i] | 0x20) <= 'z') && head.p[i] != '-')
            colon = SIZE_MAX;
    if (colon == SIZE_MAX && !isn_str_starts(head, ISN_STR("From ")))
        return false;
    bool letter = has_field(head, "From:") || has_field(head, "Subject:");
    return letter && (has_field(head, "Message-ID:") || has_field(head, "MIME-Version:") || has_field(head, "Received:"));
}

static const char *refusal(isn_str head)
{
    static const struct {
        isn_str magic;
        const char *why;
    } kinds[] = {
        {ISN_STR("%PDF-"), "is a PDF file, which is not read; hand in its text or the page that it comes from"},
        {ISN_STR("BZh"), "is packed with bzip2, which is not read; unpack it first (gzip and zstd are read)"},
        {ISN_STR("\xFD" "7zXZ"), "is packed with xz, which is not read; unpack it first (gzip and zstd are read)"},
        {ISN_STR("7z\xBC\xAF\x27\x1C"), "is a 7z archive, which is not read; unpack it first"},
        {ISN_STR("Rar!\x1A"), "is a RAR archive, which is not read; unpack it first"},
        {ISN_STR("\xD0\xCF\x11\xE0\xA1\xB1"), "is an office document, which is not read; hand in its text"},
        {ISN_STR("{\\rtf"), "is an RTF document, which is not read; hand in its text"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (isn_str_starts(head, kinds[i].magic))
            return kinds[i].why;
    if (isn_str_starts(head, ISN_STR("\x5D\x2A\x4D\x18")))
        return "is a zstd archive with a dictionary of its own, which is not read; pack it anew without one (zstd -d, then zstd)";
    if (isn_str_starts(head, ISN_STR("PK\x03\x04")))
        return isn_str_find(isn_str_part(head, 0, 256), ISN_STR("application/epub+zip")) != SIZE_MAX
                   ? "is an EPUB book, which is not read; hand in the pages that are in it"
                   : "is a ZIP archive or an office document, which is not read; unpack it first or hand in its text";
    if (head.n > 262 && memcmp(head.p + 257, "ustar", 5) == 0)
        return "is a tar archive, which is not read; unpack it first and name its folder";
    if (is_mail(head))
        return "is mail or a page saved as mail, which is not read; hand in its text or the page itself";
    return NULL;
}

/* The ASCII characters of UTF-16, where a byte order mark says that it is that. */
static isn_str narrow(char *out, size_t room, isn_str head)
{
    bool wide = head.n > 2 && (memcmp(head.p, "\xFF\xFE", 2) == 0 || memcmp(head.p, "\xFE\xFF", 2) == 0);
    size_t n = 0, low = wide && head.p[0] == '\xFF' ? 0 : 1;
    if (!wide)
        return head;
    for (size_t i = 2; i + 1 < head.n && n < room; i += 2)
        out[n++] = head.p[i + 1 - low] ? '?' : head.p[i + low];
    return isn_str_of(out, n);
}

isn_form isn_sniff(isn_str head, const char **why)
{
    char ascii[2048];
    head = narrow(ascii, sizeof ascii, isn_str_part(head, 0, ISN_SNIFF_BYTES));
    *why = refusal(head);
    if (*why)
        return ISN_FORM_REFUSED;
    if (isn_str_starts(isn_utf8_unmark(head), ISN_STR("WARC/")))
        return ISN_FORM_WARC;
    if (is_json_feed(head))
        return ISN_FORM_JSON_FEED;
    if (is_json_lines(head))
        return ISN_FORM_LINES;
    return isn_sniff_is_feed(head) ? ISN_FORM_FEED : ISN_FORM_WHOLE;
}
