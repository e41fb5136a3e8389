/* tables.h - the tables that hold what an article says, and the steps that make them. */
#ifndef ISN_STORE_TABLES_H
#define ISN_STORE_TABLES_H

/* Rows that belong to one article; their first column is the article. */
enum {
    ISN_ROW_ENTITY,
    ISN_ROW_MENTION,
    ISN_ROW_ROLE,
    ISN_ROW_DATE,
    ISN_ROW_QUOTE,
    ISN_ROW_QUOTE_VIA,
    ISN_ROW_EVENT,
    ISN_ROW_PARTY,
    ISN_ROW_COUNT_,
    ISN_ROW_DIAGNOSTIC,
    ISN_ROW_COUNT
};

typedef struct isn_store_table {
    const char *name;
    int columns;
} isn_store_table;

extern const isn_store_table isn_store_tables[ISN_ROW_COUNT];

/* For each version the statements that make it of the one before, ended by NULL; the list too. */
extern const char *const *const isn_store_steps[];

#endif
