/** A picture as a graph in the DOT language, for Graphviz, which places it: `hasim graph my.yaml --format dot | dot -Tsvg`. */
import type { Picture, PictureArrow, PictureBox, PictureNode, State } from './picture.js';

const STYLES: Readonly<Record<PictureArrow['type'], string>> = {
  route: 'color="#1f6feb", penwidth=2.2', need: 'color="#777777"', 'soft-need': 'color="#777777", style=dashed',
};

/** A quoted text of DOT; line breaks as it writes them. */
export function dotText(...lines: readonly string[]): string {
  return `"${lines.map((line) => line.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll(/[\r\n]+/g, ' ')).join('\\n')}"`;
}

export function dot({ name, top, arrows, story }: Picture): string {
  const lines = [
    `digraph ${dotText(name)} {`, '  rankdir=LR; fontname="Helvetica"; newrank=true;', '  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica", fontsize=11];',
    '  edge [fontname="Helvetica", fontsize=9];',
  ];
  if (story.length > 0) lines.push(`  label=${dotText(story.join(' · '), 'red: down · amber: degraded · dark red border: hit by the fault')}; labelloc=b;`);
  const node = ({ id, lines: label, source, state, tooltip }: PictureNode, indent: string): void => {
    lines.push(`${indent}${id} [label=${dotText(...(source ? [label[0]] : label))}, tooltip=${dotText(tooltip)}${source ? ', shape=ellipse, style=filled' : ''}${paint(state)}];`);
  };
  const box = ({ id, title, tooltip, nodes, boxes, state }: PictureBox, indent: string): void => {
    lines.push(`${indent}subgraph ${dotText(`cluster_${id}`)} {`, `${indent}  label=${dotText(title)}; tooltip=${dotText(tooltip)}; style=rounded${boxPaint(state)};`);
    for (const one of nodes) node(one, `${indent}  `);
    for (const one of boxes) box(one, `${indent}  `);
    lines.push(`${indent}}`);
  };
  for (const one of top.nodes) node(one, '  ');
  for (const one of top.boxes) box(one, '  ');
  for (const { from, to, type, label, tooltip } of arrows) {
    lines.push(`  ${from} -> ${to} [${STYLES[type]}, tooltip=${dotText(tooltip)}${label === '' ? '' : `, label=${dotText(label)}`}];`);
  }
  return `${[...lines, '}'].join('\n')}\n`;
}

function paint({ down, degraded, hit }: State): string {
  const fill = down ? ', fillcolor="#f4b4ae"' : degraded ? ', fillcolor="#fbdf9d"' : '';
  return `${fill}${hit ? ', color="#7b0f0f", penwidth=4' : ''}`;
}

function boxPaint({ down, degraded, hit }: State): string {
  const line = hit ? '; color="#7b0f0f"; penwidth=4' : down ? '; color="#c0392b"; penwidth=2' : degraded ? '; color="#b9770e"; penwidth=2' : '; color="#999999"';
  return `${line}${down ? '; bgcolor="#fdeeec"' : ''}`;
}
