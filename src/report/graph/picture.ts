/**
 * What a picture of a topology shows, the same in every format: boxes, nodes, arrows, and how a fault colours them.
 *
 * A box is a component that others are inside of; where arrows lead to it, a node of its name stands inside of the box for it. Not here:
 * coordinates, and how a format writes any of this.
 */
import type { FaultEffect } from '../../experiment/fault-effect.js';
import type { Outline, OutlineComponent, OutlineNeed } from '../../model/index.js';
import { duration, plural } from '../figures.js';

/** How a fault shows; `hit` goes with any of the others. */
export interface State { readonly down: boolean; readonly degraded: boolean; readonly hit: boolean }

export interface PictureNode {
  /** Short, and the same whenever the scenario is: `c7`, `f0`. */
  readonly id: string;
  readonly lines: readonly [title: string, detail: string];
  readonly tooltip: string;
  /** The source of a flow. */
  readonly source: boolean;
  readonly state: State;
}
export interface PictureBox {
  readonly id: string;
  readonly title: string;
  readonly tooltip: string;
  readonly state: State;
  readonly nodes: readonly PictureNode[];
  readonly boxes: readonly PictureBox[];
}
export interface PictureArrow {
  readonly from: string;
  readonly to: string;
  readonly type: 'route' | 'need' | 'soft-need';
  readonly label: string;
  readonly tooltip: string;
}
export interface Picture {
  readonly name: string;
  /** What is inside of nothing. */
  readonly top: Pick<PictureBox, 'nodes' | 'boxes'>;
  readonly arrows: readonly PictureArrow[];
  /** What the fault did, a clause each; empty without one. */
  readonly story: readonly string[];
}

/** Names of servers or flows that stand in one line. */
const SHOWN_NAMES = 2;
const WHOLE: State = { down: false, degraded: false, hit: false };

export function pictureOf(name: string, outline: Outline, effect: FaultEffect | null): Picture {
  const { components, needs, arrows, flows } = outline;
  const title = (index: number): string => components[index].name;
  const busy = new Set([...needs, ...arrows].flatMap(({ from, to }) => [from, to]));
  const inner = (outer: number | null): number[] => components.flatMap((component, index) => (component.inside === outer ? [index] : []));
  const node = (index: number): PictureNode => {
    const component = components[index];
    return { id: `c${String(index)}`, lines: [component.name, detailOf(component)], tooltip: tooltipOf(component), source: false, state: stateOf(component, effect) };
  };
  const content = (outer: number | null): Pick<PictureBox, 'nodes' | 'boxes'> => {
    const inside = inner(outer);
    const isBox = (index: number): boolean => inner(index).length > 0;
    const own = outer !== null && busy.has(outer) ? [node(outer)] : [];
    return { nodes: [...own, ...inside.filter((index) => !isBox(index)).map(node)], boxes: inside.filter(isBox).map(box) };
  };
  const box = (index: number): PictureBox => {
    const component = components[index];
    const on = component.on.length === 0 ? '' : ` · ${onText(component)}`;
    return { id: `b${String(index)}`, title: `${component.name} · ${component.kind}${on}`, tooltip: tooltipOf(component), state: stateOf(component, effect), ...content(index) };
  };
  const top = content(null);
  const sources = flows.map((flow, index): PictureNode => ({ id: `f${String(index)}`, lines: [flow, 'flow'], tooltip: `${flow}: where its messages come from`, source: true, state: WHOLE }));
  return {
    name,
    top: { ...top, nodes: [...sources, ...top.nodes] },
    arrows: [
      ...arrows.flatMap(({ from, to, flows: names }): PictureArrow[] => {
        // Every flow has a source of its own.
        const starts = from === null ? names.map((one) => ({ from: `f${String(flows.indexOf(one))}`, names: [one] })) : [{ from: `c${String(from)}`, names }];
        return starts.map((start) => ({ from: start.from, to: `c${String(to)}`, type: 'route', label: shortList(start.names), tooltip: `${start.names.join(', ')}: ${from === null ? 'its source' : title(from)} → ${title(to)}` }));
      }),
      ...needs.map((need): PictureArrow => ({
        from: `c${String(need.from)}`, to: `c${String(need.to)}`, type: isSoft(need) ? 'soft-need' : 'need', label: '',
        tooltip: `${title(need.from)} needs ${title(need.to)} (${need.ways.join(', ')}): ${need.meanings.join('; ')}`,
      })),
    ],
    story: effect === null ? [] : storyOf(effect),
  };
}

/** It goes on for a while, or with others, when this one is away. */
function isSoft({ ways }: OutlineNeed): boolean {
  return !ways.includes('requires');
}

function detailOf(component: OutlineComponent): string {
  return component.on.length === 0 ? component.kind : `${component.kind} · ${onText(component)}`;
}

function onText({ on, moves }: OutlineComponent): string {
  return moves ? `${on[0]} or ${shortList(on.slice(1))}` : `on ${shortList(on)}`;
}

function tooltipOf({ name, kind, on, moves }: OutlineComponent): string {
  if (on.length === 0) return `${name}: ${kind}`;
  return moves ? `${name}: ${kind}, active on ${on[0]}, can move to ${on.slice(1).join(', ')}` : `${name}: ${kind} on ${on.join(', ')}`;
}

export function shortList(names: readonly string[]): string {
  return names.length <= SHOWN_NAMES + 1 ? names.join(', ') : `${names.slice(0, SHOWN_NAMES).join(', ')} and ${String(names.length - SHOWN_NAMES)} more`;
}

function stateOf({ name }: OutlineComponent, effect: FaultEffect | null): State {
  if (effect === null) return WHOLE;
  const whole = effect.targets.get(name);
  const down = effect.down.includes(name) || whole === true;
  return { down, degraded: !down && (effect.degraded.includes(name) || whole === false), hit: whole !== undefined };
}

function storyOf({ kind, targetText, startSeconds, down, degraded, scope, flowsStopped, flowsDegraded }: FaultEffect): string[] {
  return [
    `${kind} of ${targetText} at ${duration(startSeconds)}`,
    `${String(down.length)} down`, `${String(degraded.length)} degraded`,
    ...(scope === null ? [] : [`scope ${scope}`]),
    `${plural(flowsStopped, 'flow')} stopped, ${String(flowsDegraded)} degraded`,
  ];
}
