import type { JSX } from 'preact';
import floors from 'virtual:isnad/floors';
import { useWords, type Key } from '../i18n';
import { Heading, Table, Th } from '../components/basic';

const PARTS = ['truth', 'silence', 'collection', 'contradiction', 'chain', 'names', 'language', 'dates', 'scores', 'map', 'correct'] as const;

export default function LimitsPage(): JSX.Element {
  const { t, format, label } = useWords();
  return (
    <div class="limits">
      <Heading>{t('limits.title')}</Heading>
      <p class="intro">{t('limits.intro')}</p>
      <div class="prose">
        {PARTS.map((part) => (
          <section key={part} aria-labelledby={`limit-${part}`}>
            <h2 id={`limit-${part}`}>{t(`limits.${part}.h` as Key)}</h2>
            <p>{t(`limits.${part}` as Key)}</p>
          </section>
        ))}
      </div>
      <section aria-labelledby="accuracy" class="section">
        <h2 id="accuracy">{t('limits.accuracy.h')}</h2>
        <p class="prose-line">{t('limits.accuracy')}</p>
        <Table caption={t('limits.accuracy.caption')} hideCaption class="accuracy" head={<tr><Th>{t('limits.layer')}</Th><Th num>{t('limits.f1')}</Th><Th><span class="hidden">{t('field.share')}</span></Th></tr>}>
          {floors.map(({ layer, f1 }) => (
            <tr key={layer}>
              <th scope="row">{label('layer', layer)}</th>
              <td class="num">{format.percent(f1)}</td>
              <td class="meter"><svg width="100%" height="10" aria-hidden="true"><rect class="rail" width="100%" height="10" /><rect class="fill" width={`${Math.round(f1 * 100)}%`} x={format.rtl ? `${100 - Math.round(f1 * 100)}%` : '0'} height="10" /></svg></td>
            </tr>
          ))}
        </Table>
      </section>
    </div>
  );
}
