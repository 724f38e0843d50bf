/** What an outage leaves behind, against fluid limits and renewal theory, through scenario, engine and measures. */
import { expect } from 'chai';
import { ComponentMeasure } from '../../src/experiment/measures/components.js';
import { FaultMeasure } from '../../src/experiment/measures/faults.js';
import { FlowMeasure } from '../../src/experiment/measures/flows.js';
import { definitionOf, engineOf } from '../properties/support/simulate.js';
import type { Document, Section } from '../properties/support/simulate.js';
import { mustContain } from './support/station.js';

const SECOND = 1_000_000;

describe('theory: outages', () => {
  describe('deterministic outage: λ = 50/s in, capacity μ = 80/s, outage T = 120 s', () => {
    const start = 60;
    const document: Document = {
      version: 1, name: 'outage', seed: 1, run: { horizon: '500s', drain: '60s' },
      topology: {
        bts: { kind: 'server' }, box: { kind: 'sql-server' }, group: { kind: 'biztalk-group', 'message-box': 'box', management: 'box' },
        receive: { kind: 'isolated-host', in: 'group', on: ['bts'] }, in: { kind: 'receive-location', host: 'receive', work: '0s' },
        process: { kind: 'host', in: 'group', on: ['bts'], threads: 1, poll: '1ms', 'start-up': '0s' }, flow: { kind: 'orchestration', host: 'process', steps: [{ work: '12500us' }] },
        transmit: { kind: 'host', in: 'group', on: ['bts'], poll: '1ms' }, out: { kind: 'send-port', host: 'transmit', to: 'erp' }, erp: { kind: 'application', work: '0s' },
      },
      flows: { orders: { arrivals: { every: '20ms' }, route: ['in', 'flow', 'out'] } },
      faults: [{ id: 'outage', kind: 'stop', target: 'process', at: `${String(start)}s`, for: '120s' }],
    };
    let flow: Record<string, unknown>;
    let fault: Record<string, unknown>;
    let delayIntegral = 0;
    let peakAt = 0;
    before(() => {
      const definition = definitionOf(document);
      const engine = engineOf(definition);
      const flows = new FlowMeasure(engine.map, definition.run, 1);
      const faults = new FaultMeasure(engine.map, definition.run, 1);
      let backlog = 0;
      let peak = 0;
      let usual = Infinity;
      const delays: number[] = [];
      for (const reader of [flows, faults]) engine.read(reader);
      engine.read({
        offered: (time) => {
          if (++backlog > peak) [peak, peakAt] = [backlog, time / SECOND];
        },
        effect: (time, _flow, _leg, _n, offeredAt) => {
          backlog--;
          const delay = (time - offeredAt) / SECOND;
          usual = Math.min(usual, delay);
          delays.push(delay);
        },
      });
      engine.run();
      delayIntegral = delays.reduce((sum, delay) => sum + delay - usual, 0);
      flow = flows.rows()[0];
      fault = faults.rows()[0];
    });

    it('fluid limit: peak backlog = λT = 6000, at the end of the outage', () => {
      expect(Number(flow.backlog_max)).to.be.within(6000, 6002);
      expect(peakAt).to.be.closeTo(start + 120, 0.1);
    });
    it('fluid limit: the service is back at once, T = 120 s after the fault', () => expect(Number(fault.restore_s)).to.be.closeTo(120, 1e-6));
    it('fluid limit: total recovery = T + λT/(μ − λ) = 320 s, of which 200 s drain', () => {
      expect(Number(fault.recover_s)).to.be.closeTo(320, 0.5);
      expect(Number(fault.recover_s) - Number(fault.restore_s)).to.be.closeTo(200, 0.5);
    });
    it('fluid limit: max delay = T = 120 s', () => expect(Number(flow.delay_max_s)).to.be.closeTo(120, 0.05));
    it('fluid limit: delay integral = λT²/2 · μ/(μ − λ) = 960 000 message·s', () => expect(delayIntegral).to.be.closeTo(960_000, 960));
    it('nothing is lost, sent twice or refused', () => expect([flow.delivered, flow.lost, flow.duplicates, flow.rejected]).to.deep.equal([flow.offered, 0, 0, 0]));
  });

  describe('faults whose clock runs on while their target is down, held until the last ends: M/G/∞', () => {
    const repairs: readonly (readonly [string, Section[string], number])[] = [
      ['exponential repairs of 4 h', { exponential: '4h' }, 4], ['fixed repairs of 4 h', '4h', 4], ['uniform repairs of 2 to 10 h', { uniform: ['2h', '10h'] }, 6],
    ];
    for (const [name, repair, mean] of repairs) {
      it(`M/G/∞: availability = e^(−λE[R]) and outages = λ e^(−λE[R]), Takács 1962: one fault in 10 h, ${name}`, () => {
        const definition = definitionOf({
          version: 1, name: 'renewal', seed: 21, run: { warmup: '200h', horizon: '20200h' }, topology: { host: { kind: 'server' } }, flows: {},
          faults: [{ id: 'fails', kind: 'outage', target: 'host', every: { exponential: '10h' }, for: repair }],
        });
        const rows = Array.from({ length: 20 }, (_, i) => {
          const engine = engineOf(definition, { replication: i + 1 });
          const components = new ComponentMeasure(engine.map, definition.run, i + 1);
          engine.read(components);
          engine.run();
          return components.rows()[0];
        });
        const up = Math.exp(-mean / 10);
        mustContain(up, rows.map(({ availability }) => Number(availability)));
        mustContain((20_000 / 10) * up, rows.map(({ outages }) => Number(outages)));
      }).timeout(60_000);
    }
  });
});
