/* cells_event.c - cells about the event, its place and its article. */
#include "export/cells.h"
#include "isnad.h"
#include "lexicon/schema.h"

#define EVENT(row) ((row)->event)

static const isn_record_entity *place_of(const isn_out_row *row)
{
    uint32_t place = EVENT(row)->place;
    return place == ISN_NOTHING ? NULL : &row->record->entities[place];
}

void isn_cell_one(isn_buf *out, const isn_out_row *row)
{
    (void)row;
    isn_buf_char(out, '1');
}

void isn_cell_version(isn_buf *out, const isn_out_row *row)
{
    (void)row;
    isn_buf_str(out, ISN_STR("isnad " ISNAD_VERSION));
}

/* GDELT's field for machine translation: what language the text is, and that it was read as it stands. */
void isn_cell_translation(isn_buf *out, const isn_out_row *row)
{
    (void)row;
    isn_buf_str(out, ISN_STR("srclc:ara;eng:isnad"));
}

/* --- the event -------------------------------------------------------------------------------------------------- */

void isn_cell_event_id(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, isn_event_number(row));
}

void isn_cell_event_date(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (isn_event_day(day, row))
        isn_buf_append(out, day, 10);
}

void isn_cell_event_own_date(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, EVENT(row)->date);
}

void isn_cell_event_sqldate(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (!isn_event_day(day, row))
        return;
    isn_buf_append(out, day, 4);
    isn_buf_append(out, day + 5, 2);
    isn_buf_append(out, day + 8, 2);
}

void isn_cell_event_month(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (!isn_event_day(day, row))
        return;
    isn_buf_append(out, day, 4);
    isn_buf_append(out, day + 5, 2);
}

void isn_cell_event_year(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (isn_event_day(day, row))
        isn_buf_append(out, day, 4);
}

/* Year and share of the year, (month * 30 + day) / 365, as the codebook has it. */
void isn_cell_event_fraction(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (!isn_event_day(day, row))
        return;
    unsigned month = (unsigned)(day[5] - '0') * 10 + (unsigned)(day[6] - '0');
    unsigned date = (unsigned)(day[8] - '0') * 10 + (unsigned)(day[9] - '0');
    unsigned share = (month * 30 + date) * 10000 / 365;
    isn_buf_append(out, day, 4);
    isn_buf_format(out, ".%04u", share > 9999 ? 9999 : share);
}

static void stamp(isn_buf *out, const char day[11], isn_str clock)
{
    isn_buf_append(out, day, 4);
    isn_buf_append(out, day + 5, 2);
    isn_buf_append(out, day + 8, 2);
    bool timed = clock.n >= 16 && clock.p[10] == 'T';
    for (size_t i = 11; i < 19; i += 3)
        isn_buf_append(out, timed && clock.n >= i + 2 ? clock.p + i : "00", 2);
}

void isn_cell_event_time(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (isn_event_day(day, row))
        stamp(out, day, EVENT(row)->date);
}

void isn_cell_date_added(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (isn_published_day(day, row->record))
        stamp(out, day, row->record->published);
}

void isn_cell_event_type(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, EVENT(row)->type);
}

void isn_cell_event_mode(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, EVENT(row)->mode);
}

void isn_cell_event_cameo(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, EVENT(row)->cameo);
}

void isn_cell_event_base(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_str_part(EVENT(row)->cameo, 0, 3));
}

void isn_cell_event_root(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_str_part(EVENT(row)->cameo, 0, 2));
}

void isn_cell_event_quad(isn_buf *out, const isn_out_row *row)
{
    if (EVENT(row)->quad)
        isn_buf_uint(out, EVENT(row)->quad);
}

void isn_cell_event_intensity(isn_buf *out, const isn_out_row *row)
{
    if (EVENT(row)->quad)
        isn_buf_number(out, EVENT(row)->intensity);
}

void isn_cell_event_status(isn_buf *out, const isn_out_row *row)
{
    isn_buf_str(out, isn_str_cstr(isn_record_status_text(EVENT(row)->status)));
}

void isn_cell_event_contexts(isn_buf *out, const isn_out_row *row)
{
    for (size_t i = 0; i < EVENT(row)->n_contexts; i++) {
        if (i)
            isn_buf_char(out, ';');
        isn_cell_text(out, row, EVENT(row)->contexts[i]);
    }
}

/* Is it told in the headline or the first sentence behind it? */
void isn_cell_event_is_root(isn_buf *out, const isn_out_row *row)
{
    size_t number;
    isn_sentence_at(row->record, EVENT(row)->trigger, &number);
    isn_buf_char(out, number <= 2 ? '1' : '0');
}

void isn_cell_sentence_number(isn_buf *out, const isn_out_row *row)
{
    size_t number;
    isn_sentence_at(row->record, EVENT(row)->trigger, &number);
    isn_buf_uint(out, number);
}

void isn_cell_event_text(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_sentence_at(row->record, EVENT(row)->trigger, NULL));
}

void isn_cell_event_rule(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, EVENT(row)->rule);
}

void isn_cell_event_confidence(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, EVENT(row)->confidence);
}

void isn_cell_event_begin(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, EVENT(row)->trigger.begin);
}

void isn_cell_event_end(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, EVENT(row)->trigger.end);
}

/* Letters of the text before a byte. */
static uint64_t letters_before(isn_str text, size_t end)
{
    uint64_t letters = 0;
    for (size_t i = 0; i < end && i < text.n; i++)
        letters += ((unsigned char)text.p[i] & 0xC0) != 0x80;
    return letters;
}

void isn_cell_event_offset(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, letters_before(row->record->text, EVENT(row)->trigger.begin));
}

static void offset_of(isn_buf *out, const isn_out_row *row, uint32_t entity)
{
    if (entity != ISN_NOTHING && row->record->entities[entity].n_mentions)
        isn_buf_uint(out, letters_before(row->record->text, row->record->entities[entity].mentions[0].span.begin));
    else
        isn_buf_str(out, ISN_STR("-1"));
}

void isn_cell_one_actor_offset(isn_buf *out, const isn_out_row *row)
{
    offset_of(out, row, row->actor);
}

void isn_cell_one_recipient_offset(isn_buf *out, const isn_out_row *row)
{
    offset_of(out, row, row->recipient);
}

/* --- the place -------------------------------------------------------------------------------------------------- */

void isn_cell_place_name(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, isn_entity_label(row->record, EVENT(row)->place));
}

void isn_cell_place_raw(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row))
        isn_cell_text(out, row, place_of(row)->name);
}

/* A state is no town: its key is its code. */
static bool is_state(const isn_record_entity *place)
{
    return place->kb.n == 3 && isn_str_equal(place->kb, place->country);
}

void isn_cell_place_city(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row) && !is_state(place_of(row)))
        isn_cell_text(out, row, isn_entity_label(row->record, EVENT(row)->place));
}

void isn_cell_place_feature(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row))
        isn_buf_str(out, is_state(place_of(row)) ? ISN_STR("country") : ISN_STR("place"));
}

void isn_cell_place_region(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row))
        isn_cell_text(out, row, place_of(row)->region);
}

void isn_cell_place_country(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row))
        isn_cell_text(out, row, place_of(row)->country);
}

void isn_cell_place_fips(isn_buf *out, const isn_out_row *row)
{
    uint32_t code = place_of(row) ? isn_lexicon_row(row->lexicon, ISN_T_CODES, place_of(row)->country) : ISN_NO_ROW;
    if (code != ISN_NO_ROW)
        isn_cell_text(out, row, isn_lexicon_cell(row->lexicon, ISN_T_CODES, code, ISN_C_CODES_FIPS));
}

/* GDELT: 1 a country, 4 a town elsewhere in the world, 0 none. */
void isn_cell_geo_type(isn_buf *out, const isn_out_row *row)
{
    isn_buf_char(out, !place_of(row) ? '0' : is_state(place_of(row)) ? '1' : '4');
}

void isn_cell_place_lat(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row) && place_of(row)->placed)
        isn_buf_number(out, place_of(row)->lat / 100.0);
}

void isn_cell_place_lon(isn_buf *out, const isn_out_row *row)
{
    if (place_of(row) && place_of(row)->placed)
        isn_buf_number(out, place_of(row)->lon / 100.0);
}

/* --- the article ------------------------------------------------------------------------------------------------ */

void isn_cell_article_id(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, row->record->id);
}

void isn_cell_article_outlet(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, row->record->outlet);
}

void isn_cell_article_published(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, row->record->published);
}

void isn_cell_published_date(isn_buf *out, const isn_out_row *row)
{
    char day[11];
    if (isn_published_day(day, row->record))
        isn_buf_append(out, day, 10);
}

void isn_cell_article_address(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, row->record->address.n ? row->record->address : row->record->uri);
}

void isn_cell_article_language(isn_buf *out, const isn_out_row *row)
{
    isn_cell_text(out, row, row->record->language);
}

void isn_cell_document_letters(isn_buf *out, const isn_out_row *row)
{
    isn_buf_uint(out, letters_before(row->record->text, row->record->text.n));
}

static void story_names(isn_buf *out, const isn_out_row *row, uint8_t type)
{
    size_t written = 0;
    for (uint32_t i = 0; i < row->record->n_entities; i++) {
        if (row->record->entities[i].type != type)
            continue;
        if (written++)
            isn_buf_char(out, ';');
        isn_cell_text(out, row, isn_entity_label(row->record, i));
    }
}

void isn_cell_story_people(isn_buf *out, const isn_out_row *row)
{
    story_names(out, row, ISN_RECORD_PERSON);
}

void isn_cell_story_organizations(isn_buf *out, const isn_out_row *row)
{
    story_names(out, row, ISN_RECORD_ORGANIZATION);
}

void isn_cell_story_places(isn_buf *out, const isn_out_row *row)
{
    story_names(out, row, ISN_RECORD_PLACE);
}
