/** How one of several is chosen: in turn by message and attempt, at random, or always the same for the same client. */
export const SPREADS = ['in-turn', 'random', 'client'] as const;
export type Spread = (typeof SPREADS)[number];
