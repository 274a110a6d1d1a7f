import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import {
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type Node,
  type YAMLMap,
} from 'yaml';
import { z } from 'zod';
import { issuesOf, LONGEST_NAME, valueAt, wrong, type FieldIssue } from '../../kernel/issues.js';
import { nearest } from '../../kernel/nearest.js';
import { shortened } from '../../kernel/one-line.js';

/** What is wrong in a file, and where; the code finds both the sentence and how to fix it. */
export interface YamlProblem extends Pick<FieldIssue, 'path' | 'code' | 'facts'> {
  /** The path as a person would look for it: relative to the working directory if it lies inside. */
  file: string;
  /** Both null if the problem concerns the whole file. */
  line: number | null;
  column: number | null;
}

export interface YamlFile<T> {
  file: string;
  /** The parsed value; undefined exactly if there are problems. */
  value: T | undefined;
  /** The data as written, valid or not. */
  data: unknown;
  problems: YamlProblem[];
  /** Returns a problem found by the caller, with a position like the others. */
  problemAt: (found: FieldIssue) => YamlProblem;
}

interface ReadOptions {
  /** The value of a file that is absent, empty or has only comments; without it, that is a problem. */
  whenEmpty?: unknown;
  /** Reads the usual form of a long file faster than the library, to which it leaves any other. */
  quick?: (text: string) => unknown;
  /** The most tokens and levels of a text that somebody has sent. */
  most?: { parts: number; levels: number };
}

/** The most problems reported: nobody fixes more than that from one list. */
const MOST_PROBLEMS = 50;
const WIDTH = 120;
/** Each alias is looked up among all nodes; a profile or a configuration has hardly any. */
const MOST_ALIASES = 100;

/** Returns the path as a person would type it. */
export function displayPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near;
}

/** Reads a YAML file against a schema. Problems are collected, not thrown, so that all can be shown. */
export function readYaml<T>(path: string, schema: z.ZodType<T>, options: ReadOptions = {}): YamlFile<T> {
  const file = displayPath(path);
  const text = readText(path);
  if (typeof text === 'string') return readYamlText(file, text, schema, options);
  return text.code === 'no-file' && 'whenEmpty' in options
    ? readYamlText(file, '', schema, options)
    : unread(file, [text]);
}

/** What looks like a YAML file in a folder: its name without the ending, and the ending as written. */
export interface YamlName {
  name: string;
  stem: string;
  ending: string;
}
const yamlName = (name: string): YamlName[] => {
  const [, stem, ending] = /^([^.].*)\.(ya?ml)$/i.exec(name) ?? [];
  return stem === undefined || ending === undefined ? [] : [{ name, stem, ending }];
};

/** Returns what looks like YAML files in a folder; nothing if there is no folder. */
export const yamlNames = (folder: string): YamlName[] =>
  existsSync(folder) ? readdirSync(folder).flatMap(yamlName) : [];

/** Reads all YAML files of a folder in the order of their names, each against the schema for its name. */
export function readYamlFolder<T>(
  folder: string,
  schemaFor: (name: string) => z.ZodType<T>,
  options: ReadOptions = {},
): YamlFile<T>[] {
  let names: string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    const found = unreadable(error);
    return found.code === 'no-file' && 'whenEmpty' in options ? [] : [unread(displayPath(folder), [found])];
  }
  return names.flatMap(yamlName).map(({ name, stem, ending }) => {
    const path = join(folder, name);
    return ending === 'yaml'
      ? readYaml(path, schemaFor(stem), options)
      : unread(displayPath(path), [wrong([], 'yaml-ending')]);
  });
}

function unreadable(error: unknown): FieldIssue {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? wrong([], 'no-file') : wrong([], 'unreadable-file', { why: String(code) });
}

/** Returns the text or the problem. Old Windows editors save Latin-1: better reported than guessed. */
function readText(path: string): string | FieldIssue {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return unreadable(error);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return wrong([], 'not-utf-8');
  }
}

export const problemOfFile = (file: string, found: FieldIssue): YamlProblem => problemIn(file, null, found);

const unread = <T>(file: string, found: FieldIssue[], data?: unknown): YamlFile<T> => {
  const problemAt = (issue: FieldIssue): YamlProblem => problemOfFile(file, issue);
  return { file, value: undefined, data, problems: found.map(problemAt), problemAt };
};

/** Does the same for a text from anywhere; `file` is its name in problems. */
export function readYamlText<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  { whenEmpty, quick, most }: ReadOptions = {},
): YamlFile<T> {
  const quickly = quick && schema.safeParse(quick(text));
  if (quickly?.success) return { ...unread<T>(file, []), value: quickly.data };
  if (most && hasMoreParts(text, most.parts))
    return unread(file, [wrong([], 'too-many-parts', { most: most.parts })]);
  if (most && isDeeper(text, most.levels)) return unread(file, [wrong([], 'too-deep')]);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'error',
    // The library would compare each key with all before it.
    uniqueKeys: false,
  });
  const problemFrom = (offset: number, issue: FieldIssue): YamlProblem =>
    problemIn(file, lines.linePos(offset), issue);
  const problemAt = (issue: FieldIssue): YamlProblem => problemFrom(offsetOf(document, issue.path), issue);
  const syntax = syntaxProblems(document, text).map(([offset, issue]) => problemFrom(offset, issue));
  // A repeated key leaves data that the schema can check; after any other problem the rest is guesswork.
  if (syntax.some(({ code }) => code !== 'yaml-repeated'))
    return { ...unread<T>(file, []), problems: firstOf(firstOfEachLine(inOrder(syntax))) };
  let data: unknown;
  try {
    data = document.toJS() ?? whenEmpty ?? null;
  } catch {
    // Aliases of aliases, which expand into a huge document.
    return unread(file, [wrong([], 'yaml-aliases')]);
  }
  if (data === null) return unread(file, [wrong([], 'empty-file')], data);
  const read = schema.safeParse(data, { error: knownNames });
  const found = read.success ? [] : explained(issuesOf(read.error.issues, data), data);
  const problems = firstOf(inOrder([...firstOfEachLine(syntax), ...found.map(problemAt)]));
  return { file, value: problems.length === 0 ? read.data : undefined, data, problems, problemAt };
}

/** In the order of the file, in which a person will go through it. */
const inOrder = (problems: YamlProblem[]): YamlProblem[] =>
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));

/** One slip makes the parser stumble several times on the same line; only the first complaint helps. */
function firstOfEachLine(problems: YamlProblem[]): YamlProblem[] {
  const seen = new Set<number | null>();
  return problems.filter(({ line }) => !seen.has(line) && seen.add(line));
}

function firstOf(problems: YamlProblem[]): YamlProblem[] {
  const more = problems.length - MOST_PROBLEMS;
  if (more <= 0) return problems;
  return [
    ...problems.slice(0, MOST_PROBLEMS),
    problemOfFile(problems[0]!.file, wrong([], 'and-more', { more })),
  ];
}

function problemIn(file: string, at: { line: number; col: number } | null, found: FieldIssue): YamlProblem {
  const place = at
    ? { line: Math.max(1, at.line), column: Math.max(1, at.col) }
    : { line: null, column: null };
  return { file, ...place, path: found.path, code: found.code, facts: found.facts };
}

/** What the library finds, by its code; what it finds otherwise is told in general. */
const SYNTAX = {
  TAB_AS_INDENT: 'yaml-tab',
  BLOCK_AS_IMPLICIT_KEY: 'yaml-colon',
  MISSING_CHAR: 'yaml-missing',
  BAD_INDENT: 'yaml-indent',
  MULTIPLE_DOCS: 'yaml-second-document',
  MULTILINE_IMPLICIT_KEY: 'yaml-no-key',
  BAD_DQ_ESCAPE: 'yaml-escape',
} as const;

const keyAt = (text: string, at: number): string =>
  /^["']?([^"':\n]*)/.exec(text.slice(at, at + LONGEST_NAME))![1]!;

/** Returns the problems with the text itself, by their offset in it. */
function syntaxProblems(document: Document.Parsed, text: string): [number, FieldIssue][] {
  const special = (at: number): FieldIssue =>
    wrong([], 'yaml-special', { text: /^\S{1,20}/.exec(text.slice(at))?.[0] ?? '' });
  const repeated = (at: number): FieldIssue => wrong([], 'yaml-repeated', { key: keyAt(text, at) });
  const found = [...document.errors, ...document.warnings].map(
    ({ code, pos: [at] }): [number, FieldIssue] => {
      if (code === 'BAD_SCALAR_START' || code === 'TAG_RESOLVE_FAILED') return [at, special(at)];
      return [
        at,
        wrong([], Object.hasOwn(SYNTAX, code) ? SYNTAX[code as keyof typeof SYNTAX] : 'yaml-unreadable'),
      ];
    },
  );
  const anchors = new Set<string>();
  let aliases = 0;
  visit(document, {
    Node(_, node) {
      const at = node.range?.[0] ?? 0;
      if ('anchor' in node && node.anchor) anchors.add(node.anchor);
      if (isMap(node)) for (const key of repeatedIn(node)) found.push([key, repeated(key)]);
      if (!isAlias(node)) return;
      aliases += 1;
      if (!anchors.has(node.source)) found.push([at, special(at)]);
    },
  });
  if (aliases > MOST_ALIASES) found.push([0, wrong([], 'yaml-aliases')]);
  return found;
}

/** Returns the offsets of keys that their map already has. */
function repeatedIn({ items }: YAMLMap): number[] {
  const keys = new Set<unknown>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const known = keys.has(key.value);
    keys.add(key.value);
    return known ? [key.range?.[0] ?? 0] : [];
  });
}

/** Returns where a path begins, or its nearest existing parent; for a key, where its name begins. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range[0] ?? 0;
  for (const step of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
      node = node.items[step];
      offset = (node as Node).range?.[0] ?? offset;
    } else break;
  }
  return offset;
}

/** What is said of an unknown name: the known ones. */
const knownNames: z.core.$ZodErrorMap = ({ code, inst }) =>
  code === 'unrecognized_keys' && inst instanceof z.ZodObject
    ? Object.keys(inst.shape).join(', ') || 'none'
    : undefined;

/** Adds what helps to fix an issue: what is written there, and which names or values were probably meant. */
function explained(found: FieldIssue[], data: unknown): FieldIssue[] {
  const meant = (word: unknown, known: unknown): string =>
    (typeof word === 'string' ? nearest(word, String(known).split(', ')) : undefined) ?? 'none';
  return found.map((issue) => {
    const { path, code, facts } = issue;
    const name = String(path.at(-1) ?? '');
    if (code === 'required') return { ...issue, facts: { ...facts, name } };
    if (code === 'unknown') return { ...issue, facts: { ...facts, meant: meant(name, facts['known']) } };
    if (issue.ofName) return issue;
    const value = valueAt(data, path);
    return { ...issue, facts: { meant: meant(value, facts['values']), ...facts, ...shown(value, code) } };
  });
}

/** A value as a problem quotes it: on one line, cut if it is long; of lists and maps only what they are. */
function shown(value: unknown, code: FieldIssue['code']): FieldIssue['facts'] {
  if (value === undefined) return {};
  if (value === null) return { kind: 'empty', value: '' };
  if (typeof value === 'string')
    return { kind: 'text', value: JSON.stringify(shortened(value, 60)).slice(1, -1) };
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'plain', value: String(value) };
  const saysKind = code === 'type' || code === 'wrong';
  return saysKind ? { kind: Array.isArray(value) ? 'list' : 'map', value: '' } : {};
}

/**
 * Whether a text has more tokens than this: parsing time grows with them, and with the escape sequences in
 * them. Stops at the limit.
 */
function hasMoreParts(text: string, most: number): boolean {
  let parts = 0;
  for (const part of new Lexer().lex(text)) {
    parts += part.split('\\').length;
    if (part && parts > most) return true;
  }
  return false;
}

/** Whether nesting is deeper than this: each level is a nested call, and a full stack may end the process. */
function isDeeper(text: string, most: number): boolean {
  let [inLine, open, atStart] = [0, 0, true];
  for (const part of new Lexer().lex(text)) {
    if (/^\r?\n/.test(part)) [inLine, atStart] = [0, true];
    else if (/^ +$/.test(part)) inLine += atStart ? part.length : 0;
    else {
      // An indentation and the indicators after it: each level takes at least one of the two.
      if (/^[-?:]$/.test(part)) inLine += 1;
      else if (/^[[{]$/.test(part)) open += 1;
      else if (/^[\]}]$/.test(part)) open -= 1;
      atStart = false;
    }
    if (inLine > most || open > most) return true;
  }
  return false;
}

/** Returns the YAML of a value; some lists are on one line if they fit, and some long texts folded. */
export function writeYaml(value: unknown, inLine: readonly string[], folded: readonly string[]): string {
  const document = new Document(value);
  visit(document, {
    Pair(_, { key, value: written }) {
      const name = isScalar(key) ? String(key.value) : '';
      if (isSeq(written) && inLine.includes(name)) written.flow = true;
      if (isScalar(written) && folded.includes(name) && String(written.value).length > WIDTH / 2)
        written.type = Scalar.BLOCK_FOLDED;
    },
  });
  return document.toString({ lineWidth: WIDTH, flowCollectionPadding: false });
}
