/**
 * A rehearsal before a long run: the scenario once with few messages, thrown away.
 *
 * V8 compiles a function for what it has seen of it, and again whenever something else comes: the first fault, the end of the warm-up,
 * an instant beyond 2^31 µs. After a rehearsal it has seen most of it before it compiles anything (decision 100). No result depends on
 * what is rehearsed, nor on how far it comes: real time ends it.
 */
import { runReplication } from '../../experiment/index.js';
import type { Engine, EngineFactory, Expectation } from '../../experiment/index.js';
import { thinned } from '../../model/index.js';
import type { KindDeclaration, ModelDefinition } from '../../model/index.js';
import { responsiveEngine } from './responsive.js';

/** About so many messages of each flow: enough to go every usual way, too few to be worth compiling for. */
const MESSAGES = 150;
/** Real time after which it ends, ms. */
const LONGEST = 250;

/** V8 forgets the shapes of objects when the last of them is gone, so the model of the rehearsal stays. */
const kept: Engine[] = [];

export function rehearse(definition: ModelDefinition, catalogue: readonly KindDeclaration[], expectations: readonly Expectation[]): void {
  const until = performance.now() + LONGEST;
  try {
    const factory: EngineFactory = (...built) => {
      const engine = responsiveEngine(...built);
      kept.push(engine);
      return engine;
    };
    runReplication(thinned(definition, catalogue, MESSAGES), catalogue, factory, expectations, 1, { onProgress: () => performance.now() < until });
  } catch {
    // What is wrong here is wrong in the run, too, which says so.
  }
}
