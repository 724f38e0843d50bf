/**
 * Laws that every scenario of the folder keeps, whatever it asks: nothing is lost without a fault, and one more server costs no message.
 * (Sanity laws of the domain: with every fault rate 0, loss = duplicates = suspended = 0; adding an instance never raises loss.)
 *
 * That offered = delivered + … holds after every fault and at the end is checked by the run itself. The runs are cut to their first
 * hour and one replication: the laws hold from the start.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { measureReplication } from '../../src/experiment/index.js';
import type { Row } from '../../src/experiment/index.js';
import { catalogue } from '../../src/kinds/index.js';
import { buildEngine } from '../../src/model/index.js';
import type { ComponentDefinition, ModelDefinition } from '../../src/model/index.js';
import { readScenario } from '../../src/scenario/index.js';

/** Readers of what cannot be locked, and locks shorter than the work, double messages without any fault; some messages are poison: that is what such scenarios are about. */
const DOUBLES = /^allow: \[.*\b(L4|L27)\b/m;
const isPoisoned = ({ components }: ModelDefinition): boolean => components.some(({ parameters }) => Number(parameters.poison ?? 0) > 0);
const HOUR = 3_600_000_000;
const files = readdirSync('scenarios').filter((name) => name.endsWith('.yaml') && !name.startsWith('_')).sort();

function definitionOf(file: string): ModelDefinition {
  const { scenario, diagnostics } = readScenario({ file: join('scenarios', file) }, {}, catalogue);
  if (scenario === null) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const { definition } = scenario;
  return { ...definition, run: { ...definition.run, warmup: 0, horizon: Math.min(HOUR, definition.run.horizon), drain: HOUR } };
}

function flowsOf(definition: ModelDefinition): readonly Row[] {
  const engine = buildEngine(definition, catalogue, { replication: 1 });
  return measureReplication(engine, definition, { replication: 1 }).flows;
}

/** A twin for the last server on which some component has several members: it carries a member of each of those. */
function withOneMoreServer(definition: ModelDefinition): ModelDefinition | null {
  const placed = definition.components.filter(({ kind, on = [] }) => on.length > 1 && catalogue.find(({ name }) => name === kind)!.placement.on?.meaning === 'members');
  const model = placed[0]?.on?.at(-1);
  if (model === undefined) return null;
  const extra: ComponentDefinition = { ...definition.components.find(({ name }) => name === model)!, name: 'one-more' };
  const components = definition.components.map((one) => (placed.includes(one) && one.on!.includes(model) ? { ...one, on: [...one.on!, extra.name] } : one));
  return { ...definition, components: [...components, extra] };
}

describe('laws over all scenarios', () => {
  for (const file of files) {
    it(`${file}: without faults nothing is lost, doubled or suspended, and everything arrives`, function () {
      this.timeout(120_000);
      const definition = definitionOf(file);
      const calm = { ...definition, faults: [], operations: [], components: definition.components.map((one) => ({ ...one, parameters: { ...one.parameters, 'initial-suspended': 0 } })) };
      for (const row of flowsOf(calm)) {
        const doubled = DOUBLES.test(readFileSync(join('scenarios', file), 'utf8')) ? 0 : row.duplicates;
        expect([row.flow, row.lost, doubled, row.suspended, row.rejected, row.in_flight]).to.deep.equal([row.flow, 0, 0, 0, 0, 0]);
        expect(Number(row.delivered) + (isPoisoned(calm) ? Number(row.dead_lettered) : 0), String(row.flow)).to.equal(row.offered);
      }
    });

    const faulty = definitionOf(file);
    const more = withOneMoreServer(faulty);
    if (more === null || faulty.faults.length === 0) continue;
    it(`${file}: with one more server no more is lost`, function () {
      this.timeout(120_000);
      const [before, after] = [flowsOf(faulty), flowsOf(more)];
      before.forEach((row, index) => expect(after[index].lost, String(row.flow)).to.be.at.most(Number(row.lost)));
    });
  }
});
