/**
 * A scenario and everything it extends → one tree of located values.
 *
 * Checks what must hold for each file by itself: it can be read, it is a map, its version is known, nothing extends itself.
 * Not here: what the keys mean.
 */
import { basename, resolve } from 'node:path';
import type { DiagnosticList } from '../diagnostics/diagnostic.js';
import { startOf } from '../diagnostics/position.js';
import type { Position } from '../diagnostics/position.js';
import { LANGUAGE_VERSION } from '../words.js';
import { besideFile, MAX_SCENARIO_BYTES, readLimited, shownPath, tooLarge } from './file.js';
import { isText } from './located.js';
import type { Located, LocatedMap, LocatedScalar } from './located.js';
import { merge } from './merge.js';
import { parseText } from './parse.js';

export type Source = { readonly file: string } | { readonly text: string; readonly file: string };
export interface Loaded { readonly root: LocatedMap; /** As shown, the scenario first. */ readonly files: readonly string[] }

/**
 * Null when a file could not be used; whatever would be said about the rest would be misleading.
 * @param over a file that is laid over the scenario as if it extended it
 */
export function loadScenario(source: Source, diagnostics: DiagnosticList, over?: string): Loaded | null {
  const loader = new Loader(diagnostics);
  const below = 'text' in source ? loader.fromText(source.text, source.file, [source.file]) : loader.fromFile(resolve(source.file), [], undefined);
  const root = below === null || over === undefined ? below : loader.fromFile(resolve(over), [], undefined, below);
  // A key given twice is an error, but one that reading survives.
  const fatal = diagnostics.sorted().some((one) => one.severity === 'error' && one.code !== 'HS002');
  return fatal || root === null ? null : { root, files: loader.files };
}

class Loader {
  readonly files: string[] = [];
  readonly #known = new Map<string, LocatedMap | null>();

  constructor(private readonly diagnostics: DiagnosticList) {}

  /**
   * @param chain the files that led here, the first extending the second; `at` where the last of them says so
   * @param below what it is laid over, before what it extends itself
   */
  fromFile(path: string, chain: readonly string[], at: Position | undefined, below?: LocatedMap): LocatedMap | null {
    const known = below === undefined ? this.#known.get(path) : undefined;
    if (known !== undefined) return known;
    const shown = shownPath(path);
    const read = readLimited(path, MAX_SCENARIO_BYTES);
    if (!read.ok) {
      const code = read.reason === 'large' ? 'HS004' : read.reason === 'encoding' ? 'HS001' : 'HS005';
      this.diagnostics.error(code, at ?? startOf(shown), `${shown} cannot be used: ${read.message}`, { remedy: read.reason === 'encoding' ? 'save it as UTF-8' : undefined });
      return null;
    }
    const result = this.fromText(read.text, shown, [...chain, path], below);
    if (below === undefined) this.#known.set(path, result);
    return result;
  }

  fromText(text: string, file: string, chain: readonly string[], below?: LocatedMap): LocatedMap | null {
    this.files.push(file);
    if (Buffer.byteLength(text) > MAX_SCENARIO_BYTES) {
      this.diagnostics.error('HS004', startOf(file), `${file} cannot be used: ${tooLarge(Buffer.byteLength(text), MAX_SCENARIO_BYTES)}`);
      return null;
    }
    const node = parseText(text, file, this.diagnostics);
    if (node === null) return null;
    if (node.type !== 'map') {
      this.diagnostics.error('HS008', startOf(file), `a scenario is a map of keys, and this is ${node.type === 'list' ? 'a list' : 'a single value'}`, { remedy: 'a scenario begins with "version: 1"' });
      return null;
    }
    if (!this.versionKnown(node)) return null;
    const bases = this.bases(node, file, chain);
    const own: LocatedMap = { ...node, entries: new Map([...node.entries].filter(([key]) => key !== 'extends')) };
    const base = bases.reduce<LocatedMap | undefined>((under, one) => (under === undefined ? one : merge(under, one, this.diagnostics)), below);
    return merge(base, own, this.diagnostics);
  }

  private versionKnown(root: LocatedMap): boolean {
    const version = root.entries.get('version')?.value;
    if (version?.type === 'scalar' && version.value === null) {
      this.diagnostics.error('HS007', version.at, 'the key "version" has no value', { remedy: `write "version: ${String(LANGUAGE_VERSION)}"` });
      return false;
    }
    if (version === undefined || (version.type === 'scalar' && version.value === LANGUAGE_VERSION)) return true;
    const quoted = version.type === 'scalar' && version.value === String(LANGUAGE_VERSION);
    const written = quoted ? `"${String(LANGUAGE_VERSION)}"` : version.type === 'scalar' ? String(version.value) : `a ${version.type}`;
    this.diagnostics.error('HS007', version.at, `version ${written} of the scenario language is not known: this program reads version ${String(LANGUAGE_VERSION)}`, {
      remedy: quoted ? 'write the number without quotes' : `write "version: ${String(LANGUAGE_VERSION)}", or use the program that reads version ${written}`,
    });
    return false;
  }

  private bases(root: LocatedMap, file: string, chain: readonly string[]): LocatedMap[] {
    const value = root.entries.get('extends')?.value;
    if (value === undefined) return [];
    const named = value.type === 'list' ? value.items : [value];
    return named.flatMap((one) => {
      if (isText(one) && one.value !== '') return this.base(one, file, chain) ?? [];
      this.reportForm(one);
      return [];
    });
  }

  private base(written: LocatedScalar & { readonly value: string }, file: string, chain: readonly string[]): LocatedMap | null {
    const path = besideFile(file, written.value);
    if (!chain.includes(path)) return this.fromFile(path, chain, written.at);
    const circle = [...chain.slice(chain.indexOf(path)), path].map((one) => basename(one));
    this.diagnostics.error('HS006', written.at, `files extend each other in a circle: ${circle.join(' > ')}`, { remedy: 'put what they share into a file of its own that both extend' });
    return null;
  }

  private reportForm(node: Located): void {
    this.diagnostics.error('HS011', node.at, 'extends takes a file name, or a list of file names', { remedy: 'extends: base.yaml, or extends: [base.yaml, faults.yaml]' });
  }
}
