/** Rates (`50/s`), sizes (`4KiB`) and shares (`99.95%`) → per second, bytes, 0 to 1. Strict, as durations are. */
import { bad, good, impossible } from './parsed.js';
import type { Parsed } from './parsed.js';

const PER = new Map(Object.entries({ s: 1, min: 60, h: 3600, d: 86_400 }));
const OTHER_PER = new Map(Object.entries({ sec: 's', second: 's', m: 'min', minute: 'min', hr: 'h', hour: 'h', day: 'd' }));
const BYTES = new Map(Object.entries({
  B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40,
}));

/** Per second: one per microsecond, the unit of the clock. */
const MAX_RATE = 1_000_000;

export const RATE_PATTERN = '^\\d+(\\.\\d+)?/(s|min|h|d)$';
export const SIZE_PATTERN = '^(0|\\d+(\\.\\d+)?(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB))$';
export const SHARE_PATTERN = '^\\d+(\\.\\d+)?%$';

export function parseRate(written: string | number): Parsed<number> {
  const remedy = 'a rate is written like 50/s, 3/min or 10/h';
  if (typeof written === 'number' || /^\d+(\.\d+)?$/.test(written)) {
    return impossible('HS021', Number(written), remedy) ?? bad('HS021', `${String(written)} has no unit`, { remedy: `write ${String(written)}/s for messages per second` });
  }
  if (/^-\d/.test(written)) return bad('HS021', `"${written}" is negative`, { remedy });
  const match = /^(\d+(?:\.\d+)?)\/([a-z]+)$/i.exec(written);
  if (match === null) return bad('HS021', `"${written}" is not a rate`, { remedy });
  const per = PER.get(match[2]);
  if (per !== undefined) {
    const rate = Number(match[1]) / per;
    return rate <= MAX_RATE ? good(rate) : bad('HS021', `"${written}" is more than ${String(MAX_RATE)} per second`, { remedy: 'the clock ticks in microseconds' });
  }
  const meant = OTHER_PER.get(match[2].toLowerCase());
  return bad('HS021', `"${written}": unknown unit "/${match[2]}"`, { remedy: 'units: /s, /min, /h, /d', suggestions: meant === undefined ? [] : [`${match[1]}/${meant}`] });
}

export function parseSize(written: string | number): Parsed<number> {
  const remedy = 'a size is written like 500B, 4KiB or 1MB';
  if (written === 0 || written === '0') return good(0);
  if (typeof written === 'number' || /^\d+(\.\d+)?$/.test(written)) {
    return impossible('HS022', Number(written), remedy) ?? bad('HS022', `${String(written)} has no unit`, { remedy: `write ${String(written)}B for bytes` });
  }
  if (/^-\d/.test(written)) return bad('HS022', `"${written}" is negative`, { remedy });
  const match = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(written);
  if (match === null) return bad('HS022', `"${written}" is not a size`, { remedy });
  const bytes = BYTES.get(match[2]);
  if (bytes !== undefined) {
    const size = Math.round(Number(match[1]) * bytes);
    return Number.isSafeInteger(size) ? good(size) : bad('HS022', `"${written}" is too large`, { remedy: 'at most 8191TiB' });
  }
  const meant = [...BYTES.keys()].find((unit) => unit.toLowerCase() === match[2].toLowerCase());
  return bad('HS022', `"${written}": unknown unit "${match[2]}"`, { remedy: `units: ${[...BYTES.keys()].join(', ')}`, suggestions: meant === undefined ? [] : [`${match[1]}${meant}`] });
}

export function parseShare(written: string | number): Parsed<number> {
  const remedy = 'a share is written like 99.95%, or as a number from 0 to 1';
  if (typeof written === 'string' && /^-\d/.test(written)) return bad('HS023', `"${written}" is negative`, { remedy });
  if (typeof written === 'string' && /^\d+(\.\d+)?%$/.test(written)) {
    const share = Number(written.slice(0, -1)) / 100;
    return share <= 1 ? good(share) : bad('HS023', `"${written}" is more than all`, { remedy });
  }
  const value = typeof written === 'number' ? written : /^\d+(\.\d+)?$/.test(written) ? Number(written) : null;
  if (value === null) return bad('HS023', `"${String(written)}" is not a share`, { remedy });
  return impossible('HS023', value, remedy) ?? (value <= 1 ? good(value) : bad('HS023', `${String(value)} is more than all`, { remedy, suggestions: value <= 100 ? [`${String(value)}%`] : [] }));
}
