/** All scenarios of one call of `run`: read, checked, simulated one after the other, reported. */
import { Exit, gravest } from '../exit.js';
import { writeJson } from '../terminal.js';
import type { Terminal } from '../terminal.js';
import type { ResultFolder } from '../../report/index.js';
import { aboutRun } from './facts.js';
import { folderPaths, openFolders } from './destination.js';
import { onInterrupt } from './interrupt.js';
import type { ReadScenario } from './messages.js';
import { runOne } from './one.js';
import type { RunOptions } from './options.js';
import { Session } from './session.js';

export async function runScenarios(options: RunOptions, terminal: Terminal): Promise<Exit> {
  const session = new Session(options.request, options.jobs);
  try {
    const read = await session.read();
    options.onRead?.(read.flatMap(({ files }) => files));
    const facts = read.map((scenario) => scenario.facts).filter((one) => one !== null);
    tellDiagnostics(read, facts.length < read.length, options, terminal);
    if (facts.length < read.length) {
      if (options.json) writeJson(terminal, { exit_code: Exit.user, valid: false, diagnostics: read.flatMap((one) => one.diagnosticsJson) });
      return Exit.user;
    }
    const paths = folderPaths(facts.map(({ name }, i) => ({ name, file: options.files[i] })), options.out);
    return await simulate(session, read, openFolders(paths), options, terminal);
  } finally {
    await session.close();
  }
}

/** Errors always, warnings unless the user wants quiet. */
function tellDiagnostics(read: readonly ReadScenario[], anyErrors: boolean, { quiet }: RunOptions, terminal: Terminal): void {
  for (const { diagnosticsText, facts } of read) {
    const wanted = anyErrors ? facts === null || !quiet : !quiet;
    if (wanted && diagnosticsText !== '') terminal.err(diagnosticsText.endsWith('\n') ? diagnosticsText : `${diagnosticsText}\n`);
  }
}

async function simulate(
  session: Session, read: readonly ReadScenario[], folders: readonly ResultFolder[], options: RunOptions, terminal: Terminal,
): Promise<Exit> {
  const codes: Exit[] = [];
  const documents: object[] = [];
  const forget = onInterrupt(() => session.stop());
  try {
    for (const [index, { facts, plan }] of read.entries()) {
      if (facts === null || plan === null) continue;
      const about = aboutRun(options.files[index], facts, options.request);
      const { exit, document } = await runOne({ session, index, facts, plan, about, folder: folders[index], options, terminal });
      codes.push(exit);
      if (document !== null) documents.push(document);
      // After a bug, an interrupt or a full disk the others would not fare better.
      if (exit === Exit.interrupted || exit === Exit.bug || exit === Exit.user) break;
    }
  } finally {
    forget();
    for (const folder of folders) folder.abandon();
  }
  if (options.json) writeJson(terminal, read.length === 1 ? (documents[0] ?? { exit_code: gravest(codes) }) : documents);
  return gravest(codes);
}
