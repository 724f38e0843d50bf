/**
 * Figures as people read them: `1m35s`, `99.93%`, `144012`. For the terminal only: files hold full precision.
 *
 * A figure is never rounded to something it must not be taken for: a small loss never shows as 0, an imperfect share never as 100 %.
 */
import type { Cell } from '../experiment/result.js';
import type { Unit } from '../experiment/columns.js';

/** What stands for an empty cell: it did not happen, or no sample speaks to it. */
export const NOTHING = '–';

/** Two units at most: `250ms`, `34.2s`, `1m35s`, `1h05m`, `7d03h`. */
export function duration(seconds: number): string {
  if (seconds < 0) return `-${duration(-seconds)}`;
  if (seconds === Infinity) return 'never';
  if (seconds === 0) return '0s';
  if (seconds < 0.001) return `${significant(seconds * 1e6)}µs`;
  if (seconds < 0.9995) return `${significant(seconds * 1e3)}ms`;
  if (seconds < 59.95) return `${significant(seconds)}s`;
  // Rounded to the smaller of the two units before it is split, so that 119.7 s is 2m and not 1m60s.
  const whole = Math.round(seconds);
  if (whole < 3600) return twoUnits(whole, 60, 'm', 's');
  const minutes = Math.round(seconds / 60);
  if (minutes < 1440) return twoUnits(minutes, 60, 'h', 'm');
  return twoUnits(Math.round(seconds / 3600), 24, 'd', 'h');
}

function twoUnits(count: number, size: number, large: string, small: string): string {
  const rest = count % size;
  return `${Math.floor(count / size)}${large}${rest === 0 ? '' : `${String(rest).padStart(2, '0')}${small}`}`;
}

/** Three significant digits without trailing zeros, never in exponent form for what `duration` passes. */
function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A count, or a mean of counts over replications. */
export function count(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (value === Infinity || value === -Infinity) return value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (size < 0.01) return value < 0 ? '>-0.01' : '<0.01';
  return String(Number(value.toFixed(size < 10 ? 2 : size < 1000 ? 1 : 0)));
}

/** `1` is `100%` and nothing else is; at most four decimals. */
export function share(value: number): string {
  if (value === 1 || value === 0) return `${String(value * 100)}%`;
  const rounded = Number((value * 100).toFixed(4));
  if (rounded === 100 && value < 1) return '>99.9999%';
  if (rounded === 0) return '<0.0001%';
  return `${String(rounded)}%`;
}

export function rate(perSecond: number): string {
  return `${count(perSecond)}/s`;
}

/** A cell of a result in the unit of its column. */
export function figure(cell: Cell | undefined, unit: Unit): string {
  if (cell === null || cell === undefined || cell === '') return NOTHING;
  if (typeof cell === 'string') return cell;
  if (unit === 's') return duration(cell);
  if (unit === 'share') return share(cell);
  return unit === 'per_s' ? rate(cell) : count(cell);
}

/** `1 replication`, `20 replications`. */
export function plural(n: number, one: string, many = `${one}s`): string {
  return `${String(n)} ${n === 1 ? one : many}`;
}
