import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Files in which text that looks user-facing is something else. */
const OTHERWISE: [RegExp, string][] = [
  [/^matching\/domain\/(analysis|drafting)\/|^kernel\/(stem|french-form)\.ts$/, 'words that are looked for'],
  [/^calls\/domain\/(countries|role-rules)\.ts$/, 'how calls write countries and conditions'],
  [
    /^profiles\/domain\/name-in\.ts$|^kernel\/one-line\.ts$/,
    'the grammar of French: an article before a name, a space before a sign',
  ],
  [/^kernel\/language\.ts$/, 'the languages themselves'],
  [/^commands\/replay\/officers\.ts$|^demo\//, 'people and institutes that are invented'],
];

const FRENCH = /[àâçéèêëîïôûœ]|\p{L}’\p{L}/iu;
const isLanguage = (text: string): boolean => text === 'fr' || text === 'en';
const isText = (text: string): boolean => /\p{L}{2}/u.test(text) && !isLanguage(text);

const textsIn = (node: ts.Node): string[] => {
  const found: string[] = [];
  const visit = (one: ts.Node): void => {
    if (
      ts.isStringLiteralLike(one) ||
      ts.isTemplateHead(one) ||
      ts.isTemplateMiddle(one) ||
      ts.isTemplateTail(one) ||
      ts.isJsxText(one)
    )
      found.push(one.text);
    one.forEachChild(visit);
  };
  visit(node);
  return found;
};

/** Whether a node is like `{ en: 'Open', fr: 'Ouvert' }`, however the texts are nested. */
const isTable = (node: ts.Node): boolean => {
  if (!ts.isObjectLiteralExpression(node)) return false;
  const byLanguage = node.properties.filter(
    (p) => p.name && isLanguage(p.name.getText().replace(/['"]/g, '')),
  );
  return byLanguage.length > 1 && byLanguage.some((p) => textsIn(p).some(isText));
};

/** Whether a node is like `language === 'fr' ? 'Ouvert' : 'Open'`. */
const isChoice = (node: ts.Node): boolean =>
  ts.isConditionalExpression(node) &&
  ts.isBinaryExpression(node.condition) &&
  [node.condition.left, node.condition.right].some(
    (side) => ts.isStringLiteral(side) && isLanguage(side.text),
  ) &&
  [node.whenTrue, node.whenFalse].some((branch) =>
    // Catalogue keys are allowed.
    textsIn(branch).some((text) => !isLanguage(text) && !/^[a-z-]+(\.[a-z-]+)+$/.test(text)),
  );

/** Whether a text is in French, which comments, logs and commands never are. */
const isFrench = (node: ts.Node): boolean =>
  (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || ts.isJsxText(node)) &&
  // English also writes "the source’s"; text that is only in French always has another sign of it.
  textsIn(node).some((text) => FRENCH.test(text.replace(/\p{L}’s\b/gu, '')));

/** The texts of a file that are not in a catalogue; a plug-in's `messages({…})` counts as one. */
function textsOutside(name: string, text: string): string[] {
  const file = ts.createSourceFile(
    name,
    text,
    ts.ScriptTarget.Latest,
    true,
    name.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'messages') return;
    if (isTable(node) || isChoice(node) || isFrench(node)) {
      const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push(`${name}:${line}: ${node.getText().replace(/\s+/g, ' ').slice(0, 80)}`);
      return;
    }
    node.forEachChild(visit);
  };
  visit(file);
  return found;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith('i18n/'),
);
const outside = files.flatMap((name) => textsOutside(name, readFileSync(join('src', name), 'utf8')));
const of = (found: string): string => found.slice(0, found.indexOf(':'));
const excused = (found: string): boolean => OTHERWISE.some(([where]) => where.test(of(found)));

describe('the texts of people', () => {
  it('stand in the catalogues, where a further language finds them', () => {
    expect(outside.filter((found) => !excused(found))).toEqual([]);
  });

  it('are what they are said to be elsewhere: no excuse stands for nothing', () => {
    expect(OTHERWISE.filter(([where]) => !outside.some((found) => where.test(of(found))))).toEqual([]);
  });

  it.each([
    ['a table', "const T = { en: 'Open', fr: 'Ouvert' };"],
    [
      'a table by functions',
      'const T = { en: (n: number) => `${n} open`, fr: (n: number) => `${n} ouverts` };',
    ],
    ['a table in a table', "const T = { fr: { open: 'Ouvert' }, en: { open: 'Open' } };"],
    ['a choice', "const t = language === 'fr' ? 'Clos' : 'Closed';"],
    ['a choice of signs', "const t = v.language === 'fr' ? '\\u00a0: ' : ': ';"],
    ['a choice of templates', "const t = 'en' === language ? `${n} open` : `${n} ouverts`;"],
    ['French alone', "const t = 'Prolongé';"],
    ['French by its apostrophe alone', 'const t = `l’appel ${id}`;'],
  ])('are found: %s', (_, text) => {
    expect(textsOutside('x.ts', text)).toHaveLength(1);
  });

  it.each([
    ['a catalogue of a plug-in', "const TEXTS = messages({ name: { en: 'Open', fr: 'Ouvert' } });"],
    ['a schema', 'const S = z.object({ en: z.string(), fr: z.string() });'],
    ['a choice of a key', "t(missing === 'fr' ? 'confirm.only-english' : 'confirm.only-french')"],
    ['a language', "const other = language === 'fr' ? 'en' : 'fr';"],
    ['English', "const t = 'the caller’s own';"],
  ])('are not: %s', (_, text) => {
    expect(textsOutside('x.ts', text)).toEqual([]);
  });
});
