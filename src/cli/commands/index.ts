/** All commands, in the order of `hasim --help`: one line each. */
import type { Command } from '../command.js';
import { exactCommand } from './exact.js';
import { explainCommand } from './explain.js';
import { initCommand } from './init.js';
import { kindsCommand } from './kinds.js';
import { runCommand } from './run.js';
import { schemaCommand } from './schema.js';
import { validateCommand } from './validate.js';

export const commands: readonly Command[] = [runCommand, validateCommand, exactCommand, kindsCommand, explainCommand, initCommand, schemaCommand];
