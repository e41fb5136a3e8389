/*
 * check_stories.c - what must hold of the stories that are kept: each line asks for the numbers of stories or articles
 * for which it doesn't.
 */
#include "store/reports.h"

#define BRIEF(field) "json_extract(s.brief, '$." field "')"

const isn_story_check isn_story_checks[] = {
    {"story %lld has not as many articles as it says",
     "SELECT s.id FROM stories s WHERE s.articles IS NOT (SELECT count(*) FROM story_articles m WHERE m.story = s.id)"},
    {"story %lld has not as many origins as it says",
     "SELECT s.id FROM stories s WHERE s.origins IS NOT (SELECT count(DISTINCT origin) FROM story_articles m WHERE m.story = s.id)"},
    {"story %lld has too few or too many joins",
     "SELECT s.id FROM stories s WHERE s.articles - 1 IS NOT (SELECT count(*) FROM story_joins j WHERE j.story = s.id)"},
    {"story %lld has not the least number of its articles",
     "SELECT s.id FROM stories s WHERE s.id IS NOT (SELECT min(o.id) FROM story_articles m JOIN articles a ON a.id = m.article"
     " JOIN articles o ON o.identity = a.identity AND o.version = 1 WHERE m.story = s.id)"},
    {"story %lld is joined by an article of another one",
     "SELECT j.story FROM story_joins j WHERE NOT EXISTS (SELECT 1 FROM story_articles m WHERE m.article = j.a AND m.story = j.story)"
     " OR NOT EXISTS (SELECT 1 FROM story_articles m WHERE m.article = j.b AND m.story = j.story)"},
    {"an origin in story %lld is an article of another one, or no origin itself",
     "SELECT m.story FROM story_articles m LEFT JOIN story_articles o ON o.article = m.origin"
     " WHERE o.story IS NOT m.story OR o.origin IS NOT o.article"},
    {"story %lld has the title of an article of another one",
     "SELECT s.id FROM stories s WHERE NOT EXISTS (SELECT 1 FROM story_articles m WHERE m.article = s.head AND m.story = s.id)"},
    {"story %lld goes on with another one by articles of neither",
     "SELECT s.id FROM stories s WHERE s.follows IS NOT NULL AND (SELECT count(*) FROM story_articles m WHERE"
     " (m.article = s.follow_a OR m.article = s.follow_b) AND (m.story = s.id OR m.story = s.follows)) + 0 <> 2"},
    {"story %lld goes on with another one by articles that aren't alike",
     "SELECT s.id FROM stories s WHERE s.follows IS NOT NULL AND NOT EXISTS (SELECT 1 FROM story_edges e WHERE e.a = s.follow_a"
     " AND e.b = s.follow_b AND e.topic = s.follow_odds)"},
    {"the brief of story %lld says something else than the story",
     "SELECT s.id FROM stories s WHERE s.articles > 1 AND (NOT json_valid(s.brief) OR " BRIEF("story") " IS NOT s.id OR "
     BRIEF("articles") " IS NOT s.articles OR " BRIEF("origins") " IS NOT s.origins OR " BRIEF("facts") " IS NOT s.facts OR "
     BRIEF("contradictions") " IS NOT s.contradictions)"},
    {"story %lld is told from and to other times than its articles",
     "SELECT s.id FROM stories s WHERE s.first IS NOT (SELECT min(minutes) FROM story_articles m WHERE m.story = s.id)"
     " OR s.last IS NOT (SELECT max(minutes) FROM story_articles m WHERE m.story = s.id)"},
    {"the articles of story %lld don't stand in the order of their times",
     "SELECT m.story FROM story_articles m JOIN story_articles x ON x.story = m.story AND x.n = m.n + 1 WHERE x.minutes < m.minutes"},
    {"article %lld was there when stories were made, and is in none",
     "SELECT a.id FROM articles a JOIN records r ON r.article = a.id WHERE a.replaced IS NULL AND r.digest IS NOT NULL"
     " AND a.id <= (SELECT article FROM story_state) AND NOT EXISTS (SELECT 1 FROM story_articles m WHERE m.article = a.id)"},
    {"article %lld is in a story and was replaced before stories were made",
     "SELECT a.id FROM story_articles m JOIN articles a ON a.id = m.article WHERE a.replaced <= (SELECT article FROM story_state)"},
    {"article %lld is alike to one that is in no story",
     "SELECT e.b FROM story_edges e WHERE e.a NOT IN (SELECT article FROM story_articles) OR e.b NOT IN (SELECT article FROM story_articles)"},
    {NULL, NULL}};
