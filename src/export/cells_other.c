/* cells_other.c - cells of the tables of quotes, counts and entities. */
#include "export/cells.h"

static const isn_record_quote *quote_of(const isn_out_row *row)
{
    return &row->record->quotes[row->number];
}

static const isn_record_count *count_of(const isn_out_row *row)
{
    return &row->record->counts[row->number];
}

static const isn_record_entity *entity_of(const isn_out_row *row)
{
    return &row->record->entities[row->number];
}

/* "Q3": the name of a thing in its record. */
static void name_in_record(isn_buf *out, char letter, uint32_t number)
{
    isn_buf_char(out, letter);
    isn_buf_uint(out, (uint64_t)number + 1);
}

/* --- quotes ------------------------------------------------------------------------------------------------------ */

void isn_cell_quote_name(isn_buf *out, const isn_out_row *row)
{
    name_in_record(out, 'Q', row->number);
}

void isn_cell_quote_kind(isn_buf *out, const isn_out_row *row)
{
    isn_buf_str(out, quote_of(row)->direct ? ISN_STR("direct") : ISN_STR("indirect"));
}

void isn_cell_quote_speaker(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_entity_label(row->record, quote_of(row)->speaker));
}

void isn_cell_quote_speaker_key(isn_buf *out, const isn_out_row *row)
{
    if (quote_of(row)->speaker != ISN_NOTHING)
        isn_cell_text(out, row, row->record->entities[quote_of(row)->speaker].kb);
}

void isn_cell_quote_speaker_country(isn_buf *out, const isn_out_row *row)
{
    if (quote_of(row)->speaker != ISN_NOTHING)
        isn_cell_text(out, row, row->record->entities[quote_of(row)->speaker].country);
}

void isn_cell_quote_cue(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_str_part(row->record->text, quote_of(row)->cue.begin, quote_of(row)->cue.end));
}

void isn_cell_quote_via(isn_buf *out, const isn_out_row *row)
{
    for (size_t i = 0; i < quote_of(row)->via.n; i++) {
        if (i)
            isn_buf_char(out, ';');
        isn_cell_text(out, row, isn_entity_label(row->record, quote_of(row)->via.items[i]));
    }
}

void isn_cell_quote_confidence(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, quote_of(row)->confidence);
}

void isn_cell_quote_begin(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, quote_of(row)->span.begin);
}

void isn_cell_quote_end(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, quote_of(row)->span.end);
}

void isn_cell_quote_words(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_str_part(row->record->text, quote_of(row)->span.begin, quote_of(row)->span.end));
}

/* --- counts ------------------------------------------------------------------------------------------------------ */

void isn_cell_count_value(isn_buf *out, const isn_out_row *row)
{
    isn_buf_number(out, count_of(row)->value);
}

void isn_cell_count_high(isn_buf *out, const isn_out_row *row)
{
    if (count_of(row)->high != count_of(row)->value)
        isn_buf_number(out, count_of(row)->high);
}

void isn_cell_count_bound(isn_buf *out, const isn_out_row *row)
{
    isn_buf_str(out, isn_str_cstr(isn_record_bound_text(count_of(row)->bound)));
}

void isn_cell_count_what(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, count_of(row)->what);
}

void isn_cell_count_unit(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, count_of(row)->unit);
}

void isn_cell_count_event(isn_buf *out, const isn_out_row *row)
{
    if (count_of(row)->event != ISN_NOTHING)
        name_in_record(out, 'V', count_of(row)->event);
}

void isn_cell_count_begin(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, count_of(row)->span.begin);
}

void isn_cell_count_end(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, count_of(row)->span.end);
}

void isn_cell_count_text(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_sentence_at(row->record, count_of(row)->span, NULL));
}

/* --- entities ---------------------------------------------------------------------------------------------------- */

void isn_cell_entity_name_in_record(isn_buf *out, const isn_out_row *row)
{
    name_in_record(out, 'E', row->number);
}

void isn_cell_entity_type(isn_buf *out, const isn_out_row *row)
{
    isn_buf_str(out, isn_str_cstr(isn_record_type_text(entity_of(row)->type)));
}

void isn_cell_entity_name(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, entity_of(row)->name);
}

void isn_cell_entity_english(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, entity_of(row)->english);
}

void isn_cell_entity_key(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, entity_of(row)->kb);
}

void isn_cell_entity_country(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, entity_of(row)->country);
}

void isn_cell_entity_sector(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, entity_of(row)->sector);
}

void isn_cell_entity_region(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, entity_of(row)->region);
}

void isn_cell_entity_lat(isn_buf *out, const isn_out_row *row)
{
    if (entity_of(row)->placed)
        isn_buf_number(out, entity_of(row)->lat / 100.0);
}

void isn_cell_entity_lon(isn_buf *out, const isn_out_row *row)
{
    if (entity_of(row)->placed)
        isn_buf_number(out, entity_of(row)->lon / 100.0);
}

void isn_cell_entity_offices(isn_buf *out, const isn_out_row *row)
{
    for (size_t i = 0; i < entity_of(row)->n_roles; i++) {
        if (i)
            isn_buf_char(out, ';');
        isn_cell_text(out, row, entity_of(row)->roles[i].office);
    }
}

void isn_cell_entity_mentions(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, entity_of(row)->n_mentions);
}
