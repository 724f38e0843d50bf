/**
 * A sweep from its variants to its report: read all, run what is not finished, keep each variant when it is, put all together when none
 * is missing.
 */
import { recordOf } from '../../experiment/index.js';
import type { ExperimentResult, VariantRecord } from '../../experiment/index.js';
import { openFolder, plural, quietSweepText, SWEEP_FILES, sweepDocument, sweepFiles, sweepText } from '../../report/index.js';
import type { ResultFolder, SweepReport, VariantLine, Written } from '../../report/index.js';
import { UserError } from '../errors.js';
import { Exit, gravest } from '../exit.js';
import { folderPaths } from '../run/destination.js';
import { onInterrupt } from '../run/interrupt.js';
import { openTask } from '../run/progress.js';
import type { Jobs } from '../run/session.js';
import { shellQuoted } from '../reproduce.js';
import type { ScenarioSource } from '../source.js';
import { writeJson } from '../terminal.js';
import type { Terminal } from '../terminal.js';
import { ListAgenda, SearchAgenda } from './agenda.js';
import type { Agenda } from './agenda.js';
import { tellFailure } from './failure.js';
import { Lanes } from './lanes.js';
import type { LanesOutcome } from './lanes.js';
import { PartGone, Parts } from './parts.js';
import { lineOf, questions, reproduce, sweepReport } from './report.js';
import type { SweepRequest } from './request.js';
import { readVariants } from './variants.js';
import type { ReadSweep, ReadVariant } from './variants.js';

export interface SweepOptions {
  /** As the user named it; `-` is stdin. */
  readonly file: string;
  readonly source: ScenarioSource;
  readonly request: SweepRequest;
  readonly out: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly jobs: Jobs;
}

export async function runSweep(options: SweepOptions, terminal: Terminal): Promise<Exit> {
  const { request, source, file, json, quiet } = options;
  const { sweep, document } = await readVariants(source, request, terminal, quiet);
  if (sweep === null) {
    if (json) writeJson(terminal, { exit_code: Exit.user, ...document });
    return Exit.user;
  }
  refuseWithoutConditions(sweep, request);
  const [out] = options.out === undefined ? folderPaths([{ name: `${sweep.name}-sweep`, file }], undefined) : [options.out];
  const folder = openFolder(out, SWEEP_FILES);
  const parts = new Parts(out, sweep, request);
  try {
    return await new Sweep(options, sweep, folder, parts, terminal).run();
  } finally {
    parts.abandon();
    folder.abandon();
  }
}

function refuseWithoutConditions({ variants }: ReadSweep, { find }: SweepRequest): void {
  if (find === null || find.conditions.length > 0 || variants.every(({ plan }) => plan.expectations.length > 0)) return;
  throw new UserError(`--find "${find.text}" names no conditions, and the scenario has no expectations\n  help: add: where orders.lost == 0 and …`);
}

class Sweep {
  readonly #lines = new Map<number, VariantLine>();
  readonly #started = performance.now();
  #threads = 0;

  constructor(
    private readonly options: SweepOptions, private readonly sweep: ReadSweep, private readonly folder: ResultFolder, private readonly parts: Parts,
    private readonly terminal: Terminal,
  ) {}

  async run(): Promise<Exit> {
    const { parts, options } = this;
    const agenda = this.#agenda();
    this.#refuseParts();
    parts.open();
    parts.readAll((record) => this.#keep(record, agenda));
    const before = this.#lines.size;
    const outcome = await this.#simulate(agenda);
    if (outcome.type === 'failure') return tellFailure(outcome.failed, { ...options, goOn: this.#goOn(before) }, this.terminal);
    if (outcome.type === 'stopped') return this.#tellStopped(before);
    // Others may have finished meanwhile what this shard did not run.
    if (!this.#isWhole(agenda)) parts.readAll((record) => this.#keep(record, agenda));
    return this.#report(this.#isWhole(agenda));
  }

  #agenda(): Agenda {
    const { request } = this.options;
    const { variants } = this.sweep;
    if (request.find?.among !== undefined) return new SearchAgenda(questions(this.sweep, request));
    const { part, of } = request.shard ?? { part: 1, of: 1 };
    return new ListAgenda(variants.map(({ number }) => number).filter((number) => (number - 1) % of === part - 1));
  }

  /** Hours of work are neither thrown away nor taken up without being asked for. */
  #refuseParts(): void {
    const { resume, shard } = this.options.request;
    const count = this.parts.numbers().length;
    if (resume && count === 0) {
      throw new UserError(`nothing to resume: there are no parts of a sweep in ${this.parts.path}${this.folder.holdsResults ? '; the sweep there is complete' : ''}`);
    }
    if (!resume && shard === null && count > 0) {
      throw new UserError(`${this.parts.path} holds ${plural(count, 'finished variant')} of a sweep that was not completed\n  help: --resume goes on with it; to begin anew remove ${this.parts.path}, or name another folder with --out`);
    }
  }

  #keep(record: VariantRecord, agenda: Agenda): void {
    const line = lineOf(record, this.sweep, this.options.request);
    this.#lines.set(record.number, line);
    agenda.put(record.number, line.verdict ?? 'met');
  }

  async #simulate(agenda: Agenda): Promise<LanesOutcome> {
    const { jobs, quiet } = this.options;
    const { worker, variants, name } = this.sweep;
    const todo = agenda.left;
    if (todo === 0) return { type: 'done' };
    const conditions = worker.overrides.conditions?.length ?? 0;
    const lanes = new Lanes(worker, variants, jobs, todo);
    const forget = onInterrupt(() => lanes.stop());
    const search = agenda instanceof SearchAgenda;
    const progress = openTask({ name, counted: (done) => `${done} of ${search ? 'at most ' : ''}${plural(todo, 'variant')}`, mayEndEarly: search }, this.terminal, quiet);
    try {
      return await lanes.run(agenda, {
        onResult: (variant: ReadVariant, result: ExperimentResult) => {
          const { number, values, hash } = variant;
          const record = recordOf({ number, values }, hash, result, conditions);
          this.parts.write(record);
          this.#keep(record, agenda);
        },
        onProgress: (done, underWay) => progress.update({ done, share: Math.min(1, (done + underWay) / Math.max(todo, done + underWay, done + agenda.left)) }),
      });
    } finally {
      progress.stop();
      this.#threads = lanes.threads;
      forget();
      await lanes.close();
    }
  }

  /** Nothing is missing for the tables. */
  #isWhole(agenda: Agenda): boolean {
    return agenda instanceof SearchAgenda ? agenda.left === 0 : this.#lines.size === this.sweep.variants.length;
  }

  /** The line that says where what is finished stays, or nothing if there is none. */
  #goOn(before: number): string {
    const { file, request, out } = this.options;
    if (this.#lines.size === 0) return '';
    const fresh = this.#lines.size - before;
    const seed = request.seed ?? null;
    const shard = request.shard === null ? '' : ` --shard ${String(request.shard.part)}/${String(request.shard.of)}`;
    const where = out === undefined ? '' : ` --out ${shellQuoted(out)}`;
    return `${plural(this.#lines.size, 'finished variant')} (${String(fresh)} of this call) in ${this.parts.path}; go on: ${reproduce(request, file, seed)}${shard}${where} --resume\n`;
  }

  #tellStopped(before: number): Exit {
    const { json } = this.options;
    const goOn = this.#goOn(before);
    this.terminal.err(goOn === '' ? 'interrupted: no variant was complete\n' : `interrupted: ${goOn}`);
    if (json) writeJson(this.terminal, { exit_code: Exit.interrupted, complete: false, finished: this.#lines.size, variants: this.sweep.variants.length, parts: this.parts.path });
    return Exit.interrupted;
  }

  #report(whole: boolean): Exit {
    const { options, terminal, folder, parts, sweep } = this;
    const { request, json, quiet, file } = options;
    const lines = [...this.#lines.values()].sort((a, b) => a.number - b.number);
    const effort = { seconds: (performance.now() - this.#started) / 1000, jobs: Math.max(1, this.#threads) };
    const full = sweepReport(sweep, request, lines, file, effort);
    const report: SweepReport = whole ? full : { ...full, find: null };
    const written = whole ? this.#write(report, lines) : null;
    const exit = exitOf(report);
    const left = sweep.variants.length - lines.length;
    // Another shard may have been quicker with the last step.
    const merged = written === null && parts.numbers().length === 0;
    const imprecise = lines.filter(({ precise }) => precise === false).length;
    const notes = imprecise === 0 ? [] : [`the precision asked for was not reached in ${plural(imprecise, 'variant')}`];
    if (written === null) notes.push(merged ? `another shard has put all variants together in ${folder.path}`
      : `${plural(lines.length, 'variant')} kept in ${parts.path}, ${String(left)} to come from other shards; the last of them puts all together`);
    if (json) writeJson(terminal, { ...sweepDocument(report), exit_code: exit, out: folder.path, files: written?.files ?? [] });
    else if (quiet) terminal.out(quietSweepText(report, terminal.width, terminal.paintOut));
    else terminal.out(sweepText(report, { asked: request.show.length > 0, width: terminal.width, written, notes }, terminal.paintOut));
    return exit;
  }

  /** Null: another shard has done it. */
  #write(report: SweepReport, lines: readonly VariantLine[]): Written | null {
    const { folder, parts } = this;
    const files = sweepFiles(report, readEach(parts, lines));
    try {
      folder.write(files, []);
    } catch (error) {
      if (error instanceof PartGone) return null;
      throw error;
    }
    parts.remove();
    return { out: folder.path, files: files.map(({ name }) => name) };
  }
}

function* readEach(parts: Parts, lines: readonly VariantLine[]): Generator<VariantRecord> {
  for (const { number } of lines) yield parts.read(number);
}

/** What the answers are, and whether the figures are as precise as was asked; expectations are shown and decide nothing. */
function exitOf({ find, lines }: SweepReport): Exit {
  const answers = (find?.answers ?? []).map(({ answer }) => ({ found: Exit.done, none: Exit.missed, undecided: Exit.undecided })[answer.outcome]);
  return gravest(lines.some(({ precise }) => precise === false) ? [...answers, Exit.undecided] : answers);
}

