/** Faults that a kind can suffer, operations that can be done to it, what it counts and what can be watched. */
import type { FaultDeclaration, KindDeclaration } from '../../model/index.js';
import type { Paint } from '../paint.js';
import { left, table } from '../table.js';

export function faultLines(kind: KindDeclaration, paint: Paint): string[] {
  const rows = Object.entries(kind.faults).map(([name, fault]) => [paint.strong(name), fault.depth, endText(fault), fault.meaning + extras(fault)]);
  if (rows.length === 0) return ['  none: it never fails by itself'];
  return table([left('fault'), left('depth'), left('without for:'), left('meaning', 60)], rows, { paintHeader: paint.dim });
}

function endText(fault: FaultDeclaration): string {
  if (fault.repair === undefined) return 'to the end';
  return fault.repair === 'own' ? 'recovers by itself' : `\`${fault.repair}\``;
}

function extras(fault: FaultDeclaration): string {
  return (fault.wipes === true ? '; data is gone' : '') + (fault.steps === undefined ? '' : `; steps: ${fault.steps.join(', ')}`);
}

export function operationLines(kind: KindDeclaration, paint: Paint): string[] {
  return Object.entries(kind.operations ?? {}).map(([name, operation]) => {
    const takes = operation.takes === undefined ? '' : `; takes \`${operation.takes}\``;
    const needs = operation.needs === undefined ? '' : `; needs ${operation.needs.map((need) => need.meaning).join(', ')}`;
    return `  ${paint.strong(name)}  ${operation.meaning}${takes}${needs}`;
  });
}

export function tripLines(kind: KindDeclaration, paint: Paint): string[] {
  return Object.entries(kind.trips ?? {}).map(([name, trip]) => {
    const window = trip.window === undefined ? '' : ` within \`${trip.window}\``;
    return `  ${paint.strong(name)}  ${trip.meaning}: used up at \`${trip.threshold}\`${window}${trip.each === true ? ', each member for itself' : ''}`;
  });
}

export function gaugeLines(kind: KindDeclaration, paint: Paint): string[] {
  return Object.entries(kind.gauges ?? {}).map(([name, gauge]) => `  ${paint.strong(name)}  ${gauge.meaning} (${gauge.unit})`);
}

/** What an observer believes and how long it takes to notice, by depth of the failure. */
export function viewLines(kind: KindDeclaration): string[] {
  if (kind.view === undefined) return [];
  const { meaning, suspectAfter, trustAfter } = kind.view;
  const sum = (parameters: readonly string[]): string => parameters.map((name) => `\`${name}\``).join(' + ');
  const delays = (['host', 'process', 'function'] as const).map((depth) => {
    const parameters = suspectAfter[depth] ?? [];
    return `  ${depth} failure noticed ${parameters.length === 0 ? 'never' : `after ${sum(parameters)}`}`;
  });
  return [`  ${meaning}`, ...delays, `  return noticed ${trustAfter.length === 0 ? 'at once' : `after ${sum(trustAfter)}`}`];
}
