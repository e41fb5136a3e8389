import type { JSX } from 'preact';
import { useApi } from '../api/use';
import type { OutletRow } from '../api/types';
import { useWords } from '../i18n';
import { Day, Heading, Num, Outlet, Shown, Table, Th } from '../components/basic';
import { Empty } from '../components/lists';

export default function OutletsPage(): JSX.Element {
  const { t } = useWords();
  const answer = useApi<{ rows: OutletRow[] }>('/outlets');
  return (
    <>
      <Heading>{t('outlets.title')}</Heading>
      <p class="note">{t('outlets.text')}</p>
      <Shown answer={answer}>
        {({ rows }) => (rows.length === 0 ? <Empty /> : (
          <Table caption={t('outlets.caption')} hideCaption head={
            <tr>
              <Th>{t('field.outlet')}</Th><Th num>{t('field.articles')}</Th><Th num>{t('field.stories')}</Th><Th num>{t('outlets.firsts')}</Th><Th num>{t('outlets.alone')}</Th>
              <Th num>{t('outlets.copies')}</Th><Th num>{t('field.events')}</Th><Th num>{t('field.quotes')}</Th><Th>{t('field.first')}</Th><Th>{t('field.last')}</Th>
            </tr>
          }>
            {rows.map((row) => (
              <tr key={row.outlet}>
                <th scope="row"><Outlet name={row.outlet} /></th>
                <Num of={row.articles} /><Num of={row.stories} /><Num of={row.firsts} /><Num of={row.alone} /><Num of={row.copies} /><Num of={row.events} /><Num of={row.quotes} />
                <td><Day iso={row.first} style="short" /></td><td><Day iso={row.last} style="short" /></td>
              </tr>
            ))}
          </Table>
        ))}
      </Shown>
      <p class="note">{t('outlets.copies')}: {t('outlets.copies.text')}</p>
    </>
  );
}
