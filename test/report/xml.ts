/** A small reader of XML, for tests: refuses what is not well-formed, as far as reports of ours could be so. */

export interface Element { readonly name: string; readonly attributes: Readonly<Record<string, string>>; readonly children: readonly Element[]; readonly text: string }

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d+)|(\w+));|&/g, (found, code: string | undefined, name: string | undefined) => {
    const letter = code === undefined ? ENTITIES[name ?? ''] : String.fromCodePoint(Number(code));
    if (letter === undefined) throw new Error(`not an entity: ${found}`);
    return letter;
  });
}

export function parseXml(source: string): Element {
  const allowed = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
  if (!allowed.test(source)) throw new Error('a character that XML does not have');
  interface Open { name: string; attributes: Record<string, string>; children: Element[]; text: string }
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  const token = /<\?xml [^>]*\?>|<\/([\w-]+)>|<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|([^<]+)|(.)/gsy;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    const [, closing, opening, attributes = '', empty, text, strange] = found;
    const at = open[open.length - 1];
    if (strange !== undefined) throw new Error(`unexpected ${strange} at ${String(found.index)}`);
    if (text !== undefined) at.text += decoded(text);
    if (closing !== undefined) {
      if (at.name !== closing) throw new Error(`</${closing}> closes <${at.name}>`);
      open.pop();
      open[open.length - 1].children.push(at);
    }
    if (opening === undefined) continue;
    const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, decoded(value)] as const);
    if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new Error(`an attribute twice in <${opening}>`);
    const element: Open = { name: opening, attributes: Object.fromEntries(pairs), children: [], text: '' };
    if (empty === '/') at.children.push(element);
    else open.push(element);
  }
  if (open.length > 1 || root.children.length !== 1) throw new Error('not one document');
  return root.children[0];
}
