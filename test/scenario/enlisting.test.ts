/** Senders that share their transaction: a destination that takes no part in it is told, for its duplicates would come as a surprise. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { readScenario } from '../../src/scenario/index.js';

function warnings(...set: string[]): string[] {
  const text = readFileSync('test/fixtures/rules/agent-on-missing-server.yaml', 'utf8');
  const { scenario, diagnostics } = readScenario({ text, file: 'x.yaml' }, { set: ['topology.agent.on=sql1', 'topology.group.message-box=cluster', ...set] }, catalogue);
  expect(scenario, diagnostics.map(({ message }) => message).join('\n')).not.to.equal(null);
  return diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
}

describe('scenario: transactions of senders', () => {
  it('says that a call within a transaction is a plain one to who takes no part in it', () => {
    expect(warnings('topology.erp-port.adapter=sql')).to.deep.equal([
      'warning HS044 erp-port sends within its transaction, and erp (application) takes no part in it: to it this is a plain call',
    ]);
  });

  it('says nothing of one that enlists, of a sender that does not want it, and of plain sends', () => {
    expect(warnings('topology.erp-port.adapter=sql', 'topology.erp.enlists=true')).to.deep.equal([]);
    expect(warnings('topology.erp-port.adapter=sql', 'topology.erp-port.enlist=false')).to.deep.equal([]);
    expect(warnings()).to.deep.equal([]);
  });
});
