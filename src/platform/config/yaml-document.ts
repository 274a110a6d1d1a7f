import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml';

export interface Position {
  line: number;
  column: number;
}

/** A syntax problem in a text, found before any schema is applied. */
interface YamlComplaint extends Position {
  problem: string;
  fix: string;
}

export interface ParsedYaml {
  /** The plain data; undefined if the text cannot be read at all. */
  data: unknown;
  complaints: YamlComplaint[];
  /** Returns the position of a path, or of its nearest existing parent; for a key, where its name begins. */
  locate(path: readonly PropertyKey[]): Position;
}

/** Each alias is looked up among all nodes; a profile or a configuration has hardly any. */
const MOST_ALIASES = 100;
/** The longest part of a key that is reported. */
const LONGEST_KEY = 200;

/** Parses one YAML document and keeps the positions of everything in it. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  // The library compares each key with all before it; `repeatedKeys` uses a set.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    // Otherwise odd keys are warnings of the process.
    logLevel: 'error',
  });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const complaints = [...document.errors, ...document.warnings].map((e) => ({
    ...position(e.pos[0]),
    ...complaint(e.code, e.message, text.slice(e.pos[0])),
  }));
  const aliases = aliasesIn(document);
  complaints.push(...aliases.unknown.map(([at, name]) => ({ ...position(at), ...unquoted(`*${name}`) })));
  if (aliases.count > MOST_ALIASES)
    complaints.push({
      ...position(0),
      problem: `there are ${aliases.count} aliases ("*name")`,
      fix: 'Write out what they stand for.',
    });
  // A repeated key leaves data that the schema can check; after any other problem the rest is guesswork.
  const readable = complaints.length === 0;
  complaints.push(
    ...repeatedKeys(document).map((at) => ({
      ...position(at),
      ...repeatedKey(text.slice(at, at + LONGEST_KEY)),
    })),
  );
  const locate = (path: readonly PropertyKey[]): Position => position(offsetOf(document, path));
  let data: unknown;
  try {
    data = readable ? document.toJS() : undefined;
  } catch (error) {
    // Aliases that expand into a huge document are refused here.
    complaints.push({ ...position(0), ...complaint('', (error as Error).message, '') });
  }
  complaints.sort((a, b) => a.line - b.line || a.column - b.column);
  return { data, complaints: firstOfEachLine(complaints), locate };
}

/**
 * Whether a text has more tokens than this: parsing time grows with them, and with the escape sequences in
 * them. Stops at the limit.
 */
export function hasMoreParts(text: string, most: number): boolean {
  let parts = 0;
  for (const part of new Lexer().lex(text)) {
    parts += part.split('\\').length;
    if (part && parts > most) return true;
  }
  return false;
}

/** Whether nesting is deeper than this: each level is a nested call, and a full stack may end the process. */
export function isDeeper(text: string, most: number): boolean {
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

/** One slip makes the parser stumble several times on the same line; only the first complaint helps. */
function firstOfEachLine(complaints: YamlComplaint[]): YamlComplaint[] {
  const lines = new Set<number>();
  return complaints.filter(({ line }) => !lines.has(line) && lines.add(line));
}

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

/** Returns the number of aliases, and those without a preceding anchor. */
function aliasesIn(document: Document.Parsed): { count: number; unknown: [number, string][] } {
  const [anchors, unknown]: [Set<string>, [number, string][]] = [new Set(), []];
  let count = 0;
  visit(document, {
    Node(_, node) {
      if ('anchor' in node && node.anchor) anchors.add(node.anchor);
      if (!isAlias(node)) return;
      count += 1;
      if (!anchors.has(node.source)) unknown.push([node.range?.[0] ?? 0, node.source]);
    },
  });
  return { count, unknown };
}

/** Returns the positions of keys that their map already has. */
function repeatedKeys(document: Document.Parsed): number[] {
  const found: number[] = [];
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) found.push(key.range?.[0] ?? 0);
        keys.add(key.value);
      }
    },
  });
  return found;
}

const unquoted = (start: string): { problem: string; fix: string } => ({
  problem: `"${start}" means something special in YAML`,
  fix: 'Put the whole text in quotes.',
});

function complaint(code: string, message: string, rest: string): { problem: string; fix: string } {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { problem: 'the line is indented with a tab', fix: 'Indent with spaces, two a level.' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        problem: 'there is a second ": " in the line',
        fix: 'Put text with a colon in it in quotes.',
      };
    case 'MISSING_CHAR':
      return { problem: tidy(message), fix: 'Close the quote or bracket that was opened before.' };
    case 'BAD_INDENT':
      return { problem: tidy(message), fix: 'Indent it like its neighbours, two spaces a level.' };
    case 'MULTIPLE_DOCS':
      return { problem: 'a second document begins here', fix: 'Remove the "---", or what follows it.' };
    case 'BAD_SCALAR_START':
    case 'TAG_RESOLVE_FAILED':
      return unquoted(rest.match(/^\S{1,20}/)?.[0] ?? '');
    default:
      return {
        problem: tidy(message),
        fix: 'Check quotes, colons and indentation here and in the line above.',
      };
  }
}

const keyForm = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^:\n]*))/;
const keyIn = (rest: string): string => keyForm.exec(rest)?.slice(1).find(Boolean) ?? '';

const repeatedKey = (rest: string): { problem: string; fix: string } => ({
  problem: `the key "${keyIn(rest)}" stands here for the second time`,
  fix: 'Keep one of the two.',
});

const tidy = (message: string): string => `cannot be read as YAML: ${message.split('\n')[0]}`;
