/**
 * Durations in microseconds as people write them. For texts only: it rounds what is no whole number of
 * microseconds, and nothing parses it back.
 */

const UNITS: readonly (readonly [name: string, microseconds: number])[] = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['µs', 1],
];

/**
 * All durations in one unit, the largest in which each is a whole number: 45 s beside 180 s, not 3 min.
 * Without such a unit each stands in the largest that makes it at least 1, with six digits.
 */
export function durationTexts(...durations: number[]): string[] {
  const common = durations.every((duration) => duration === 0)
    ? UNITS.find(([name]) => name === 's')
    : UNITS.find(([, size]) => durations.every((duration) => Number.isInteger(duration / size)));
  return durations.map((duration) => {
    const [name, size] = common ?? UNITS.find(([, microseconds]) => duration >= microseconds) ?? UNITS[UNITS.length - 1];
    return `${Number((duration / size).toPrecision(common === undefined ? 6 : 15))} ${name}`;
  });
}

/** One duration; see `durationTexts`. */
export function durationText(duration: number): string {
  return durationTexts(duration)[0];
}
