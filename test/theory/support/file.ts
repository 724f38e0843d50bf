/** A file of `scenarios/theory`, shortened: rows of its flows and components, one per replication. */
import { ComponentMeasure } from '../../../src/experiment/measures/components.js';
import { FlowMeasure } from '../../../src/experiment/measures/flows.js';
import type { Row } from '../../../src/experiment/index.js';
import { catalogue } from '../../../src/kinds/index.js';
import { formatDiagnostics, readScenario } from '../../../src/scenario/index.js';
import type { Scenario } from '../../../src/scenario/index.js';
import { engineOf } from '../../properties/support/simulate.js';

export const FOLDER = 'scenarios/theory';

export interface Shortened { readonly seed: number | string; readonly replications: number; /** As on the command line, `path=value`. */ readonly set?: readonly string[] }

export interface Rows { readonly flow: (name: string, column: string) => number[]; readonly component: (name: string, column: string) => number[]; readonly texts: (name: string, column: string) => string[] }

/** What is wrong with the file ends the test. */
export function theoryFile(name: string, { seed, set = [] }: Pick<Shortened, 'seed' | 'set'> = { seed: 1 }): Scenario {
  const { scenario, diagnostics } = readScenario({ file: `${FOLDER}/${name}.yaml` }, { seed, set }, catalogue);
  if (scenario === null) throw new Error(formatDiagnostics(diagnostics, { color: false, texts: () => undefined }));
  return scenario;
}

export function rowsOfFile(name: string, shortened: Shortened): Rows {
  const { definition } = theoryFile(name, shortened);
  const flows: Row[] = [];
  const components: Row[] = [];
  for (let replication = 1; replication <= shortened.replications; replication++) {
    const engine = engineOf(definition, { replication });
    const flow = new FlowMeasure(engine.map, definition.run, replication);
    const component = new ComponentMeasure(engine.map, definition.run, replication);
    for (const reader of [flow, component]) engine.read(reader);
    engine.run();
    flows.push(...flow.rows());
    components.push(...component.rows());
  }
  const cells = (rows: readonly Row[], key: string, wanted: string, column: string): Row[string][] => rows.filter((row) => row[key] === wanted).map((row) => row[column]);
  return {
    flow: (wanted, column) => cells(flows, 'flow', wanted, column).map(Number),
    component: (wanted, column) => cells(components, 'component', wanted, column).map(Number),
    texts: (wanted, column) => cells(components, 'component', wanted, column).map((cell) => String(cell ?? '')),
  };
}
