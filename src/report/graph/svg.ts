/**
 * A picture as one SVG file that any browser opens without a network: light and dark, tooltips, nothing that runs.
 *
 * Where everything stands is decided in `layout.ts`.
 */
import { layoutOf, textWidth } from './layout.js';
import type { PlacedNode, Rect } from './layout.js';
import type { Picture, PictureArrow, State } from './picture.js';

const MARGIN = 24;
const HEAD = 40;
const LEGEND = 58;

const STYLE = `
svg { --back: #ffffff; --ink: #1f2328; --soft: #59636e; --line: #8c959f; --node: #f6f8fa; --box: #8c959f14; --route: #0969da; --down: #f4b4ae; --down-line: #c0392b; --degraded: #fbdf9d; --degraded-line: #b9770e; --hit: #7b0f0f; }
@media (prefers-color-scheme: dark) { svg { --back: #0d1117; --ink: #e6edf3; --soft: #9198a1; --line: #6e7681; --node: #21262d; --box: #8b949e14; --route: #58a6ff; --down: #7d2a24; --down-line: #f07167; --degraded: #6b4a0a; --degraded-line: #e3b341; --hit: #ff5c5c; } }
text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: var(--ink); }
.name { font-size: 13px; font-weight: 600; } .detail, .label, .legend { font-size: 11px; fill: var(--soft); } .title { font-size: 12px; fill: var(--soft); } .head { font-size: 16px; font-weight: 600; }
.node rect { fill: var(--node); stroke: var(--line); } .box > rect { fill: var(--box); stroke: var(--line); } .source rect { stroke: var(--route); }
.down > rect { fill: var(--down); stroke: var(--down-line); } .degraded > rect { fill: var(--degraded); stroke: var(--degraded-line); } .hit > rect { stroke: var(--hit); stroke-width: 4; }
.box.down > rect, .box.degraded > rect { fill-opacity: .3; }
.down .detail, .degraded .detail { fill: var(--ink); }
.arrow path { fill: none; } .arrow .line { stroke: var(--soft); stroke-width: 1.2; opacity: .75; } .arrow .touch { stroke: transparent; stroke-width: 12; pointer-events: stroke; }
.route .line { stroke: var(--route); stroke-width: 2.4; opacity: 1; } .soft-need .line { stroke-dasharray: 5 4; } .arrow:hover .line { stroke-width: 3.5; opacity: 1; }
.label { paint-order: stroke; stroke: var(--back); stroke-width: 4px; fill: var(--route); }
marker path { fill: var(--soft); } #route-head path { fill: var(--route); }
`.trim();

export function xmlText(text: string): string {
  // Control characters cannot stand in XML at all.
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export function svg(picture: Picture): string {
  const placed = layoutOf(picture);
  const at = new Map(placed.nodes.map((one) => [one.node.id, one]));
  const curves = curvesOf(picture.arrows, at);
  const legend = legendOf(picture);
  const width = Math.ceil(Math.max(placed.width, legend.width, textWidth(picture.name, 18)) + 2 * MARGIN);
  const height = Math.ceil(placed.height + HEAD + LEGEND + 2 * MARGIN);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${String(height)}" viewBox="0 0 ${String(width)} ${String(height)}" role="img">`,
    `<title>${xmlText(picture.name)}</title>`,
    `<style>${STYLE}</style>`,
    '<defs>',
    marker('route-head'), marker('need-head'),
    '</defs>',
    `<rect width="${String(width)}" height="${String(height)}" style="fill: var(--back)"/>`,
    `<text class="head" x="${String(MARGIN)}" y="${String(MARGIN + 14)}">${xmlText(picture.name)}</text>`,
    `<g transform="translate(${String(MARGIN)} ${String(MARGIN + HEAD)})">`,
    ...placed.boxes.map(({ box, ...rect }) => `<g class="box${classes(box.state)}"><title>${xmlText(box.tooltip)}</title>${rectangle(rect, 8)}<text class="title" x="${round(rect.x + 12)}" y="${round(rect.y + 20)}">${xmlText(box.title)}</text></g>`),
    ...[...curves].sort((a, b) => Number(a.arrow.type === 'route') - Number(b.arrow.type === 'route')).map(arrowText),
    ...placed.nodes.map(nodeText),
    // A source bears the name of its flow itself.
    ...curves.filter(({ arrow }) => arrow.label !== '' && !at.get(arrow.from)!.node.source).map(labelText),
    '</g>',
    `<g transform="translate(${String(MARGIN)} ${round(placed.height + HEAD + MARGIN + 26)})">`,
    ...legend.lines,
    '</g>',
    '</svg>',
  ].join('\n') + '\n';
}

const round = (value: number): string => String(Math.round(value * 10) / 10);
const classes = ({ down, degraded, hit }: State): string => `${down ? ' down' : ''}${degraded ? ' degraded' : ''}${hit ? ' hit' : ''}`;
const marker = (id: string): string => `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="${id === 'route-head' ? '5' : '7'}" markerHeight="${id === 'route-head' ? '5' : '7'}" orient="auto"><path d="M0 0 10 5 0 10z"/></marker>`;
const rectangle = ({ x, y, width, height }: Rect, corner: number): string => `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${String(corner)}"/>`;

function nodeText({ node, ...rect }: PlacedNode): string {
  const middle = rect.x + rect.width / 2;
  const [title, detail] = node.lines;
  const texts = node.source
    ? `<text class="name" text-anchor="middle" x="${round(middle)}" y="${round(rect.y + rect.height / 2 + 5)}">${xmlText(title)}</text>`
    : `<text class="name" text-anchor="middle" x="${round(middle)}" y="${round(rect.y + 19)}">${xmlText(title)}</text><text class="detail" text-anchor="middle" x="${round(middle)}" y="${round(rect.y + 34)}">${xmlText(detail)}</text>`;
  return `<g class="node${node.source ? ' source' : ''}${classes(node.state)}"><title>${xmlText(node.tooltip)}</title>${rectangle(rect, node.source ? 22 : 6)}${texts}</g>`;
}

interface Drawn { readonly arrow: PictureArrow; readonly path: string; readonly middle: { readonly x: number; readonly y: number } }

/** Routes go from side to side, needs from below to above, as far as the places allow it; those of one side are spread over it. */
function curvesOf(arrows: readonly PictureArrow[], at: ReadonlyMap<string, Rect>): Drawn[] {
  const ends = arrows.map((arrow) => {
    const [from, to] = [at.get(arrow.from)!, at.get(arrow.to)!];
    const beside = to.x >= from.x + from.width || from.x >= to.x + to.width;
    const apart = to.y >= from.y + from.height || from.y >= to.y + to.height;
    return { arrow, from, to, sideways: beside && (arrow.type === 'route' || !apart) };
  });
  const middleOf = ({ x, width }: Rect): number => x + width / 2;
  /** Where on its side of a node an arrow begins or ends: in the order of what the other ends are at. */
  const port = (own: (typeof ends)[number], near: 'from' | 'to', far: 'from' | 'to'): number => {
    const all = ends.filter((one) => !one.sideways && one.arrow[near] === own.arrow[near]).sort((a, b) => middleOf(a[far]) - middleOf(b[far]));
    return own[near].x + own[near].width * (0.2 + (0.6 * (all.indexOf(own) + 1)) / (all.length + 1));
  };
  return ends.map((end) => {
    const { arrow, from, to, sideways } = end;
    const [right, down] = [to.x >= from.x, to.y >= from.y];
    const [x1, y1, x2, y2] = sideways
      ? [right ? from.x + from.width : from.x, from.y + from.height / 2, right ? to.x : to.x + to.width, to.y + to.height / 2]
      : [port(end, 'from', 'to'), down ? from.y + from.height : from.y, port(end, 'to', 'from'), down ? to.y : to.y + to.height];
    const [bendX, bendY] = sideways ? [(x2 - x1) / 2, 0] : [0, (y2 - y1) / 2];
    return {
      arrow, middle: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 },
      path: `M${round(x1)} ${round(y1)}C${round(x1 + bendX)} ${round(y1 + bendY)} ${round(x2 - bendX)} ${round(y2 - bendY)} ${round(x2)} ${round(y2)}`,
    };
  });
}

function arrowText({ arrow: { type, tooltip }, path }: Drawn): string {
  return `<g class="arrow ${type}"><title>${xmlText(tooltip)}</title><path class="line" d="${path}" marker-end="url(#${type === 'route' ? 'route' : 'need'}-head)"/><path class="touch" d="${path}"/></g>`;
}

function labelText({ arrow: { label }, middle: { x, y } }: Drawn): string {
  return `<text class="label" text-anchor="middle" x="${round(x)}" y="${round(y - 5)}">${xmlText(label)}</text>`;
}

function legendOf({ story }: Picture): { readonly lines: readonly string[]; readonly width: number } {
  let x = 0;
  const lines: string[] = [];
  const entry = (sample: string, text: string): void => {
    lines.push(`<g transform="translate(${round(x)} 0)">${sample}<text class="legend" x="38" y="12">${xmlText(text)}</text></g>`);
    x += 38 + textWidth(text, 11) + 22;
  };
  const line = (type: string): string => `<g class="arrow ${type}"><path class="line" d="M0 8H30" marker-end="url(#${type === 'route' ? 'route' : 'need'}-head)"/></g>`;
  const swatch = (state: string): string => `<g class="node ${state}"><rect x="2" y="0" width="26" height="16" rx="4"/></g>`;
  entry(line('route'), 'way of messages');
  entry(line('need'), 'needs');
  entry(line('soft-need'), 'can do without for a while, or with others');
  if (story.length > 0) {
    entry(swatch('down'), 'down');
    entry(swatch('degraded'), 'degraded');
    entry(swatch('hit'), 'hit by the fault');
    lines.push(`<text class="legend" x="0" y="34">${xmlText(story.join(' · '))}</text>`);
  }
  return { lines, width: Math.max(x, textWidth(story.join(' · '), 11)) };
}
