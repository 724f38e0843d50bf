import { expect } from 'chai';
import type { RouteDefinition } from '../../src/model/index.js';
import { BASE, codes, sound, wrong } from './kit.js';

const route = (text: string): string => BASE.replace('[entry, process, port]', text);
/** `a(b, c(d))` */
const shown = ({ component, next }: RouteDefinition): string => component + (next.length === 0 ? '' : `(${next.map(shown).join(', ')})`);
const tree = (text: string): string => shown(sound(route(text)).definition.flows[0].route);

describe('scenario: flows', () => {
  it('makes a chain, and appends the sink that the last one calls', () => {
    expect(tree('[entry, process, port]')).to.equal('entry(process(port(app)))');
    expect(tree('[entry, process, port, app]')).to.equal('entry(process(port(app)))');
    expect(tree('[app]')).to.equal('app');
  });

  it('forks where a list stands in the list', () => {
    const two = (text: string): string => tree(text);
    expect(two('[entry, [port, process2]]'.replace('process2', '[process, bus]'))).to.equal('entry(port(app), process(bus))');
    expect(two('[entry, [[process, [port, bus]], bus]]')).to.equal('entry(process(port(app), bus), bus)');
  });

  it('refuses routes that no message can go', () => {
    expect(wrong(route('[entry, process]'))).to.deep.equal(['20:57 HS051 the route does not end in a sink: process (process) only passes messages on']);
    expect(codes(route('[process, port]'))).to.deep.equal(['HS052']);
    expect(codes(route('[entry, app]'))).to.deep.equal(['HS052']);
    expect(codes(route('[entry, process, port, other]'))).to.deep.equal(['HS052']);
    expect(codes(route('[app, bus]'))).to.deep.equal(['HS052']);
    expect(codes(route('[entry, san]'))).to.deep.equal(['HS052']);
    expect(codes(route('[entry, proces, port]'))).to.deep.equal(['HS030']);
    expect(codes(route('[entry, process, process, port]'))).to.deep.equal(['HS050']);
    expect(codes(route('[entry, [process, bus], port]'))).to.deep.equal(['HS050']);
    expect(codes(route('[[entry, app]]'))).to.deep.equal(['HS051']);
    expect(codes(route('[]'))).to.deep.equal(['HS011']);
    expect(codes(route('entry'))).to.deep.equal(['HS011']);
    expect(codes(route('[entry, {a: 1}]'))).to.deep.equal(['HS011']);
    expect(codes(route('[entry, process, port]').replace('to: app', 'to: entry'))).to.deep.equal(['HS031']);
  });

  it('reads what belongs to the senders', () => {
    const text = BASE.replace('route:', 'clients: 3, keys: 10, size: 4KiB, client: { retry: 2, backoff: 2s, timeout: 30s }, route:');
    const [flow] = sound(text).definition.flows;
    expect(flow).to.include({ clients: 3, keys: 10, sizeBytes: 4096 });
    expect(flow.client).to.include({ retry: 2, timeout: 30e6 });
    expect(flow.client.backoff.mean).to.equal(2e6);
    const [plain] = sound(BASE).definition.flows;
    expect(plain).to.include({ clients: 1, sizeBytes: 1024 });
    expect(plain.client).to.include({ retry: 0, timeout: 60e6 });
    expect(plain.keys).to.equal(undefined);
  });

  it('reads objectives', () => {
    expect(sound(`${BASE}objectives: { orders: { rto: 3m, rpo: 0s, deadline: 5m, availability: 99.9% } }\n`).definition.flows[0].objectives)
      .to.deep.equal({ rto: 180e6, rpo: 0, deadline: 300e6, availability: 99.9 / 100 });
    expect(codes(`${BASE}objectives: { order: { rto: 3m } }\n`)).to.deep.equal(['HS053']);
    expect(codes(`${BASE}objectives: { orders: { rtp: 3m } }\n`)).to.deep.equal(['HS012']);
  });

  it('refuses names that expectations could not tell apart', () => {
    expect(codes(BASE.replace('  orders:', '  faults:'))).to.deep.equal(['HS016']);
    expect(codes(BASE.replace('  orders:', '  or.ders:'))).to.deep.equal(['HS016']);
  });
});
