import { expect } from 'chai';
import { Bundle } from '../../../src/experiment/measures/bundle.js';
import { CauseMeasure } from '../../../src/experiment/measures/causes.js';
import { ComponentMeasure } from '../../../src/experiment/measures/components.js';
import { DigestMeasure } from '../../../src/experiment/measures/digest.js';
import { ENTRY_NAMES } from '../../../src/experiment/measures/entries.js';
import { FaultMeasure } from '../../../src/experiment/measures/faults.js';
import { FlowMeasure } from '../../../src/experiment/measures/flows.js';
import { TimelineMeasure } from '../../../src/experiment/measures/timeline.js';
import type { LedgerReader } from '../../../src/model/index.js';
import { FakeEngine, S, Script, World, runOf } from '../kit.js';

type Call = (...values: readonly unknown[]) => void;

describe('experiment/measures/bundle', () => {
  for (const entry of ENTRY_NAMES) {
    it(`hands ${entry} on to each measure that reads it, once and whole`, () => {
      const map = new World();
      const run = runOf(0, 10 * S);
      const measures = {
        digest: new DigestMeasure(map), flows: new FlowMeasure(map, run, 1), faults: new FaultMeasure(map, run, 1),
        components: new ComponentMeasure(map, run, 1), causes: new CauseMeasure(map, run), timeline: new TimelineMeasure(map, run),
      };
      const heard: string[] = [];
      const wanted: string[] = [];
      for (const [name, measure] of Object.entries(measures)) {
        const { length } = ((measure as LedgerReader)[entry] as Call | undefined) ?? [];
        if ((measure as LedgerReader)[entry] === undefined) continue;
        wanted.push(`${name}: ${Array.from({ length }, (_, i) => `argument ${String(i)}`).join()}`);
        Object.assign(measure, { [entry]: (...values: readonly unknown[]) => { heard.push(`${name}: ${values.slice(0, length).join()}`); } });
      }
      const engine = new FakeEngine(new Script(map, 10 * S));
      new Bundle(measures).listenTo(engine);
      for (const reader of engine.readers) (reader[entry] as Call | undefined)?.call(reader, ...Array.from({ length: 9 }, (_, i) => `argument ${String(i)}`));
      expect(heard.sort()).to.deep.equal(wanted.sort());
    });
  }

  it('does without a timeline', () => {
    const map = new World();
    const run = runOf(0, 10 * S);
    map.flow('orders');
    const script = new Script(map, 10 * S).message({ n: 0, offered: S, accepted: 2 * S, delivered: 3 * S });
    const engine = new FakeEngine(script);
    const flows = new FlowMeasure(map, run, 1);
    new Bundle({
      digest: new DigestMeasure(map), flows, faults: new FaultMeasure(map, run, 1), components: new ComponentMeasure(map, run, 1),
      causes: new CauseMeasure(map, run), timeline: null,
    }).listenTo(engine);
    engine.run();
    expect(flows.rows()[0]).to.include({ offered: 1, accepted: 1, delivered: 1 });
  });
});
