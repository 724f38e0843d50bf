import { expect } from 'chai';
import { distribution, integer, kind, plainFaults, plainLife, record, roleFaults, roleLife } from '../../src/model/index.js';
import { kindDocument, kindList, kindPage, PLAIN } from '../../src/report/index.js';

const plain = kind({
  name: 'lamp', summary: 'Shines.', omits: 'heat', placement: { on: { meaning: 'members', required: true } },
  parameters: {
    warm: distribution('Time to warm up.', { default: { lognormal: { median: '5s', p95: '15s' } }, source: 'assumption: a lamp' }),
    bulbs: record('The bulbs.', { count: integer('How many.', { min: 1, required: true }) }, { absent: 'no bulbs' }),
  },
  functions: {
    shine: {
      meaning: 'gives light',
      needs: [{ name: 'power', way: 'requires', from: { at: 'server' }, function: 'run', when: 'always', reaction: 'stop', meaning: 'the plug' }],
    },
  },
  lifecycle: plainLife('process', ['power']),
  faults: plainFaults('the lamp', 'warm', 'process'),
  gauges: { lumen: { meaning: 'light', unit: 'lm' } },
});
const moving = kind({
  ...plain, name: 'moving-lamp', parameters: {}, lifecycle: roleLife({ disk: true, quorum: false }), faults: roleFaults('the lamp'), box: { scope: 'group' },
});

describe('page of a kind', () => {
  const page = kindPage(plain, PLAIN);

  it('shows type, default, meaning and source of each parameter, fields included', () => {
    expect(page).to.include('warm  duration or distribution · default { lognormal: { median: 5s, p95: 15s } }');
    expect(page).to.include('Time to warm up.').and.include('source: assumption: a lamp');
    expect(page).to.include('bulbs  map · absent: no bulbs').and.include('bulbs.count  integer from 1 · required');
  });

  it('says what it omits, what it needs, how it lives, what it suffers and what can be watched', () => {
    expect(page).to.include('Not modelled: heat');
    expect(page.replaceAll(/\s+/g, ' ')).to.include('needs power (the plug): `run` of its server, at every instant; when lost its process ends');
    expect(page).to.match(/up \(first\)\s+works\s+all\s+goes on/);
    expect(page).to.include('as soon as no fault holds it and what carries it is up');
    expect(page).to.match(/crash\s+process\s+`warm`\s+the lamp fails/);
    expect(page).to.include('lumen  light (lm)');
  });

  it('puts every word of a life cycle into words', () => {
    for (const one of [page, kindPage(moving, PLAIN)]) expect(one).not.to.match(/undefined|\[object|\bnull\b/);
    expect(kindPage(moving, PLAIN)).to.include('after `detection`').and.include('if another server can take over');
  });

  it('lists kinds in groups and gives them as data', () => {
    expect(kindList([plain, moving], PLAIN)).to.match(/Places and groups\n {2}moving-lamp .*\n\nWhat they need to run\n {2}lamp /);
    expect(() => JSON.stringify(kindDocument(plain))).not.to.throw();
    expect(kindDocument(plain)).to.include({ name: 'lamp', route: false });
  });
});
