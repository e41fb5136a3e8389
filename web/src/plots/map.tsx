// Where a story happens: Natural Earth's borders out of the world-atlas package, drawn here; nothing is fetched from elsewhere.
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { geoMercator, geoPath } from 'd3-geo';
import { scaleSqrt } from 'd3-scale';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Feature, MultiPoint } from 'geojson';
import atlas from 'world-atlas/countries-50m.json?url';
import { useWords } from '../i18n';
import { go } from '../router';
import { partyName, useHref } from '../components/basic';
import type { Story } from '../api/types';
import { useWidth } from './size';

type World = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
type Place = Story['places'][number];

let world: Promise<World> | undefined;

const LEAST_SPAN = 7; // degrees: a single town is shown with the lands around it

function frameOf(places: readonly { lat: number; lon: number }[]): Feature<MultiPoint> {
  const lats = places.map((place) => place.lat);
  const lons = places.map((place) => place.lon);
  const middle = (values: number[]): number => (Math.min(...values) + Math.max(...values)) / 2;
  const half = (values: number[]): number => Math.max(LEAST_SPAN, (Math.max(...values) - Math.min(...values)) * 0.62);
  const lat = middle(lats);
  const lon = middle(lons);
  const coordinates = [[-1, -1], [1, 1], [-1, 1], [1, -1]].map(([a = 0, b = 0]) => [
    Math.max(-179, Math.min(179, lon + a * half(lons))),
    Math.max(-75, Math.min(78, lat + b * half(lats))),
  ]);
  return { type: 'Feature', properties: {}, geometry: { type: 'MultiPoint', coordinates } };
}

export default function PlaceMap({ places, label }: { places: readonly Place[]; label: string }): JSX.Element | null {
  const { lang, t } = useWords();
  const href = useHref();
  const [frame, width] = useWidth();
  const [data, set] = useState<World | null>(null);
  const height = Math.round(Math.max(260, Math.min(440, width * 0.62)));
  useEffect(() => {
    let here = true;
    world ??= fetch(atlas).then((response) => response.json() as Promise<World>);
    void world.then((loaded) => here && set(loaded)).catch(() => (world = undefined));
    return () => void (here = false);
  }, []);

  const located = places.filter((place): place is Place & { lat: number; lon: number } => typeof place.lat === 'number' && typeof place.lon === 'number');
  const drawn = useMemo(() => {
    if (!data || located.length === 0) return null;
    const projection = geoMercator().fitExtent([[14, 14], [width - 14, height - 14]], frameOf(located)).clipExtent([[-2, -2], [width + 2, height + 2]]);
    const path = geoPath(projection);
    return {
      projection,
      land: path(feature(data, data.objects.land)) ?? '',
      borders: path(mesh(data, data.objects.countries, (a, b) => a !== b)) ?? '',
    };
  }, [data, places, width, height]);

  if (located.length === 0) return null;
  const size = scaleSqrt().domain([0, Math.max(1, ...located.map((place) => place.articles))]).range([3, 13]);
  const placed: { y: number; x: number; wide: number }[] = [];
  return (
    <div ref={frame} class="frame map">
      <svg width={width} height={height} role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`}>
        <rect class="sea" width={width} height={height} />
        {drawn ? (
          <>
            <path class="land" d={drawn.land} />
            <path class="border" d={drawn.borders} />
            {located.map((place) => {
              const [x = 0, y = 0] = drawn.projection([place.lon, place.lat]) ?? [];
              const name = partyName(place, lang);
              const wide = name.length * 7;
              const clear = !placed.some((other) => Math.abs(other.y - y) < 16 && Math.abs(other.x - x) < (other.wide + wide) / 2);
              if (clear) placed.push({ x, y, wide });
              const far = x > width - wide - 20;
              return (
                <g key={place.kb ?? name} class="spot" onClick={() => place.kb && go(href(`/actors/${encodeURIComponent(place.kb)}`))}>
                  <circle cx={x} cy={y} r={size(place.articles)}><title>{name}</title></circle>
                  {clear && (
                    <text x={far ? x - size(place.articles) - 5 : x + size(place.articles) + 5} y={y} dy="0.34em" direction="ltr" text-anchor={far ? 'end' : 'start'}>{name}</text>
                  )}
                </g>
              );
            })}
          </>
        ) : (
          <text class="tick" x={width / 2} y={height / 2} text-anchor="middle">{t('state.loading')}</text>
        )}
      </svg>
    </div>
  );
}
