// Whom somebody met, as a graph: laid out once by d3-force with a fixed start (the same data gives the same picture), then still.
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
interface Node extends SimulationNodeDatum { kb: string; label: string; type: string; radius: number }
interface Link extends SimulationLinkDatum<Node> { times: number }

const ROUNDS = 300;

export default function Network({ met, center, label }: { met: Met; center: string; label: string }): JSX.Element {
  const { lang } = useWords();
  const href = useHref();
  const [frame, width] = useWidth();
  const height = Math.round(Math.min(520, Math.max(300, width * 0.62)));

  const { nodes, links } = useMemo(() => {
    const size = scaleSqrt().domain([0, Math.max(1, ...met.nodes.map((node) => node.articles))]).range([4, 16]);
    const made: Node[] = met.nodes.map((node, i) => ({
      kb: node.kb,
      label: partyName(node, lang),
      type: node.type ?? '',
      radius: size(node.articles),
      x: width / 2 + Math.cos(i * 2.4) * 20 * Math.sqrt(i),
      y: height / 2 + Math.sin(i * 2.4) * 20 * Math.sqrt(i),
    }));
    const known = new Set(made.map((node) => node.kb));
    const lines: Link[] = met.links.filter((link) => known.has(link.a) && known.has(link.b)).map((link) => ({ source: link.a, target: link.b, times: link.times }));
    const simulation = forceSimulation(made)
      .force('link', forceLink<Node, Link>(lines).id((node) => node.kb).distance(Math.min(190, width / 4)).strength(0.4))
      .force('charge', forceManyBody().strength(-Math.min(900, width)))
      .force('x', forceX(width / 2).strength(0.04))
      .force('y', forceY(height / 2).strength(0.12))
      .force('collide', forceCollide<Node>((node) => node.radius + 14))
      .stop();
    for (const node of made) if (node.kb === center) { node.fx = width / 2; node.fy = height / 2; }
    simulation.tick(ROUNDS);
    for (const node of made) {
      node.x = Math.max(46, Math.min(width - 46, node.x ?? 0));
      node.y = Math.max(20, Math.min(height - 26, node.y ?? 0));
    }
    return { nodes: made, links: lines };
  }, [met, center, lang, width, height]);

  const at = (end: Link['source']): Node => end as Node;
  return (
    <div ref={frame} class="frame network">
      <svg width={width} height={height} role="img" aria-label={label}>
        {links.map((link, i) => (
          <line key={i} class="edge" x1={at(link.source).x} y1={at(link.source).y} x2={at(link.target).x} y2={at(link.target).y} stroke-width={Math.min(8, 1 + Math.log2(1 + link.times))}>
            <title>{`${at(link.source).label} – ${at(link.target).label}: ${link.times}`}</title>
          </line>
        ))}
        {nodes.map((node) => (
          <g key={node.kb} class={`node ${node.type}${node.kb === center ? ' center' : ''}`} onClick={() => go(href(`/actors/${encodeURIComponent(node.kb)}`))}>
            <circle cx={node.x} cy={node.y} r={node.radius} />
            <text x={node.x} y={(node.y ?? 0) + node.radius + 13} text-anchor="middle" direction={lang === 'ar' ? 'rtl' : 'ltr'}>
              {node.label.length > 26 ? `${node.label.slice(0, 25)}…` : node.label}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
