/**
 * `hasim graph <file>`: the topology of a scenario as a picture on stdout: boxes, needs, ways of messages; with `--fault`, what one fault
 * does to it.
 */
import type { Command } from '../command.js';
import { COMMON_OPTIONS, file, flag, seed, text, texts } from '../arguments.js';
import { UserError } from '../errors.js';
import { Exit } from '../exit.js';
import { sourceOf, textsOf } from '../source.js';
import { didYouMean } from '../suggest.js';

const FORMATS = ['mermaid', 'dot', 'svg'] as const;
type Format = (typeof FORMATS)[number];

export const graphCommand: Command = {
  name: 'graph',
  usage: 'graph <file>',
  summary: 'draw the topology of a scenario: Mermaid, DOT or SVG',
  options: {
    format: { type: 'string', requiresArg: true, describe: 'mermaid (default), dot for Graphviz, or svg for a browser' },
    fault: { type: 'string', requiresArg: true, describe: 'colour what a fault brings down: the id of one, or kind:target, such as crash:sql1' },
    set: COMMON_OPTIONS.set, seed: { ...COMMON_OPTIONS.seed, describe: 'seed of the run with the fault' }, quiet: COMMON_OPTIONS.quiet,
  },
  examples: [
    ['hasim graph my.yaml --format svg > my.svg', 'open it in a browser'],
    ['hasim graph my.yaml --format svg --fault crash:sql1 > sql1.svg', 'what goes down with sql1'],
    ['hasim graph my.yaml > my.mmd', 'Mermaid, for a README'],
  ],
  epilogue: 'The fault comes alone, in one replication: at its instant, or in the middle of the run if it has none.',
  positionals: (yargs) => yargs.positional('file', { type: 'string', demandOption: true, describe: 'scenario file, or - for stdin' }),
  async run(args, terminal) {
    const format = formatOf(text(args, 'format') ?? 'mermaid');
    const [wantedFault, wantedSeed] = [text(args, 'fault'), seed(args)];
    const [{ readScenario, formatDiagnostics, formatWarnings }, { catalogue }, { buildEngine, ModelError }, report] = await Promise.all([
      import('../../scenario/index.js'), import('../../kinds/index.js'), import('../../model/index.js'), import('../../report/index.js'),
    ]);
    const source = sourceOf(file(args, 'file'));
    const options = { set: texts(args, 'set'), ...(wantedSeed === undefined ? {} : { seed: wantedSeed }) };
    const { scenario, diagnostics } = readScenario(source, options, catalogue);
    if (scenario === null) {
      terminal.err(formatDiagnostics(diagnostics, { color: terminal.colourErr, texts: textsOf([source]) }));
      return Exit.user;
    }
    if (!flag(args, 'quiet')) terminal.err(formatWarnings(diagnostics, { color: terminal.colourErr }));
    const { definition } = scenario;
    try {
      const { outline } = buildEngine(definition, catalogue, { replication: 1 });
      const { faultOf, effectOf } = await import('../graph/fault.js');
      const effect = wantedFault === undefined ? null : await effectOf(faultOf(wantedFault, scenario, source, options), definition);
      const picture = report.pictureOf(definition.name, outline, effect);
      terminal.out({ mermaid: report.mermaid, dot: report.dot, svg: report.svg }[format](picture));
      return Exit.done;
    } catch (error) {
      if (error instanceof ModelError) throw new UserError(error.message);
      throw error;
    }
  },
};

function formatOf(word: string): Format {
  const format = FORMATS.find((one) => one === word);
  if (format === undefined) throw new UserError(`--format ${word}: there is no such format${didYouMean(word, FORMATS)}\nformats: ${FORMATS.join(', ')}`);
  return format;
}
