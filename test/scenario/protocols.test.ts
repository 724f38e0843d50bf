/** Senders and those they call: an adapter that cannot speak to its destination is told where the destination is named. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';

function told(port: string): string[] {
  const text = `
version: 1
run: { horizon: 1h }
topology:
  bts1: { kind: server }
  sql: { kind: sql-server }
  group: { kind: biztalk-group, message-box: sql, management: sql }
  receive: { kind: isolated-host, in: group, on: [bts1] }
  transmit: { kind: host, in: group, on: [bts1] }
  in: { kind: receive-location, host: receive }
  mq: { kind: msmq, on: [bts1], to: erp }
  rows: { kind: sql-table, in: sql }
  ns: { kind: service-bus-namespace }
  q: { kind: queue, in: ns }
  erp: { kind: application }
  port: { kind: send-port, host: transmit, ${port} }
flows:
  orders: { arrivals: { every: 1s }, route: [in, port] }
`;
  return readScenario({ text, file: 'x.yaml' }, {}, catalogue).diagnostics.filter(({ code }) => code === 'HS049').map(({ at, message, remedy }) => `${String(at.line)}:${String(at.column)} ${message}; ${String(remedy)}`);
}

describe('scenario: protocols of calls', () => {
  it('tells of a destination that does not speak what its sender calls over', () => {
    expect(told('to: mq')).to.deep.equal(['16:48 port calls over http (adapter), and mq (msmq) speaks msmq; say adapter: msmq, or name another destination']);
    expect(told('adapter: sb-messaging, to: rows')).to.deep.equal(['16:71 port calls over sb-messaging (adapter), and rows (sql-table) speaks sql; say adapter: sql, or name another destination']);
    expect(told('adapter: msmq, to: q')).to.deep.equal(['16:63 port calls over msmq (adapter), and q (queue) speaks sb-messaging; say adapter: sb-messaging, or name another destination']);
  });

  it('looks at the backup transport too', () => {
    expect(told('adapter: sql, to: rows, backup: { to: mq }')).to.deep.equal(['16:82 port calls over sql (adapter), and mq (msmq) speaks msmq; say adapter: msmq, or name another destination']);
  });

  it('is content with those that speak it, and with a destination that speaks anything', () => {
    for (const port of ['adapter: msmq, to: mq', 'adapter: sql, to: rows', 'adapter: sb-messaging, to: q', 'to: erp', 'adapter: sql, to: erp', 'adapter: msmq, to: erp']) expect(told(port), port).to.deep.equal([]);
  });

  it('finds nothing in the scenarios that come with hasim', () => {
    const { diagnostics } = readScenario({ text: readFileSync('scenarios/msmq-express.yaml', 'utf8'), file: 'x.yaml' }, {}, catalogue);
    expect(diagnostics.filter(({ code }) => code === 'HS049')).to.deep.equal([]);
  });
});
