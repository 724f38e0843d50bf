/**
 * The two streams: results on stdout, everything about the run (progress, warnings, errors) on stderr; and whether they have colour.
 *
 * Colour is for terminals only. `NO_COLOR` and `--no-color` take it away; `FORCE_COLOR` gives it to a pipe.
 * A reader that has gone (`hasim kinds | head`) is no error: what is still to be written is dropped.
 */
import { Exit } from './exit.js';
import { createPaint, type Paint } from '../report/index.js';

const USUAL_WIDTH = 80;
/** Lines longer than this are hard to read, and shorter ones hold no table. */
const WIDEST = 160;
const NARROWEST = 40;

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly paintOut: Paint;
  readonly paintErr: Paint;
  readonly colourOut: boolean;
  readonly colourErr: boolean;
  /** A person watches stderr. */
  readonly interactive: boolean;
  /** Columns of stdout; of what is no terminal, the usual 80. */
  readonly width: number;
}

export function openTerminal(noColor: boolean): Terminal {
  const colourOut = hasColour(process.stdout, noColor);
  const colourErr = hasColour(process.stderr, noColor);
  return {
    out: writerOf(process.stdout),
    err: writerOf(process.stderr),
    paintOut: createPaint(colourOut),
    paintErr: createPaint(colourErr),
    colourOut,
    colourErr,
    interactive: process.stderr.isTTY === true && process.env.TERM !== 'dumb',
    width: Math.min(WIDEST, Math.max(NARROWEST, process.stdout.columns ?? USUAL_WIDTH)),
  };
}

function hasColour(stream: NodeJS.WriteStream, noColor: boolean): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (noColor || (NO_COLOR !== undefined && NO_COLOR !== '')) return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return stream.isTTY === true && TERM !== 'dumb';
}

const closed = new WeakSet<NodeJS.WriteStream>();

/** Call once, before anything is written. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (closed.has(stream)) return;
      closed.add(stream);
      if (error.code === 'EPIPE') return;
      // A full disk behind `>`: what was asked for is not there, and nobody must take it for done.
      process.exitCode = Exit.user;
      process.once('exit', () => (process.exitCode = Exit.user));
      if (stream === process.stdout) process.stderr.write(`hasim: stdout cannot be written (${error.code ?? error.message})\n`);
    });
  }
}

function writerOf(stream: NodeJS.WriteStream): (text: string) => void {
  return (text) => {
    if (!closed.has(stream)) stream.write(text);
  };
}

/** One JSON document, the only thing on stdout. */
export function writeJson(terminal: Terminal, document: unknown): void {
  terminal.out(`${JSON.stringify(document, null, 2)}\n`);
}
