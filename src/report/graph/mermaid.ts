/** A picture as a Mermaid flowchart, for pages that draw it (GitHub, GitLab, most wikis). Mermaid places it. */
import type { Picture, PictureBox, PictureNode, State } from './picture.js';

const CLASSES = [
  'classDef down fill:#f4b4ae,stroke:#c0392b,color:#000',
  'classDef degraded fill:#fbdf9d,stroke:#b9770e,color:#000',
  'classDef hit stroke:#7b0f0f,stroke-width:4px',
];

/** Characters that would end a text or be read as markup, as entities of Mermaid. */
export function mermaidText(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;').replaceAll(/[\r\n]+/g, ' ');
}

export function mermaidLabel(lines: readonly string[]): string {
  return lines.map(mermaidText).join('<br/>');
}

export function mermaid({ name, top, arrows, story }: Picture): string {
  const lines = [`%% ${name.replaceAll(/[\r\n]+/g, ' ')}`, 'flowchart LR'];
  const classes = new Map<string, string[]>();
  const mark = (id: string, state: State): void => {
    for (const [style, holds] of Object.entries(state)) if (holds) classes.set(style, [...(classes.get(style) ?? []), id]);
  };
  const node = ({ id, lines: label, source, state }: PictureNode, indent: string): void => {
    lines.push(`${indent}${id}${source ? '([' : '['}"${mermaidLabel(source ? [label[0]] : label)}"${source ? '])' : ']'}`);
    mark(id, state);
  };
  const box = ({ id, title, nodes, boxes, state }: PictureBox, indent: string): void => {
    lines.push(`${indent}subgraph ${id}["${mermaidText(title)}"]`);
    mark(id, state);
    for (const one of nodes) node(one, `${indent}  `);
    for (const one of boxes) box(one, `${indent}  `);
    lines.push(`${indent}end`);
  };
  for (const one of top.nodes) node(one, '  ');
  for (const one of top.boxes) box(one, '  ');
  for (const { from, to, type, label } of arrows) {
    const line = { route: '==>', need: '-->', 'soft-need': '-.->' }[type];
    lines.push(`  ${from} ${line}${label === '' ? '' : `|"${mermaidText(label)}"|`} ${to}`);
  }
  if (story.length > 0) {
    lines.push(`  legend["${mermaidLabel([story.join(' · '), 'red: down · amber: degraded · dark red border: hit by the fault'])}"]`);
    for (const line of CLASSES) lines.push(`  ${line}`);
    for (const [style, ids] of classes) lines.push(`  class ${ids.join(',')} ${style}`);
  }
  return `${lines.join('\n')}\n`;
}
