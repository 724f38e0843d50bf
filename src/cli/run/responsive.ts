/**
 * An engine that looks up often enough to be stopped: it advances in slices of simulated time that take about a twentieth of a
 * second of real time. How it is sliced changes nothing in what it simulates.
 *
 * This is the only place where real time has a say in how a simulation proceeds, and the reason why it stands here.
 */
import type { Engine as MeasuredEngine, EngineFactory } from '../../experiment/index.js';
import { buildEngine } from '../../model/index.js';

/** Wanted real time between two looks, ms. */
const WANTED = 50;
/** Share of the run that the first slice takes. */
const FIRST = 1 / 10_000;

export const responsiveEngine: EngineFactory = (definition, catalogue, options): MeasuredEngine => {
  const engine = buildEngine(definition, catalogue, options);
  const end = definition.run.horizon + definition.run.drain;
  return {
    map: engine.map,
    read: (reader) => engine.read(reader),
    get events() { return engine.events; },
    get now() { return engine.now; },
    run: (onProgress = () => true, pauses = { at: [], look: () => undefined }) => {
      let slice = end * FIRST;
      let next = 0;
      for (let until = 0; until < end;) {
        until = Math.min(end, Math.ceil(until + slice), pauses.at[next] ?? end);
        const started = performance.now();
        engine.advance(until);
        for (; pauses.at[next] === until; next++) pauses.look(until);
        if (!onProgress(until)) return;
        // At most doubled, for the next slice may be dearer; at least a microsecond, the unit of the clock.
        const factor = WANTED / Math.max(performance.now() - started, 0.1);
        slice = Math.max(1, slice * Math.min(2, factor));
      }
      engine.finish();
    },
  };
};
