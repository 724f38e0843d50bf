/**
 * Colours by meaning. Whether there is colour at all is decided once, by the command line, and handed in: nothing here looks at
 * the environment, so a report is the same text everywhere but for its escape codes.
 */
import { Chalk } from 'chalk';

export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly title: (text: string) => string;
}

export function createPaint(colour: boolean): Paint {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    warn: (text) => chalk.yellow(text),
    dim: (text) => chalk.dim(text),
    strong: (text) => chalk.bold(text),
    title: (text) => chalk.bold.cyan(text),
  };
}

/** For text that goes into a file or a document. */
export const PLAIN: Paint = createPaint(false);
