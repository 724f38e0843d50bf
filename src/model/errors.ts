/** Errors of the model: `InvariantError` is a bug of ours, `ModelError` a definition that cannot be built. */

/** Something that must hold did not: the run cannot be believed. */
export class InvariantError extends Error {
  constructor(message: string, readonly simulatedTime: number) {
    super(message);
    this.name = 'InvariantError';
  }
}

/** The definition contradicts itself in a way that reading the scenario did not find. */
export class ModelError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ModelError';
  }
}
