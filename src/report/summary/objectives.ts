/** Objectives beside their measures: met or missed. They are wishes, not checks, so they change no exit code. */
import type { ObjectiveOutcome } from '../../experiment/result.js';
import { figure } from '../figures.js';
import type { Paint } from '../paint.js';
import { left, right, table } from '../table.js';

export function objectiveSection(objectives: readonly ObjectiveOutcome[], paint: Paint): string[] {
  if (objectives.length === 0) return [];
  const rows = objectives.map((outcome) => {
    const unit = outcome.objective === 'availability' ? 'share' : 's';
    return [
      outcome.met ? paint.good('met') : paint.bad('missed'), outcome.flow, outcome.objective, figure(outcome.bound, unit), paint.dim(measured(outcome)),
    ];
  });
  const [, ...lines] = table([left(''), left(''), left(''), right(''), left('')], rows);
  return [paint.title('Objectives') + paint.dim(' (worst replication)'), ...lines];
}

/** A deadline is measured by the messages that came too late, the others in their own unit. */
function measured({ objective, measured }: ObjectiveOutcome): string {
  if (objective === 'deadline') return `${figure(measured, 'count')} late`;
  return `measured ${figure(measured, objective === 'availability' ? 'share' : 's')}`;
}
