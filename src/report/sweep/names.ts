/** Short names of what is varied: as many last parts of a path as tell it from the others. */

export function shortNames(names: readonly string[]): string[] {
  return names.map((name) => {
    const parts = name.split('.');
    for (let count = 1; count < parts.length; count += 1) {
      const short = parts.slice(-count).join('.');
      if (names.every((other) => other === name || !`.${other}`.endsWith(`.${short}`))) return short;
    }
    return name;
  });
}

/** `first=3, workers=2`. */
export function labelOf(names: readonly string[], values: readonly string[]): string {
  return names.map((name, place) => `${name}=${values[place]}`).join(', ');
}
