/** An error that the user can mend: told in one or two lines without a stack, exit code 2. Everything else that is thrown is a bug. */
import { OutputError } from '../report/index.js';

export class UserError extends Error {
  override readonly name: string = 'UserError';
}

export function isUserError(error: unknown): error is Error {
  return error instanceof UserError || error instanceof OutputError;
}
