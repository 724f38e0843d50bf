/**
 * A definition with fewer messages: each flow offers them as before, over the same time and beside the same faults, only more rarely; and
 * fewer are there at time 0. It is another model, so nothing that it says is a result of the first.
 */
import type { ArrivalDefinition, ComponentDefinition, ModelDefinition } from '../definition.js';
import type { KindDeclaration } from '../kind.js';
import { meanRate } from './arrivals.js';
import { preloadsOf } from './preload.js';

const SECOND = 1_000_000;

/** @param messages about how many a flow offers, and the most that are in one place at time 0; where there are fewer, all stays as it is */
export function thinned(definition: ModelDefinition, catalogue: readonly KindDeclaration[], messages: number): ModelDefinition {
  const seconds = definition.run.horizon / SECOND;
  const flows = definition.flows.map((flow) => {
    const { limit } = flow.arrivals;
    if (limit !== undefined) return { ...flow, arrivals: { ...flow.arrivals, limit: Math.min(limit, messages) } };
    const factor = (meanRate(flow.arrivals) * seconds) / messages;
    return factor > 1 ? { ...flow, arrivals: rarer(flow.arrivals, factor) } : flow;
  });
  return { ...definition, flows, components: definition.components.map((component) => emptier(component, catalogue, messages)) };
}

function emptier(component: ComponentDefinition, catalogue: readonly KindDeclaration[], messages: number): ComponentDefinition {
  const kind = catalogue.find(({ name }) => name === component.kind);
  const many = (kind === undefined ? [] : preloadsOf(kind)).filter((name) => Number(component.parameters[name] ?? 0) > messages);
  return many.length === 0 ? component : { ...component, parameters: { ...component.parameters, ...Object.fromEntries(many.map((name) => [name, messages])) } };
}

function rarer(arrivals: ArrivalDefinition, factor: number): ArrivalDefinition {
  switch (arrivals.type) {
    case 'poisson': return { ...arrivals, ratePerSecond: arrivals.ratePerSecond / factor };
    case 'every': return { ...arrivals, interval: Math.round(arrivals.interval * factor) };
    case 'batch': {
      const size = Math.max(1, Math.round(arrivals.size / factor));
      return { ...arrivals, size, interval: Math.round(arrivals.interval * Math.max(1, (factor * size) / arrivals.size)) };
    }
    case 'replay': {
      const every = Math.ceil(factor);
      return { ...arrivals, times: arrivals.times.filter((_, i) => i % every === 0) };
    }
    case 'profile': return {
      ...arrivals,
      steps: arrivals.steps.map((step) => ({
        ...step, ...(step.ratePerSecond === undefined ? {} : { ratePerSecond: step.ratePerSecond / factor }), ...(step.interval === undefined ? {} : { interval: Math.round(step.interval * factor) }),
      })),
    };
  }
}
