/** The smallest scenarios behind what random ones have found. Each says in a line what must hold. */
import { expect } from 'chai';
import { mustAgree, definitionOf, simulate } from './support/simulate.js';
import type { Document, Section } from './support/simulate.js';

/** One server, one host, ports to an application. */
function small(route: Section[string], more: Partial<Document>, host: Section = {}): Document {
  return {
    version: 1, name: 'small', seed: 1, run: { horizon: '30s', drain: '1m' },
    topology: {
      bts: { kind: 'server' }, box: { kind: 'sql-server' }, group: { kind: 'biztalk-group', 'message-box': 'box', management: 'box' },
      receive: { kind: 'isolated-host', in: 'group', on: ['bts'] }, process: { kind: 'host', in: 'group', on: ['bts'], ...host }, transmit: { kind: 'host', in: 'group', on: ['bts'] },
      in: { kind: 'receive-location', host: 'receive' }, flow: { kind: 'orchestration', host: 'process' },
      a: { kind: 'send-port', host: 'transmit', to: 'erp' }, b: { kind: 'send-port', host: 'process', to: 'erp' }, erp: { kind: 'application' },
    },
    flows: { orders: { arrivals: { every: '1s' }, route } },
    ...more,
  };
}

describe('regressions', () => {
  it('a fault after a send port has settled finds the message accounted for', () => {
    simulate(definitionOf(small(['in', 'a'], { faults: [{ id: 'f', kind: 'stop', target: 'erp', when: { component: 'a', step: 'settled' }, for: '1s' }] })));
  });

  for (const step of ['committed', 'settled']) {
    it(`a fault after an orchestration that forks has ${step} finds the message accounted for`, () => {
      simulate(definitionOf(small(['in', 'flow', ['a', 'b']], { faults: [{ id: 'f', kind: 'stop', target: 'erp', when: { component: 'flow', step }, for: '1s' }] })));
    });
  }

  it('a message that waits at time 0 in one branch of a fork is delivered there, and every leg of it has a fate', () => {
    const { flows } = simulate(definitionOf(small(['in', ['a', 'b']], {}, { initial: 3 })));
    expect(flows.map(({ lost }) => lost)).to.deep.equal([0, 0, 0]);
    for (const row of flows) expect([row.flow, Number(row.delivered) + Number(row.in_flight)]).to.deep.equal([row.flow, row.offered]);
  });

  it('a message for a port that works is taken at the next poll, although another server is waited for by a message before it', () => {
    const document: Document = {
      ...small(['in', ['a', 'b']], { faults: [{ id: 'f', kind: 'stop', target: 'a@one', at: '1s', for: '20s' }] }),
      flows: { orders: { arrivals: { every: '350ms' }, route: ['in', ['a', 'b']] } },
    };
    const topology = {
      ...document.topology, bts: { kind: 'server' }, one: { kind: 'server' }, two: { kind: 'server' },
      process: { kind: 'host', in: 'group', on: ['one', 'two'] }, a: { kind: 'send-port', host: 'process', to: 'erp' },
    };
    const whole = { ...document, topology };
    const definition = definitionOf(whole);
    mustAgree(simulate(definition), simulate(definition, { realPolls: true }), whole, 'computed polls differ from real ones');
  });

  it('records kept for ever close messages in the same order at the end of a run', () => {
    const document = small(['in', 'a'], { flows: { orders: { arrivals: { every: '100ms' }, route: ['in', 'a'] } }, faults: [{ id: 'f', kind: 'stop', target: 'a', at: '10s' }] });
    const definition = definitionOf(document);
    mustAgree(simulate(definition), simulate(definition, { keepRecords: true }), document, 'records reused against kept');
  });

  it('a second fault on a dead server does not keep its locks any longer', () => {
    const document = (second: Section[]): Document => ({
      version: 1, name: 'orphans', seed: 1, run: { horizon: '10s', drain: '2h' },
      topology: {
        bts1: { kind: 'server' }, bts2: { kind: 'server' }, box: { kind: 'sql-server' }, group: { kind: 'biztalk-group', 'message-box': 'box', management: 'box' },
        receive: { kind: 'isolated-host', in: 'group', on: ['bts2'] }, process: { kind: 'host', in: 'group', on: ['bts1', 'bts2'] },
        in: { kind: 'receive-location', host: 'receive' }, flow: { kind: 'orchestration', host: 'process', steps: [{ work: '30s' }] }, out: { kind: 'send-port', host: 'process', to: 'erp' }, erp: { kind: 'application' },
      },
      flows: { orders: { arrivals: { every: '1s' }, route: ['in', 'flow', 'out'] } },
      faults: [{ id: 'first', kind: 'crash', target: 'bts1', at: '20s', for: '1h' }, ...second],
    });
    const last = (second: Section[]): unknown => simulate(definitionOf(document(second))).flows[0].delay_max_s;
    const alone = last([]);
    // Last beat + 600 s, then the next run of the job within a minute, and the work again.
    expect(alone).to.be.within(540, 720);
    expect(last([{ id: 'second', kind: 'crash', target: 'bts1', at: '5m', for: '1h' }])).to.equal(alone);
  });

  it('a fault of so many errors is over with the last of them: the flow is served again', () => {
    const { recording, flows } = simulate(definitionOf({
      version: 1, name: 'errors', seed: 1, run: { horizon: '100s', drain: '1m' }, topology: { erp: { kind: 'application' } },
      flows: { orders: { arrivals: { every: '1s' }, route: ['erp'], client: { retry: 0 } } }, faults: [{ id: 'f', kind: 'error', target: 'erp', at: '10500ms', count: 3, step: 'taken' }],
    }));
    expect(flows[0].rejected).to.equal(3);
    expect(recording.lines.filter((line) => line.includes(' flowChanged ')).map((line) => line.split(' ').slice(0, 4).join(' '))).to.deep.equal(['10500000 flowChanged orders 2', '13000000 flowChanged orders 0']);
  });

  it('a message that is lost on one leg and ends later on another names the cause of the loss', () => {
    const { recording } = simulate(definitionOf({
      ...small(['in', ['a', 'b']], { flows: { orders: { arrivals: { every: '1s', limit: 1 }, route: ['in', ['a', 'b']] } } }),
      topology: {
        ...small([], {}).topology, b: { kind: 'send-port', host: 'process', to: 'slow' }, slow: { kind: 'application', work: '10s' }, erp: { kind: 'application', answer: 'on-receipt', work: '5s' },
      },
      faults: [{ id: 'f', kind: 'crash', target: 'erp', when: { component: 'erp', step: 'settled' } }],
    }));
    const ends = recording.lines.filter((line) => / (legClosed|closed) .* lost /.test(line)).map((line) => line.slice(line.indexOf(' lost ')));
    expect(ends).to.deep.equal([' lost {f#1} > erp > settled, not put false', ' lost {f#1} > erp > settled, not put false']);
  });

  it('an application that hangs right after the effect does not have it again when it goes on', () => {
    const { flows } = simulate(definitionOf({
      version: 1, name: 'hang', seed: 1, run: { horizon: '10s', drain: '1m' }, topology: { erp: { kind: 'application' } }, flows: { orders: { arrivals: { every: '1s' }, route: ['erp'] } },
      faults: [{ id: 'f', kind: 'hang', target: 'erp', when: { component: 'erp', step: 'put' }, for: '500ms' }],
    }));
    expect([flows[0].delivered, flows[0].duplicates]).to.deep.equal([flows[0].offered, 0]);
  });

  it('an isolated host that hangs right after publishing does not publish again when it goes on', () => {
    const { flows } = simulate(definitionOf(small(['in', 'a'], { faults: [{ id: 'f', kind: 'hang', target: 'receive', when: { component: 'in', step: 'put' }, for: '500ms' }] })));
    expect([flows[0].delivered, flows[0].duplicates]).to.deep.equal([flows[0].offered, 0]);
  });

  it('a host that hangs right after a successful send settles when it goes on, and works on', () => {
    const document = small(['in', 'b'], { faults: [{ id: 'f', kind: 'hang', target: 'process', when: { component: 'b', step: 'put' }, for: '5s' }] }, { threads: 1 });
    const { flows } = simulate(definitionOf(document));
    expect([flows[0].delivered, flows[0].duplicates, flows[0].in_flight]).to.deep.equal([flows[0].offered, 0, 0]);
  });

  it('a message that is lost behind a sender which hears "accepted" and is done names the cause of the loss', () => {
    const document = small(['in', 'a'], { faults: [{ id: 'f', kind: 'crash', target: 'erp', when: { component: 'a', step: 'put' } }] });
    const { recording } = simulate(definitionOf({ ...document, topology: { ...document.topology, erp: { kind: 'application', answer: 'on-receipt', work: '10s' } } }));
    const ends = recording.lines.filter((line) => / (legClosed|closed) .* lost /.test(line)).map((line) => line.slice(line.indexOf(' lost ')));
    expect(new Set(ends)).to.deep.equal(new Set([' lost {f#1} > erp > settled, not put false']));
  });

  /** Three MessageBoxes, the first of which only routes; the others can be lost alone. */
  function threeBoxes(more: Partial<Document>, sections: Readonly<Record<string, Section>> = {}): Document {
    const document = small([], {}, { threads: 1, 'queue-size': 100 });
    return {
      ...document, run: { horizon: '60s', drain: '5m' }, flows: { orders: { arrivals: { batch: { every: '1s', size: 4 }, limit: 4 }, route: ['in', 'flow', 'a'] } },
      topology: {
        ...document.topology, 'a-box': { kind: 'sql-server' }, 'z-box': { kind: 'sql-server' },
        group: { kind: 'biztalk-group', 'message-box': ['box', 'a-box', 'z-box'], 'secondary-loss': 'box', management: 'box' },
        flow: { kind: 'orchestration', host: 'process', steps: [{ work: '10s' }] }, ...sections,
      },
      ...more,
    };
  }

  it('a worker whose message is lost with one MessageBox goes on with those of the others', () => {
    const { flows } = simulate(definitionOf(threeBoxes({ faults: [{ id: 'f', kind: 'disk-loss', target: 'a-box', at: '5s', for: '1s' }] })), { checkAlways: true });
    // Of four messages two lie in each box, and the only worker has one of the lost ones in hand.
    expect([flows[0].delivered, flows[0].lost, flows[0].in_flight]).to.deep.equal([2, 2, 0]);
  });

  it('a host that is stopped and waits for a call to end can start once the message of that call is lost', () => {
    const document = threeBoxes({
      flows: { orders: { arrivals: { every: '1s', limit: 2 }, route: ['in', 'a'] } },
      faults: [
        { id: 'stop', kind: 'stop', target: 'transmit', at: '1900ms', for: '1s' }, { id: 'hang', kind: 'hang', target: 'erp', at: '0s', for: '30s' },
        { id: 'loss', kind: 'disk-loss', target: 'a-box', at: '10s', for: '1s' },
      ],
    }, { transmit: { kind: 'host', in: 'group', on: ['bts'], 'start-up': '1s' }, a: { kind: 'send-port', host: 'transmit', to: 'erp', timeout: '1h' } });
    const { recording } = simulate(definitionOf(document), { checkAlways: true });
    const started = recording.lines.filter((line) => line.includes(' lifecycle transmit@bts starting running '));
    expect(started.map((line) => Number(line.split(' ')[0]))).to.deep.equal([11_000_000]);
  });

  it('rows of finished messages are gone with their MessageBox, those of the others stay', () => {
    const document = threeBoxes({ flows: { orders: { arrivals: { batch: { every: '1s', size: 4 }, limit: 4 }, route: ['in', 'a'] } }, faults: [
      { id: 'jobs', kind: 'stop', target: 'agent', at: '0s', for: '1h' }, { id: 'f', kind: 'disk-loss', target: 'a-box', at: '30s', for: '1s' },
    ] }, { agent: { kind: 'sql-agent', in: 'box' } });
    const { recording } = simulate(definitionOf(document), { checkAlways: true });
    const rows = recording.lines.filter((line) => line.includes(' gauge group spool '));
    expect(rows.map((line) => line.split(' ').slice(-1)[0])).to.deep.equal(['0', '1', '2', '3', '4', '2']);
    expect(Number(rows.at(-1)!.split(' ')[0])).to.equal(30_000_000);
  });

  it('nothing is suspended in a MessageBox whose data is gone', () => {
    const document = small(['in', 'flow', 'a'], { faults: [{ id: 'e', kind: 'error', target: 'flow', at: '0s', count: 1, step: 'worked' }, { id: 'f', kind: 'disk-loss', target: 'box', at: '20s', for: '1s' }] });
    const { recording } = simulate(definitionOf(document), { checkAlways: true });
    expect(recording.lines.filter((line) => line.includes(' gauge flow@bts suspended ')).map((line) => line.split(' ').slice(-1)[0])).to.deep.equal(['0', '1', '0']);
  });
});
