// Whom somebody met, as a graph: laid out once by d3-force from a fixed start (the same data gives the same picture), then still.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from 'd3-force';
import { scaleSqrt } from 'd3-scale';
import { useWords } from '../i18n';
import { go } from '../router';
import { partyName, useHref } from '../components/basic';
import type { ActorPage } from '../api/types';
import { useWidth } from './size';

type Met = ActorPage['met'];
interface Node extends SimulationNodeDatum { kb: string; label: string; type: string; radius: number; weight: number; side: 'below' | 'above' | null }
interface Link extends SimulationLinkDatum<Node> { times: number; near: boolean }

const ROUNDS = 300;
const MOST_NODES = 26;
const MOST_FAR = 40;
const LETTER = 6.6;
const LINE = 15;

/** Those met most often, and of the meetings of others the most told ones: the table has them all. */
function choose(met: Met, center: string): Met {
  const near = new Map<string, number>();
  for (const link of met.links) {
    if (link.a === center) near.set(link.b, (near.get(link.b) ?? 0) + link.times);
    if (link.b === center) near.set(link.a, (near.get(link.a) ?? 0) + link.times);
  }
  const nodes = [...met.nodes].sort((a, b) => Number(b.kb === center) - Number(a.kb === center) || (near.get(b.kb) ?? 0) - (near.get(a.kb) ?? 0) || b.articles - a.articles).slice(0, MOST_NODES);
  const kept = new Set(nodes.map((node) => node.kb));
  const inside = met.links.filter((link) => kept.has(link.a) && kept.has(link.b));
  const own = (link: Met['links'][number]): boolean => link.a === center || link.b === center;
  const far = inside.filter((link) => !own(link)).sort((a, b) => b.times - a.times).slice(0, MOST_FAR);
  return { nodes, links: [...far, ...inside.filter(own)] };
}

/** Which labels can stand without lying on others: the heaviest first, below their node, else above it. */
function place(nodes: readonly Node[]): void {
  const taken = nodes.map((node) => ({ x: (node.x ?? 0) - node.radius, y: (node.y ?? 0) - node.radius, w: node.radius * 2, h: node.radius * 2, of: node as Node | null }));
  for (const node of [...nodes].sort((a, b) => b.weight - a.weight)) {
    const w = Math.min(26, node.label.length) * LETTER;
    node.side = null;
    for (const side of ['below', 'above'] as const) {
      const box = { x: (node.x ?? 0) - w / 2, y: side === 'below' ? (node.y ?? 0) + node.radius + 2 : (node.y ?? 0) - node.radius - LINE - 2, w, h: LINE };
      if (taken.some((other) => other.of !== node && box.x < other.x + other.w && other.x < box.x + box.w && box.y < other.y + other.h && other.y < box.y + box.h)) continue;
      node.side = side;
      taken.push({ ...box, of: null });
      break;
    }
  }
}

export default function Network({ met, center, label }: { met: Met; center: string; label: string }): JSX.Element {
  const { lang } = useWords();
  const href = useHref();
  const [frame, width] = useWidth();
  const height = Math.round(Math.min(600, Math.max(320, width * 0.62)));

  const { nodes, links } = useMemo(() => {
    const chosen = choose(met, center);
    const size = scaleSqrt().domain([0, Math.max(1, ...chosen.nodes.map((node) => node.articles))]).range([4, 15]);
    const crowd = Math.min(1, 12 / Math.max(1, chosen.nodes.length));
    const made: Node[] = chosen.nodes.map((node, i) => ({
      kb: node.kb,
      label: partyName(node, lang),
      type: node.type ?? '',
      radius: size(node.articles),
      weight: node.kb === center ? Infinity : node.articles,
      side: null,
      x: width / 2 + Math.cos(i * 2.4) * 24 * Math.sqrt(i),
      y: height / 2 + Math.sin(i * 2.4) * 24 * Math.sqrt(i),
    }));
    const lines: Link[] = chosen.links.map((link) => ({ source: link.a, target: link.b, times: link.times, near: link.a === center || link.b === center }));
    const simulation = forceSimulation(made)
      .force('link', forceLink<Node, Link>(lines).id((node) => node.kb).distance((link) => (link.near ? Math.min(190, width / 4) : width / 3)).strength((link) => (link.near ? 0.4 : 0.02)))
      .force('charge', forceManyBody().strength(-Math.min(900, width) * (0.6 + crowd)))
      .force('x', forceX(width / 2).strength(0.05))
      .force('y', forceY(height / 2).strength(0.12))
      .force('collide', forceCollide<Node>((node) => node.radius + 16))
      .stop();
    for (const node of made) if (node.kb === center) { node.fx = width / 2; node.fy = height / 2; }
    simulation.tick(ROUNDS);
    for (const node of made) {
      const half = Math.min(width / 2 - 4, (Math.min(26, node.label.length) * LETTER) / 2 + 4);
      node.x = Math.max(half, Math.min(width - half, node.x ?? 0));
      node.y = Math.max(26, Math.min(height - 30, node.y ?? 0));
    }
    place(made);
    return { nodes: made, links: lines };
  }, [met, center, lang, width, height]);

  const at = (end: Link['source']): Node => end as Node;
  return (
    <div ref={frame} class="frame network">
      <svg width={width} height={height} role="img" aria-label={label}>
        {links.map((link, i) => (
          <line key={i} class={link.near ? 'edge' : 'edge far'} x1={at(link.source).x} y1={at(link.source).y} x2={at(link.target).x} y2={at(link.target).y} stroke-width={link.near ? Math.min(6, 0.6 + Math.log2(1 + link.times)) : 0.8}>
            <title>{`${at(link.source).label} – ${at(link.target).label}: ${link.times}`}</title>
          </line>
        ))}
        {nodes.map((node) => (
          <g key={node.kb} class={`node ${node.type}${node.kb === center ? ' center' : ''}`} onClick={() => go(href(`/actors/${encodeURIComponent(node.kb)}`))}>
            <circle cx={node.x} cy={node.y} r={node.radius}><title>{node.label}</title></circle>
            {node.side && (
              <text x={node.x} y={node.side === 'below' ? (node.y ?? 0) + node.radius + 13 : (node.y ?? 0) - node.radius - 6} text-anchor="middle">
                {node.label.length > 26 ? `${node.label.slice(0, 25)}…` : node.label}
              </text>
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}
