/** Text in lines of a readable width. Words are never broken, and colour is applied after wrapping, by the caller. */

export const WIDTH = 100;

/** Lines of at most `width` characters, each after `indent` spaces. */
export function wrap(text: string, indent: number, width: number = WIDTH): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines.map((part) => ' '.repeat(indent) + part);
}

/** `Label: text`, later lines under the text. */
export function labelled(label: string, text: string, indent: number): string[] {
  const lead = `${label}: `;
  const [first = '', ...rest] = wrap(text, indent + lead.length);
  return [' '.repeat(indent) + lead + first.trimStart(), ...rest];
}
