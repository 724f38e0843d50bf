/**
 * One contract for all kinds: what a declaration says about parameters, needs, states, faults and hops must hang together,
 * since the simulator, the validator, the schema and the pages of the catalogue all read it.
 */
import { expect } from 'chai';
import { catalogue } from '../../src/kinds/index.js';
import { FAULT_KINDS, OPERATION_KINDS, STEPS } from '../../src/model/index.js';
import type { Guard, KindDeclaration, ParameterSpec, Provider } from '../../src/model/index.js';

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function specAt(kind: KindDeclaration, path: string): ParameterSpec | undefined {
  const [head, ...rest] = path.split('.');
  let spec: ParameterSpec | undefined = kind.parameters[head];
  for (const key of rest) spec = spec?.type === 'record' ? spec.fields[key] : undefined;
  return spec;
}

function everySpec(kind: KindDeclaration): [string, ParameterSpec][] {
  const visit = (name: string, spec: ParameterSpec): [string, ParameterSpec][] => [
    [name, spec],
    ...(spec.type === 'record' ? Object.entries(spec.fields).flatMap(([key, one]) => visit(`${name}.${key}`, one)) : []),
    ...(spec.type === 'list' ? visit(`${name}[]`, spec.item) : []),
  ];
  return Object.entries(kind.parameters).flatMap(([name, spec]) => visit(name, spec));
}

const providers = (from: Provider | readonly Provider[]): readonly Provider[] => [from].flat() as readonly Provider[];

function guards(guard: Guard | undefined): Guard[] {
  if (guard === undefined) return [];
  if ('all' in guard) return guard.all.flatMap(guards);
  if ('not' in guard) return guards(guard.not);
  return [guard];
}

const offeredSomewhere = new Set(catalogue.flatMap((kind) => Object.keys(kind.functions)));

describe('kinds', () => {
  it('have names of their own', () => {
    expect(new Set(catalogue.map((kind) => kind.name)).size).to.equal(catalogue.length);
  });

  for (const kind of catalogue) {
    describe(kind.name, () => {
      const needs = Object.values(kind.functions).flatMap((fn) => fn.needs);
      const { lifecycle } = kind;
      const states = Object.keys(lifecycle.states);
      const targets = (to: (typeof lifecycle.transitions)[number]['to']): string[] => (typeof to === 'string' ? [to] : to.map((branch) => branch.to));
      const isTime = (path: string): boolean => ['duration', 'distribution'].includes(specAt(kind, path)?.type ?? '');

      it('says what it is and what it leaves out', () => {
        expect(kind.name).to.match(KEBAB);
        expect(kind.summary).to.match(/\.$/);
        expect(kind.omits).not.to.equal('');
      });

      it('explains every parameter, and says where every default comes from', () => {
        for (const [name, spec] of everySpec(kind)) {
          expect(name).to.match(/^[a-z0-9.[\]-]+$/);
          if (!name.endsWith('[]') || spec.type !== 'record') expect(spec.meaning, name).not.to.equal('');
          if (spec.default !== undefined) expect(spec.source, `${name} has a default without a source`).to.be.a('string');
          else if (spec.required !== true && !name.endsWith('[]')) expect(spec.absent, `${name} is optional but does not say what its absence means`).to.be.a('string');
        }
      });

      it('needs what somebody offers, in words that its parameters know', () => {
        for (const need of needs) {
          for (const from of providers(need.from)) {
            expect(offeredSomewhere.has(from.function ?? need.function), `${need.name} needs ${need.function}`).to.equal(true);
            if (from.unless !== undefined) expect(kind.parameters, from.unless).to.have.property(from.unless);
            if ('parameter' in from) expect(specAt(kind, from.parameter)?.type, from.parameter).to.equal('reference');
            if (from.at === 'holder' || from.at === 'candidates') expect(kind.role, need.name).not.to.equal(undefined);
          }
          expect(need.way === 'leased', `${need.name}: a lease belongs to "leased"`).to.equal(need.lease !== undefined);
          if (need.lease !== undefined) expect(specAt(kind, need.lease)?.type).to.equal('duration');
          expect(need.way === 'k-of-n').to.equal(need.k !== undefined);
          if (need.renewEvery !== undefined) expect(specAt(kind, need.renewEvery)?.type).to.equal('duration');
          if (need.way === 'cached') expect(need.droppedOn, need.name).to.not.be.empty;
          expect(need.staleOn === undefined, `${need.name}: a refresh belongs to what makes copies old`).to.equal(need.refresh === undefined);
          if (need.refresh !== undefined) expect(specAt(kind, need.refresh)?.type).to.equal('duration');
        }
      });

      it('has a life cycle that hangs together', () => {
        expect(states).to.include(lifecycle.initial);
        expect(lifecycle.states[lifecycle.initial].normal).to.equal(true);
        if (lifecycle.absent !== undefined) expect(states).to.include(lifecycle.absent);
        for (const transition of lifecycle.transitions) {
          for (const name of [...[transition.from].flat(), ...targets(transition.to)]) expect(states).to.include(name);
          if (transition.after !== undefined) expect(isTime(transition.after), transition.after).to.equal(true);
          if (transition.every !== undefined) expect(specAt(kind, transition.every)?.type, transition.every).to.equal('duration');
          if (typeof transition.polls === 'string') expect(specAt(kind, transition.polls)?.type, transition.polls).to.equal('integer');
          if (transition.polls !== undefined) expect(kind.pool?.leases?.polls, 'it polls').not.to.equal(undefined);
          if (transition.times !== undefined) expect(specAt(kind, transition.times)?.type, transition.times).to.equal('integer');
          const conditions = [...guards(transition.when), ...(typeof transition.to === 'string' ? [] : transition.to.flatMap((branch) => guards(branch.when)))];
          for (const guard of conditions) {
            if ('need' in guard) expect(needs.map((need) => need.name)).to.include(guard.need);
            if ('trip' in guard) expect(kind.trips).to.have.property(guard.trip);
            if ('candidate' in guard) expect(kind.role).not.to.equal(undefined);
            if ('kept' in guard) expect(specAt(kind, guard.kept)?.type).to.equal('reference');
            if ('relocatable' in guard) expect(kind.relocation).not.to.equal(undefined);
            if ('parameter' in guard) expect(specAt(kind, guard.parameter), guard.parameter).to.not.equal(undefined);
          }
          for (const action of [...(transition.do ?? []), ...(typeof transition.to === 'string' ? [] : transition.to.flatMap((branch) => branch.do ?? []))]) {
            if (action.do === 'count') expect(kind.trips).to.have.property(action.trip);
            if (action.do === 'tell') expect(needs.map((need) => need.name)).to.include(action.need);
            if (action.do === 'keep' || action.do === 'lose') expect(specAt(kind, action.place)?.type).to.equal('reference');
            if (action.do === 'relocate') expect(specAt(kind, kind.relocation ?? '')?.type).to.equal('reference');
          }
        }
      });

      it('reaches every state, and can come back from all of them', () => {
        const reach = (from: readonly string[], next: (state: string) => string[]): Set<string> => {
          const seen = new Set(from);
          const open = [...from];
          for (let state = open.pop(); state !== undefined; state = open.pop()) {
            for (const one of next(state)) if (!seen.has(one)) { seen.add(one); open.push(one); }
          }
          return seen;
        };
        const forward = (state: string): string[] => lifecycle.transitions.filter((one) => [one.from].flat().includes(state)).flatMap((one) => targets(one.to));
        const starts = [lifecycle.initial, ...(lifecycle.absent === undefined ? [] : [lifecycle.absent])];
        expect([...reach(starts, forward)].sort(), 'reached').to.deep.equal([...states].sort());
        for (const state of states.filter((name) => name !== lifecycle.absent)) {
          expect(reach([state], forward).has(lifecycle.initial), `from ${state} there is no way back`).to.equal(true);
        }
      });

      it('hears every event that it can be sent', () => {
        const heard = new Set(lifecycle.transitions.flatMap((one) => one.on ?? []));
        for (const [name, fault] of Object.entries(kind.faults)) {
          expect(FAULT_KINDS).to.include(name);
          expect(fault.meaning).not.to.equal('');
          if (fault.event !== undefined) expect(heard.has(fault.event), fault.event).to.equal(true);
          else expect(['slow', 'ack-loss', 'error']).to.include(name);
          if (fault.repair !== undefined && fault.repair !== 'own') expect(isTime(fault.repair), fault.repair).to.equal(true);
          for (const step of fault.steps ?? []) expect(STEPS).to.include(step);
        }
        for (const [name, operation] of Object.entries(kind.operations ?? {})) {
          expect(OPERATION_KINDS).to.include(name);
          if (operation.event !== undefined) expect(heard.has(operation.event), operation.event).to.equal(true);
          const { event, suspended, announces, changes, by } = operation;
          expect([event, suspended, announces, changes, by].filter((one) => one !== undefined), `${name} does one thing`).to.have.length(1);
          if (announces !== undefined) expect(kind.functions).to.have.property(announces.function);
          if (operation.takes !== undefined) expect(isTime(operation.takes), operation.takes).to.equal(true);
          for (const step of by ?? []) if (step !== 'in' && step === by?.[0]) expect(specAt(kind, step)?.type).to.equal('reference');
          for (const need of operation.needs ?? []) for (const from of providers(need.from)) expect(offeredSomewhere.has(from.function ?? need.function), need.name).to.equal(true);
        }
        for (const need of needs.filter((one) => one.reaction !== 'pause' && one.when === 'always')) {
          const events = need.reaction === 'recycle' ? ['recycle'] : [`${need.name}-lost`];
          for (const event of events) expect(heard.has(event), `nothing hears ${event}`).to.equal(true);
        }
      });

      it('explains its topology rules', () => {
        for (const rule of kind.rules ?? []) {
          expect(rule.name).to.match(/^L([1-9]|1\d|2[0-7])$/);
          expect(['error', 'warning', 'info']).to.include(rule.level);
          expect(rule.meaning, rule.name).to.match(/\.$/);
          // These end inside a sentence.
          for (const text of [rule.reason, rule.source, rule.remedy]) expect(text, rule.name).to.match(/[^.\s]$/);
          if (rule.refuses === 'server-twice' || rule.refuses === 'server-count') expect(kind.placement.on, rule.name).not.to.equal(undefined);
          if (rule.refuses === 'cluster') expect(kind.placement.cluster, rule.name).not.to.equal(undefined);
          if (rule.refuses === 'workers') expect(kind.hop?.pool, rule.name).to.be.an('object');
        }
      });

      it('declares hops, workers, views and trips by parameters that exist', () => {
        for (const trip of Object.values(kind.trips ?? {})) {
          expect(specAt(kind, trip.threshold)?.type).to.equal('integer');
          if (trip.window !== undefined) expect(isTime(trip.window)).to.equal(true);
        }
        for (const name of [...(kind.view?.trustAfter ?? []), ...Object.values(kind.view?.suspectAfter ?? {}).flat()]) expect(isTime(name), name).to.equal(true);
        for (const name of kind.box?.holds ?? []) expect(specAt(kind, name)?.type).to.equal('reference');
        if (kind.pool !== undefined) expect(kind.functions).to.have.property(kind.pool.function);
        if (kind.store !== undefined) expect(kind.functions).to.have.property(kind.store.function);
        if (kind.coordinator !== undefined) {
          expect(kind.functions).to.have.property(kind.coordinator.function);
          for (const name of [kind.coordinator.timeout, kind.coordinator.prepare, kind.coordinator.commit]) expect(isTime(name), name).to.equal(true);
          expect(Object.keys(kind.gauges ?? {})).to.include.members(['active', 'in-doubt']);
        }
        for (const name of kind.role?.among ?? []) expect(specAt(kind, name)?.type).to.equal('reference');
        if (kind.images !== undefined) {
          const { images } = kind;
          expect(kind.store, 'images are of a store').not.to.equal(undefined);
          expect(states).to.include(images.while);
          expect(isTime(images.stall)).to.equal(true);
          for (const place of [images.share, images.standby]) expect(specAt(kind, place.parameter)?.type).to.equal('reference');
          expect(lifecycle.transitions.some((one) => one.on === 'data-lost'), 'nothing hears data-lost').to.equal(true);
          expect(kind.operations).to.have.property(images.operation);
        }
        if (kind.buffer !== undefined) expect(kind.functions).to.have.property(kind.buffer.function);
        if (kind.buffer?.behind !== undefined) expect(specAt(kind, kind.buffer.behind)?.type).to.equal('reference');
        if (kind.parts !== undefined) {
          expect(specAt(kind, kind.parts.count)?.type).to.equal('integer');
          expect(catalogue.find((one) => one.name === kind.parts!.kind)?.placement.in?.offers.some((fn) => Object.hasOwn(kind.functions, fn)), 'its parts stand in it').to.equal(true);
        }
        const { takes, leases } = kind.pool ?? {};
        if (leases !== undefined) expect(leases.from === undefined ? kind.buffer !== undefined : specAt(kind, leases.from)?.type === 'reference').to.equal(true);
        for (const name of leases?.polls === undefined ? [] : [leases.polls.period, leases.polls.first]) expect(specAt(kind, name)?.type, name).to.equal('duration');
        if (kind.buffer?.initial !== undefined) expect(specAt(kind, kind.buffer.initial)?.type).to.equal('integer');
        for (const name of takes === undefined ? [] : [takes.poll, takes.beat, takes.deadAfter, takes.sweep]) expect(isTime(name), name).to.equal(true);
        if (kind.tracking !== undefined) {
          const { stores, movedBy, job, rows } = kind.tracking;
          expect(specAt(kind, stores)?.type).to.equal('reference');
          expect(kind.functions).to.have.property(job.function);
          expect(isTime(job.period)).to.equal(true);
          for (const { parameter, into } of rows) {
            expect(specAt(kind, parameter)?.type, parameter).to.equal('integer');
            expect(specAt(kind, into)?.type, into).to.equal('reference');
          }
          const mover = specAt(kind, movedBy);
          const movers = catalogue.filter((one) => mover?.type === 'reference' && mover.offers.some((fn) => Object.hasOwn(one.functions, fn)));
          expect(movers.length > 0 && movers.every((one) => one.pool?.leases?.sessions !== undefined), 'who moves rows does so in sessions').to.equal(true);
        }
        if (kind.keepsRows !== undefined) {
          const { function: job, period, keep, limit } = kind.keepsRows;
          expect(kind.functions).to.have.property(job);
          for (const name of [period, keep]) expect(specAt(kind, name)?.type, name).to.equal('duration');
          expect(specAt(kind, limit)?.type).to.equal('integer');
          expect(kind.gauges?.rows?.whole, 'it shows its rows').to.equal(true);
        }
        const { hop } = kind;
        if (hop === undefined) return;
        if (hop.records !== undefined) {
          expect(kind.functions).to.include.keys(hop.records.function, hop.records.while);
          expect(specAt(kind, hop.records.to)?.type).to.equal('reference');
          expect(hop.onError, 'there is a caller who hears of work that failed').to.equal('refuse');
        }
        if (hop.pool !== 'own') expect(specAt(kind, hop.pool.parameter)?.type).to.equal('reference');
        if (hop.through !== undefined) expect(specAt(kind, hop.through)?.type).to.equal('reference');
        for (const name of hop.to ?? []) expect(specAt(kind, name)?.type).to.equal('reference');
        const calls = hop.ladder ?? hop.sends ?? hop.names;
        if (typeof hop.output === 'function') expect(calls, 'who may call has a ladder').not.to.equal(undefined);
        else expect(hop.output !== 'call' || calls !== undefined).to.equal(true);
        if (hop.station !== undefined) expect(hop.pool, 'a queue of its own has workers of its own').to.equal('own');
        expect(kind.placement.follows === undefined || hop.pool !== 'own' || leases !== undefined, 'what stands where another stands works there, or takes by itself').to.equal(true);
      });
    });
  }
});
