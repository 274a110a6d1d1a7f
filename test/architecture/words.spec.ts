import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

interface Text {
  file: string;
  text: string;
  french: boolean;
}

/** Replaced sentences, as readers saw them. */
const FORBIDDEN = [
  /what you leave empty/i,
  /takes no time off/i,
  /rings no bell/i,
  /not new, but now told/i,
  /what stood in the sources/i,
  /deadlines? coming/i,
  /your ceiling is/i,
  /suggests to ask/i,
  /still to open/i,
  /as the (?:institute’s|institute's|installation’s|installation's) defaults say/i,
  /as the installation says/i,
  /but for the ceiling/i,
  /choose what you are told/i,
  /where the institute is told/i,
  /let itself be asked/i,
  /may not be asked/i,
  /(?:what|it) stood there/i,
  /is waited for/i,
  /mend: write some of/i,
  /a character that is none/i,
  /\bone a line\b/i,
  /\bbudget a project\b/i,
  /time by rule/i,
  /what is not well/i,
  /i know of it/i,
  /was a call told/i,
  /each thing at once/i,
  /comes in by invitation/i,
  /there is no such message/i,
  /told nothing more/i,
  /makes all anew/i,
  /how old what it knows/i,
  /where the institute/i,
  /is told nothing/i,
  /\bwhoever\b/i,
  /\bsomebody\b/i,
  /\bas it stands\b/i,
  /as they stand\b/i,
  /où l’institut est averti/i,
  /l’urgent, aussitôt/i,
  /au plus tant de messages/i,
  /\bemporter une liste/i,
  /\bapporter votre tableau/i,
  /une adresse qu’excel lit/i,
  /vous suivez cela désormais/i,
  /depuis, a changé/i,
  /appels rapprochés de/i,
  /date de relève/i,
  /demande illisible/i,
  /en coller plusieurs/i,
  /rapprochés avec leurs raisons/i,
  /sans rapprochement/i,
  /report échu/i,
  /appels proches du profil/i,
  /appels? (?:ouverts? )?qui correspond(?:ent)? et attend/i,
  /date limite intermédiaire/i,
  /dates limites intermédiaires/i,
  /pour plusieurs de son appel/i,
  /correspond à carnot/i,
  /un champ vide suit/i,
  /j’en ai connaissance/i,
  /\bnon précisé\b/i,
  /opened (?:its|their|your|our) interest in/i,
  /open (?:its|their|your|our) interest/i,
  /\bis kept of\b/i,
  /who is on board/i,
  /\brests on\b/i,
  /write an offer of the network/i,
  /open its official page/i,
  /appels voulus/i,
  /voir ce qui est compris/i,
];
// What people read: pages, e-mails, sheets, calendars, problems, and the READMEs. Regular expressions and
// code that reads third-party texts are excluded.
/** Excludes what is shown on the command line, and what creates or reads a database. */
const ROOMS = readdirSync('src')
  .filter((name) => !/\.|^(app|commands|demo|platform)$/.test(name))
  .concat('platform/api', 'platform/access');
/** Files that read or judge the texts of calls and institutes. */
const READERS = [
  /^matching\/domain\/(analysis\/(stop-words|cognates|phrase-language|terms|tokenise)|drafting\/)/,
  /^spreadsheets\/domain\/(read-sheet|pasted-topics|spelling)\./,
  /^calls\/domain\/page\//,
  /^harvest\/(domain|sources)\//,
  /^[^/]+\/store\//,
];

/** Pages, e-mails, messages and documents take their texts from here. */
const PLACES = ['i18n/calls.ts', 'i18n/mails.ts', 'i18n/notifications.ts', 'i18n/documents.ts'];

/** French translations of sentences that are written in English. */
const OF_FRENCH = /^i18n\/sentences\/fr\//;
const FRENCH = /[àâçéèêëîïôûœ’]/;
const isRead = (text: string): boolean => /\p{L}{2}.*\s/u.test(text);

function textsOf(file: string): Text[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join('src', file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const found: Text[] = [];
  const ofFrench = ({ parent, ...node }: ts.Node): boolean =>
    ts.isPropertyAssignment(parent) &&
    (parent.name.getText() === 'fr' || (OF_FRENCH.test(file) && parent.initializer.pos === node.pos));
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      found.push({ file, text: node.text, french: ofFrench(node) });
    // In templates, NB and NBSP are no-break spaces; any other argument counts as one letter here.
    if (ts.isTemplateExpression(node)) {
      const text =
        node.head.text +
        node.templateSpans
          .map((s) => (/^NB/.test(s.expression.getText()) ? '\u00a0' : 'x') + s.literal.text)
          .join('');
      found.push({ file, text, french: ofFrench(node) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = ROOMS.flatMap((room) =>
  readdirSync(join('src', room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
).filter((name) => /\.tsx?$/.test(name));
const all = files
  .filter((name) => !READERS.some((readers) => readers.test(name)))
  .flatMap(textsOf)
  .filter(({ text }) => isRead(text));
const french = all.filter(({ text, french: marked }) => marked || FRENCH.test(text));
/** The text without its placeholder and the names of commands, since those are not words. */
const words = (text: string): string => text.replaceAll('{email}', '…').replaceAll('test-mail', '…');
const saysMail = (text: string): boolean =>
  /(?<!e-)\bmails?\b(?! (server|program|folder))|\bemails?\b(?!=)/i.test(words(text));
const told = (texts: Text[]): string[] => texts.map(({ file, text }) => `${file}: ${text}`);

describe('the words that people read', () => {
  it('are found in both languages', () => {
    expect([all.length > 2_000, french.length > 700]).toEqual([true, true]);
    expect(READERS.filter((readers) => !files.some((name) => readers.test(name)))).toEqual([]);
  });

  it('hold no sentence that was replaced', () => {
    const texts = [
      'README.md',
      'config/README.md',
      ...readdirSync('src', { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('README.md'))
        .map((name) => `src/${name}`),
    ].map((file): Text => ({ file, text: readFileSync(file, 'utf8').replace(/\s+/g, ' '), french: false }));
    expect(texts.length).toBeGreaterThan(8);
    expect(told(all).filter((line) => FORBIDDEN.some((phrase) => phrase.test(line)))).toEqual([]);
    expect(told(texts).filter((line) => FORBIDDEN.some((phrase) => phrase.test(line)))).toEqual([]);
  });

  it('say e-mail in French, and no other word for it', () => {
    expect(
      told(
        french.filter(({ text }) =>
          /\bcourriels?\b|\bemails?\b|(?<!e-)\bmails?\b|adresse de messagerie/i.test(words(text)),
        ),
      ),
    ).toEqual([]);
  });

  it('say e-mail in English pages and mails', () => {
    const english = all.filter(({ text, french: marked }) => !marked && !FRENCH.test(text));
    const empty = PLACES.filter((place) => !english.some(({ file }) => file.startsWith(place)));
    expect(empty).toEqual([]);
    expect(saysMail('Your mail was sent.')).toBe(true);
    expect(told(english.filter(({ text }) => saysMail(text)))).toEqual([]);
  });

  it('have no-break spaces before the high signs of French and inside its quotes', () => {
    expect(
      told(
        french.filter(
          ({ text }) =>
            / [:;?!»]|« |«(?![\u00a0\u202f\s])|(?<![\u00a0\u202f\s])»/.test(text) &&
            !/https?:|^\s*[.#\w-]+\s*[:{]/.test(text),
        ),
      ),
    ).toEqual([]);
  });
});
