import { expect } from 'chai';
import { FLOW_COLUMNS, SUMMARY_COLUMNS } from '../../src/experiment/columns.js';
import { metricText } from '../../src/experiment/columns.js';
import { summaryRows } from '../../src/experiment/summary.js';
import { replicationsOf } from './judged.js';

describe('experiment/summary: summary.csv', () => {
  const find = (rows: ReturnType<typeof summaryRows>, subject: string, metric: string) => rows.find((row) => row.subject === subject && row.metric === metric);

  it('has mean, interval and quantiles over replications, computed by hand', () => {
    const rows = summaryRows(replicationsOf({ flows: [{ lost: 1 }] }, { flows: [{ lost: 2 }] }, { flows: [{ lost: 3 }] }));
    const row = find(rows, 'orders', 'lost')!;
    expect(Object.keys(row)).to.deep.equal(SUMMARY_COLUMNS.map(({ name }) => name));
    expect(row).to.include({ unit: 'count', mean: 2, min: 1, p50: 2, p95: 2.9, p99: 2.98, max: 3, replications: 3 });
    expect(row.ci95_low).to.be.closeTo(2 - 2.484138, 1e-6);
    expect(row.ci95_high).to.be.closeTo(2 + 2.484138, 1e-6);
  });

  it('has no interval for one replication, and leaves empty cells out', () => {
    expect(find(summaryRows(replicationsOf({ flows: [{ lost: 1 }] })), 'orders', 'lost')).to.include({ mean: 1, ci95_low: null, ci95_high: null, replications: 1 });
    const rows = summaryRows(replicationsOf({ flows: [{ delay_p99_s: null, rta_s: 4 }] }, { flows: [{ delay_p99_s: 7, rta_s: null }] }));
    expect(find(rows, 'orders', 'delay.p99')).to.include({ mean: 7, unit: 's', replications: 1 });
    expect(find(rows, 'orders', 'rta')).to.include({ mean: 4, replications: 1 });
    expect(find(rows, 'orders', 'lost')).to.equal(undefined);
  });

  it('averages occurrences within a replication first, and ranges over all of them', () => {
    const rows = summaryRows(replicationsOf({ faults: [{ restore_s: 10 }, { restore_s: 30 }] }, { faults: [{ restore_s: 40 }] }));
    const row = find(rows, 'faults.crash', 'restore')!;
    expect(row).to.include({ mean: 30, min: 10, p50: 30, max: 40, replications: 3 });
    // Two means, 20 and 40: 30 ± t(0.975, 1) · 14.142 / √2 = 127.062.
    expect(row.ci95_low).to.be.closeTo(30 - 127.062, 1e-3);
  });

  it('has flows, faults and components under their names, in this order, no texts and no keys', () => {
    const rows = summaryRows(replicationsOf({ components: [{ downtime_s: 1 }], faults: [{ lost: 1, scope: 'group', start_s: 3 }], flows: [{ lost: 2 }, { flow: 'orders/erp', lost: 1 }] }));
    expect(rows.map(({ subject, metric }) => `${subject} ${metric}`)).to.deep.equal([
      'orders offered', 'orders lost', 'orders/erp offered', 'orders/erp lost', 'faults.crash lost', 'components.host downtime',
    ]);
  });

  it('names metrics as expectations do', () => {
    const names = ['delay_mean_s', 'delay_p99_s', 'answer_p50_s', 'throughput_per_s', 'lost', 'rpa_msgs'];
    expect(names.map((name) => metricText(FLOW_COLUMNS.find((column) => column.name === name)!))).to.deep.equal(['delay.mean', 'delay.p99', 'answer_p50', 'throughput', 'lost', 'rpa_msgs']);
  });
});
