/** `run.batches`: a single run cut into stretches, and what it cannot stand beside. */
import { expect } from 'chai';
import { BASE, codes, sound, wrong } from './kit.js';

const run = (keys: string): string => BASE.replace('drain: 10m', `drain: 10m, ${keys}`);

describe('scenario: batches', () => {
  it('are absent unless they are written', () => {
    expect(sound(BASE).definition.run).not.to.have.property('batches');
    expect(sound(run('batches: 20')).definition.run.batches).to.equal(20);
    expect(sound(run('replications: 1, batches: 20'), { replications: 1 }).definition.run.batches).to.equal(20);
  });

  it('are of a single run: neither with replications nor with a precision', () => {
    expect(wrong(run('replications: 3, batches: 20')).join()).to.match(/HS014 .*there are 3 replications/);
    expect(wrong(run('precision: 5%, batches: 20')).join()).to.match(/HS014 a precision replicates/);
    expect(codes(run('batches: 20'), { replications: 3 })).to.deep.equal(['HS014']);
  });

  it('are few enough for the run, and enough for an interval', () => {
    expect(codes(run('batches: 4'))).to.deep.equal(['HS014']);
    expect(codes(run('batches: 1001'))).to.deep.equal(['HS014']);
    expect(codes(run('batches: 5.5'))).to.deep.equal(['HS014']);
    expect(wrong(BASE.replace(/run: .*/, 'run: { horizon: 10us, batches: 20 }')).join()).to.include('10us cannot be cut into 20 batches');
  });
});

describe('scenario: bins of the timeline', () => {
  const bin = (horizon: string, more = ''): readonly [number, string] => {
    const { definition, assumptions } = sound(BASE.replace(/run: .*/, `run: { horizon: ${horizon}${more} }`));
    return [definition.run.timelineBin / 60e6, assumptions.find(({ parameter }) => parameter === 'run.timeline-bin')?.value ?? 'as written'];
  };

  it('are a minute wide, in long runs as wide as 100 000 of them must be, and always as wide as is asked for', () => {
    expect(bin('1h')).to.deep.equal([1, '1m']);
    expect(bin('100000m')).to.deep.equal([1, '1m']);
    expect(bin('100001m')).to.deep.equal([5, '5m']);
    expect(bin('36500d')).to.deep.equal([1440, '1d']);
    expect(bin('36500d', ', timeline-bin: 1h')).to.deep.equal([60, 'as written']);
  });
});
