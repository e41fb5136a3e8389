import type { JSX } from 'preact';
import { query } from '../api/client';
import { useApi } from '../api/use';
import type { List, StoryBrief } from '../api/types';
import { useWords } from '../i18n';
import type { Route } from '../router';
import { Heading, Shown } from '../components/basic';
import { Filters, filterValues, type Field } from '../components/filters';
import { Empty, Pager, StoryCard } from '../components/lists';

const FIELDS: readonly Field[] = ['q', 'outlet', 'actor', 'country', 'since', 'until', 'sort'];

export default function StoriesPage({ route }: { route: Route }): JSX.Element {
  const { t } = useWords();
  const answer = useApi<List<StoryBrief>>(`/stories${query({ ...filterValues(route.query, FIELDS, ['offset']), limit: 40 })}`);
  return (
    <>
      <Heading>{t('story.stories')}</Heading>
      <p class="note">{t('story.weight.text')}</p>
      <Filters route={route} fields={FIELDS} path="/stories" />
      <Shown answer={answer}>
        {(list) => (
          <>
            {list.rows.length === 0 && <Empty filtered={route.query.size > 0} />}
            <div class="grid cards">{list.rows.map((brief) => <StoryCard key={brief.story} brief={brief} level={2} />)}</div>
            <Pager list={list} path="/stories" query={route.query} />
          </>
        )}
      </Shown>
    </>
  );
}
