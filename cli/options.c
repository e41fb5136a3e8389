#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODE (1u << COMMAND_CODE)
#define EXPLAIN (1u << COMMAND_EXPLAIN)
#define ACTOR (1u << COMMAND_ACTOR)
#define ADD (1u << COMMAND_ADD)
#define FETCH (1u << COMMAND_FETCH)
#define CHECK (1u << COMMAND_CHECK)
#define REINDEX (1u << COMMAND_REINDEX)
#define SEARCH (1u << COMMAND_SEARCH)
#define EVENTS (1u << COMMAND_EVENTS)
#define QUOTES (1u << COMMAND_QUOTES)
#define TIMELINE (1u << COMMAND_TIMELINE)
#define LISTS (SEARCH | EVENTS | QUOTES | TIMELINE)
#define SERIES (1u << COMMAND_SERIES)
#define DYAD (1u << COMMAND_DYAD)
#define OUTLETS (1u << COMMAND_OUTLETS)
#define FINDS (LISTS | SERIES) /* what may be chosen from by whom and what it is about */
#define SUMS (SERIES | DYAD | OUTLETS)
#define READS (CODE | EXPLAIN | ADD)
#define LEXICON (1u << COMMAND_LEXICON)
#define EXPORT (1u << COMMAND_EXPORT)
#define SERVE (1u << COMMAND_SERVE)
#define STORIES (1u << COMMAND_STORIES)
#define STORY (1u << COMMAND_STORY)
#define COMPARE (1u << COMMAND_COMPARE)
#define TELLS (STORIES | STORY | COMPARE)
#define ALL ((1u << COMMAND_COUNT) - 1)

const command_row cli_commands[COMMAND_COUNT] = {
    {"code", "[OPTION]... FILE...", "read articles and print a record of each",
     "Reads Arabic news articles and prints what they say, one JSON object a line:\n"
     "who is named, when things happened, who said what and who passed it on, who\n"
     "did what to whom. Every finding carries the bytes that it was read from.\n"
     "\n"
     "FILE is a text file, an HTML page, a file of JSON Lines, a feed (RSS, RDF, Atom,\n"
     "JSON Feed, a news sitemap), a web archive (WARC), each packed with gzip or zstd\n"
     "or not, a folder (all files below it), or - for standard input. An item that\n"
     "stands in several feeds gives one record. PDF, EPUB, office documents and mail\n"
     "are not read. Records come in the order of the inputs,\n"
     "with any number of jobs. Dates such as \"yesterday\" can only be resolved where\n"
     "the day of publication is known: from the page, --metadata or --published.\n",
     "isnad code article.txt\n"
     "    the record of one article, as JSON\n"
     "isnad code --brief --published 2021-04-17 article.txt\n"
     "    the same, told for people\n"
     "isnad code --table news/\n"
     "    the events of all articles in a folder as a table\n"
     "isnad code --jobs 4 --metadata news.tsv --output records.jsonl news/\n"
     "    a large folder; news.tsv says who published which file when\n"
     "isnad code --fields id=nr,text=body,published=day dump.jsonl | jq .events\n"
     "    articles in JSON Lines with names of their own for the fields\n"
     "isnad code --jobs 8 crawl.warc.gz > records.jsonl\n"
     "    the pages of a web archive; each record says where in it the page stands\n"
     "isnad code --brief feeds/*.xml\n"
     "    what feeds say, each item once\n"
     "curl https://example.org/news.html | isnad code --format html -\n"
     "    a page from standard input\n"
     "parallel --pipepart --keep-order -a dump.jsonl isnad code --pipe > records.jsonl\n"
     "    a large dump by GNU parallel; a line that is no article has its error as the answer\n",
     ""},
    {"explain", "[OPTION]... FILE...", "show how the findings of an article came about",
     "Shows for each sentence the words with their analyses, the names and roles, the\n"
     "quotes and the events, and in brackets the line of a lexicon or the rule that\n"
     "each was found by. To change what was found, lay a folder of your own tables\n"
     "over the lexicon with --lexicon.\n",
     "isnad explain article.txt | less -R\n"
     "    everything about one article\n"
     "isnad explain --lexicon my-tables article.txt\n"
     "    the same with your own tables laid over the lexicon\n"
     "isnad explain --rule frames-conflict.tsv:120 news/\n"
     "    what one line of a lexicon finds in all articles of a folder\n",
     ""},
    {"add", "--db FILE [OPTION]... FILE...", "keep articles and what they say in a database",
     "Codes articles as `isnad code` does and keeps them with their records in a\n"
     "database, one file of SQLite (docs/database.md tells its tables). What is there\n"
     "already stays as it is; an article that has changed is kept as a new version\n"
     "beside the old one, with what changed. Articles go in by batches: if the program\n"
     "ends in the middle of one, nothing but that batch is missing, and the same\n"
     "command completes it. Others can read the database meanwhile.\n",
     "isnad add --db news.db --jobs 2 news/\n"
     "    all articles of a folder\n"
     "isnad add --db news.db --fields id=nr,text=body dump.jsonl\n"
     "    articles in JSON Lines\n"
     "isnad add --db news.db --records records.jsonl\n"
     "    what `isnad code` has printed before\n",
     ""},
    {"fetch", "--state DIR [OPTION]... SOURCES.tsv", "get what feeds and sitemaps name, once",
     "Polls feeds, sitemaps and lists of feeds (OPML), an address a line of SOURCES.tsv,\n"
     "gets the pages that they name and that weren't got before, and keeps every answer\n"
     "in a web archive, which `isnad code` and `isnad add` read. DIR remembers what was\n"
     "got; run the command as often as the sources should be polled. If it is ended in\n"
     "the middle, by force too, the next run goes on from there. robots.txt is kept to\n"
     "(by the name isnad), hosts are asked for one thing at a time, with a pause, and\n"
     "those that ask to be left alone are; nothing is fetched from private networks.\n"
     "This is the one command that uses the net.\n",
     "isnad fetch --state news --contact me@example.org sources.tsv\n"
     "    poll once; the answers go into a new archive in news/\n"
     "isnad fetch --state news --db news.db sources.tsv\n"
     "    the same, and what the pages say into a database\n"
     "isnad code news/*.warc.gz > records.jsonl\n"
     "    the records of all that was got\n",
     ""},
    {"check", "--db FILE", "prove that a database is good",
     "Reads a whole database and tells every fault: damaged pages, rows that refer to\n"
     "nothing, texts that are not the ones that were kept, spans outside of their text,\n"
     "damaged records, words that the search doesn't know. Changes nothing.\n",
     "isnad check --db news.db\n"
     "    exit status 0: good, 1: faults were found\n",
     ""},
    {"reindex", "--db FILE [OPTION]...", "make what articles are searched by anew",
     "Makes the search index and the words of names anew, out of the texts and records of a\n"
     "database: after another lexicon or version of the program, when `isnad check` says\n"
     "so. What the articles say is not read again. All at once: who searches meanwhile finds\n"
     "by the old words, and if it is stopped nothing has changed.\n"
     "\n"
     "Exit status: 0 it is done, 2 it isn't; a message says why.\n",
     "isnad reindex --db news.db\n"
     "    a thousand articles a second or so\n",
     ""},
    {"search", "--db FILE [OPTION]... [WORD]...", "find articles in a database",
     "Finds articles by their words, the newest first, each with the sentence that answers\n"
     "best. A word is found in every spelling: with or without article, prefixed and\n"
     "suffixed letters, hamza, vowels; names in their other spellings too. Between words\n"
     "stands AND; OR, NOT (or a dash before the word), brackets and \"phrases\" may be\n"
     "used, and the beginning of a word as in word*. Words of grammar play no part. Without\n"
     "words the options alone choose.\n"
     "\n"
     "Exit status: 0 something was found, 1 nothing, 2 the search failed.\n",
     "isnad search --db news.db vaccine OR \"health ministry\"\n"
     "    articles with the word or the phrase\n"
     "isnad search --db news.db --since 2018-03 --type CONSULT --actor Lavrov\n"
     "    articles since March 2018 that name him and tell of a meeting\n"
     "isnad search --db news.db --json drought | jq -r .title\n"
     "    JSON Lines\n",
     ""},
    {"events", "--db FILE [OPTION]... [WORD]...", "find events in a database",
     "Finds who did what to whom, the newest articles first. Names may be given in any\n"
     "spelling, or as the kb of a record. Words must stand in the words of the event.\n"
     "\n"
     "Exit status: 0 something was found, 1 nothing, 2 the search failed.\n",
     "isnad events --db news.db --by Turkey --to Syria --quad material-conflict\n"
     "    what the one did to the other\n"
     "isnad events --db news.db --type CONSULT/visit --since 2018-05-01 --until 2018-05-31\n"
     "    the visits of a month\n",
     ""},
    {"quotes", "--db FILE [OPTION]... [WORD]...", "find quotes in a database",
     "Finds who said what: --by whom, --about whom (named in what is said), --to whom (asked,\n"
     "thanked, warned ... by it). Words must stand in what is said.\n"
     "\n"
     "Exit status: 0 something was found, 1 nothing, 2 the search failed.\n",
     "isnad quotes --db news.db --by Guterres --about Yemen\n"
     "    what he said of the country\n",
     ""},
    {"timeline", "--db FILE [OPTION]... [WORD]...", "lay events out by their days",
     "Lays events out by their days, the same act told by several articles as one line with\n"
     "the number of articles. Of more acts than --limit those that most articles tell stay.\n"
     "\n"
     "Exit status: 0 something was found, 1 nothing, 2 the search failed.\n",
     "isnad timeline --db news.db --actor \"Sergei Lavrov\" --since 2018-02 --limit 50\n"
     "    what he did and what was done to him\n",
     ""},
    {"series", "--db FILE [OPTION]... [WORD]...", "count events by day, month or year",
     "Counts the events that fit by period: all, the four kinds (verbal and material\n"
     "cooperation, verbal and material conflict) and their mean score, from -10 to 10;\n"
     "with --json the types too. With words: the events of articles that hold them.\n"
     "\n"
     "Exit status: 0 something was found, 1 nothing, 2 the search failed.\n",
     "isnad series --db news.db --period month --country SYR\n"
     "    events with somebody of Syria, month by month\n"
     "isnad series --db news.db --period day --type ASSAULT --since 2018-03 --until 2018-03\n"
     "    attacks on each day of a month\n",
     ""},
    {"dyad", "--db FILE [OPTION]... A B", "tell what two do to each other over time",
     "Counts by period what A did to B and B to A, of what happened (--status for other\n"
     "events), with the sums of scores above 0 (cooperation) and below (conflict). A code of\n"
     "three letters, as in IRQ, is a country with all its people and bodies; another name,\n"
     "in any spelling, an actor.\n"
     "\n"
     "Exit status: 0 something was found, 1 nothing, 2 the search failed.\n",
     "isnad dyad --db news.db IRQ USA\n"
     "    Iraq and the United States, month by month\n"
     "isnad dyad --db news.db --period year --type CONSULT \"Sergei Lavrov\" TUR\n"
     "    meetings and calls of him and Turkey, year by year\n",
     ""},
    {"outlets", "--db FILE [OPTION]...", "list the outlets of a database",
     "Lists the outlets with the number of their articles, events and quotes, and of the\n"
     "stories that `isnad stories` made: those that they tell, those that they told first of\n"
     "what others tell too, those that nobody else tells, and articles that are copies.\n"
     "\n"
     "Exit status: 0 there are some, 1 there are none, 2 the file can't be read.\n",
     "isnad outlets --db news.db\n"
     "    all of them, those with most articles first\n",
     ""},
    {"stories", "[OPTION]... --db FILE", "put articles that report one event together",
     "Puts articles that report one event together and lists the stories of two articles\n"
     "and more: number, day, how many articles, how many independent origins (near\n"
     "copies, the text of one agency and the articles of one outlet count once),\n"
     "headline. Who acted, where, when and what, numbers and rare words decide; common\n"
     "prose doesn't. The order of the articles doesn't matter.\n"
     "\n"
     "What the program can't see a person decides: --join and --split. In a database\n"
     "these are kept and hold in every run. Stories are kept there too: only what articles\n"
     "that came since can change is made again, and a story keeps its number. With\n"
     "--records in place of --db the articles are records that `isnad code` has printed.\n",
     "isnad stories --db news.db\n"
     "    the stories of a database\n"
     "isnad stories --db news.db --sort weight --limit 10\n"
     "    those that weigh most\n"
     "isnad stories --records records.jsonl\n"
     "    the stories among articles that `isnad code` has read\n"
     "isnad stories --records records.jsonl --json | jq .articles[].title\n"
     "    the same for programs: one JSON object a story\n"
     "isnad stories --records records.jsonl --split 8c5c92e9,f5de6689\n"
     "    two articles (by the ids of their records) that tell two stories\n",
     ""},
    {"story", "[OPTION]... --db FILE N|ID", "show a story and why its articles belong together",
     "Shows the articles of a story, which of them are copies or have their text from an\n"
     "agency, by which words each was joined, and the earlier story that it goes on\n"
     "with. N is the number that `isnad stories` shows; or the id of one of its articles.\n"
     "Of a database the stories are shown that `isnad stories` made last.\n",
     "isnad story --db news.db 12\n"
     "    story 12\n",
     ""},
    {"compare", "[OPTION]... --db FILE [N|ID]", "lay the reports of a story side by side",
     "Tells fact by fact what the articles of a story say: each with the sentence, whom\n"
     "the outlet has it from, or that it doesn't say; how many independent origins a fact\n"
     "has; and where two reports can't both be true (counts, days, places, who, whom,\n"
     "denied or affirmed, headlines that exclude each other). Without N all stories.\n",
     "isnad compare --db news.db 12\n"
     "    the table of story 12\n"
     "isnad compare --records records.jsonl --json > compared.jsonl\n"
     "    the tables of all stories, one JSON object each\n",
     ""},
    {"actor", "[OPTION]... NAME", "tell what is known of a person, body or place",
     "Tells what the lexicon knows of whoever or whatever is called NAME: all spellings,\n"
     "country and sector, offices with the days that they were held, and for bodies and\n"
     "states who held their offices; for places region and coordinates. NAME may be\n"
     "Arabic or English, in any usual spelling, a surname alone, or the key that stands\n"
     "as kb in records. Where nothing is called so, names that come near are shown.\n"
     "With --db also what the articles of a database say: whom it met and how often, its\n"
     "offices, what it did, what was done to it, how often it was quoted.\n"
     "\n"
     "Exit status: 0 something is called so, 1 nothing is, 2 the lexicon can't be read.\n",
     "isnad actor \"Muammar Gaddafi\"\n"
     "    who he was, and when\n"
     "isnad actor arab-league\n"
     "    a body by its key\n"
     "isnad actor --db news.db \"Sergei Lavrov\"\n"
     "    and what the articles of a database say of him\n"
     "isnad actor --json EGY | jq .found[0].holders\n"
     "    who held the highest offices of a state\n",
     ""},
    {"lexicon", "check|test|compile [OPTION]... DIR", "check, test or compile a folder of your own lexicon tables",
     "check: names file, line and fault of each line of the tables (TSV) of a folder that\n"
     "can't be used or is wrong: cells that hold no such value, unknown countries,\n"
     "sectors, people and bodies, lines out of order, lines and spellings that stand\n"
     "twice, letters that look like others, terms of office that overlap or end before they\n"
     "begin, people whose names would pass for one another's. The folder is held against\n"
     "the lexicon that it is to be laid over with --lexicon.\n"
     "\n"
     "test: codes the sentences of sentences.txt in the folder with the folder's tables and\n"
     "tells those that don't come out as they should (docs/coders.md tells its columns).\n"
     "\n"
     "compile: makes an image of a folder that holds a whole lexicon, for --image.\n"
     "\n"
     "The names and columns of the tables are told in lexicon/README.md of the project.\n"
     "Exit status: 0 no faults, 1 faults, 2 the folder can't be read or compiled.\n",
     "isnad lexicon test my-tables\n"
     "    do the example sentences of the folder come out right?\n"
     "isnad lexicon check my-tables\n"
     "    check a folder that is laid over the compiled lexicon\n"
     "isnad lexicon check --alone lexicon\n"
     "    check a folder that holds a whole lexicon\n"
     "isnad lexicon compile lexicon --output my.lexicon\n"
     "    make an image of it\n",
     "check test compile"},
    {"export", "[OPTION]... FORMAT [FILE]...", "write records in the formats of other tools",
     "Reads records, as `isnad code` prints them, from files, from standard input (-) or\n"
     "from a database (--db), and writes them as FORMAT (docs/export.md tells their columns):\n"
     "\n"
     "events quotes counts actors   tables of our own, comma-separated (CSV)\n"
     "polecat                       POLECAT's 40 columns, tab-separated\n"
     "icews                         ICEWS's 20 columns, tab-separated\n"
     "gdelt-events gdelt-mentions   GDELT 2.0's 61 and 16 columns, tab-separated\n"
     "plover                        PLOVER JSON, one event a line\n"
     "gexf graphml                  who with whom, a network for Gephi and others\n"
     "jsonl                         the records themselves\n"
     "\n"
     "Exit status: 0 records were written, 1 there were none, 2 something failed.\n",
     "isnad code news/ | isnad export polecat - > events.tsv\n"
     "    events as POLECAT has them\n"
     "isnad export --db news.db --output network.gexf gexf\n"
     "    a network of all actors of a database\n",
     "events quotes counts actors polecat icews gdelt-events gdelt-mentions plover gexf graphml jsonl"},
    {"serve", "--db FILE [OPTION]...", "show a database in the browser",
     "Serves pages in Arabic and English on what a database holds, and the same as JSON\n"
     "for programs (docs/serving.md). Nothing in the database can be changed by it. Only\n"
     "this machine can reach it, unless --listen names another of its addresses: then\n"
     "everybody is asked for a token, which is made and shown where no file holds one.\n"
     "Ctrl-C ends it.\n"
     "\n"
     "With --watch the files of a folder are coded and added as they come, and the pages\n"
     "show them.\n",
     "isnad serve --db news.db\n"
     "    then open http://127.0.0.1:8080/\n"
     "isnad serve --db news.db --watch incoming/\n"
     "    the same, and whatever is put into the folder is read\n"
     "isnad serve --db news.db --listen 0.0.0.0 --token-file token\n"
     "    for others on the net who know the token\n",
     ""},
    {"help", "[COMMAND|man|bash|zsh]", "explain a command",
     "Explains a command with its options and examples. `isnad help man` prints the\n"
     "manual page, `isnad help bash` and `isnad help zsh` print completions for these\n"
     "shells.\n",
     "isnad help code\n"
     "    all about `isnad code`\n"
     "isnad help bash > ~/.local/share/bash-completion/completions/isnad\n"
     "    completion for bash, where it isn't installed for all\n",
     "code explain add fetch check reindex search events quotes timeline series dyad outlets stories story compare actor lexicon export serve help version man bash zsh"},
    {"version", "", "print the version",
     "Prints the version of the program and of the library that it runs with.\n", "isnad version\n    print both\n", ""},
};

const option_row cli_options[OPTION_COUNT] = {
    {OPTION_DB, "db", 'd', "FILE", NULL, ADD | FETCH | CHECK | REINDEX | TELLS | FINDS | SUMS | ACTOR | EXPORT | SERVE,
     "the database; `isnad add` makes it where it isn't there"},
    {OPTION_RECORDS, "records", 0, "FILE", NULL, ADD | TELLS,
     "a file of records that were coded before (JSON Lines, as `isnad code`\n"
     "prints them), or - for standard input"},
    {OPTION_STATE, "state", 0, "DIR", NULL, FETCH,
     "the folder that remembers what was got; it is made where it isn't there"},
    {OPTION_WARC, "warc", 0, "FILE", NULL, FETCH,
     "the web archive (.warc.gz) to write or to go on with (default: a new one\n"
     "in the folder of --state, called by the time)"},
    {OPTION_PAUSE, "pause", 0, "SECONDS", NULL, FETCH,
     "the pause between two requests to one host (default: 2)"},
    {OPTION_CONTACT, "contact", 0, "TEXT", NULL, FETCH,
     "whom sites may write to: a mail or web address, told with each request"},
    {OPTION_PRIVATE, "private", 0, NULL, NULL, FETCH,
     "fetch from private networks and this machine too"},
    {OPTION_ACTOR, "actor", 0, "NAME", NULL, FINDS,
     "whom or what the article names, who takes part in the event, who says it"},
    {OPTION_BY, "by", 0, "NAME", NULL, FINDS, "who does it or says it"},
    {OPTION_TO, "to", 0, "NAME", NULL, FINDS, "to whom it is done or said"},
    {OPTION_ABOUT, "about", 0, "NAME", NULL, QUOTES, "who is named in what is said"},
    {OPTION_COUNTRY, "country", 'c', "CODE", NULL, FINDS, "a country of somebody or something named, as in EGY"},
    {OPTION_TYPE, "type", 0, "TYPE", NULL, FINDS | DYAD, "the type of an event, as in CONSULT or CONSULT/visit"},
    {OPTION_STATUS, "status", 0, "STATUS", "actual future hypothetical negated", EVENTS | TIMELINE | SERIES | DYAD,
     "whether the event is told as one that happened"},
    {OPTION_QUAD, "quad", 0, "QUAD", "1 2 3 4 verbal-cooperation material-cooperation verbal-conflict material-conflict",
     FINDS | DYAD, "the kind of an event: 1 verbal-cooperation, 2 material-cooperation,\n3 verbal-conflict, 4 material-conflict"},
    {OPTION_SINCE, "since", 0, "DAY", NULL, FINDS | DYAD,
     "the first day, month or year: of publication, of events their own"},
    {OPTION_UNTIL, "until", 0, "DAY", NULL, FINDS | DYAD, "the last day, month or year"},
    {OPTION_PERIOD, "period", 0, "PERIOD", "day month year", SERIES | DYAD, "the length of a period (default: month)"},
    {OPTION_LIMIT, "limit", 'n', "N", NULL, LISTS | STORIES, "at most N results (default: 20; of stories: all)"},
    {OPTION_OFFSET, "offset", 0, "N", NULL, LISTS | STORIES, "pass over the first N results, at most 10000"},
    {OPTION_OLDEST, "oldest", 0, NULL, NULL, SEARCH | EVENTS | QUOTES, "the oldest first"},
    {OPTION_SORT, "sort", 0, "BY", "weight newest contested", STORIES,
     "with --db the stories in this order: those that weigh most (origins and\n"
     "outlets, half of it lost in three days), the newest, those with most\n"
     "contradictions (default: by time)"},
    {OPTION_ANEW, "anew", 0, NULL, NULL, STORIES,
     "with --db make all stories from the beginning"},
    {OPTION_STORIES, "stories", 0, NULL, NULL, ADD | FETCH,
     "afterwards bring the stories of the database up to date"},
    {OPTION_JOBS, "jobs", 'j', "N", NULL, READS | FETCH | TELLS | SERVE,
     "work on N articles at a time (default: 1); the output stays the same"},
    {OPTION_PUBLISHED, "published", 'p', "DATE", NULL, READS,
     "the day of publication of all articles that are read, whatever they\n"
     "say themselves, as in 2021-04-17 or 2021-04-17T09:30:00Z"},
    {OPTION_OUTLET, "outlet", 'u', "NAME", NULL, READS | FINDS | DYAD,
     "the publisher: of all articles that are read, whatever they say\n"
     "themselves, or of those that are looked for, as it stands in records"},
    {OPTION_METADATA, "metadata", 'm', "FILE", NULL, READS,
     "a table (TSV) of what is known of the articles; its first line names\n"
     "the columns article (file name), outlet and published, in any order"},
    {OPTION_FORMAT, "format", 'f', "FORMAT", "text html jsonl feed warc", READS,
     "what all inputs are: text, html, jsonl, feed or warc (default: found\n"
     "out for each)"},
    {OPTION_CHARSET, "charset", 0, "NAME", NULL, READS,
     "the character set of all inputs, as in windows-1256 (default: found\n"
     "out for each)"},
    {OPTION_FAVOR, "favor", 0, "WHAT", "both precision recall", READS,
     "lines of web pages that may or may not be the article's: leave them\n"
     "out (precision), or take them in, and pages without article too (recall)"},
    {OPTION_FIELDS, "fields", 0, "LIST", NULL, READS,
     "names of the fields of JSON Lines, as in id=nr,text=body|content; for\n"
     "id, url, outlet, published, title and text; a bar parts alternatives"},
    {OPTION_LEXICON, "lexicon", 'l', "DIR", NULL, READS | REINDEX | FETCH | ACTOR | TELLS | EXPORT | SERVE,
     "a folder of your own tables, laid over the lexicon"},
    {OPTION_IMAGE, "image", 0, "FILE", NULL, READS | FETCH | FINDS | SUMS | CHECK | REINDEX | ACTOR | TELLS | LEXICON | EXPORT | SERVE,
     "the compiled lexicon (default: $ISNAD_IMAGE, then the one that was\n"
     "built or installed with the program)"},
    {OPTION_OUTPUT, "output", 'o', "FILE", NULL, CODE | EXPLAIN | LEXICON | EXPORT,
     "write to FILE, not to standard output"},
    {OPTION_PIPE, "pipe", 0, NULL, NULL, CODE,
     "a line in, a line out: each line of standard input is an article (--format\n"
     "jsonl, text or html; default: jsonl) and is answered by a line at once"},
    {OPTION_KEY, "key", 0, NULL, NULL, CODE,
     "with --pipe: what stands before the first tab of a line is a key, which\n"
     "is put before the answer"},
    {OPTION_ESCAPED, "escaped", 0, NULL, NULL, CODE,
     "with --pipe: tabs and line ends in articles are written \\t and \\n, as in\n"
     "ClickHouse's TabSeparated; answers are written likewise"},
    {OPTION_RULE, "rule", 'r', "FILE:LINE", NULL, EXPLAIN,
     "only sentences in which a line of the lexicon found something, and\n"
     "what it found, as in frames-conflict.tsv:120"},
    {OPTION_BRIEF, "brief", 'b', NULL, NULL, CODE,
     "tell each article for people: its events and quotes with their words"},
    {OPTION_TABLE, "table", 't', NULL, NULL, CODE,
     "print the events of all articles as one aligned table: date, type,\n"
     "actor, recipient, status, outlet"},
    {OPTION_COLOR, "color", 0, "WHEN", "auto always never", CODE | EXPLAIN | LISTS | TELLS,
     "color what is printed for people: auto (on a terminal), always, never"},
    {OPTION_QUIET, "no-progress", 'q', NULL, NULL, READS | REINDEX | FETCH | SERVE,
     "show no progress on the terminal"},
    {OPTION_ALONE, "alone", 0, NULL, NULL, LEXICON,
     "the folder holds a whole lexicon; nothing lies under it"},
    {OPTION_JSON, "json", 0, NULL, NULL, ACTOR | FINDS | SUMS | TELLS,
     "print JSON instead of lines for people: one object, or one a line"},
    {OPTION_EVERY, "all", 'a', NULL, NULL, STORIES | COMPARE,
     "stories of a single article too"},
    {OPTION_JOIN, "join", 0, "ID,ID", NULL, TELLS,
     "two articles (ids of their records) that tell one story"},
    {OPTION_SPLIT, "split", 0, "ID[,ID]", NULL, TELLS,
     "two articles that tell two stories; an article alone: it stands alone"},
    {OPTION_DECISIONS, "decisions", 0, "FILE", NULL, TELLS,
     "a table (TSV) of such decisions, one a line: join, split or alone, and\n"
     "the ids of the articles"},
    {OPTION_PORT, "port", 0, "N", NULL, SERVE, "the port to listen at (default: 8080); 0: one that is free"},
    {OPTION_LISTEN, "listen", 0, "ADDRESS", NULL, SERVE,
     "the address of this machine to listen at, in numbers (default:\n"
     "127.0.0.1); beyond this machine a token is asked for"},
    {OPTION_TOKEN, "token-file", 0, "FILE", NULL, SERVE,
     "ask for the token that stands in the first line of FILE"},
    {OPTION_HOST, "host", 0, "NAMES", NULL, SERVE,
     "names by commas under which browsers know the server, beside\n"
     "localhost; requests for others are refused"},
    {OPTION_WEB, "web", 0, "DIR", NULL, SERVE,
     "the files of the pages (default: those built or installed with the\n"
     "program)"},
    {OPTION_WATCH, "watch", 0, "DIR", NULL, SERVE,
     "code new and changed files of the folder as they come, and add them to\n"
     "the database"},
    {OPTION_LOG, "log", 0, "FILE", NULL, SERVE, "add a line for each request to FILE"},
    {OPTION_HELP, "help", 'h', NULL, NULL, ALL, "explain the command"},
};

bool cli_option_fits(const option_row *row, command_id command)
{
    return (row->commands >> command & 1) != 0;
}

static bool find_command(command_id *out, const char *word)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(cli_commands[i].name, word) == 0) {
            *out = (command_id)i;
            return true;
        }
    }
    return false;
}

/* The command is the first word; --help and --version alone are taken for the commands of that name. */
static bool read_command(request *out, int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "isnad: no command; try `isnad code FILE`, or `isnad help` for more\n");
        return false;
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        word = "help";
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
        word = "version";
    if (find_command(&out->command, word))
        return true;
    fprintf(stderr, "isnad: no command '%s'; `isnad help` lists them%s\n", word,
            strchr(word, '.') || strchr(word, '/') ? "; to read a file say `isnad code FILE`" : "");
    return false;
}

/* The rows that fit the command as getopt_long wants them; returns how many. */
static size_t fill_getopt(struct option *long_options, char *letters, command_id command)
{
    size_t n = 0;
    *letters++ = ':';
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const option_row *row = &cli_options[i];
        if (!cli_option_fits(row, command))
            continue;
        int takes = row->argument ? required_argument : no_argument;
        long_options[n++] = (struct option){row->name, takes, NULL, 256 + (int)i};
        if (row->letter) {
            *letters++ = row->letter;
            if (row->argument)
                *letters++ = ':';
        }
    }
    *letters = 0;
    long_options[n] = (struct option){0};
    return n;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t n = strlen(value);
    for (const char *p = choices; n && *p; p += strcspn(p, " "), p += *p == ' ')
        if (strcspn(p, " ") == n && strncmp(p, value, n) == 0)
            return true;
    return false;
}

static bool keep(request *out, const option_row *row, const char *value)
{
    if (row->choices && !is_choice(row->choices, value)) {
        fprintf(stderr, "isnad: --%s can't be '%s'; it is one of: %s\n", row->name, value, row->choices);
        return false;
    }
    out->value[row->id] = value ? value : "";
    return true;
}

static const option_row *row_of(int code)
{
    if (code >= 256)
        return &cli_options[code - 256];
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (cli_options[i].letter == code)
            return &cli_options[i];
    return NULL;
}

/* A message for what getopt_long refused: a missing argument, or an unknown option that may belong elsewhere. */
static bool refuse(const request *out, int code, char **argv)
{
    const char *name = cli_commands[out->command].name, *word = argv[optind - 1];
    if (code == ':') {
        const option_row *row = row_of(optopt);
        fprintf(stderr, "isnad: --%s needs a value: %s; see `isnad help %s`\n", row ? row->name : "?",
                row && row->argument ? row->argument : "?", name);
        return false;
    }
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        size_t n = strlen(cli_options[i].name);
        if (strncmp(word, "--", 2) == 0 && strncmp(word + 2, cli_options[i].name, n) == 0 &&
            strchr("=", word[2 + n])) {
            if (cli_option_fits(&cli_options[i], out->command))
                fprintf(stderr, "isnad: --%s takes no value\n", cli_options[i].name);
            else
                fprintf(stderr, "isnad: `isnad %s` takes no option '--%s'; see `isnad help %s`\n", name,
                        cli_options[i].name, name);
            return false;
        }
    }
    if (optopt && optopt < 256)
        fprintf(stderr, "isnad: no option '-%c'; see `isnad help %s`\n", optopt, name);
    else
        fprintf(stderr, "isnad: no option '%s'; see `isnad help %s`\n", word, name);
    return false;
}

bool cli_parse(request *out, int argc, char **argv)
{
    *out = (request){0};
    if (!read_command(out, argc, argv))
        return false;
    struct option long_options[OPTION_COUNT + 1];
    char letters[2 * OPTION_COUNT + 2];
    fill_getopt(long_options, letters, out->command);
    argc--, argv++;
    opterr = 0;
    optind = 1;
    for (int code; (code = getopt_long(argc, argv, letters, long_options, NULL)) != -1;) {
        if (code == '?' || code == ':')
            return refuse(out, code, argv);
        if (!keep(out, row_of(code), optarg))
            return false;
    }
    out->words = argv + optind;
    out->n_words = (size_t)(argc - optind);
    return true;
}
