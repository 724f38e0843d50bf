/** Order and patterns of names: `bts2` before `bts10`, and what `bts*` means. */

/** By code units, runs of digits as numbers: the order that does not depend on the order of keys in a file. */
export function compareNames(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [x, y] = [left[index], right[index]];
    const difference = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : 0;
    if (difference !== 0) return difference;
    if (x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** `*` stands for any characters, `?` for one. */
export function globPattern(glob: string): RegExp {
  const source = [...glob].map((letter) => (letter === '*' ? '.*' : letter === '?' ? '.' : letter.replace(/[\\^$.|+()[\]{}/-]/, '\\$&'))).join('');
  return new RegExp(`^${source}$`);
}
