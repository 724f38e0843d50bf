/**
 * Places a picture: messages go from left to right, needs from above to below, and what nothing is connected to stands in rows at the bottom.
 *
 * Boxes are placed inside out, so a box is as large as what it holds. In each, the routes are at the top, in columns; below, rows follow the
 * longest chain of needs, and places in a row the mean place of the neighbors (barycenters), swept a few times. Arrows are not routed around
 * anything. Same picture, same places.
 */
import type { Picture, PictureArrow, PictureBox, PictureNode } from './picture.js';

export interface Rect { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export interface PlacedNode extends Rect { readonly node: PictureNode }
export interface PlacedBox extends Rect { readonly box: PictureBox; readonly depth: number }
export interface Placed extends Pick<Rect, 'width' | 'height'> {
  readonly nodes: readonly PlacedNode[];
  /** Outer ones first. */
  readonly boxes: readonly PlacedBox[];
}

/** Between columns of routes, at least: there is room for the longest name of a flow. */
const ROUTE_GAP = 64;
/** Between neighbors in a row. */
const GAP = 20;
/** Between rows: room for arrows. */
const ROW_GAP = 52;
const PADDING = 16;
const TITLE = 24;
const NODE_HEIGHT = 44;
const SWEEPS = 6;
/** Rows of what is not connected are about this wide, unless what is above is wider. */
const LEAST_WIDTH = 640;

/** Something at one level of the picture: a node, or a whole box with all it holds. */
interface Item {
  readonly ids: ReadonlySet<string>;
  readonly width: number;
  readonly height: number;
  /** Height of the middle of its first row: routes run along it. */
  readonly axis: number;
  place(x: number, y: number): void;
}
interface Position { x: number; y: number }
type Link = readonly [from: number, to: number];

export function layoutOf({ top, arrows }: Picture): Placed {
  const nodes: PlacedNode[] = [];
  const boxes: PlacedBox[] = [];
  const { width, height, place } = contentOf({ id: '', ...top }, arrows, 0, { nodes, boxes });
  place(0, 0);
  return { width, height, nodes, boxes: boxes.sort((a, b) => a.depth - b.depth) };
}

/** About what a text takes in the font of the picture; letters differ, so a little more. */
export function textWidth(text: string, size: number): number {
  return text.length * size * 0.58;
}

function contentOf({ id, nodes, boxes }: Pick<PictureBox, 'id' | 'nodes' | 'boxes'>, arrows: readonly PictureArrow[], depth: number, out: { nodes: PlacedNode[]; boxes: PlacedBox[] }): Item {
  const items = [...nodes.map((node) => nodeItem(node, out.nodes)), ...boxes.map((box) => boxItem(box, arrows, depth, out))];
  const routeGap = Math.max(ROUTE_GAP, ...arrows.map(({ label }) => textWidth(label, 11) + 24));
  const owner = new Map(items.flatMap((item, index) => [...item.ids].map((id) => [id, index] as const)));
  const links = (routes: boolean): Link[] => arrows.filter(({ type }) => (type === 'route') === routes).flatMap(({ from, to }) => {
    const [a, b] = [owner.get(from), owner.get(to)];
    return a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
  // The node that stands for the box is at its top, connected or not.
  const positions = arrange(items, links(true), links(false), depth > 0 && nodes.length > 0 && nodes[0].id.slice(1) === id.slice(1) ? 0 : null, routeGap);
  const axis = items.length === 0 ? 0 : Math.min(...items.map((item, i) => positions[i].y + item.axis));
  const width = Math.max(0, ...items.map((item, i) => positions[i].x + item.width));
  const height = Math.max(0, ...items.map((item, i) => positions[i].y + item.height));
  const place = (x: number, y: number): void => items.forEach((item, i) => item.place(x + positions[i].x, y + positions[i].y));
  return { ids: new Set(owner.keys()), width, height, axis, place };
}

function nodeItem(node: PictureNode, out: PlacedNode[]): Item {
  const width = Math.ceil(Math.max(textWidth(node.lines[0], 13) * 1.08, node.source ? 0 : textWidth(node.lines[1], 11)) + 22);
  return { ids: new Set([node.id]), width, height: NODE_HEIGHT, axis: NODE_HEIGHT / 2, place: (x, y) => out.push({ node, x, y, width, height: NODE_HEIGHT }) };
}

function boxItem(box: PictureBox, arrows: readonly PictureArrow[], depth: number, out: { nodes: PlacedNode[]; boxes: PlacedBox[] }): Item {
  const content = contentOf(box, arrows, depth + 1, out);
  const width = Math.max(content.width, Math.ceil(textWidth(box.title, 12))) + 2 * PADDING;
  const height = content.height + 2 * PADDING + TITLE;
  return {
    ids: content.ids, width, height, axis: content.axis + PADDING + TITLE,
    place: (x, y) => {
      out.boxes.push({ box, depth, x, y, width, height });
      content.place(x + PADDING, y + PADDING + TITLE);
    },
  };
}

/** `first`: an item that stands in the first row even if nothing is connected to it. */
function arrange(items: readonly Item[], routes: readonly Link[], needs: readonly Link[], first: number | null, routeGap: number): Position[] {
  const positions: Position[] = items.map(() => ({ x: 0, y: 0 }));
  const placed = new Set<number>();
  const put = (i: number, x: number, y: number): void => {
    positions[i] = { x, y };
    placed.add(i);
  };
  let y = placeRoutes(columnsOf(routes), items, routeGap, put);
  const middle = (i: number): number => positions[i].x + items[i].width / 2;
  const others = [...new Set([...(first === null ? [] : [first]), ...needs.flat()])].filter((i) => !placed.has(i));
  const rows = rowsOf(others, placed, needs);
  order(rows, [...placed].sort((a, b) => middle(a) - middle(b)), needs);
  for (const row of rows) {
    const axis = Math.max(...row.map((i) => items[i].axis));
    const xs = spread(row, items, (i) => {
      const near = needs.flatMap(([from, to]) => (from === i && placed.has(to) ? [to] : to === i && placed.has(from) ? [from] : []));
      return near.length === 0 ? null : near.reduce((sum, one) => sum + middle(one), 0) / near.length;
    });
    row.forEach((i, rank) => put(i, xs[rank], y + axis - items[i].axis));
    y += Math.max(...row.map((i) => axis - items[i].axis + items[i].height)) + ROW_GAP;
  }
  const left = Math.min(0, ...[...placed].map((i) => positions[i].x));
  for (const i of placed) positions[i].x -= left;
  const width = Math.max(LEAST_WIDTH, ...[...placed].map((i) => positions[i].x + items[i].width));
  placeRest(items.map((_, i) => i).filter((i) => !placed.has(i)), items, positions, width, y === 0 ? 0 : y - ROW_GAP / 2);
  return positions;
}

/** Columns side by side, their first items on one line; returns where the next row begins. */
function placeRoutes(columns: readonly (readonly number[])[], items: readonly Item[], gap: number, put: (i: number, x: number, y: number) => void): number {
  const axis = Math.max(0, ...columns.map(([i]) => items[i].axis));
  let [x, bottom] = [0, -ROW_GAP];
  for (const column of columns) {
    const width = Math.max(...column.map((i) => items[i].width));
    let y = axis - items[column[0]].axis;
    for (const i of column) {
      put(i, x + (width - items[i].width) / 2, y);
      y += items[i].height + GAP;
    }
    bottom = Math.max(bottom, y - GAP);
    x += width + gap;
  }
  return bottom + ROW_GAP;
}

/** Left sides in a row: as near to the wished middles as neighbors allow. */
function spread(row: readonly number[], items: readonly Item[], wished: (i: number) => number | null): number[] {
  const xs: number[] = [];
  let right = -Infinity;
  let shift = 0;
  let wishes = 0;
  for (const i of row) {
    const middle = wished(i);
    const wish = middle === null ? null : middle - items[i].width / 2;
    const x = right === -Infinity ? (wish ?? 0) : Math.max(right + GAP, wish ?? -Infinity);
    if (wish !== null) {
      shift += x - wish;
      wishes += 1;
    }
    xs.push(x);
    right = x + items[i].width;
  }
  return xs.map((x) => x - (wishes === 0 ? 0 : shift / wishes));
}

function placeRest(rest: readonly number[], items: readonly Item[], positions: Position[], width: number, from: number): void {
  let [x, y, height] = [0, from, 0];
  for (const i of rest) {
    if (x > 0 && x + items[i].width > width) [x, y, height] = [0, y + height + GAP, 0];
    positions[i] = { x, y };
    x += items[i].width + GAP;
    height = Math.max(height, items[i].height);
  }
}

/** Everything in the links, what leads to something before it; where they run in a circle, in the order of the links. */
function topological(links: readonly Link[]): number[] {
  const finished: number[] = [];
  const seen = new Set<number>();
  const visit = (i: number): void => {
    if (seen.has(i)) return;
    seen.add(i);
    for (const [from, to] of [...links].reverse()) if (from === i) visit(to);
    finished.unshift(i);
  };
  const targets = new Set(links.map(([, to]) => to));
  for (const i of links.flat().filter((one) => !targets.has(one)).reverse()) visit(i);
  for (const i of links.flat()) visit(i);
  return finished;
}

/** How many links lead to each at most, one after the other, from its base on; a link that closes a circle is not counted. */
function levelsOf(links: readonly Link[], base: (i: number) => number): { readonly levels: ReadonlyMap<number, number>; readonly forward: readonly Link[] } {
  const sorted = topological(links);
  const rank = new Map(sorted.map((i, place) => [i, place]));
  const forward = links.filter(([from, to]) => rank.get(from)! < rank.get(to)!);
  const levels = new Map(sorted.map((i) => [i, base(i)]));
  for (const i of sorted) for (const [from, to] of forward) if (from === i) levels.set(to, Math.max(levels.get(to)!, levels.get(i)! + 1));
  return { levels, forward };
}

function columnsOf(routes: readonly Link[]): number[][] {
  const columns: number[][] = [];
  for (const [i, level] of levelsOf(routes, () => 0).levels) (columns[level] ??= []).push(i);
  return columns;
}

/** Rows from above by the longest chain of needs; what nobody needs stands right above what it needs. */
function rowsOf(others: readonly number[], routed: ReadonlySet<number>, needs: readonly Link[]): number[][] {
  const { levels, forward } = levelsOf(needs, (i) => (routed.has(i) ? 0 : 1));
  const rows: number[][] = [];
  for (const i of others) {
    const below = forward.filter(([from]) => from === i).map(([, to]) => levels.get(to)!);
    const alone = below.length > 0 && !forward.some(([, to]) => to === i);
    (rows[alone ? Math.max(1, Math.min(...below) - 1) : (levels.get(i) ?? 1)] ??= []).push(i);
  }
  return rows.filter((row) => row !== undefined);
}

/** Everything goes where its neighbors are, swept down and up; `routed`, from left to right, stays where it is. */
function order(rows: number[][], routed: readonly number[], needs: readonly Link[]): void {
  const place = new Map<number, number>();
  const settle = (row: readonly number[]): void => row.forEach((i, rank) => place.set(i, (rank + 0.5) / row.length));
  [routed, ...rows].forEach(settle);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      const weight = new Map(row.map((i) => {
        const near = needs.flatMap(([from, to]) => (from === i ? [place.get(to)!] : to === i ? [place.get(from)!] : []));
        return [i, near.length === 0 ? place.get(i)! : near.reduce((sum, one) => sum + one, 0) / near.length];
      }));
      row.sort((a, b) => weight.get(a)! - weight.get(b)! || place.get(a)! - place.get(b)!);
      settle(row);
    }
  }
}
