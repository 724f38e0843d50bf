/** All commands, in the order of `hasim --help`: one line each. */
import type { Command } from '../command.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion.js';
import { exactCommand } from './exact.js';
import { explainCommand } from './explain.js';
import { graphCommand } from './graph.js';
import { impactCommand } from './impact.js';
import { initCommand } from './init.js';
import { kindsCommand } from './kinds.js';
import { runCommand } from './run.js';
import { schemaCommand } from './schema.js';
import { sweepCommand } from './sweep.js';
import { testCommand } from './test.js';
import { validateCommand } from './validate.js';

const named: readonly Command[] = [runCommand, testCommand, validateCommand, exactCommand, impactCommand, sweepCommand, compareCommand, graphCommand, kindsCommand, explainCommand, initCommand, schemaCommand];

export const commands: readonly Command[] = [...named, completionCommand(named)];
