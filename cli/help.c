#include "help.h"

#include <string.h>

#include "isnad.h"

void cli_help_overview(FILE *out)
{
    fputs("isnad reads Arabic news offline and keeps the record: who met whom, who said\n"
          "what, who did what to whom, where and when, and who says so.\n"
          "\n"
          "usage: isnad COMMAND [OPTION]... [FILE]...\n"
          "\n"
          "commands\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-9s %s\n", cli_commands[i].name, cli_commands[i].summary);
    fputs("\n"
          "to begin\n"
          "  isnad code --brief article.txt    what the article says, for people\n"
          "  isnad code article.txt            the same as JSON, every finding with its bytes\n"
          "  isnad explain article.txt         why each thing was found\n"
          "  isnad help code                   options and examples\n"
          "\n"
          "exit status: 0 records were printed, 1 nothing was found to read, 2 something\n"
          "failed (a message says what), 130 stopped by Ctrl-C\n",
          out);
}

/* Prints lines of text, each after `margin`; an option's help goes on below its first line. */
static void put_lines(FILE *out, const char *text, const char *margin, bool first_is_begun)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        if (!first_is_begun && n)
            fputs(margin, out);
        first_is_begun = false;
        fprintf(out, "%.*s\n", (int)n, p);
        p += n + (p[n] == '\n');
    }
}

/* "-j, --jobs=N" */
static void option_name(char *out, size_t size, const option_row *row)
{
    char letter[8] = "    ";
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(out, size, "%s--%s%s%s", letter, row->name, row->argument ? "=" : "", row->argument ? row->argument : "");
}

void cli_help_command(FILE *out, command_id id)
{
    const command_row *c = &cli_commands[id];
    fprintf(out, "usage: isnad %s %s\n\n%s\noptions\n", c->name, c->usage, c->text);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_row *row = &cli_options[i];
        if (!cli_option_fits(row, id))
            continue;
        char name[80];
        option_name(name, sizeof name, row);
        fprintf(out, "  %-22s", name);
        put_lines(out, row->help, "                        ", true);
    }
    fputs("\nexamples\n", out);
    put_lines(out, c->examples, "  ", false);
}

/* --- the manual page ----------------------------------------------------------------------------- */

/* Text for roff: backslashes and dashes escaped, a line never begins with a control character. */
static void put_roff(FILE *out, const char *text, size_t n)
{
    bool begin = true;
    for (size_t i = 0; i < n; i++) {
        char c = text[i];
        if (begin && (c == '.' || c == '\''))
            fputs("\\&", out);
        if (c == '\\')
            fputs("\\e", out);
        else if (c == '-')
            fputs("\\-", out);
        else
            fputc(c, out);
        begin = c == '\n';
    }
}

static void put_roff_paragraphs(FILE *out, const char *text)
{
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, "\n");
        if (n == 0)
            fputs(".PP", out);
        put_roff(out, p, n);
        fputc('\n', out);
        p += n + (p[n] == '\n');
    }
}

static void put_roff_examples(FILE *out, const char *examples)
{
    for (const char *p = examples; *p;) {
        size_t n = strcspn(p, "\n");
        bool command_line = *p != ' ';
        if (command_line)
            fputs(".TP\n.B ", out);
        const char *begin = p + strspn(p, " ");
        put_roff(out, begin, n - (size_t)(begin - p));
        fputc('\n', out);
        p += n + (p[n] == '\n');
    }
}

static void put_man_command(FILE *out, const command_row *c)
{
    fprintf(out, ".SS isnad %s ", c->name);
    put_roff(out, c->usage, strlen(c->usage));
    fputc('\n', out);
    put_roff_paragraphs(out, c->text);
}

static void put_man_option(FILE *out, const option_row *row)
{
    fputs(".TP\n", out);
    if (row->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", out);
    put_roff(out, row->name, strlen(row->name));
    fputs("\\fR", out);
    if (row->argument)
        fprintf(out, "=\\fI%s\\fR", row->argument);
    fputc('\n', out);
    put_roff(out, row->help, strlen(row->help));
    fputs(" (", out);
    const char *comma = "";
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (cli_option_fits(row, (command_id)i)) {
            fprintf(out, "%s%s", comma, cli_commands[i].name);
            comma = ", ";
        }
    }
    fputs(")\n", out);
}

void cli_help_man(FILE *out)
{
    fprintf(out,
            ".TH ISNAD 1 \"\" \"isnad %s\" \"User commands\"\n"
            ".SH NAME\nisnad \\- read Arabic news and keep the record\n"
            ".SH SYNOPSIS\n.B isnad\n.I COMMAND\n[\\fIOPTION\\fR]... [\\fIFILE\\fR]...\n"
            ".SH DESCRIPTION\n"
            "isnad reads Arabic news offline and keeps the record: who met whom, who said what, who did what to\n"
            "whom, where and when, and who says so.\n"
            ".SH COMMANDS\n",
            isnad_version());
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        put_man_command(out, &cli_commands[i]);
    fputs(".SH OPTIONS\nIn parentheses the commands that take it.\n", out);
    for (size_t i = 0; i < OPTION_COUNT; i++)
        put_man_option(out, &cli_options[i]);
    fputs(".SH EXIT STATUS\n"
          ".TP\n0\nrecords were printed and every input could be read\n"
          ".TP\n1\nnothing was found to read; for \\fBlexicon check\\fR: the folder has faults\n"
          ".TP\n2\nan input could not be read or something else failed; a message says what\n"
          ".TP\n130\nstopped by Ctrl\\-C; the records so far were written\n"
          ".SH ENVIRONMENT\n.TP\nISNAD_IMAGE\nthe compiled lexicon, where \\-\\-image isn't given\n"
          ".TP\nNO_COLOR\nno color, where \\-\\-color isn't given\n"
          ".SH EXAMPLES\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        put_roff_examples(out, cli_commands[i].examples);
}

/* --- completion ---------------------------------------------------------------------------------- */

void cli_help_bash(FILE *out)
{
    fputs("# Completion of isnad for bash; made by `isnad help bash`.\n"
          "_isnad() {\n"
          "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options= words= files=1\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W '",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "%s%s", i ? " " : "", cli_commands[i].name);
    fputs("' -- \"$word\")\n        return\n    fi\n    case $before in\n", out);
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_row *row = &cli_options[i];
        if (row->choices)
            fprintf(out, "    --%s) mapfile -t COMPREPLY < <(compgen -W '%s' -- \"$word\"); return ;;\n", row->name,
                    row->choices);
        else if (row->argument && strcmp(row->argument, "DIR") == 0)
            fprintf(out, "    --%s) mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return ;;\n", row->name);
    }
    fputs("    esac\n    case ${COMP_WORDS[1]} in\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const command_row *c = &cli_commands[i];
        fprintf(out, "    %s)\n        words='%s'\n        options='", c->name, c->words);
        const char *blank = "";
        for (size_t o = 0; o < OPTION_COUNT; o++) {
            if (cli_option_fits(&cli_options[o], (command_id)i)) {
                fprintf(out, "%s--%s", blank, cli_options[o].name);
                blank = " ";
            }
        }
        fprintf(out, "'\n        files=%s\n        ;;\n", i == COMMAND_HELP || i == COMMAND_VERSION ? "" : "1");
    }
    fputs("    esac\n"
          "    if [[ $word == -* ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
          "    elif [ \"$COMP_CWORD\" -eq 2 ] && [ -n \"$words\" ]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
          "    elif [ -n \"$files\" ]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
          "    fi\n"
          "}\n"
          "complete -o filenames -F _isnad isnad\n",
          out);
}

/* The first line of a help text, without what zsh would take for its own. */
static void put_zsh_text(FILE *out, const char *text)
{
    for (const char *p = text; *p; p++) {
        if (strchr("[]:'\\`", *p))
            continue;
        fputc(*p == '\n' ? ' ' : *p, out);
    }
}

static void put_zsh_option(FILE *out, const option_row *row)
{
    fprintf(out, "            '--%s%s[", row->name, row->argument ? "=" : "");
    put_zsh_text(out, row->help);
    fputc(']', out);
    if (row->choices)
        fprintf(out, ":%s:(%s)", row->argument, row->choices);
    else if (row->argument)
        fprintf(out, ":%s:%s", row->argument, strcmp(row->argument, "DIR") == 0    ? "_files -/"
                                              : strcmp(row->argument, "FILE") == 0 ? "_files"
                                                                                   : "");
    fputs("' \\\n", out);
}

void cli_help_zsh(FILE *out)
{
    fputs("#compdef isnad\n# Completion of isnad for zsh; made by `isnad help zsh`.\n"
          "_isnad() {\n"
          "    if (( CURRENT == 2 )); then\n        local -a commands=(\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "            '%s:%s'\n", cli_commands[i].name, cli_commands[i].summary);
    fputs("        )\n        _describe command commands\n        return\n    fi\n"
          "    local command=$words[2]\n    shift words\n    (( CURRENT-- ))\n    case $command in\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const command_row *c = &cli_commands[i];
        fprintf(out, "    %s)\n        _arguments \\\n", c->name);
        for (size_t o = 0; o < OPTION_COUNT; o++)
            if (cli_option_fits(&cli_options[o], (command_id)i))
                put_zsh_option(out, &cli_options[o]);
        if (*c->words)
            fprintf(out, "            '1:word:(%s)' \\\n", c->words);
        fputs(i == COMMAND_HELP || i == COMMAND_VERSION ? "            ;;\n" : "            '*:file:_files'\n            ;;\n",
              out);
    }
    fputs("    esac\n}\n_isnad \"$@\"\n", out);
}

bool cli_help_topic(FILE *out, const char *topic)
{
    static const struct {
        const char *name;
        void (*put)(FILE *out);
    } makers[] = {{"man", cli_help_man}, {"bash", cli_help_bash}, {"zsh", cli_help_zsh}};
    if (!topic) {
        cli_help_overview(out);
        return true;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(cli_commands[i].name, topic) == 0) {
            cli_help_command(out, (command_id)i);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++) {
        if (strcmp(makers[i].name, topic) == 0) {
            makers[i].put(out);
            return true;
        }
    }
    fprintf(stderr, "isnad: no help on '%s'; `isnad help` lists the commands\n", topic);
    return false;
}
