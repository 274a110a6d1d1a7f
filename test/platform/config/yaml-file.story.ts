import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { formatProblem, pathInWords, readYaml } from '../../../src/platform/config/yaml-file.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'carnot-yaml-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string | Buffer): string => {
  const path = join(folder, 'x.yaml');
  writeFileSync(path, text);
  return path;
};
/** The problems, without the folder name. */
const problems = (text: string | Buffer, schema: z.ZodType, options = {}): string[] =>
  readYaml(write(text), schema, options).problems.map((p) => formatProblem(p).replace(`${folder}/`, ''));

const profile = `# An institute
id: 3bcar
name: 3BCAR
language: de
competences:
  - label: Biotechnology
    keywords: [a, 2025]
    weight: high
  - lable: Plants
    weight: 7
    keywords:
      - ok: then
contacts:
  - name: Zoé
    email: zoe
`;

describe('a YAML file against a schema', () => {
  it('gives the value, defaults filled in', () => {
    const file = readYaml(write('id: a\nname: An institute\ncompetences: [{ label: Plants }]\n'), Profile);
    expect(file.problems).toEqual([]);
    expect(file.value).toMatchObject({
      id: 'a',
      language: 'fr',
      competences: [{ label: 'Plants', weight: 1 }],
    });
  });

  it('names every problem at once with line, column, place and mend, in the order of the file', () => {
    expect(problems(profile, Profile)).toEqual([
      'x.yaml:4:1 language: must be one of fr, en, not "de". Fix: Write one of fr, en.',
      'x.yaml:7:16 competences[0].keywords[0]: must be text of 2 to 100 characters, not "a". Fix: Write at least 2 characters, or remove the line.',
      'x.yaml:7:19 competences[0].keywords[1]: must be text of 2 to 100 characters, not 2025. Fix: Put it in quotes: "2025".',
      'x.yaml:8:5 competences[0].weight: must be a number from 0 to 5, not "high". Fix: Write a number from 0 to 5.',
      'x.yaml:9:5 competences[1].label: is missing. Fix: Add "label:" with text of 2 to 200 characters.',
      'x.yaml:9:5 competences[1].lable: is not a known key. Fix: Did you mean "label"? Known here: label, labels, description, keywords, exclusions, weight.',
      'x.yaml:10:5 competences[1].weight: must be a number from 0 to 5, not 7. Fix: Write a number from 0 to 5.',
      'x.yaml:12:9 competences[1].keywords[0]: must be text of 2 to 100 characters, not a map. Fix: If it is one text with a colon in it, put it in quotes: "left: right".',
      'x.yaml:15:5 contacts[0].email: must be an e-mail address, not "zoe". Fix: Write it as name@example.org.',
    ]);
  });

  it.each([
    [
      'n: "3"',
      'x.yaml:1:1 n: must be a whole number of at least 1, not "3". Fix: Write it without quotes: 3.',
    ],
    [
      'f: 0,5',
      'x.yaml:1:1 f: must be a number above 0, not "0,5". Fix: Write it with a point and not a comma: 0.5.',
    ],
    ['f: .nan', 'x.yaml:1:1 f: must be a number above 0, not NaN. Fix: Write a number above 0.'],
    [
      'n: 1.5',
      'x.yaml:1:1 n: must be a whole number of at least 1, not 1.5. Fix: Write a whole number of at least 1.',
    ],
    ['b: yes', 'x.yaml:1:1 b: must be true or false, not "yes". Fix: Write true, without quotes.'],
    ['b:', 'x.yaml:1:1 b: must be true or false, not empty. Fix: Write true or false, or remove the line.'],
    [
      'l: one',
      'x.yaml:1:1 l: must be a list of 1 to 2 entries, not "one". Fix: Write a list: each entry on a line of its own that begins with "- ".',
    ],
    ['l: []', 'x.yaml:1:1 l: must be a list of 1 to 2 entries, not an empty list. Fix: Add at least 1 more.'],
    ['l: [a, b, c]', 'x.yaml:1:1 l: must be a list of 1 to 2 entries, not a list of 3. Fix: Remove 1.'],
    [
      'l: [a, 2]',
      'x.yaml:1:8 l[1]: must be text of at most 70 characters, not 2. Fix: Put it in quotes: "2".',
    ],
    [
      `l: [${'é'.repeat(72)}]`,
      `x.yaml:1:5 l[0]: must be text of at most 70 characters, not "${'é'.repeat(50)}…" (72 characters). Fix: Shorten it by 2 characters.`,
    ],
    ['e: weekli', 'x.yaml:1:1 e: must be one of weekly, daily, not "weekli". Fix: Did you mean weekly?'],
    [
      'm: []',
      'x.yaml:1:1 m: must be a map of "key: value" lines, not an empty list. Fix: Write "key: value" lines, without the leading "- ". Known here: x.',
    ],
    [
      't: seven',
      'x.yaml:1:1 t: is not a time of day (it is "seven"). Fix: Write hours and minutes, as "07:00".',
    ],
    ['c: 3', 'x.yaml:1:1 c: is odd (it is 3). Fix: Write an even number.'],
    [
      'u: { x: wrong }',
      'x.yaml:1:6 u.x: must be true or false, not "wrong". Fix: Write true or false, without quotes.',
    ],
    [
      'u: 4',
      'x.yaml:1:1 u: must be text or a map of "key: value" lines, not 4. Fix: Write text or a map of "key: value" lines.',
    ],
    ['r: { Ab: 1 }', 'x.yaml:1:6 r.Ab: is not a small word. Fix: Write the name differently.'],
    ['"a b": 1', 'x.yaml:1:1 ["a b"]: is not a known key. Fix: Known here: n, f, b, l, e, m, t, c, u, r.'],
    [
      '[1]',
      'x.yaml:1:1: must be a map of "key: value" lines, not a list of 1. Fix: Write "key: value" lines, without the leading "- ". Known here: n, f, b, l, e, m, t, c, u, r.',
    ],
  ])('tells %s', (text, expected) => {
    const schema = z
      .strictObject({
        n: z.number().int().min(1),
        f: z.number().positive(),
        b: z.boolean(),
        l: z.array(z.string().max(70)).min(1).max(2),
        e: z.enum(['weekly', 'daily']),
        m: z.strictObject({ x: z.number().optional() }),
        t: z
          .string()
          .regex(/^\d\d:\d\d$/, 'is not a time of day')
          .describe('hours and minutes, as "07:00"'),
        c: z
          .number()
          .refine((x) => x % 2 === 0, { error: 'is odd', params: { fix: 'Write an even number.' } }),
        u: z.union([z.string(), z.strictObject({ x: z.boolean() })]),
        r: z.record(z.string().regex(/^[a-z]+$/, 'is not a small word'), z.number()),
      })
      .partial();
    expect(problems(text, schema)[0]).toBe(expected);
  });

  it.each([
    ['a: 1\nb: [1\nc: 2\n', /^x\.yaml:3:1: cannot be read as YAML: .*\. Fix: Indent it/],
    [
      'a: 1\n\tb: 1\n',
      /^x\.yaml:2:1: the line is indented with a tab\. Fix: Indent with spaces, two a level\.$/,
    ],
    [
      'a: b: c\n',
      /^x\.yaml:1:4: there is a second ": " in the line\. Fix: Put text with a colon in it in quotes\.$/,
    ],
    ['a: "x\n', /^x\.yaml:\d:\d: cannot be read as YAML: Missing closing .*\. Fix: Close the quote/],
    ['a: 1\n---\nb: 1\n', /^x\.yaml:2:1: a second document begins here\. Fix: /],
    [
      'a: *Candida*\n',
      /^x\.yaml:1:4: "\*Candida\*" means something special in YAML\. Fix: Put the whole text in quotes\.$/,
    ],
    ['a: !new calls\n', /^x\.yaml:1:4: "!new" means something special in YAML\. Fix: /],
    ['a: @home\n', /^x\.yaml:1:4: "@home" means something special in YAML\. Fix: /],
    ['- a\nb: 1\n', /^x\.yaml:2:1: cannot be read as YAML: /],
    ['', /^x\.yaml: is empty\. Fix: /],
    ['# nothing\n', /^x\.yaml: is empty\. Fix: /],
    [
      Buffer.from('name: Zo\xe9\n', 'latin1'),
      /^x\.yaml: is not UTF-8 text\. Fix: Save it again with the encoding UTF-8\.$/,
    ],
  ])('says what is no YAML: %j', (text, expected) => {
    const found = problems(text, z.record(z.string(), z.unknown()));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(expected);
  });

  it('names a second key of one name and goes on to the schema', () => {
    expect(problems('a: 1\nb: x\na: 2\n', z.strictObject({ a: z.number(), b: z.number() }))).toEqual([
      'x.yaml:2:1 b: must be a number, not "x". Fix: Write a number.',
      'x.yaml:3:1: the key "a" stands here for the second time. Fix: Keep one of the two.',
    ]);
  });

  it('looks through an alias for the place', () => {
    const schema = z.strictObject({ a: z.unknown(), b: z.strictObject({ x: z.number() }) });
    expect(problems('a: &a\n  x: y\nb: *a\n', schema)[0]).toMatch(/^x\.yaml:2:3 b\.x: must be a number/);
  });

  it('refuses aliases that multiply', () => {
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x]',
      ...[1, 2, 3, 4].map(
        (i) =>
          `a${i}: &a${i} [${Array(9)
            .fill(`*a${i - 1}`)
            .join()}]`,
      ),
    ];
    expect(problems(bomb.join('\n'), z.unknown())[0]).toMatch(
      /^x\.yaml:1:1: cannot be read as YAML: Excessive alias count/,
    );
  });

  it('takes an empty file for what the caller says it stands for', () => {
    expect(readYaml(write('# all comments\n'), z.strictObject({}), { whenEmpty: {} }).value).toEqual({});
  });

  it('says that a file is missing', () => {
    const [problem] = readYaml(join(folder, 'none.yaml'), z.unknown()).problems;
    expect(problem).toMatchObject({ line: null, column: null, path: '', problem: 'the file is missing' });
    expect(readYaml(folder, z.unknown()).problems[0]!.problem).toBe('the file cannot be read (EISDIR)');
  });

  it('writes paths as people do', () => {
    expect(pathInWords(['competences', 2, 'keywords', 0])).toBe('competences[2].keywords[0]');
    expect(pathInWords(['funding-tenders', 'a.b'])).toBe('funding-tenders["a.b"]');
  });
});
