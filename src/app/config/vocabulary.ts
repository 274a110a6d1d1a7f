import { join } from 'node:path';
import { lineInFile } from '../../i18n/sentences.js';
import { refuse } from '../../platform/config/config-error.js';
import { readYamlFolder } from '../../platform/config/yaml.js';
import { Vocabulary } from '../../profiles/domain/vocabulary.js';

/**
 * Reads the terminology in `vocabulary/`, all files in the order of their names. Throws one ConfigError with
 * all problems of all files. A missing folder is no problem: French words then match only as they are.
 */
export function readVocabulary(configDir: string): Vocabulary[] {
  const files = readYamlFolder<Vocabulary>(join(configDir, 'vocabulary'), () => Vocabulary, {
    whenEmpty: {},
    quick: plainVocabulary,
  });
  refuse(files.flatMap((file) => file.problems).map(lineInFile));
  return files.map(({ value }) => value!);
}

/**
 * Reads the YAML of a vocabulary in its usual form: three headings, one term per line, nothing that needs a
 * parser. For 15,000 lines the library takes half a second, which would delay every start; a file with even
 * one line of another form is left to the library.
 */
const text = (marks: string): string =>
  String.raw`(?:[\p{L}\p{N}][\p{L}\p{N} '’./()&+%${marks}-]*|"[^"\\]+")`;
const [one, inList] = [text(','), text('')];
const heading = /^(french|acronyms|same): *$/;
const pair = new RegExp(String.raw`^  (${one}): +(?:(${one})|\[(.+)\]) *$`, 'u');
const group = /^ {2}- +\[(.+)\] *$/;
const item = new RegExp(String.raw`^ *(${inList}) *(?:,|$)`, 'u');
/** What YAML does not read as text. */
const noText = /^(?:\d[\d.]*(?:e[-+]?\d+)?|0[xo].*|true|false|null|yes|no|on|off|y|n)$/i;

type Plain = Record<'french' | 'acronyms', Record<string, string | string[]>> & { same: string[][] };

function plainText(written: string): string | undefined {
  if (written.startsWith('"')) return written.slice(1, -1);
  const trimmed = written.trimEnd();
  return noText.test(trimmed) ? undefined : trimmed;
}

function listOf(written: string): string[] | undefined {
  const items: string[] = [];
  for (let rest = written; rest !== '';) {
    const [whole, first] = item.exec(rest) ?? [];
    const read = first === undefined ? undefined : plainText(first);
    if (whole === undefined || read === undefined) return undefined;
    items.push(read);
    rest = rest.slice(whole.length);
  }
  return items;
}

/** Returns the content of a plain vocabulary; undefined if a line has another form or a key is repeated. */
export function plainVocabulary(yaml: string): Partial<Plain> | undefined {
  const read: Partial<Plain> = {};
  let under: keyof Plain | undefined;
  for (const line of yaml.split('\n')) {
    if (/^ *(#.*)?$/.test(line)) continue;
    const title = heading.exec(line)?.[1] as keyof Plain | undefined;
    if (title ? title in read : !under || !addLine(read, under, line)) return undefined;
    if (title) read[(under = title)] = (title === 'same' ? [] : {}) as never;
  }
  return under === undefined || Object.values(read).some((x) => Object.keys(x).length === 0)
    ? undefined
    : read;
}

function addLine(read: Partial<Plain>, under: keyof Plain, line: string): boolean {
  if (under === 'same') {
    const items = listOf(group.exec(line)?.[1] ?? '!');
    return items !== undefined && read.same!.push(items) > 0;
  }
  const [, left, single, list] = pair.exec(line) ?? [];
  const key = left === undefined ? undefined : plainText(left);
  const value = single === undefined ? listOf(list ?? '!') : plainText(single);
  if (key === undefined || value === undefined || Object.hasOwn(read[under]!, key) || key === '__proto__')
    return false;
  read[under]![key] = value;
  return true;
}
