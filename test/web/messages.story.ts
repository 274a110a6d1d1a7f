import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ALL } from '../../src/i18n/all.js';
import { fixTexts, issuesTexts } from '../../src/i18n/issues.js';
import type { Message } from '../../src/i18n/message.js';
import { TEXTS } from '../../src/notifications/channels/email/email.channel.js';
import { translateTo, translator } from '../../src/i18n/translate.js';
import { messageProblems } from './message-checks.js';
import { keyProblems, literalTexts, unusedCodes, type SourceFile } from './source-checks.js';

const SRC = resolve(__dirname, '../../src');
const CATALOGUES = join(SRC, 'i18n');
const files: SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/^i18n\/(?!sentences\.ts)/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));

/** Found by the code of an error. */
const CODED = /^(problem|issue)\./;

const one = (en: string, fr: string): string[] => messageProblems({ 'a.key': { en, fr } });
const view = (text: string): string[] =>
  literalTexts({ name: 'view.tsx', text: `export const View = ({ v, n }) => ${text};` });

describe('the texts of pages and mails', () => {
  it('are ICU messages with the same arguments in both languages, none empty, in French typography', () => {
    expect(messageProblems(ALL)).toEqual([]);
  });

  it('have a neutral word for what a newer version has written: one of its kind, or one for all', () => {
    const newer = 'unheard-of' as 'new';
    expect((['fr', 'en'] as const).map((l) => translateTo(l)(`call.kind.${newer}`))).toEqual([
      'une modification',
      'a change',
    ]);
    expect(translateTo('fr')(`outbox.state.${newer as unknown as 'sent'}`)).toBe('Autre');
    expect(translator(TEXTS)('en')(newer as unknown as keyof typeof TEXTS)).toBe('Other');
  });

  it('have points in the plural from two on in French, and beside 1 alone in English', () => {
    const points = (language: 'en' | 'fr') =>
      [0.3, 1, 1.3, 2].map((n) => translateTo(language)('call.points', { shown: 'x', n }));
    expect(points('fr')).toEqual(['x\u00a0point', 'x\u00a0point', 'x\u00a0point', 'x\u00a0points']);
    expect(points('en')).toEqual(['x points', 'x point', 'x points', 'x points']);
  });

  it('group the digits of what may be a thousand and more', () => {
    const days = { messages: 400, sent: 1826, links: 90 };
    expect(translateTo('fr')('privacy.until.message', days)).toContain('1\u202f826 jours');
    expect(translateTo('en')('privacy.until.message', days)).toContain('1,826 days');
    expect(translateTo('fr')('comments.wrong', { most: 4000 })).toContain('4\u202f000');
  });

  it('are so where they are plugged in, too', async () => {
    const plugged = files.filter(
      ({ name, text }) =>
        /^(matching\/signals|notifications\/channels)\//.test(name) && text.includes('= messages({'),
    );
    expect(plugged.length).toBeGreaterThan(12);
    for (const { name } of plugged) {
      const { TEXTS } = (await import(join(SRC, name))) as { TEXTS: Record<string, Message> };
      expect({ name, problems: messageProblems(TEXTS) }).toEqual({ name, problems: [] });
    }
  });

  it('call the state of a call that was decided against by one name, and “strong” only what the bands call so', () => {
    const said = (pattern: RegExp) =>
      Object.entries(ALL).flatMap(([key, message]) =>
        Object.values(message).some((text) => pattern.test(text)) ? [key] : [],
      );
    expect(
      said(/\b(pas pour nous|not relevant|non pertinente?s?|set aside)\b|appels? écartés?|^écarté/i),
    ).toEqual([]);
    expect(said(/\bstrong\b/).filter((key) => !/^(band|preferences|bid\.level)\./.test(key))).toEqual([]);
  });

  it('have each a key of their own: of two by one key only the last is shown', () => {
    const catalogues = readdirSync(CATALOGUES, { recursive: true, encoding: 'utf8' });
    const keys = catalogues
      // Notes on deliveries have their English sentence as their key.
      .filter((name) => name.endsWith('.ts') && name !== 'delivery-notes.ts')
      .flatMap((name) =>
        [...readFileSync(join(CATALOGUES, name), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map((m) => m[1]),
      );
    expect(new Set(keys)).toEqual(new Set(Object.keys(ALL)));
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  });

  it('are all used, and each that is put together exists', () => {
    expect(
      keyProblems(
        Object.keys(ALL).filter((key) => !CODED.test(key)),
        files,
      ),
    ).toEqual([]);
  });

  it('are each of an error that can happen, and each way to mend one is of such an error', () => {
    const coded = Object.keys(ALL).filter((key) => CODED.test(key));
    expect(unusedCodes(coded, files)).toEqual([]);
    const fixes = Object.keys(fixTexts).filter((key) => key.startsWith('fix.') && key !== 'fix.*');
    expect(fixes.filter((key) => !(key.replace('fix.', 'issue.') in issuesTexts))).toEqual([]);
  });

  it('stand among the messages and not in the pages', () => {
    const pages = files.filter((f) => /(^|\/)(pages|ui)\/.*\.tsx$/.test(f.name));
    expect(pages.flatMap(literalTexts)).toEqual([]);
  });
});

describe('the check of the texts', () => {
  it('takes what is well', () => {
    expect(
      one(
        '{n, plural, one {# call} other {# calls}} for {name}: {role, select, reader {read} other {write}}',
        '{n, plural, one {# appel} other {# appels}} pour {name}\u00A0: {role, select, reader {lecture} other {écriture}} «\u00A0l’un\u00A0», «\u00A0id: {name}\u00A0», «\u00A0{name}:\u00A0», à 17:00, sur https://example.org\u202F!',
      ),
    ).toEqual([]);
  });

  it.each([
    [
      'a broken message',
      '{n, plural, one {# call}',
      '{n, plural, one {# appel} other {# appels}}',
      /en.*no ICU message/,
    ],
    ['an empty text', 'Calls', ' ', /fr.*empty/],
    [
      'an argument that one language lacks',
      'Of {name}',
      'Du nom',
      /takes name in English and nothing in French/,
    ],
    ['an argument of another name', '{n} calls', '{count} appels', /takes n in English and count in French/],
    [
      'an argument that stands in a branch only',
      '{n, plural, one {# of {who}} other {#}}',
      '{n, plural, one {#} other {#}}',
      /n, who/,
    ],
    [
      'a choice that one language lacks',
      '{role, select, reader {r} officer {o} other {x}}',
      '{role, select, reader {r} other {x}}',
      /role\(officer\|other\|reader\)/,
    ],
    ['a plain space before a high sign', 'Who?', 'Qui ?', /"\?" without a no-break space/],
    ['no space before a high sign', 'Name: {name}', 'Nom\u00A0: {name}; {name}', /";" without/],
    ['no space between an argument and a high sign', '{name}: all', '{name}: tous', /":" without/],
    [
      'a plain space in a branch',
      '{n, plural, one {What: #} other {#}}',
      '{n, plural, one {Quoi : #} other {#}}',
      /":" without/,
    ],
    ['a plain space inside quotes', 'A “call”', 'Un «\u00A0appel »', /"»" without/],
    ['a quote that opens without its space', 'A “call”', 'Un «appel\u00A0»', /"«" without/],
    [
      'a no-break space in what is to be typed',
      'Write "id: x"',
      'Écrivez «\u00A0id\u00A0: x\u00A0»',
      /copied/,
    ],
    ['a plain space that is not in code', 'So: "x"', 'Donc : «\u00A0x\u00A0»', /":" without/],
    ['a straight apostrophe', 'The deadline', "L'échéance", /straight apostrophe/],
    ['another word for an e-mail in French', 'An e-mail', 'Un courriel', /"courriel" for an e-mail/],
    ['another word for an e-mail in English', 'Your mail was sent.', 'Envoyé.', /"mail" for an e-mail/],
  ])('finds %s', (_, en, fr, problem) => {
    expect(one(en, fr).join('\n')).toMatch(problem);
  });

  it.each([
    ['text in an element', '<p>Deadlines of {n} calls</p>', 2],
    ['a word in an element', '<b>Open</b>', 1],
    ['text in an expression', "<p>{'Open calls'}</p>", 1],
    ['text in a branch', "<p>{n > 1 ? 'several' : 'one'}</p>", 2],
    ['text behind a condition', "<p>{n > 1 && 'several'}</p>", 1],
    ['text in a template', '<p>{`${n} calls`}</p>', 1],
    ['a label for a screen reader', '<nav aria-label="Main"><i /></nav>', 1],
    ['a title by an expression', "<a title={n ? 'Next page' : undefined}>{n}</a>", 1],
    ['a placeholder', '<input placeholder="Search" />', 1],
    ['the text of an image', '<img alt="A calendar" />', 1],
    ['the title of a page', "page(v, { title: 'Deadlines' }, <p>{n}</p>)", 1],
  ])('finds %s', (_, text, count) => {
    expect(view(text)).toHaveLength(count);
  });

  it('leaves aside what nobody reads, names, and what is handed to a function', () => {
    expect(
      view(
        "<p class=\"muted\" id=\"x\" data-kind={n ? 'big' : 'small'}>{v.t('a.key')} · {n === 'open' && <b>{n}</b>} Carnot Europe <img alt=\"\" /></p>",
      ),
    ).toEqual([]);
  });

  it('finds codes of errors that nobody throws', () => {
    const thrown = {
      name: 'x.ts',
      text: "throw new NotFound('no-call', { id }); wrong([], `least-${unit}`);",
    };
    expect(unusedCodes(['problem.no-call', 'issue.least-number', 'problem.no-run'], [thrown])).toEqual([
      'problem.no-run',
    ]);
  });

  it('finds keys that nobody uses, and beginnings that no key has', () => {
    const page = {
      name: 'x.tsx',
      text: 'v.t("a.used"); v.t(`a.kind.${kind}`); v.t(`a.none.${kind}`); v.t(`a.${x}.end`);',
    };
    expect(keyProblems(['a.used', 'a.unused', 'a.kind.one', 'a.b.end', 'a.kind.'], [page])).toEqual([
      'a.unused is used nowhere',
      'a.kind. is used nowhere',
      'no key begins with a.none.',
    ]);
  });
});
