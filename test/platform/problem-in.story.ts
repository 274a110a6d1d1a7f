import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { issueWords } from '../../src/platform/api/issue-words.js';
import { issueIn, sentenceIn } from '../../src/platform/api/problem-in.js';
import { SENTENCES } from '../../src/i18n/sentences/fr/problems.js';

const NB = '\u00A0';
const sentenceInFrench = (text: string): string => sentenceIn(text, 'fr');
/**
 * Where problem sentences are written: those of settings and of the embedded database are only shown on the
 * command line.
 */
const ROOMS = readdirSync('src')
  .filter((name) => !/\.|^(app|commands|demo|platform)$/.test(name))
  .concat('platform/api', 'platform/access');
const THROWN = [
  /new \w+Exception\(\s*(['`])((?:\\.|(?!\1).)+)\1/g,
  /invalid\(\[\{[^\n]*message: (['`])((?:\\.|(?!\1).)+)\1/g,
  /(?:refine|regex|enum|union)\([^\n]*, (['`])((?:is|has|must|contains|lists|holds?) [^'`\n]+)\1/g,
  /iso\.date\((')([^'\n]+)'/g,
  /export const TOO_MANY\w* = (`)([^`]+)`/g,
];

const sources = (): string[] =>
  ROOMS.flatMap((room) =>
    readdirSync(join('src', room), { recursive: true, encoding: 'utf8' })
      .filter(
        (n) =>
          /\.tsx?$/.test(n) && !/^(store|sources)\//.test(n) && !join(room, n).startsWith('harvest/domain/'),
      )
      .map((n) => readFileSync(join('src', room, n), 'utf8')),
  );
/** A sentence as readers see it, with its placeholders filled. */
const filled = (text: string): string =>
  text.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, 'X').replaceAll("\\'", "'");

describe('problems in French', () => {
  it('has every sentence that is thrown', () => {
    const all = new Set(
      sources().flatMap((text) =>
        THROWN.flatMap((form) => [...text.matchAll(form)].map((m) => filled(m[2]!))),
      ),
    );
    expect(all.size).toBeGreaterThan(70);
    expect([...all].filter((sentence) => sentenceInFrench(sentence) === sentence)).toEqual([]);
  });

  it('keeps what stands in a sentence, in as many places, and sets it as French does', () => {
    expect(sentenceInFrench('There is no profile "leti".')).toBe(`Le profil «${NB}leti${NB}» n’existe pas.`);
    expect(sentenceInFrench('There is no version 3 of the profile "leti".')).toBe(
      `La version 3 du profil «${NB}leti${NB}» n’existe pas.`,
    );
    expect(sentenceInFrench('No call matches "a b". Did you mean X, Y?')).toBe(
      `Aucun appel ne correspond à «${NB}a b${NB}». Vouliez-vous dire X, Y${NB}?`,
    );
    expect(sentenceInFrench('Something of a library')).toBe('Something of a library');
    expect(
      Object.entries(SENTENCES).filter(([en, fr]) => en.split('{}').length !== fr.split('{}').length),
    ).toEqual([]);
  });

  const Form = z.strictObject({
    id: z.uuid(),
    n: z.number().min(2).max(9),
    kind: z.enum(['a', 'b']),
    name: z.string().min(1).max(5),
    list: z.array(z.string()).max(1),
    email: z.email(),
    day: z.iso.date(),
  });
  const WRONG = {
    id: 'x',
    n: 1,
    kind: 'c',
    name: '',
    list: ['1', '2'],
    email: 'e',
    day: '1.6.2026',
    more: 1,
  };
  const french = (value: unknown): string[] =>
    Form.safeParse(value).error!.issues.map((i) => `${i.path.join('.')} ${issueIn(i as never, 'fr')}`);

  it('says in plain French what a schema says', () => {
    expect(french(WRONG)).toEqual([
      'id n’est pas un identifiant (UUID) valable',
      'n doit être au moins 2',
      `kind valeurs possibles${NB}: a, b`,
      'name ne doit pas être vide',
      'list doit compter au plus 1 élément',
      'email n’est pas une adresse e-mail valable',
      'day n’est pas une date comme 2026-06-01',
      ' n’est pas un champ connu',
    ]);
    expect(french({ ...WRONG, id: undefined, n: 'one' }).slice(0, 2)).toEqual([
      'id est obligatoire',
      'n doit être un nombre',
    ]);
  });

  it('leaves no word of zod in a form either', () => {
    const said = (language: 'en' | 'fr') =>
      Form.safeParse({ ...WRONG, name: 5, list: undefined }, { error: (i) => issueWords(i, language) })
        .error!.issues.map((i) => i.message)
        .join('\n');
    expect(said('en')).toContain('is required');
    expect(said('en') + said('fr')).not.toMatch(/Invalid|expected|Too small|Unrecognized/);
  });
});
