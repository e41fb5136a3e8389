#include "lexicon/check_rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <utf8proc.h>

#include "base/normal.h"
#include "lexicon/verb.h"

void isn_check_tell(const isn_check *check, const isn_row *row, const char *format, ...)
{
    char message[400];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    isn_faults_add(check->faults, ISNAD_E_LEXICON, check->mine->files.items[row->file].p, row->line, "%s", message);
}

/* --- cells ------------------------------------------------------------------------------------------------------ */

static bool is_digits(isn_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    return s.n > 0;
}

/* YYYY, YYYY-MM or YYYY-MM-DD with a month and day that there can be. */
static bool is_date(isn_str s)
{
    int64_t part;
    if ((s.n != 4 && s.n != 7 && s.n != 10) || !is_digits(isn_str_part(s, 0, 4)))
        return false;
    if (s.n >= 7 && (s.p[4] != '-' || !is_digits(isn_str_part(s, 5, 7)) ||
                     !isn_str_to_int(&part, isn_str_part(s, 5, 7)) || part < 1 || part > 12))
        return false;
    return s.n < 10 || (s.p[7] == '-' && is_digits(isn_str_part(s, 8, 10)) &&
                        isn_str_to_int(&part, isn_str_part(s, 8, 10)) && part >= 1 && part <= 31);
}

/* Does the table hold a row with this first cell? A table that nobody has written yet holds everything. */
static bool refers(const isn_check *check, int table, isn_str key)
{
    return check->all->rows[table].n == 0 || isn_tables_find(check->all, table, key) != SIZE_MAX;
}

static void check_list(const isn_check *check, const isn_row *row, const isn_column *column, isn_str cell)
{
    isn_str rest = cell, value;
    while (isn_str_next(&value, &rest, '|')) {
        if (isn_str_trim(value).n == 0)
            isn_check_tell(check, row, "cell '%s' holds an empty value between bars", column->name);
        else if (column->kind == ISN_K_ENUMS && !isn_schema_has(column->values, value))
            isn_check_tell(check, row, "'%.*s' is no value of '%s'", (int)value.n, value.p, column->name);
    }
}

static void check_cell(const isn_check *check, const isn_row *row, const isn_column *column, isn_str cell)
{
    bool good = true;
    int64_t number;
    double real;
    switch (column->kind) {
    case ISN_K_TEXT:
        return;
    case ISN_K_LIST:
    case ISN_K_ENUMS:
        check_list(check, row, column, cell);
        return;
    case ISN_K_DATE:
        good = is_date(cell);
        break;
    case ISN_K_COUNTRY:
        good = refers(check, ISN_T_COUNTRIES, cell);
        break;
    case ISN_K_ENUM:
        good = isn_schema_has(column->values, cell);
        break;
    case ISN_K_INT:
        good = isn_str_to_int(&number, cell);
        break;
    case ISN_K_NUMBER:
        good = isn_str_to_number(&real, cell);
        break;
    case ISN_K_REF:
        good = refers(check, column->ref, cell);
        break;
    }
    if (!good && column->kind == ISN_K_REF)
        isn_check_tell(check, row, "'%.*s' stands nowhere in '%s'", (int)cell.n, cell.p,
                       isn_schema_of(column->ref)->stem);
    else if (!good)
        isn_check_tell(check, row, "'%.*s' is no value of '%s'", (int)cell.n, cell.p, column->name);
}

/* --- verbs ------------------------------------------------------------------------------------------------------ */

static void check_verb(const isn_check *check, const isn_row *row)
{
    isn_verb verb = {row->cells[ISN_C_VERBS_LEMMA], row->cells[ISN_C_VERBS_ROOT], row->cells[ISN_C_VERBS_FORM],
                     row->cells[ISN_C_VERBS_VOWEL]};
    bool agrees = false, first = isn_str_equal(verb.form, ISN_STR("1"));
    if (!isn_verb_inflect(NULL, NULL, &agrees, &verb))
        isn_check_tell(check, row, "root '%.*s' cannot be used with form '%.*s'", (int)verb.root.n,
                       verb.root.p, (int)verb.form.n, verb.form.p);
    else if (!agrees)
        isn_check_tell(check, row, "'%.*s' is not what root '%.*s' gives in form '%.*s'",
                       (int)verb.lemma.n, verb.lemma.p, (int)verb.root.n, verb.root.p, (int)verb.form.n,
                       verb.form.p);
    if (first && verb.vowel.n == 0)
        isn_check_tell(check, row, "a verb of form 1 needs the vowel of its imperfect");
    if (first && row->cells[ISN_C_VERBS_MASDAR].n == 0)
        isn_check_tell(check, row, "a verb of form 1 needs its verbal noun");
}

/* --- frames and cues ---------------------------------------------------------------------------------------------- */

#define ROLES "actor|recipient|place|content|both|target|event"

/* slot=role or slot=role/role, parted by blanks. */
static void check_slots(const isn_check *check, const isn_row *row)
{
    isn_str rest = row->cells[ISN_C_FRAMES_SLOTS], slot;
    while (isn_str_next(&slot, &rest, ' ')) {
        if (slot.n == 0)
            continue;
        size_t at = isn_str_find(slot, ISN_STR("="));
        isn_str roles = at == SIZE_MAX ? ISN_STR("") : isn_str_part(slot, at + 1, slot.n), role;
        bool good = at != SIZE_MAX && at > 0;
        while (good && isn_str_next(&role, &roles, '/'))
            good = isn_schema_has(ROLES, role);
        if (!good)
            isn_check_tell(check, row, "'%.*s' is no slot=role", (int)slot.n, slot.p);
    }
}

#define KNOWN_CLASSES "person|organization|place|group|event|several"

/* One condition: what:CLASS, what!CLASS, what:"word", has:word; *rest moves past it. False where the syntax ends. */
static bool next_condition(isn_str *what, isn_str *value, isn_str *rest)
{
    *rest = isn_str_trim(*rest);
    size_t at = 0;
    while (at < rest->n && rest->p[at] != ':' && rest->p[at] != '!' && rest->p[at] != ' ')
        at++;
    if (at == 0 || at == rest->n || rest->p[at] == ' ')
        return false;
    *what = isn_str_part(*rest, 0, at);
    isn_str more = isn_str_part(*rest, at + 1, rest->n);
    bool quoted = more.n && more.p[0] == '"';
    const char *end = more.n < 2 ? NULL : memchr(more.p + quoted, quoted ? '"' : ' ', more.n - quoted);
    if (quoted && !end)
        return false;
    size_t n = end ? (size_t)(end - more.p) + quoted : more.n;
    *value = isn_str_part(more, 0, n);
    *rest = isn_str_part(more, n, more.n);
    return value->n > 0;
}

static void check_conditions(const isn_check *check, const isn_row *row)
{
    isn_str rest = isn_str_trim(row->cells[ISN_C_FRAMES_IF]), what, value;
    while (rest.n) {
        if (!next_condition(&what, &value, &rest)) {
            isn_check_tell(check, row, "'%.*s' is no condition", (int)rest.n, rest.p);
            return;
        }
        bool word = value.p[0] == '"' || isn_str_equal(what, ISN_STR("has")) ||
                    (isn_str_equal(what, ISN_STR("is")) && isn_str_equal(value, ISN_STR("past")));
        isn_str classes = value, class;
        while (!word && isn_str_next(&class, &classes, '|')) {
            if (!isn_schema_has(KNOWN_CLASSES, class) && !refers(check, ISN_T_CLASSES, class))
                isn_check_tell(check, row, "'%.*s' is no class", (int)class.n, class.p);
        }
    }
}

static bool is_regular_masdar(const isn_row *row, const uint8_t *letters, size_t n)
{
    isn_verb verb = {row->cells[ISN_C_VERBS_LEMMA], row->cells[ISN_C_VERBS_ROOT],
                     row->cells[ISN_C_VERBS_FORM], row->cells[ISN_C_VERBS_VOWEL]};
    isn_verb_nouns nouns;
    return isn_verb_inflect(NULL, &nouns, NULL, &verb) && nouns.masdar.n == n &&
           memcmp(nouns.masdar.p, letters, n) == 0;
}

/* Is the word a verbal noun that verbs.tsv lists or that its rules make? */
static bool is_masdar(const isn_check *check, isn_str word)
{
    const isn_rows *rows = &check->all->rows[ISN_T_VERBS];
    uint8_t letters[ISN_FORM_LETTERS];
    size_t n = isn_normal_letters(letters, sizeof letters, word);
    for (size_t i = 0; i < rows->n; i++) {
        isn_str rest = rows->items[i].cells[ISN_C_VERBS_MASDAR], value;
        if (rest.n == 0 && n <= sizeof letters && is_regular_masdar(&rows->items[i], letters, n))
            return true;
        while (isn_str_next(&value, &rest, '|')) {
            if (isn_str_equal(value, word))
                return true;
        }
    }
    return rows->n == 0;
}

static bool has_mode(const isn_check *check, isn_str type, isn_str mode)
{
    const isn_rows *rows = &check->all->rows[ISN_T_EVENTS];
    size_t at = isn_tables_find(check->all, ISN_T_EVENTS, type);
    for (; at < rows->n && isn_str_equal(rows->items[at].cells[0], type); at++) {
        if (isn_str_equal(rows->items[at].cells[ISN_C_EVENTS_MODE], mode))
            return true;
    }
    return rows->n == 0 || mode.n == 0;
}

/* A type of one's own is a line of 'events': capitals, with low lines between them. */
static void check_event_type(const isn_check *check, const isn_row *row)
{
    isn_str type = row->cells[ISN_C_EVENTS_TYPE];
    bool good = !isn_schema_has(ISN_FRAME_KINDS, type);
    for (size_t i = 0; i < type.n && good; i++)
        good = (type.p[i] >= 'A' && type.p[i] <= 'Z') || (type.p[i] == '_' && i > 0);
    if (!good)
        isn_check_tell(check, row, "'%.*s' can't be a type of events; capitals from A to Z, and none of NONE, LIGHT, CARRY",
                       (int)type.n, type.p);
    isn_str quad = row->cells[ISN_C_EVENTS_QUAD];
    int64_t number;
    if (quad.n && isn_str_to_int(&number, quad) && (number < 1 || number > 4))
        isn_check_tell(check, row, "'%.*s' is no quad code; 1 to 4", (int)quad.n, quad.p);
}

static bool is_frame_type(const isn_check *check, isn_str type)
{
    if (isn_schema_has(ISN_FRAME_KINDS, type))
        return true;
    return check->all->rows[ISN_T_EVENTS].n ? refers(check, ISN_T_EVENTS, type) : isn_schema_has(ISN_EVENT_TYPES, type);
}

static void check_frame(const isn_check *check, const isn_row *row)
{
    isn_str lemma = row->cells[ISN_C_FRAMES_LEMMA], pos = row->cells[ISN_C_FRAMES_POS];
    isn_str type = row->cells[ISN_C_FRAMES_TYPE], mode = row->cells[ISN_C_FRAMES_MODE];
    if (pos.p[0] == 'v' && !refers(check, ISN_T_VERBS, lemma))
        isn_check_tell(check, row, "'%.*s' is no verb of 'verbs'", (int)lemma.n, lemma.p);
    if (pos.p[0] == 'm' && !is_masdar(check, lemma))
        isn_check_tell(check, row, "'%.*s' is no verbal noun of 'verbs'", (int)lemma.n, lemma.p);
    if (!is_frame_type(check, type))
        isn_check_tell(check, row, "'%.*s' is no type of 'events'", (int)type.n, type.p);
    else if (!has_mode(check, type, mode))
        isn_check_tell(check, row, "'%.*s' is no mode of '%.*s'", (int)mode.n, mode.p, (int)type.n, type.p);
    check_slots(check, row);
    check_conditions(check, row);
}

static void check_cue(const isn_check *check, const isn_row *row)
{
    isn_str lemma = row->cells[ISN_C_CUES_LEMMA], rest = row->cells[ISN_C_CUES_TAKES], value;
    if (row->cells[ISN_C_CUES_POS].p[0] == 'v' && !refers(check, ISN_T_VERBS, lemma))
        isn_check_tell(check, row, "'%.*s' is no verb of 'verbs'", (int)lemma.n, lemma.p);
    while (isn_str_next(&value, &rest, '|')) {
        bool arabic = value.n && (unsigned char)value.p[0] >= 0x80;
        if (value.n && (arabic ? !refers(check, ISN_T_FUNCTIONS, value) : !isn_schema_has("clause|mark|obj|who", value)))
            isn_check_tell(check, row, "'%.*s' is no value of 'takes'", (int)value.n, value.p);
    }
}

/* n capital letters? */
static bool is_code(isn_str code, size_t n)
{
    bool good = code.n == n;
    for (size_t i = 0; i < code.n && good; i++)
        good = code.p[i] >= 'A' && code.p[i] <= 'Z';
    return good;
}

static void check_country(const isn_check *check, const isn_row *row)
{
    isn_str code = row->cells[ISN_C_COUNTRIES_CODE], iso2 = row->cells[ISN_C_COUNTRIES_ISO2];
    if (!is_code(code, 3))
        isn_check_tell(check, row, "'%.*s' is no country code of three letters", (int)code.n, code.p);
    if (iso2.n && !is_code(iso2, 2))
        isn_check_tell(check, row, "'%.*s' is no country code of two letters", (int)iso2.n, iso2.p);
}

/* A term that ends before it begins, as far as both dates are known. */
static void check_term(const isn_check *check, const isn_row *row)
{
    isn_str from = row->cells[ISN_C_TERMS_FROM], to = row->cells[ISN_C_TERMS_TO];
    size_t n = from.n < to.n ? from.n : to.n;
    if (n && memcmp(to.p, from.p, n) < 0)
        isn_check_tell(check, row, "the term ends (%.*s) before it begins (%.*s)", (int)to.n, to.p, (int)from.n, from.p);
}

/* --- letters ------------------------------------------------------------------------------------------------------ */

/* What a character that readers can't tell from another should be; NULL for all others. */
static const char *confusable(utf8proc_int32_t c)
{
    if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF ||
        c == 0xAD)
        return "can't be seen; leave it out";
    if ((c >= 0xFB50 && c <= 0xFDFF && c != 0xFD3E && c != 0xFD3F) || (c >= 0xFE70 && c <= 0xFEFC))
        return "is a shape of a letter, not the letter";
    if (c == 0x6CC)
        return "is the Persian ya; write U+064A or U+0649";
    if (c == 0x6A9)
        return "is the Persian kaf; write U+0643";
    return NULL;
}

static void check_letters(const isn_check *check, const isn_row *row, const isn_column *column, isn_str cell)
{
    for (size_t at = 0; at < cell.n;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)cell.p + at, (utf8proc_ssize_t)(cell.n - at), &c);
        if (n <= 0)
            return; /* told where the line was read */
        const char *fault = (unsigned char)cell.p[at] < 0x80 ? NULL : confusable(c);
        if (c == 0x640 && at + (size_t)n < cell.n && (unsigned char)cell.p[at + (size_t)n] >= 0x80)
            fault = "is a tatweel inside a word; leave it out"; /* at the end it tells an abbreviation: h- for hijri */
        if (fault) {
            isn_check_tell(check, row, "cell '%s' holds U+%04X, which %s", column->name, (unsigned)c, fault);
            return;
        }
        at += (size_t)n;
    }
}

void isn_check_row(const isn_check *check, int table, const isn_row *row)
{
    if (row->removes)
        return;
    const isn_schema *schema = isn_schema_of(table);
    for (size_t i = 0; i < schema->n; i++) {
        if (row->cells[i].n) {
            check_cell(check, row, &schema->columns[i], row->cells[i]);
            check_letters(check, row, &schema->columns[i], row->cells[i]);
        }
    }
    switch (table) {
    case ISN_T_COUNTRIES:
        check_country(check, row);
        break;
    case ISN_T_TERMS:
        check_term(check, row);
        break;
    case ISN_T_VERBS:
        check_verb(check, row);
        break;
    case ISN_T_EVENTS:
        check_event_type(check, row);
        break;
    case ISN_T_FRAMES:
        check_frame(check, row);
        break;
    case ISN_T_CUES:
        check_cue(check, row);
        break;
    default:
        break;
    }
}
