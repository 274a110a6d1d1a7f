import { z } from 'zod';
import { yamlProblemIn } from '../../src/platform/api/yaml-problem-in.js';
import { YAML_SENTENCES } from '../../src/i18n/sentences/fr/yaml.js';
import { profileFromYaml } from '../../src/platform/config/profile-yaml.js';
import { readYamlText } from '../../src/platform/config/yaml-file.js';

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
    r: z.record(z.string().regex(/^[a-z]+$/, 'contains no word'), z.number()),
  })
  .partial();

/** The message about a text's first problem, in English and in French. */
function said(text: string, of: z.ZodType = schema): [string, string] {
  const { problems } = readYamlText('x.yaml', text, of);
  const both = (['en', 'fr'] as const).map((language) => {
    const { problem, fix } = yamlProblemIn(problems[0]!, language);
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
    ['n: "3"', 'doit être un nombre entier d’au moins 1, et non « 3 ». Écrivez-le sans guillemets : 3.'],
    [
      'f: 0,5',
      'doit être un nombre supérieur à 0, et non « 0,5 ». Écrivez-le avec un point et non une virgule : 0.5.',
    ],
    [
      'g: 9',
      'doit être un nombre d’au moins 1 et inférieur à 5, et non 9. Écrivez un nombre d’au moins 1 et inférieur à 5.',
    ],
    ['b:', 'doit être true ou false, et non vide. Écrivez true ou false, ou retirez la ligne.'],
    ['l: []', 'doit être une liste de 1 à 2 éléments, et non une liste vide. Ajoutez-en au moins 1.'],
    [
      'e: weekli',
      'doit être l’une des valeurs weekly, daily, et non « weekli ». Vouliez-vous dire « weekly » ?',
    ],
    [
      'm: 1',
      'doit être une suite de lignes « clé: valeur », et non 1. Écrivez des lignes « clé: valeur », en retrait en dessous. Clés connues ici : x.',
    ],
    [
      'u: 4',
      'doit être un texte ou une suite de lignes « clé: valeur », et non 4. Écrivez un texte ou une suite de lignes « clé: valeur ».',
    ],
    ['r: { Ab1: 1 }', 'ne contient aucun mot. Écrivez le nom autrement.'],
    ['langauge: en', 'n’est pas une clé connue. Clés connues ici : n, f, g, b, l, e, m, u, mail, r.'],
    ['n: 1\nn: 2', 'la clé « n » figure ici pour la deuxième fois. Gardez l’une des deux.'],
    [
      'u: "an empty list, not a map"\ne: "x, not y"',
      'doit être l’une des valeurs weekly, daily, et non « x, not y ». Écrivez l’une des valeurs weekly, daily.',
    ],
    ['u: *Candida*', '« *Candida* » a un sens particulier en YAML. Mettez tout le texte entre guillemets.'],
    [
      'u: "x',
      'illisible en YAML : il manque le guillemet fermant ". Fermez le guillemet ou le crochet ouvert plus haut.',
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
    const told = 'problems' in read ? read.problems.map((p) => yamlProblemIn(p, 'fr')) : [];
    expect(told.length).toBeGreaterThan(10);
    expect(
      told.map(({ problem, fix }) => own(`${problem}. ${fix}`)).filter((text) => ENGLISH.test(text)),
    ).toEqual([]);
    const parts = profileFromYaml('a: [\n'.repeat(13_000), 'a');
    expect('problems' in parts && yamlProblemIn(parts.problems[0]!, 'fr')).toMatchObject({
      problem: expect.stringMatching(/^compte plus de 12000 mots/),
    });
  });

  it("has as many places in both languages, but where a library's English is left out", () => {
    const places = (text: string): number => text.split(/\{[ev]?\}/).length;
    const left = Object.entries(YAML_SENTENCES)
      .filter(([en, fr]) => places(en) < places(fr))
      .map(([en]) => en);
    expect(left).toEqual([]);
  });
});
