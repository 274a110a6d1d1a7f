import ts from 'typescript';

export interface SourceFile {
  name: string;
  text: string;
}

/** Words that are the same in every language. */
const NAMES = new Set(['Carnot', 'Europe', 'Excel', 'XLSX', 'CSV', 'YAML', 'TRL', 'URL', 'API', 'kB', 'MB']);
/** Attributes and properties that people read or hear. */
const READ = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
  'help',
  'error',
  'summary',
]);

/** Several checks read the same files. */
const trees = new WeakMap<SourceFile, ts.SourceFile>();
function tree(file: SourceFile): ts.SourceFile {
  const { name, text } = file;
  const kind = name.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const read = trees.get(file) ?? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true, kind);
  trees.set(file, read);
  return read;
}

function everyNode(root: ts.Node, see: (node: ts.Node) => void): void {
  see(root);
  root.forEachChild((child) => everyNode(child, see));
}

/** Whether a text is prose rather than a message key or a name. */
const isProse = (text: string): boolean =>
  !/^[a-z][a-z-]*(\.[a-z0-9-]*)+$/.test(text) &&
  text.split(/[^\p{L}\p{N}-]+/u).some((word) => /\p{L}/u.test(word) && !NAMES.has(word));

/** The texts that an expression in a page can yield, in any branch. Arguments of functions do not count. */
function literalsOf(node: ts.Expression | undefined): string[] {
  if (!node) return [];
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map((s) => s.literal.text)];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  return ts.isBinaryExpression(node) ? [...literalsOf(node.left), ...literalsOf(node.right)] : [];
}

function textsOf(node: ts.Node): string[] {
  if (ts.isJsxText(node)) return [node.text];
  if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) {
    const { expression } = node;
    // Only the right-hand side of a logical expression is shown.
    return expression && ts.isBinaryExpression(expression)
      ? literalsOf(expression.right)
      : literalsOf(expression);
  }
  if (ts.isJsxAttribute(node) && READ.has(node.name.getText())) {
    const { initializer } = node;
    return initializer && ts.isJsxExpression(initializer)
      ? literalsOf(initializer.expression)
      : initializer && ts.isStringLiteral(initializer)
        ? [initializer.text]
        : [];
  }
  return ts.isPropertyAssignment(node) &&
    READ.has(node.name.getText()) &&
    node.getSourceFile().fileName.endsWith('.tsx')
    ? literalsOf(node.initializer)
    : [];
}

/** Texts in a page rather than in the messages: they would exist in one language only. */
export function literalTexts(file: SourceFile): string[] {
  const found: string[] = [];
  const root = tree(file);
  everyNode(root, (node) => {
    for (const text of textsOf(node).filter(isProse)) {
      found.push(
        `${file.name}:${root.getLineAndCharacterOfPosition(node.getStart()).line + 1}: "${text.replace(/\s+/g, ' ').trim()}"`,
      );
    }
  });
  return found;
}

/** The message keys named in these files: whole ones, and the start and end of composed ones. */
function namedKeys(files: SourceFile[]): { whole: Set<string>; between: [string, string][] } {
  const whole = new Set<string>();
  const between: [string, string][] = [];
  for (const file of files) {
    everyNode(tree(file), (node) => {
      if (ts.isStringLiteralLike(node)) whole.add(node.text);
      if (ts.isTemplateExpression(node) && /^[a-z][a-z-]*\.[a-z0-9.-]*$/.test(node.head.text))
        between.push([node.head.text, node.templateSpans.at(-1)!.literal.text]);
    });
  }
  return { whole, between };
}

/** Keys that nothing names, and prefixes that match no key. */
export function keyProblems(keys: string[], files: SourceFile[]): string[] {
  const { whole, between } = namedKeys(files);
  const fits = (key: string, [head, tail]: [string, string]): boolean =>
    key.startsWith(head) && key.endsWith(tail) && key.length > head.length + tail.length;
  const areas = new Set(keys.map((key) => key.split('.')[0]));
  return [
    ...keys
      .filter((key) => !whole.has(key) && !between.some((b) => fits(key, b)))
      .map((key) => `${key} is used nowhere`),
    ...between
      .filter((b) => areas.has(b[0].split('.')[0]) && !keys.some((key) => fits(key, b)))
      .map(([head, tail]) => `no key begins with ${head}${tail && ` and ends with ${tail}`}`),
  ];
}

/**
 * Codes of errors that nothing names: of a key `problem.no-call` the code stands in the source, whole or as
 * the start of a template.
 */
export function unusedCodes(keys: string[], files: SourceFile[]): string[] {
  const [whole, starts] = [new Set<string>(), new Set<string>()];
  for (const file of files)
    everyNode(tree(file), (node) => {
      if (ts.isStringLiteralLike(node)) whole.add(node.text);
      if (ts.isTemplateExpression(node) && /^[a-z]+-$/.test(node.head.text)) starts.add(node.head.text);
    });
  return keys.filter((key) => {
    const code = key.slice(key.indexOf('.') + 1);
    return !whole.has(code) && ![...starts].some((start) => code.startsWith(start));
  });
}
