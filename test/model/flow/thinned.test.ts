/** A definition with fewer messages: about as many as were asked for, of every form of arrivals, over the same time. */
import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogue } from '../../../src/kinds/index.js';
import { buildEngine, thinned } from '../../../src/model/index.js';
import type { ModelDefinition } from '../../../src/model/index.js';
import { read, scenario, withSql } from '../support.js';

const WANTED = 100;

const arriving = (arrivals: string): ModelDefinition =>
  read(scenario({ topology: '  erp: { kind: application, work: 1s }', flows: `  orders: { arrivals: ${arrivals}, route: [erp] }`, run: '{ horizon: 1h }' })).definition;

/** Seconds. */
function offersOf(definition: ModelDefinition): number[] {
  const engine = buildEngine(definition, catalogue, { replication: 1 });
  const times: number[] = [];
  engine.read({ offered: (time) => times.push(time / 1e6) });
  engine.run();
  return times;
}

const thinTo = (definition: ModelDefinition): ModelDefinition => thinned(definition, catalogue, WANTED);

describe('a thinned definition', () => {
  for (const arrivals of ['{ poisson: 50/s }', '{ every: 20ms }', '{ batch: { every: 1s, size: 40 } }', '{ batch: { every: 10m, size: 4000 } }',
    '{ profile: [{ for: 10m, poisson: 20/s }, { for: 20m, every: 50ms }], repeat: true }']) {
    it(`${arrivals}: about as many messages, from the beginning to the end`, () => {
      const times = offersOf(thinTo(arriving(arrivals)));
      // Four standard deviations of a Poisson number.
      expect(times.length).to.be.closeTo(WANTED, 4 * Math.sqrt(WANTED));
      expect(Math.min(...times)).to.be.lessThan(15 * 60);
      expect(Math.max(...times)).to.be.greaterThan(45 * 60);
    });
  }

  it('limited arrivals: the first ones', () => {
    expect(offersOf(thinTo(arriving('{ every: 1s, limit: 3 }')))).to.deep.equal([1, 2, 3]);
    expect(offersOf(thinTo(arriving('{ every: 1s, limit: 1000 }')))).to.have.length(WANTED);
  });

  it('few messages stay as they are, and so does everything else', () => {
    const few = arriving('{ every: 1m }');
    expect(thinTo(few)).to.deep.equal(few);
    const many = arriving('{ poisson: 50/s }');
    const { flows: [flow], ...rest } = thinTo(many);
    const { flows: [original], ...others } = many;
    expect(rest).to.deep.equal(others);
    expect({ ...flow, arrivals: null }).to.deep.equal({ ...original, arrivals: null });
  });

  it('messages at time 0: at most as many in one place', () => {
    const text = withSql({ run: '{ horizon: 10m }', flows: '  orders: { arrivals: { every: 100s }, route: [http-in, fulfil, erp-port] }' });
    const atBegin = (initial: number, suspended: number): number => {
      const { definition } = read(text, { set: [`topology.process.initial=${String(initial)}`, `topology.erp-port.initial-suspended=${String(suspended)}`] });
      return offersOf(thinTo(definition)).filter((time) => time === 0).length;
    };
    expect(atBegin(5000, 3000)).to.equal(2 * WANTED);
    expect(atBegin(7, 5)).to.equal(12);
  });

  it('replay: every so manieth instant', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hasim-'));
    try {
      writeFileSync(join(folder, 'times.csv'), `time\n${Array.from({ length: 3000 }, (_, i) => `${String(i + 1)}s`).join('\n')}\n`);
      const times = offersOf(thinTo(arriving(`{ replay: ${join(folder, 'times.csv')} }`)));
      expect(times).to.have.length.within(WANTED / 2, 2 * WANTED);
      expect(times[1] - times[0]).to.equal(times.at(-1)! - times.at(-2)!);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
