/**
 * What is varied, and the variants that come of it: all combinations, the last dimension changing fastest, or a sample of them.
 *
 * A value is a text as a user would write it. Not here: what it means, and where it goes.
 */
import { Streams } from '../../kernel/index.js';

/** The values of one dimension. */
export type Levels =
  /** So many, each by its place from 0. */
  | { readonly count: number; readonly at: (place: number) => string }
  /** A continuum, by the share in [0, 1) of it that lies below. It can only be sampled. */
  | { readonly count: null; readonly at: (share: number) => string };

export interface Dimension {
  /** The path that is varied, or what else tells the values apart: the name of a column. */
  readonly name: string;
  readonly levels: Levels;
}

export interface Variant {
  /** From 1. */
  readonly number: number;
  /** In the order of the dimensions. */
  readonly values: readonly string[];
}

/** How many there are in the grid; null: a dimension is a continuum. */
export function gridSize(dimensions: readonly Dimension[]): number | null {
  return dimensions.reduce<number | null>((size, { levels }) => (size === null || levels.count === null ? null : size * levels.count), 1);
}

/** All combinations of dimensions that can be counted. */
export function gridOf(dimensions: readonly Dimension[]): Variant[] {
  const rows = dimensions.reduce<(readonly string[])[]>((above, { name, levels }) => {
    if (levels.count === null) throw new Error(`${name} cannot be counted`);
    const values = Array.from({ length: levels.count }, (_, place) => levels.at(place));
    return above.flatMap((row) => values.map((value) => [...row, value]));
  }, [[]]);
  return numbered(rows);
}

/**
 * A Latin hypercube: each dimension is cut into `count` layers of equal share, and each layer is used once. Every dimension has
 * draws of its own, keyed by the seed and its name. Combinations that fall together are there once.
 */
export function sampleOf(dimensions: readonly Dimension[], count: number, seed: number | string): Variant[] {
  const streams = new Streams(seed, 0);
  const columns = dimensions.map(({ name, levels }) => {
    const draws = streams.keyed('sweep', name);
    const layers = Array.from({ length: count }, (_, layer) => ({ layer, rank: draws.uniform(layer, 0) })).sort((a, b) => a.rank - b.rank || a.layer - b.layer);
    return layers.map(({ layer }) => {
      const share = (layer + draws.uniform(layer, 1)) / count;
      return levels.at(levels.count === null ? share : Math.min(levels.count - 1, Math.floor(share * levels.count)));
    });
  });
  const rows = Array.from({ length: count }, (_, row) => columns.map((column) => column[row]));
  const seen = new Set<string>();
  return numbered(rows.filter((row) => !seen.has(JSON.stringify(row)) && seen.add(JSON.stringify(row))));
}

function numbered(rows: readonly (readonly string[])[]): Variant[] {
  return rows.map((values, index) => ({ number: index + 1, values }));
}
