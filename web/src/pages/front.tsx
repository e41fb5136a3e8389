// The front page: what is told by most independent origins, what came last, and where reports contradict each other.
import type { JSX } from 'preact';
import { useApi } from '../api/use';
import type { Front, StoryBrief } from '../api/types';
import { useWords } from '../i18n';
import { A, Bdi, Day, Outlet, Shown } from '../components/basic';
import { Contested, StoryCard } from '../components/lists';

const MOST_LINES = 7;

function Line({ brief, contested = false }: { brief: StoryBrief; contested?: boolean }): JSX.Element {
  const { t } = useWords();
  return (
    <li>
      {!contested && <Day iso={brief.last} style="short" />}
      <A to={`/stories/${brief.story}`} class="headline"><Bdi>{brief.title}</Bdi></A>
      <span class="meta">
        {contested ? <Contested n={brief.contradictions} /> : brief.outlets.length > 1 ? <span>{t('n.outlets', { n: brief.outlets.length })}</span> : <Outlet name={brief.outlet} plain />}
      </span>
    </li>
  );
}

export default function FrontPage(): JSX.Element {
  const { t } = useWords();
  const answer = useApi<Front>('/front');
  return (
    <>
      <h1 class="hidden" tabIndex={-1}>{t('front.title')}</h1>
      <Shown answer={answer}>
        {(front) => {
          const [lead, ...rest] = front.top;
          if (!lead && front.newest.length === 0) {
            return <div class="problem"><h2>{t('front.empty')}</h2><p>{t('front.empty.text')}</p></div>;
          }
          const contested = front.contested.filter((brief) => brief.contradictions > 0);
          return (
            <div class="front">
              <section class="top" aria-labelledby="top">
                <h2 id="top" class="strip">{t('front.top')}</h2>
                {lead && <StoryCard brief={lead} lead />}
                <div class="grid">{rest.map((brief) => <StoryCard key={brief.story} brief={brief} />)}</div>
                <p class="more"><A to="/stories">{t('front.all')}</A></p>
              </section>
              <div class="side">
                {contested.length > 0 && (
                  <section aria-labelledby="contested" class="contested">
                    <h2 id="contested" class="strip">{t('front.contested')}</h2>
                    <p class="note">{t('front.contested.text')}</p>
                    <ol class="lines">{contested.slice(0, MOST_LINES).map((brief) => <Line key={brief.story} brief={brief} contested />)}</ol>
                    <p class="more"><A to="/stories?sort=contested">{t('front.more')}</A></p>
                  </section>
                )}
                <section aria-labelledby="newest">
                  <h2 id="newest" class="strip">{t('front.newest')}</h2>
                  <ol class="lines">{front.newest.slice(0, MOST_LINES).map((brief) => <Line key={brief.story} brief={brief} />)}</ol>
                  <p class="more"><A to="/stories?sort=newest">{t('front.more')}</A></p>
                </section>
              </div>
            </div>
          );
        }}
      </Shown>
    </>
  );
}
