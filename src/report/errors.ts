/** The one error of this room: results cannot be written where the user wants them. Not a bug, so it carries no stack to the user. */
export class OutputError extends Error {
  override readonly name: string = 'OutputError';
}
