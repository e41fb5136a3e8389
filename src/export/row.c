/* row.c - what the cells of all tables are made of. */
#include "export/row.h"

void isn_cell_text(isn_buf *out, const isn_out_row *row, isn_str text)
{
    bool quoted = false;
    for (size_t i = 0; row->separator == ',' && i < text.n && !quoted; i++)
        quoted = text.p[i] == '"' || text.p[i] == ',' || text.p[i] == '\n' || text.p[i] == '\r';
    if (quoted)
        isn_buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (row->separator == '\t' && c < ' ')
            c = ' ';
        if (quoted && c == '"')
            isn_buf_char(out, '"');
        isn_buf_char(out, (char)c);
    }
    if (quoted)
        isn_buf_char(out, '"');
}

uint64_t isn_event_number(const isn_out_row *row)
{
    const isn_record *r = row->record;
    uint32_t place[4] = {row->number, row->actor, row->recipient, row->event ? row->event->trigger.begin : 0};
    uint64_t hash = isn_str_hash(r->id) ^ isn_str_hash(isn_str_of((const char *)place, sizeof place)) * UINT64_C(0x9E3779B97F4A7C15);
    return hash >> 11;
}

static bool digits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    return true;
}

/* yyyy, yyyy-mm or yyyy-mm-dd at the beginning of a value, the rest filled with 01. */
static bool day_of(char day[11], isn_str value)
{
    if (value.n < 4 || !digits(value.p, 4))
        return false;
    memcpy(day, "0000-01-01", 11);
    memcpy(day, value.p, 4);
    if (value.n >= 7 && value.p[4] == '-' && digits(value.p + 5, 2)) {
        memcpy(day + 5, value.p + 5, 2);
        if (value.n >= 10 && value.p[7] == '-' && digits(value.p + 8, 2))
            memcpy(day + 8, value.p + 8, 2);
    }
    return true;
}

bool isn_published_day(char day[11], const isn_record *record)
{
    return day_of(day, record->published);
}

bool isn_event_day(char day[11], const isn_out_row *row)
{
    return (row->event && day_of(day, row->event->date)) || isn_published_day(day, row->record);
}

/* Bytes of the mark that ends a sentence at byte i: a full stop and the like with white space behind it, the Arabic question
 * mark, a line end; 0 for none. */
static size_t end_mark(isn_str text, size_t i)
{
    unsigned char c = (unsigned char)text.p[i];
    if (c == '\n')
        return 1;
    if (c == 0xD8 && i + 1 < text.n && (unsigned char)text.p[i + 1] == 0x9F)
        return 2;
    bool stop = c == '.' || c == '!' || c == '?';
    return stop && (i + 1 == text.n || text.p[i + 1] == ' ' || text.p[i + 1] == '\n') ? 1 : 0;
}

/* How many sentences stand in [begin, end): words up to a mark, or up to the end. */
static size_t count_sentences(isn_str text, size_t begin, size_t end)
{
    size_t n = 0;
    bool words = false;
    for (size_t i = begin; i < end; i++) {
        if (end_mark(text, i)) {
            n += words;
            words = false;
        } else {
            words |= (unsigned char)text.p[i] > ' ';
        }
    }
    return n + words;
}

/* The sentence within a block: from the mark before the span to the mark behind it. */
static isn_span bounds(isn_str text, isn_span block, isn_span span)
{
    uint32_t begin = block.begin, end = block.end;
    for (uint32_t i = block.begin; i < block.end; i++) {
        uint32_t mark = (uint32_t)end_mark(text, i);
        if (mark && i + mark <= span.begin)
            begin = i + mark;
        if (mark && i + mark >= span.end) {
            end = i + mark;
            break;
        }
    }
    return (isn_span){begin, end < block.end ? end : block.end};
}

isn_str isn_sentence_at(const isn_record *record, isn_span span, size_t *number)
{
    isn_str text = record->text, sentence = isn_str_part(text, span.begin, span.end);
    size_t before = 0;
    for (size_t b = 0; b < record->n_blocks; b++) {
        const isn_record_block *block = &record->blocks[b];
        if (block->span.begin > span.begin)
            break;
        if (span.begin < block->span.end) {
            isn_span found = bounds(text, block->span, span);
            before += number ? count_sentences(text, block->span.begin, found.begin) : 0;
            sentence = isn_str_trim(isn_str_part(text, found.begin, found.end));
            break;
        }
        if (number && isn_block_is_read((isn_block_kind)block->kind))
            before += count_sentences(text, block->span.begin, block->span.end);
    }
    if (number)
        *number = before + 1;
    return sentence;
}

isn_str isn_entity_label(const isn_record *record, uint32_t entity)
{
    if (entity == ISN_NOTHING)
        return (isn_str){NULL, 0};
    const isn_record_entity *e = &record->entities[entity];
    return e->english.n ? e->english : e->name;
}
