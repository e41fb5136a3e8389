/*
 * options.h - the commands and options of the program, each told once.
 *
 * cli/options.c holds the only list of them. The parser, `isnad help`, the man page and the completions of the shells are all made
 * from it, so that nothing can be accepted that isn't documented.
 */
#ifndef ISN_CLI_OPTIONS_H
#define ISN_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_FAILED = 2, EXIT_STOPPED = 130 };

typedef enum command_id {
    COMMAND_CODE,
    COMMAND_EXPLAIN,
    COMMAND_ADD,
    COMMAND_FETCH,
    COMMAND_CHECK,
    COMMAND_REINDEX,
    COMMAND_SEARCH,
    COMMAND_EVENTS,
    COMMAND_QUOTES,
    COMMAND_TIMELINE,
    COMMAND_SERIES,
    COMMAND_DYAD,
    COMMAND_OUTLETS,
    COMMAND_STORIES,
    COMMAND_STORY,
    COMMAND_COMPARE,
    COMMAND_ACTOR,
    COMMAND_LEXICON,
    COMMAND_EXPORT,
    COMMAND_SERVE,
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_COUNT
} command_id;

typedef struct command_row {
    const char *name;
    const char *usage;     /* what follows the name */
    const char *summary;   /* one line, lower case */
    const char *text;      /* paragraphs, lines short enough for a terminal */
    const char *examples;  /* lines of "command\n    what it does\n" */
    const char *words;     /* first words that completion offers, or "" for files */
} command_row;

typedef enum option_id {
    OPTION_DB,
    OPTION_RECORDS,
    OPTION_STATE,
    OPTION_WARC,
    OPTION_PAUSE,
    OPTION_CONTACT,
    OPTION_PRIVATE,
    OPTION_ACTOR,
    OPTION_BY,
    OPTION_TO,
    OPTION_ABOUT,
    OPTION_COUNTRY,
    OPTION_TYPE,
    OPTION_STATUS,
    OPTION_QUAD,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_PERIOD,
    OPTION_LIMIT,
    OPTION_OFFSET,
    OPTION_OLDEST,
    OPTION_SORT,
    OPTION_ANEW,
    OPTION_STORIES,
    OPTION_JOBS,
    OPTION_PUBLISHED,
    OPTION_OUTLET,
    OPTION_METADATA,
    OPTION_FORMAT,
    OPTION_CHARSET,
    OPTION_FAVOR,
    OPTION_FIELDS,
    OPTION_LEXICON,
    OPTION_IMAGE,
    OPTION_OUTPUT,
    OPTION_PIPE,
    OPTION_KEY,
    OPTION_ESCAPED,
    OPTION_RULE,
    OPTION_BRIEF,
    OPTION_TABLE,
    OPTION_COLOR,
    OPTION_QUIET,
    OPTION_ALONE,
    OPTION_JSON,
    OPTION_EVERY,
    OPTION_JOIN,
    OPTION_SPLIT,
    OPTION_DECISIONS,
    OPTION_PORT,
    OPTION_LISTEN,
    OPTION_TOKEN,
    OPTION_HOST,
    OPTION_WEB,
    OPTION_WATCH,
    OPTION_LOG,
    OPTION_HELP,
    OPTION_COUNT
} option_id;

typedef struct option_row {
    option_id id;
    const char *name;     /* without the dashes */
    char letter;          /* short form, or 0 */
    const char *argument; /* its name in help, or NULL */
    const char *choices;  /* what the argument may be, by blanks, or NULL */
    unsigned commands;    /* bit 1 << command_id: where it may stand */
    const char *help;     /* lines of at most 70 bytes */
} option_row;

extern const command_row cli_commands[COMMAND_COUNT];
extern const option_row cli_options[OPTION_COUNT];

/* What one call asks for. Strings belong to argv. */
typedef struct request {
    command_id command;
    const char *value[OPTION_COUNT]; /* argument, "" for a flag, NULL where not given */
    char **words;                    /* what is no option */
    size_t n_words;
} request;

/* True where the option may stand behind the command. */
bool cli_option_fits(const option_row *row, command_id command);

/*
 * Reads the arguments into *out. On a fault a message that says what to do is printed and false returned. argv is
 * reordered. Not thread-safe (getopt_long).
 */
bool cli_parse(request *out, int argc, char **argv);

#endif
