/** Topology rules about who polls what: found, and kept when repaired. */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';
import { CLUSTERED, FILE_IN, FTP, FTP_IN, MAIL_IN, ROWS, ROWS_IN, SAP, SAP_IN, SHARE, receiving } from './adapters-support.js';
import type { Receiving } from './adapters-support.js';

function told(parts: Receiving): string[] {
  const { diagnostics } = readScenario({ text: receiving(parts), file: '<stdin>' }, {}, catalogue);
  return diagnostics.filter(({ rule }) => rule !== undefined && ['L1', 'L4', 'L5', 'L6', 'L19', 'L20'].includes(rule.name)).map(({ rule, severity, message }) => `${rule!.name} ${severity} ${message}`);
}

describe('rules about receive locations that poll', () => {
  const around = '  books: { kind: sql-server }';

  it('L4: FTP, SQL, and mailboxes that let several in, are received by clustered hosts', () => {
    const both = 'in is run by receive on bts1 and bts2 at once';
    const mail = (concurrent: string): string => `kind: mailbox, concurrent-sessions: ${concurrent}`;
    for (const [source, location] of [[FTP, FTP_IN], [ROWS, ROWS_IN], [mail('true'), MAIL_IN]]) {
      expect(told({ around, source, location })).to.deep.equal([`L4 warning ${both}`]);
      expect(told({ around, source, location, host: CLUSTERED })).to.deep.equal([]);
    }
    expect(told({ source: mail('false'), location: MAIL_IN })).to.deep.equal([]);
  });

  it('L5: SAP is received by clustered hosts, always', () => {
    expect(told({ source: SAP, location: SAP_IN })).to.deep.equal(['L5 error in is run by receive on bts1 and bts2 at once']);
    expect(told({ source: SAP, location: SAP_IN, host: CLUSTERED })).to.deep.equal([]);
  });

  it('L6: what polls is received in an in-process host', () => {
    for (const [source, location] of [[FTP, FTP_IN], [SHARE, FILE_IN], ['kind: mailbox', MAIL_IN], [ROWS, ROWS_IN]]) {
      const told6 = (host: string): string[] => told({ around, source, location: location.replace('work: 1s', `host: ${host}, work: 1s`), topology: '\n  web: { kind: isolated-host, in: group, on: [bts1] }', own: true }).filter((one) => one.startsWith('L6'));
      expect(told6('web')).to.deep.equal(['L6 error in works in the process of a host instance, and web (isolated-host) is no in-process host']);
      expect(told6('bts1')).to.deep.equal(['L6 error in works in the process of a host instance, and bts1 (server) is no in-process host']);
      expect(told6('receive')).to.deep.equal([]);
    }
  });

  it('a first poll later than a period is told: an instance that polls so often has polled before', () => {
    const told40 = (location: string): number => readScenario({ text: receiving({ source: FTP, location, host: CLUSTERED }), file: '<stdin>' }, {}, catalogue).diagnostics.filter(({ code }) => code === 'HS040').length;
    expect(['first-poll: 61s', 'first-poll: 60s', 'poll: 5m, first-poll: 2m'].map((terms) => told40(`${FTP_IN}, ${terms}`))).to.deep.equal([1, 0, 0]);
  });

  it('L20: two FTP locations do not poll one folder', () => {
    const second = '\n  in2: { kind: ftp-receive-location, host: receive, from: source }';
    expect(told({ source: FTP, location: FTP_IN, host: CLUSTERED, topology: second })).to.deep.equal(['L20 error in2 and in both poll source']);
    expect(told({ source: FTP, location: FTP_IN, host: CLUSTERED, topology: `${second.replace('from: source', 'from: other')}\n  other: { kind: ftp-server }` })).to.deep.equal([]);
  });

  it('L19: a share that several instances read is redundant', () => {
    expect(told({ source: SHARE, location: FILE_IN })).to.deep.equal(['L19 warning in is run by receive on bts1 and bts2 at once, and source stands alone']);
    expect(told({ source: `${SHARE}, cluster: readers`, location: FILE_IN })).to.deep.equal([]);
    expect(told({ source: SHARE, location: FILE_IN, host: CLUSTERED })).to.deep.equal([]);
  });
});
