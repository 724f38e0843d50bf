import { expect } from 'chai';
import fc from 'fast-check';
import type { Outline } from '../../src/model/index.js';
import type { FaultEffect } from '../../src/experiment/index.js';
import { dot, dotText } from '../../src/report/graph/dot.js';
import { layoutOf } from '../../src/report/graph/layout.js';
import type { Rect } from '../../src/report/graph/layout.js';
import { mermaid, mermaidText } from '../../src/report/graph/mermaid.js';
import { pictureOf } from '../../src/report/graph/picture.js';
import { svg, xmlText } from '../../src/report/graph/svg.js';

const HOSTILE = 'a"b<c>&d#e\\f\nend';

const OUTLINE: Outline = {
  components: [
    { name: 'dc', kind: 'datacenter', inside: null, on: [], moves: false },
    { name: 's1', kind: 'server', inside: 0, on: [], moves: false },
    { name: HOSTILE, kind: 'sql-cluster', inside: 0, on: ['s1', 's2'], moves: true },
    { name: 'app', kind: 'application', inside: 2, on: ['s1', 's2', 's3', 's4'], moves: false },
    { name: 'out', kind: 'application', inside: null, on: [], moves: false },
  ],
  needs: [{ from: 3, to: 2, ways: ['requires'], meanings: ['data'] }, { from: 4, to: 1, ways: ['cached'], meanings: ['a "copy"'] }],
  arrows: [{ from: null, to: 3, flows: ['orders', 'bills'] }, { from: 3, to: 4, flows: ['orders', 'bills'] }],
  flows: ['bills', 'orders'],
};
const EFFECT: FaultEffect = {
  fault: 'f', kind: 'crash', targetText: 's1', startSeconds: 90, targets: new Map([['s1', true]]), down: [HOSTILE], degraded: ['app'], scope: 'group', flowsStopped: 1, flowsDegraded: 0,
};

/** Every tag is closed by its own name. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, close, name, attributes, empty] of xml.matchAll(/<(\/?)([a-z]+)((?:\s[\w:-]+="[^"<]*")*)\s*(\/?)>/gi)) {
    if (close === '/') expect(open.pop()).to.equal(name);
    else if (empty !== '/') open.push(name);
    expect(attributes).to.not.match(/\s[\w-]+=(?!")/);
  }
  expect(open).to.deep.equal([]);
  // A bare > is a text like any other.
  expect(xml.replaceAll(/<\/?[a-z][^<>]*>/gi, '')).to.not.match(/<|&(?!amp;|lt;|gt;|quot;)/);
}

describe('pictures of a topology', () => {
  const picture = pictureOf('small', OUTLINE, EFFECT);

  it('give a box to what holds others, a node in it where arrows lead to it, and every flow a source', () => {
    expect(picture.top.nodes.map(({ id }) => id)).to.deep.equal(['f0', 'f1', 'c4']);
    const [dc] = picture.top.boxes;
    expect([dc.id, dc.nodes.map(({ id }) => id), dc.boxes.map(({ id }) => id)]).to.deep.equal(['b0', ['c1'], ['b2']]);
    expect(dc.boxes[0].nodes.map(({ id }) => id)).to.deep.equal(['c2', 'c3']);
    expect(dc.boxes[0].nodes[1].lines).to.deep.equal(['app', 'application · on s1, s2 and 2 more']);
    expect(picture.arrows.map(({ from, to, type }) => `${from} ${type} ${to}`)).to.deep.equal(['f1 route c3', 'f0 route c3', 'c3 route c4', 'c3 need c2', 'c4 soft-need c1']);
  });

  it('are coloured by the fault: hit, down, degraded, and whole', () => {
    const [dc] = picture.top.boxes;
    const states = Object.fromEntries([...dc.nodes, ...dc.boxes[0].nodes, ...picture.top.nodes].map(({ id, state }) => [id, Object.entries(state).filter(([, holds]) => holds).map(([what]) => what)]));
    expect(states).to.deep.equal({ c1: ['down', 'hit'], c2: ['down'], c3: ['degraded'], c4: [], f0: [], f1: [] });
    expect(pictureOf('small', OUTLINE, { ...EFFECT, targets: new Map([['app', false]]), degraded: [], down: [] }).top.boxes[0].boxes[0].nodes[1].state).to.deep.equal({ down: false, degraded: true, hit: true });
    expect(picture.story).to.deep.equal(['crash of s1 at 1m30s', '1 down', '1 degraded', 'scope group', '1 flow stopped, 0 degraded']);
    expect(mermaid(picture)).to.match(/class c1,b2,c2 down\n/).and.match(/class c3 degraded\n/).and.match(/class c1 hit\n/);
    expect(dot(picture)).to.match(/c1 \[.*fillcolor="#f4b4ae", color="#7b0f0f", penwidth=4\];/).and.match(/c3 \[.*fillcolor="#fbdf9d"\];/);
    expect(svg(picture)).to.include('<g class="node down hit"><title>s1: server</title>').and.include('<g class="node degraded"><title>app').and.include('hit by the fault');
    expect(svg(pictureOf('small', OUTLINE, null))).to.not.match(/class="[^"]*\b(down|degraded|hit)\b/);
  });

  it('are sound Mermaid: subgraphs closed, texts in quotes, arrows between what there is', () => {
    const lines = mermaid(picture).trimEnd().split('\n').map((line) => line.trim());
    expect(lines.slice(0, 2)).to.deep.equal(['%% small', 'flowchart LR']);
    expect(lines.filter((line) => line.startsWith('subgraph ')).length).to.equal(2).and.to.equal(lines.filter((line) => line === 'end').length);
    const ids = new Set(lines.flatMap((line) => /^(?:subgraph )?(\w+)(?:\[|\(\[)"[^"]*"(?:\]|\]\))$/.exec(line)?.[1] ?? []));
    const arrows = lines.flatMap((line) => { const found = /^(\w+) (?:==>|-->|-\.->)(?:\|"[^"]*"\|)? (\w+)$/.exec(line); return found === null ? [] : [found]; });
    expect(arrows).to.have.length(5);
    for (const [, from, to] of arrows) expect([...ids]).to.include.members([from, to]);
    // Every line is one of the forms above, or a style.
    expect(lines.slice(2).filter((line) => line !== 'end' && !/^(classDef|class) /.test(line))).to.have.length(ids.size + arrows.length);
    expect(mermaidText(HOSTILE)).to.equal('a#quot;b#lt;c#gt;&d#35;e\\f end');
  });

  it('are sound DOT: braces and quotes balanced, arrows between what there is', () => {
    const text = dot(picture);
    const bare = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    expect(bare).to.not.match(/[^"]"[^"]/);
    expect(bare.split('{').length).to.equal(bare.split('}').length).and.to.equal(4);
    const ids = [...bare.matchAll(/^\s*(\w+) \[label/gm)].map(([, id]) => id);
    const arrows = [...bare.matchAll(/^\s*(\w+) -> (\w+) \[/gm)];
    expect(arrows).to.have.length(5);
    for (const [, from, to] of arrows) expect(ids).to.include.members([from, to]);
    expect(dotText('a"b\\c\nd', 'e')).to.equal('"a\\"b\\\\c d\\ne"');
  });

  it('are sound SVG that needs nothing from outside', () => {
    const text = svg(picture);
    expectWellFormed(text);
    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', '')).to.not.match(/https?:|<script|@import|url\((?!#)/);
    expect(text).to.include('prefers-color-scheme: dark').and.include('a&quot;b&lt;c&gt;&amp;d#e\\f');
    expect(xmlText('\u0000\u001b&')).to.equal('&amp;');
    expect(svg(pictureOf('small', OUTLINE, EFFECT))).to.equal(text);
  });

  it('are placed so that no node lies on another and every box holds what is inside of it', () => {
    const apart = (a: Rect, b: Rect): boolean => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    const holds = (a: Rect, b: Rect): boolean => a.x <= b.x && a.y <= b.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;
    const any = fc.integer({ min: 3, max: 14 }).chain((n) => fc.record({
      inside: fc.array(fc.option(fc.nat(n - 1)), { minLength: n, maxLength: n }),
      links: fc.array(fc.tuple(fc.nat(n - 1), fc.nat(n - 1)).filter(([a, b]) => a !== b), { maxLength: 2 * n }),
      routes: fc.array(fc.tuple(fc.option(fc.nat(n - 1)), fc.nat(n - 1)).filter(([a, b]) => a !== b), { maxLength: n }),
    }));
    fc.assert(fc.property(any, ({ inside, links, routes }) => {
      // Inside of what comes before it only, so that there is no circle.
      const components = inside.map((outer, i) => ({ name: `component${String(i)}`, kind: 'kind', inside: outer !== null && outer < i ? outer : null, on: [], moves: false }));
      const made: Outline = { components, needs: links.map(([from, to]) => ({ from, to, ways: ['requires'], meanings: ['x'] })), arrows: routes.map(([from, to]) => ({ from, to, flows: ['flow'] })), flows: ['flow'] };
      const drawn = pictureOf('any', made, null);
      const { nodes, boxes, width, height } = layoutOf(drawn);
      expect(nodes.length, 'every component is there').to.be.at.least(components.length - boxes.length + 1);
      nodes.forEach((a, i) => nodes.slice(i + 1).forEach((b) => expect(apart(a, b), `${a.node.id} and ${b.node.id}`).to.equal(true)));
      for (const { box, ...rect } of boxes) {
        for (const node of nodes) expect(box.nodes.includes(node.node) ? holds(rect, node) : holds(rect, node) || apart(rect, node), `${box.id} and ${node.node.id}`).to.equal(true);
        for (const inner of boxes) if (box.boxes.includes(inner.box)) expect(holds(rect, inner)).to.equal(true);
      }
      for (const rect of [...nodes, ...boxes]) expect(holds({ x: -0.01, y: -0.01, width: width + 0.02, height: height + 0.02 }, rect)).to.equal(true);
      expectWellFormed(svg(drawn));
    }), { numRuns: 150, seed: 7 });
  });
});
