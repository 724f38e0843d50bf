/** An impact analysis that was interrupted before its first fault was complete: it concludes nothing about the scenario. */
import { expect } from 'chai';
import type { ImpactPlan } from '../../src/experiment/index.js';
import { PLAIN, impactQuietText, impactText } from '../../src/report/index.js';
import type { ImpactAbout } from '../../src/report/index.js';

const CASE = { blows: [{ fault: 'crash', step: null }] };
const plan = { cases: [CASE, CASE], order: 1, gap: 0, at: 0, hold: null, horizon: 0, maintenance: null, withFaults: false, flows: 1, replications: 2 } as unknown as ImpactPlan;
const about = { version: '1.0.0', name: 'shop', seed: 1, scenarioHash: 'abcdefabcdef', plan, drainSeconds: 0 } as unknown as ImpactAbout;

describe('report/impact: interrupted before its first fault was complete', () => {
  it('says so, and not that no fault stops a flow', () => {
    const text = impactText([], false, about, null, PLAIN);
    expect(text).to.contain('no fault was complete');
    expect(text).to.contain('interrupted: only the faults that were complete are here');
    expect(text).to.not.contain('no fault stops a flow');
  });

  it('says of how many faults it speaks, also with --quiet', () => {
    expect(impactQuietText([], false, about, PLAIN)).to.match(/^Single points of failure: none among the 0 of 2 faults that were complete\n.* · incomplete\n$/);
  });
});
