import { z } from 'zod';
import { sayInFile } from '../../../src/i18n/sentences.js';
import { issue } from '../../../src/kernel/issues.js';
import { profileFromYaml } from '../../../src/profiles/profile-yaml.js';
import { readYamlText } from '../../../src/platform/config/yaml.js';

const schema = z
  .strictObject({
    n: z.number().int().min(1),
    f: z.number().positive(),
    g: z.number().min(1).lt(5),
    b: z.boolean(),
    l: z.array(z.string().max(70)).min(1).max(2),
    e: z.enum(['weekly', 'daily']),
    m: z.strictObject({ x: z.number().optional() }),
    u: z.union([z.string(), z.strictObject({ x: z.boolean() })]),
    mail: z.email(),
    r: z.record(z.string().regex(/^[a-z]+$/, issue('no-word')), z.number()),
  })
  .partial();

/** The message about a text's first problem, in English and in French. */
function said(text: string, of: z.ZodType = schema): [string, string] {
  const { problems } = readYamlText('x.yaml', text, of);
  const both = (['en', 'fr'] as const).map((language) => {
    const { problem, fix } = sayInFile(language, problems[0]!);
    return `${problem}. ${fix}`.replaceAll('\u00a0', ' ');
  });
  return both as [string, string];
}
const ENGLISH =
  /\b(the|must|be|not|is|are|write|put|add|remove|with|line|of|and|quotes|number|text|list|characters|entries|missing|unexpected|here|read)\b/i;
/** The same without what comes from the file: quoted text, and keys and values known to a schema. */
const own = (text: string): string =>
  text.replace(/«[^»]*»|"[^"]*"|(?<=Clés connues ici : ).*|(?<=valeurs ).*/g, '');

describe('what is wrong with lines of YAML, in French', () => {
  it.each([
    [
      'n: "3"',
      'doit être un nombre (valeur : « 3 »). Écrivez un nombre sans guillemets, avec un point et non une virgule, comme 0.5.',
    ],
    [
      'f: 0,5',
      'doit être un nombre (valeur : « 0,5 »). Écrivez un nombre sans guillemets, avec un point et non une virgule, comme 0.5.',
    ],
    ['g: 9', 'doit être inférieur à 5 (valeur : 9). Corrigez cette valeur.'],
    ['b:', 'doit être true ou false (valeur : vide). Écrivez true ou false, sans guillemets.'],
    ['l: []', 'ne doit pas être vide. Remplissez-le, ou retirez la ligne.'],
    ['e: weekli', 'valeurs possibles : weekly, daily (valeur : « weekli »). Vouliez-vous dire « weekly » ?'],
    [
      'm: 1',
      'doit être un objet (valeur : 1). Écrivez des lignes « clé: valeur » en retrait en dessous, sans tiret au début.',
    ],
    ['u: 4', 'n’est pas une valeur possible (valeur : 4). Corrigez cette valeur.'],
    ['r: { Ab1: 1 }', 'ne contient aucun mot. Corrigez cette valeur.'],
    ['langauge: en', 'n’est pas un champ connu. Clés connues ici : n, f, g, b, l, e, m, u, mail, r.'],
    ['n: 1\nn: 2', 'la clé « n » est donnée deux fois. Gardez l’une des deux.'],
    [
      'u: "an empty list, not a map"\ne: "x, not y"',
      'valeurs possibles : weekly, daily (valeur : « x, not y »). Écrivez l’une de ces valeurs.',
    ],
    ['u: *Candida*', '« *Candida* » a un sens particulier en YAML. Mettez tout le texte entre guillemets.'],
    [
      'u: "x',
      'il manque un guillemet, un crochet, une virgule ou une espace. Fermez le guillemet ou le crochet ouvert plus haut ; mettez une espace après deux-points, et avant #.',
    ],
  ])('says %j', (text, french) => expect(said(text)[1]).toBe(french));

  const WRONG = [
    'u: b: c',
    '\tu: 1',
    'l: [1\nn: 2',
    'l: [a, 2]',
    `l: [${'é'.repeat(72)}]`,
    'l: [a, b, c]',
    'l: one',
    'b: yes',
    'b: no',
    'b: 7',
    'm: []',
    'mail: zoe',
    'u: { x: wrong }',
    'u: [x',
    'u: { x: 1',
    'l: ]',
    '- a\nn: 1',
    'n\nb: 1',
    'u: "\\q"',
    'n: 1\n---\nb: 1',
    'u: @home',
    'u: !new calls',
    '',
    '[1]',
    "u: 'it's'",
    'u: x\n? - a',
    'u: |9x\n a',
    'u: &a',
    'u: *',
    '%x\nu: 1',
    'f: .nan',
    'u: [a, , b]',
  ];
  it.each(WRONG)('leaves no English word of its own in what it says of %j', (text) => {
    const [english, french] = said(text);
    expect(own(french)).not.toMatch(ENGLISH);
    expect(french).not.toBe(english);
  });

  it('does so for a profile whose every part is wrong', () => {
    const wrong = [
      'id: b',
      'name: x',
      'language: de',
      'confirmed: oui',
      'competences: []',
      'contacts: [{ name: A, email: a@b.org }, { name: B, email: A@b.org }]',
      'vocabulary: { x: [] }',
      'preferences: { trl: { min: 5, max: 2 }, countries: [XX], answersAs: [x], minLeadDays: 0, roles: x, budget: { min: -1 } }',
      'trackRecord: [{ pic: 12, rules: [{ from: soon, words: ["-"] }] }]',
    ].join('\n');
    const read = profileFromYaml(wrong, 'a');
    const told = 'problems' in read ? read.problems.map((p) => sayInFile('fr', p)) : [];
    expect(told.length).toBeGreaterThan(10);
    expect(
      told.map(({ problem, fix }) => own(`${problem}. ${fix}`)).filter((text) => ENGLISH.test(text)),
    ).toEqual([]);
    const parts = profileFromYaml('a: [\n'.repeat(13_000), 'a');
    expect('problems' in parts && sayInFile('fr', parts.problems[0]!)).toMatchObject({
      problem: expect.stringMatching(/^compte plus de 12000 éléments/),
    });
  });
});
