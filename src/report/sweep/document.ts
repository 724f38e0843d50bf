/** A sweep as one JSON document, without the clock on the wall: equal sweeps give equal documents. All figures stand in `sweep.csv`. */
import type { SweepReport, VariantLine } from './about.js';

export function sweepDocument({ about, figures, lines, digest, find }: SweepReport): object {
  const named = (values: readonly string[]): object => Object.fromEntries(about.dimensions.map(({ name }, place) => [name, values[place]]));
  return {
    version: about.version,
    rng: about.rng,
    name: about.name,
    seed: about.seed,
    scenario_file: about.file,
    scenario_files: about.files,
    sweep_hash: about.hash,
    varied: about.dimensions.map(({ name, values }) => ({ path: name, values })),
    options: { set: about.set, sample: about.sample, alternatives: about.alternatives, replications: about.replications, horizon_s: about.horizonSeconds },
    complete: find?.search === true || lines.length === about.total,
    digest,
    reproduce: about.reproduce,
    find: find === null ? null : {
      question: find.text, path: find.path, direction: find.direction, search: find.search,
      answers: find.answers.map(({ question, answer }) => {
        const valueAt = (place: number): string | null => lineOf(lines, question.numbers[place])?.values[about.dimensions.findIndex(({ name }) => name === find.path)] ?? null;
        return {
          others: Object.fromEntries(about.dimensions.filter(({ name }) => name !== find.path).map(({ name }, place) => [name, question.others[place]])),
          outcome: answer.outcome, value: answer.place === null ? null : valueAt(answer.place),
          undecided: answer.undecided.map(valueAt), contrary: answer.contrary.map(valueAt),
        };
      }),
    },
    variants: lines.map((line) => ({
      variant: line.number, values: named(line.values), seed: line.seed, scenario_hash: line.hash, replications: line.replications, digest: line.digest,
      ...(line.precise === null ? {} : { precision_reached: line.precise }),
      figures: figures.map(({ text, unit }, place) => {
        const { value, low, high, open } = line.figures[place];
        return { figure: text, unit, value, ci95_low: low, ci95_high: high, open };
      }),
      expectations: line.expectations.map(({ text, verdict, value, reason }) => ({ expectation: text, verdict, value, reason })),
      ...(line.verdict === null ? {} : { verdict: line.verdict, judged: line.judged.map(({ text, verdict, value, ci95Low, ci95High, reason }) => ({ expectation: text, verdict, value, ci95_low: ci95Low, ci95_high: ci95High, reason })) }),
    })),
  };
}

export function lineOf(lines: readonly VariantLine[], number: number): VariantLine | undefined {
  return lines.find((line) => line.number === number);
}
