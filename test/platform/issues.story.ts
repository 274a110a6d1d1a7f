import { z } from 'zod';
import { sayIssue, sayProblem } from '../../src/i18n/sentences.js';
import { Invalid, NotFound, TooManyRequests } from '../../src/kernel/errors.js';
import { issue, issuesOf } from '../../src/kernel/issues.js';
import type { Language } from '../../src/kernel/language.js';
import { isFinal } from '../../src/platform/queue/job-runner.js';

const NB = '\u00A0';

describe('an error with a code', () => {
  it('is said in the language of whoever reads it, with its facts', () => {
    const error = new NotFound('no-profile', { id: 'leti' });
    expect([sayProblem('en', error), sayProblem('fr', error)]).toEqual([
      'There is no profile "leti".',
      `Le profil «${NB}leti${NB}» n’existe pas.`,
    ]);
    const meant = new NotFound('no-call-matches-but', { text: 'a b', nearest: 'X, Y' });
    expect(sayProblem('fr', meant)).toBe(
      `Aucun appel ne correspond à «${NB}a b${NB}». Vouliez-vous dire X, Y${NB}?`,
    );
  });

  it('has the status of its class, and tells a log its code and facts', () => {
    const error = new NotFound('no-call', { id: 7 });
    expect([error.status, error.kind, error.message]).toEqual([404, 'no-call', 'no-call, id: 7']);
    expect(new Invalid([]).status).toBe(400);
  });

  it('is tried again by a job only where its class says that time may help', () => {
    expect(isFinal(new NotFound('no-call', { id: 7 }), 1, 5)).toBe(true);
    expect(isFinal(new TooManyRequests('files-waiting'), 1, 5)).toBe(false);
  });
});

const Form = z.strictObject({
  id: z.uuid(),
  n: z.number().min(2).max(9),
  share: z.number().positive(),
  kind: z.enum(['a', 'b']),
  name: z.string().min(1).max(5),
  list: z.array(z.string()).max(1),
  email: z.email(),
  day: z.iso.date(),
  code: z.string().regex(/^[A-Z]{3}$/, issue('currency')),
  terms: z.number().refine((n) => n < 9, issue('too-many-terms', { most: 8 })),
});
const WRONG = {
  id: 'x',
  n: 1,
  share: 0,
  kind: 'c',
  name: '',
  list: ['1', '2'],
  email: 'e',
  day: '1.6.2026',
  code: 'euro',
  terms: 9,
  more: 1,
};
const said = (language: Language, value: unknown, schema: z.ZodType = Form): string[] =>
  issuesOf(schema.safeParse(value).error!.issues, value).map(
    (found) => `${found.path.join('.')} ${sayIssue(language, found)}`,
  );

describe('what a schema says is wrong', () => {
  it('is said in plain French', () => {
    expect(said('fr', WRONG)).toEqual([
      'id n’est pas un identifiant (UUID) valable',
      'n doit être au moins 2',
      'share doit être supérieur à 0',
      `kind valeurs possibles${NB}: a, b`,
      'name ne doit pas être vide',
      'list doit compter au plus 1 élément',
      'email n’est pas une adresse e-mail valable',
      'day n’est pas une date comme 2026-06-01',
      'code n’est pas un code de monnaie comme EUR (ISO 4217)',
      'terms contient plus de 8 termes',
      'more n’est pas un champ connu',
    ]);
    expect(said('fr', { ...WRONG, id: undefined, n: 'one' }).slice(0, 2)).toEqual([
      'id est obligatoire',
      'n doit être un nombre',
    ]);
  });

  it('is said in plain English, in no word of the library', () => {
    const all = said('en', { ...WRONG, name: 5, list: undefined });
    expect(all).toContain('list is required');
    expect(all).toContain('share must be more than 0');
    expect(all.join('\n')).not.toMatch(/Invalid|expected|Too small|Unrecognized/);
  });

  it('names the field inside the alternative that was meant', () => {
    const either = z.union([z.string(), z.strictObject({ x: z.boolean() })]);
    expect(said('en', { u: { x: 'yes' } }, z.object({ u: either }))).toEqual(['u.x must be true or false']);
    expect(said('en', { u: 4 }, z.object({ u: either }))).toEqual(['u is not a valid value']);
  });
});
