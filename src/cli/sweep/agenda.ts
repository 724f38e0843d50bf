/**
 * Which variant is run next: one after the other, or, in a search, where the answers so far send it.
 *
 * What is taken does not depend on who asks or when: a search asks for nothing that the verdicts so far do not ask for.
 */
import { mostLooks, nextVariant } from '../../experiment/index.js';
import type { Question, Truth } from '../../experiment/index.js';

export interface Agenda {
  /** The number of a variant that nobody else gets; `later`: others must bring theirs first; null: nothing is left. */
  take(): number | 'later' | null;
  /** The verdict on a variant that has been run, now or in an earlier call. */
  put(number: number, verdict: Truth): void;
  /** When the next verdict is there. */
  change(): Promise<void>;
  /** Variants that are still to be run, at most. */
  readonly left: number;
}

abstract class Waiting {
  #waiting: (() => void)[] = [];

  change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  protected wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Each of them once. */
export class ListAgenda extends Waiting implements Agenda {
  readonly #todo: Set<number>;
  readonly #known = new Set<number>();

  constructor(numbers: readonly number[]) {
    super();
    this.#todo = new Set(numbers);
  }

  take(): number | null {
    for (const number of this.#todo) {
      this.#todo.delete(number);
      if (!this.#known.has(number)) return number;
    }
    return null;
  }

  put(number: number): void {
    this.#known.add(number);
    this.#todo.delete(number);
    this.wake();
  }

  get left(): number {
    return this.#todo.size;
  }
}

/** Only those that the answers need. */
export class SearchAgenda extends Waiting implements Agenda {
  readonly #questions: readonly Question[];
  readonly #verdicts = new Map<number, Truth>();
  readonly #taken = new Set<number>();

  constructor(questions: readonly Question[]) {
    super();
    this.#questions = questions;
  }

  take(): number | 'later' | null {
    const wanted = this.#questions.map((question) => nextVariant(question, this.#verdicts)).filter((number) => number !== null);
    const free = wanted.find((number) => !this.#taken.has(number));
    if (free === undefined) return wanted.length === 0 ? null : 'later';
    this.#taken.add(free);
    return free;
  }

  put(number: number, verdict: Truth): void {
    this.#verdicts.set(number, verdict);
    this.wake();
  }

  get left(): number {
    const open = this.#questions.filter((question) => nextVariant(question, this.#verdicts) !== null);
    return open.reduce((sum, { numbers }) => {
      const looked = numbers.filter((number) => this.#verdicts.has(number)).length;
      return sum + Math.max(1, Math.min(numbers.length, mostLooks(numbers.length)) - looked);
    }, 0);
  }
}
