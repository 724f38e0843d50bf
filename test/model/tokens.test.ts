/** Tokens and keys: who still comes in while the issuer of tokens is away (predictions 60 and 4.3 of the Service Bus document). */
import { expect } from 'chai';
import { micro, scenario, simulate } from './support.js';

/** A message a minute from each of 60 clients: one each second. */
function withTokens({ sender = '', receiver = '', away, horizon = '10h', auth = 'auth: acs, token-service: acs' }: { sender?: string; receiver?: string; away: string; horizon?: string; auth?: string }): string {
  return scenario({
    run: `{ horizon: ${horizon}, drain: 5m }`,
    flows: '  orders: { arrivals: { every: 1s }, route: [shop, ledger], clients: 60 }',
    faults: away,
    topology: `
  acs: { kind: token-service }
  ns: { kind: service-bus-namespace, ${auth} }
  q: { kind: queue, in: ns, work: 10ms }
  shop: { kind: service-bus-sender, to: q${sender} }
  ledger: { kind: service-bus-receiver, from: q, concurrency: 4, work: 10ms, ${receiver === '' ? 'renew-at: 1%' : receiver} }`,
  });
}
const run = (text: string) => simulate(text, { checkAlways: false });

describe('tokens', () => {
  it('young tokens outlive an outage of their issuer of two hours (prediction 60)', () => {
    const one = run(withTokens({ sender: ', token-age: { uniform: [0s, 1h] }', away: '  - { id: away, kind: outage, target: acs, at: 1s, for: 2h }', horizon: '3h' }));
    expect(one.flow('orders')).to.include({ rejected: 0, lost: 0 });
  });

  it('of random ages, renewed at their end: two thirds of the clients are turned away in two hours, all in four (prediction 60)', () => {
    // Share min(1, L / 3 h); in a sample of 60 clients ± 3 standard deviations of the binomial share.
    const clients = (text: string): number => new Set(run(text).ledger.fates.filter(({ fate }) => fate === 'rejected').map(({ n }) => n % 60)).size;
    expect(clients(withTokens({ away: '  - { id: away, kind: outage, target: acs, at: 4h, for: 2h }' }))).to.be.within(40 - 11, 40 + 11);
    expect(clients(withTokens({ away: '  - { id: away, kind: outage, target: acs, at: 4h, for: 4h }' }))).to.equal(60);
    expect(clients(withTokens({ sender: ', renew-at: 50%', away: '  - { id: away, kind: outage, target: acs, at: 4h, for: 2h }' }))).to.be.within(20 - 11, 20 + 11);
    expect(clients(withTokens({ sender: ', renew-at: 50%', away: '  - { id: away, kind: outage, target: acs, at: 4h, for: 90m }' }))).to.equal(0);
  });

  it('each client is turned away from the end of its token to the return of the issuer', () => {
    const one = run(withTokens({ sender: ', token-age: 2h', away: '  - { id: away, kind: outage, target: acs, at: 30m, for: 2h }', horizon: '4h' }));
    // All tokens were issued 2 h before the start and end at 1 h.
    expect(one.ledger.stops('orders').map(({ from, to }) => [micro(from), micro(to)])).to.deep.equal([[3600, 9000]]);
    expect(one.flow('orders').rejected).to.equal(5400);
    expect(one.causes('rejected')).to.deep.equal({ 'away > shop > no token': 5400 });
    expect(one.fault('away')).to.include({ stop_s: 1800, restore_s: 7200 });
  });

  it('a client that starts while the issuer is away cannot work at all', () => {
    const one = run(withTokens({
      sender: ', token-age: 0s, restart: 5s', horizon: '2h',
      away: '  - { id: away, kind: outage, target: acs, at: 30m, for: 1h }\n  - { id: dies, kind: crash, target: shop, at: 40m }',
    }));
    // From the crash at 40 min to the return of the issuer at 90 min.
    expect(Number(one.flow('orders').rejected)).to.be.within(2999, 3001);
  });

  it('a receiver without a token leaves messages where they are', () => {
    const one = run(withTokens({ sender: ', token-age: 0s', receiver: 'token-age: 2h', away: '  - { id: away, kind: outage, target: acs, at: 30m, for: 2h }', horizon: '160m' }));
    expect(one.flow('orders')).to.include({ rejected: 0, lost: 0, delivered: one.flow('orders').offered as number });
    expect(one.ledger.effectsIn(3601, 9000).length).to.equal(0);
    expect(one.ledger.stops('orders').map(({ from, to }) => [micro(from), micro(to)])).to.deep.equal([[3600, 9000]]);
  });

  it('keys need no issuer', () => {
    const one = run(withTokens({ auth: 'auth: sas', away: '  - { id: away, kind: outage, target: acs, at: 30m, for: 4h }', horizon: '6h' }));
    expect(one.flow('orders')).to.include({ rejected: 0, lost: 0 });
  });

  it('a regenerated key turns all clients away until they have the new one', () => {
    const text = withTokens({ auth: 'auth: sas, key-rollout: 10m', away: '  - { id: none, kind: outage, target: acs, at: 1h, for: 1m }', horizon: '1h' }).replace('faults:', 'operations:\n  - { id: new-key, do: rotate-key, target: ns, at: 30m }\nfaults:').replace('at: 1h, for', 'at: 59m, for');
    const one = run(text);
    expect(one.operation('new-key').result).to.equal('done');
    expect(Number(one.flow('orders').rejected)).to.be.within(599, 601);
  });

  /** An alias that is moved at 60 s and used again at 70 s; the issuer is away all the time, and tokens were issued 2 h 59 min ago. */
  const throughAlias = (north: string, south: string, transaction = '') => run(scenario({
    run: '{ horizon: 2m, drain: 5m }',
    flows: '  orders: { arrivals: { every: 1s }, route: [shop, ledger], client: { retry: 0 } }',
    faults: '  - { id: away, kind: outage, target: acs, at: 0s }',
    operations: '  - { id: move, do: failover, target: name, at: 60.5s }',
    topology: `
  acs: { kind: token-service }
  north: { kind: datacenter }
  south: { kind: datacenter }
  ns1: { kind: service-bus-namespace, in: north${north} }
  ns2: { kind: service-bus-namespace, in: south${south} }
  q1: { kind: queue, in: ns1, work: 10ms }
  q2: { kind: queue, in: ns2, work: 10ms }
  name: { kind: alias, active: q1, passive: q2, reconnect: 10s }
  shop: { kind: service-bus-sender, to: name, token-age: 179m${transaction === '' ? ', retries: 0' : transaction} }
  ledger: { kind: service-bus-receiver, from: [q1, q2], concurrency: 4, work: 10ms, token-age: 0s }`,
  }));
  const ACS = ', auth: acs, token-service: acs';

  it('through an alias: who is called in the end asks for them', () => {
    // 119 messages; those of 61 to 70 s meet nobody. Tokens end at 60 s.
    expect(throughAlias('', '').causes('rejected')).to.deep.equal({ 'name > called, no answer': 10 });
    expect(throughAlias('', ACS).causes('rejected')).to.deep.equal({ 'name > called, no answer': 10, 'away > shop > no token': 49 });
    expect(throughAlias('', ACS).ledger.stops('orders')).to.deep.equal([{ from: 60.5, to: Infinity, causes: ['away'] }]);
    // Turned away at 60 s, and let in again where no token is asked for.
    expect(throughAlias(ACS, '').causes('rejected')).to.deep.equal({ 'away > shop > no token': 1, 'name > called, no answer': 10 });
    expect(throughAlias('', ACS, ', transaction: { messages: 7 }').causes('rejected')).to.deep.include({ 'away > shop > no token': 49 });
  });
});
