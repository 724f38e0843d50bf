/**
 * Which reports a test gives, and where they go: `--reporter spec`, `--reporter junit=out.xml`, repeatable.
 *
 * One that names no file goes to stdout. Where none does, `spec` does, so that a test is never silent. Files are checked before
 * anything runs. On GitHub Actions annotations are added without being asked for.
 */
import { statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { githubText, junitText, markdownText, openFolder, PLAIN, specHead, specScenario, specTotal, testDocument } from '../../report/index.js';
import type { Paint, ResultFolder, TestReport } from '../../report/index.js';
import { UserError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import type { Terminal } from '../terminal.js';

export const FORMATS = ['spec', 'junit', 'github', 'markdown', 'json'] as const;
type Format = (typeof FORMATS)[number];
/** Whoever reads these reads nothing else beside them. */
const DOCUMENTS: readonly Format[] = ['junit', 'json'];

export type Target = { readonly file: string } | 'stdout' | 'stderr';
export interface Reporter { readonly format: Format; readonly to: Target }

/** @param inputs files that no report may take the place of */
export function readReporters(values: readonly string[], json: boolean, inputs: readonly string[], env: NodeJS.ProcessEnv = process.env): readonly Reporter[] {
  const asked = [...values.map(readReporter), ...(json ? [{ format: 'json', to: 'stdout' } as const] : [])];
  refuseClash(asked, inputs);
  const reporters = asked.some(({ to }) => to === 'stdout') ? asked : [{ format: 'spec', to: 'stdout' } as const, ...asked];
  if (env.GITHUB_ACTIONS !== 'true' || asked.some(({ format }) => format === 'github')) return reporters;
  // The runner reads commands from both streams.
  return [...reporters, { format: 'github', to: hasDocument(reporters) ? 'stderr' : 'stdout' }];
}

/** Stdout is one document. */
export function hasDocument(reporters: readonly Reporter[]): boolean {
  return reporters.some(({ format, to }) => to === 'stdout' && DOCUMENTS.includes(format));
}

function readReporter(value: string): Reporter {
  const [, name = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(value) ?? [];
  const format = FORMATS.find((one) => one === name);
  if (format === undefined) throw new UserError(`unknown reporter "${name}"${didYouMean(name, FORMATS)}\nreporters: ${FORMATS.join(', ')}; each may name a file: --reporter junit=out.xml`);
  if (file === '') throw new UserError(`--reporter ${name}= names no file`);
  return { format, to: file === undefined ? 'stdout' : { file } };
}

function refuseClash(reporters: readonly Reporter[], inputs: readonly string[]): void {
  const shown = reporters.filter(({ to }) => to === 'stdout').map(({ format }) => format);
  const document = shown.find((format) => DOCUMENTS.includes(format));
  if (document !== undefined && shown.length > 1) {
    throw new UserError(`${document} on stdout must stand alone: give ${shown.filter((one) => one !== document)[0] ?? document} or ${document} a file, --reporter ${document}=FILE`);
  }
  const files = reporters.flatMap(({ to }) => (typeof to === 'object' ? [to.file] : []));
  const twice = files.find((file, at) => files.findIndex((other) => resolve(other) === resolve(file)) < at);
  if (twice !== undefined) throw new UserError(`two reports would go to ${twice}`);
  const input = files.find((file) => inputs.some((one) => resolve(one) === resolve(file)));
  if (input !== undefined) throw new UserError(`${input} is a scenario; the report would take its place`);
}

/** All that the reports of one test need. */
export class Reporting {
  readonly #reporters: readonly Reporter[];
  readonly #folders = new Map<string, ResultFolder>();

  /** Throws when a file cannot be written. */
  constructor(reporters: readonly Reporter[]) {
    this.#reporters = reporters;
    for (const { to } of reporters) {
      if (typeof to !== 'object') continue;
      // A pipe or a device would be replaced by a file of its name.
      if (statSync(to.file, { throwIfNoEntry: false })?.isFile() === false) throw new UserError(`the report cannot go to ${to.file}: it is no file`);
      this.#folders.set(to.file, openFolder(dirname(to.file), [basename(to.file)]));
    }
  }

  /** `spec` is shown while the test goes on. */
  get streams(): boolean {
    return this.#reporters.some(({ format, to }) => format === 'spec' && to === 'stdout');
  }

  /** All but what was streamed. */
  write(report: TestReport, terminal: Terminal): void {
    for (const { format, to } of this.#reporters) {
      if (format === 'spec' && to === 'stdout') continue;
      const text = TEXTS[format](report, PLAIN);
      if (typeof to === 'object') this.#folders.get(to.file)!.write([{ name: basename(to.file), chunks: [text] }], []);
      else if (to === 'stdout') terminal.out(text);
      else terminal.err(text);
    }
  }
}

const TEXTS: Readonly<Record<Format, (report: TestReport, paint: Paint) => string>> = {
  spec: (report, paint) => [specHead(report.version, report.scenarios.length, paint), ...report.scenarios.map((one) => specScenario(one, paint)), specTotal(report, paint)].join(''),
  junit: junitText,
  github: (report) => githubText(report, repositoryPath),
  markdown: markdownText,
  json: (report) => `${JSON.stringify(testDocument(report), null, 2)}\n`,
};

/** Annotations count from the root of the repository, paths of ours from the working directory. */
function repositoryPath(file: string): string {
  const root = process.env.GITHUB_WORKSPACE;
  if (root === undefined || root === '') return file;
  const inside = relative(root, resolve(file));
  return inside.startsWith('..') ? file : inside.split(sep).join('/');
}
