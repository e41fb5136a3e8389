/* cells_actor.c - cells about who acts and who is acted on: lists of all, and of formats with one each. */
#include "export/cells.h"
#include "lexicon/schema.h"

/* What a list of entities shows of each. */
typedef isn_str show_fn(const isn_out_row *row, uint32_t entity);

static isn_str show_name(const isn_out_row *row, uint32_t entity)
{
    return isn_entity_label(row->record, entity);
}

static isn_str show_raw(const isn_out_row *row, uint32_t entity)
{
    return row->record->entities[entity].name;
}

static isn_str show_key(const isn_out_row *row, uint32_t entity)
{
    return row->record->entities[entity].kb;
}

static isn_str show_country(const isn_out_row *row, uint32_t entity)
{
    return row->record->entities[entity].country;
}

static isn_str show_sector(const isn_out_row *row, uint32_t entity)
{
    return row->record->entities[entity].sector;
}

static isn_str show_title(const isn_out_row *row, uint32_t entity)
{
    const isn_record_entity *e = &row->record->entities[entity];
    return e->n_roles ? e->roles[0].office : (isn_str){NULL, 0};
}

static isn_str code_of(const isn_out_row *row, uint32_t entity, int column)
{
    uint32_t code = isn_lexicon_row(row->lexicon, ISN_T_CODES, row->record->entities[entity].country);
    return code == ISN_NO_ROW ? (isn_str){NULL, 0} : isn_lexicon_cell(row->lexicon, ISN_T_CODES, code, column);
}

static isn_str show_cow(const isn_out_row *row, uint32_t entity)
{
    return code_of(row, entity, ISN_C_CODES_COW);
}

/* All that is known of them, by semicolons. */
static void list(isn_buf *out, const isn_out_row *row, isn_record_ids ids, show_fn *show)
{
    size_t written = 0;
    for (size_t i = 0; i < ids.n; i++) {
        isn_str value = show(row, ids.items[i]);
        if (!value.n)
            continue;
        if (written++)
            isn_buf_char(out, ';');
        isn_cell_text(out, row, value);
    }
}

static void first_sector(isn_buf *out, const isn_out_row *row, isn_record_ids ids)
{
    for (size_t i = 0; i < ids.n; i++) {
        if (row->record->entities[ids.items[i]].sector.n) {
            isn_cell_text(out, row, row->record->entities[ids.items[i]].sector);
            return;
        }
    }
}

#define LISTS(side, field)                                                                         \
    void isn_cell_##side##_names(isn_buf *out, const isn_out_row *row)                                 \
    {                                                                                              \
        list(out, row, row->event->field, show_name);                                              \
    }                                                                                              \
    void isn_cell_##side##_raw(isn_buf *out, const isn_out_row *row)                                   \
    {                                                                                              \
        list(out, row, row->event->field, show_raw);                                               \
    }                                                                                              \
    void isn_cell_##side##_keys(isn_buf *out, const isn_out_row *row)                                  \
    {                                                                                              \
        list(out, row, row->event->field, show_key);                                               \
    }                                                                                              \
    void isn_cell_##side##_countries(isn_buf *out, const isn_out_row *row)                             \
    {                                                                                              \
        list(out, row, row->event->field, show_country);                                           \
    }                                                                                              \
    void isn_cell_##side##_cow(isn_buf *out, const isn_out_row *row)                                   \
    {                                                                                              \
        list(out, row, row->event->field, show_cow);                                               \
    }                                                                                              \
    void isn_cell_##side##_first_sector(isn_buf *out, const isn_out_row *row)                          \
    {                                                                                              \
        first_sector(out, row, row->event->field);                                                 \
    }                                                                                              \
    void isn_cell_##side##_sectors(isn_buf *out, const isn_out_row *row)                               \
    {                                                                                              \
        list(out, row, row->event->field, show_sector);                                            \
    }                                                                                              \
    void isn_cell_##side##_titles(isn_buf *out, const isn_out_row *row)                                \
    {                                                                                              \
        list(out, row, row->event->field, show_title);                                             \
    }

LISTS(actors, actor)
LISTS(recipients, recipient)

void isn_cell_event_via(isn_buf *out, const isn_out_row *row)
{
    list(out, row, row->event->via, show_name);
}

/* --- one of them ------------------------------------------------------------------------------------------------- */

static void show_one(isn_buf *out, const isn_out_row *row, uint32_t entity, show_fn *show)
{
    if (entity != ISN_NOTHING)
        isn_cell_text(out, row, show(row, entity));
}

/* CAMEO's way: country and sector in one word. */
static void show_code(isn_buf *out, const isn_out_row *row, uint32_t entity)
{
    show_one(out, row, entity, show_country);
    show_one(out, row, entity, show_sector);
}

static isn_str show_fips(const isn_out_row *row, uint32_t entity)
{
    return code_of(row, entity, ISN_C_CODES_FIPS);
}

/* Where GDELT puts an actor on the map: its country, by name. */
static isn_str show_country_name(const isn_out_row *row, uint32_t entity)
{
    uint32_t country = isn_lexicon_row(row->lexicon, ISN_T_COUNTRIES, row->record->entities[entity].country);
    return country == ISN_NO_ROW ? (isn_str){NULL, 0}
                                 : isn_lexicon_cell(row->lexicon, ISN_T_COUNTRIES, country, ISN_C_COUNTRIES_ENGLISH);
}

#define ONE(side, field)                                                                           \
    void isn_cell_one_##side##_name(isn_buf *out, const isn_out_row *row)                              \
    {                                                                                              \
        show_one(out, row, row->field, show_name);                                                 \
    }                                                                                              \
    void isn_cell_one_##side##_country(isn_buf *out, const isn_out_row *row)                           \
    {                                                                                              \
        show_one(out, row, row->field, show_country);                                              \
    }                                                                                              \
    void isn_cell_one_##side##_sector(isn_buf *out, const isn_out_row *row)                            \
    {                                                                                              \
        show_one(out, row, row->field, show_sector);                                               \
    }                                                                                              \
    void isn_cell_one_##side##_code(isn_buf *out, const isn_out_row *row)                              \
    {                                                                                              \
        show_code(out, row, row->field);                                                           \
    }                                                                                              \
    void isn_cell_one_##side##_fips(isn_buf *out, const isn_out_row *row)                              \
    {                                                                                              \
        show_one(out, row, row->field, show_fips);                                                 \
    }                                                                                              \
    void isn_cell_one_##side##_geo_name(isn_buf *out, const isn_out_row *row)                          \
    {                                                                                              \
        show_one(out, row, row->field, show_country_name);                                         \
    }                                                                                              \
    void isn_cell_one_##side##_geo_type(isn_buf *out, const isn_out_row *row)                          \
    {                                                                                              \
        bool known = row->field != ISN_NOTHING && row->record->entities[row->field].country.n;     \
        isn_buf_char(out, known ? '1' : '0');                                                      \
    }

ONE(actor, actor)
ONE(recipient, recipient)
