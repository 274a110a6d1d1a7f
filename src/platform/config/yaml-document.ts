import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from 'yaml';

export interface Position {
  line: number;
  column: number;
}

/** What YAML itself has against a text, before any schema is asked. */
export interface YamlComplaint extends Position {
  problem: string;
  mend: string;
}

export interface ParsedYaml {
  /** The plain data; undefined where the text cannot be read at all. */
  data: unknown;
  complaints: YamlComplaint[];
  /** Where a path stands, or the nearest place above it that exists. A key's place is where its name begins. */
  locate(path: readonly PropertyKey[]): Position;
}

/** Reads one YAML document and remembers where everything stood. */
export function parseYaml(text: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const complaints = [...document.errors, ...document.warnings].map((e) => ({
    ...position(e.pos[0]),
    ...complaint(e.code, e.message, text.slice(e.pos[0])),
  }));
  complaints.push(...unknownAliases(document).map(([at, name]) => ({ ...position(at), ...unquoted(`*${name}`) })));
  // A key that stands twice still leaves data that the schema can judge; after anything else the rest is guesswork.
  const repeated = document.errors.filter((e) => e.code === 'DUPLICATE_KEY');
  const readable = complaints.length === repeated.length;
  const locate = (path: readonly PropertyKey[]): Position => position(offsetOf(document, path));
  let data: unknown;
  try {
    data = readable ? document.toJS() : undefined;
  } catch (error) {
    // Aliases that multiply into a huge document are refused here.
    complaints.push({ ...position(0), ...complaint('', (error as Error).message, '') });
  }
  return { data, complaints: firstOfEachLine(complaints), locate };
}

/** One slip makes the parser stumble several times on the same line: the first complaint is the one that helps. */
function firstOfEachLine(complaints: YamlComplaint[]): YamlComplaint[] {
  return complaints.filter((c, i) => complaints.findIndex((d) => d.line === c.line) === i);
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

function unknownAliases(document: Document.Parsed): [number, string][] {
  const found: [number, string][] = [];
  visit(document, {
    Alias(_, node) {
      if (!node.resolve(document)) found.push([node.range?.[0] ?? 0, node.source]);
    },
  });
  return found;
}

const unquoted = (start: string): { problem: string; mend: string } => ({
  problem: `"${start}" means something special in YAML`,
  mend: 'Put the whole text in quotes.',
});

function complaint(code: string, message: string, rest: string): { problem: string; mend: string } {
  switch (code) {
    case 'DUPLICATE_KEY':
      return { problem: `the key "${keyIn(rest)}" stands here for the second time`, mend: 'Keep one of the two.' };
    case 'TAB_AS_INDENT':
      return { problem: 'the line is indented with a tab', mend: 'Indent with spaces, two a level.' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { problem: 'there is a second ": " in the line', mend: 'Put text with a colon in it in quotes.' };
    case 'MISSING_CHAR':
      return { problem: tidy(message), mend: 'Close the quote or bracket that was opened before.' };
    case 'BAD_INDENT':
      return { problem: tidy(message), mend: 'Indent it like its neighbours, two spaces a level.' };
    case 'MULTIPLE_DOCS':
      return { problem: 'a second document begins here', mend: 'Remove the "---", or what follows it.' };
    case 'BAD_SCALAR_START':
    case 'TAG_RESOLVE_FAILED':
      return unquoted(rest.match(/^\S{1,20}/)?.[0] ?? '');
    default:
      return { problem: tidy(message), mend: 'Check quotes, colons and indentation here and in the line above.' };
  }
}

const keyForm = /^(?:"([^"\n]*)"|'([^'\n]*)'|([^:\n]*))/;
const keyIn = (rest: string): string => keyForm.exec(rest)?.slice(1).find(Boolean) ?? '';

const tidy = (message: string): string => `cannot be read as YAML: ${message.split('\n')[0]}`;
