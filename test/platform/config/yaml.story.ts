import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { Profile } from '../../../src/profiles/domain/profile.js';
import { lineInFile } from '../../../src/i18n/sentences.js';
import { issue, pathInWords } from '../../../src/kernel/issues.js';
import { readYaml } from '../../../src/platform/config/yaml.js';

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
  readYaml(write(text), schema, options).problems.map((p) => lineInFile(p).replace(`${folder}/`, ''));

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
      'x.yaml:4:1 language: must be one of: fr, en (it is "de"). Fix: Write one of these.',
      'x.yaml:7:16 competences[0].keywords[0]: must have at least 2 characters (it is "a"). Fix: Write more, or remove the line.',
      'x.yaml:7:19 competences[0].keywords[1]: must be a text (it is 2025). Fix: Write one text; put it in quotes if it is a number or has a colon in it.',
      'x.yaml:8:5 competences[0].weight: must be a number (it is "high"). Fix: Write a number without quotes, with a point and not a comma, as 0.5.',
      'x.yaml:9:5 competences[1].label: is required. Fix: Add the line "label:".',
      'x.yaml:9:5 competences[1].lable: is not a known field. Fix: Did you mean "label"? Known here: label, labels, description, keywords, exclusions, weight.',
      'x.yaml:10:5 competences[1].weight: must be 5 or less (it is 7). Fix: Correct this value.',
      'x.yaml:12:9 competences[1].keywords[0]: must be a text (it is a map). Fix: Write one text; put it in quotes if it is a number or has a colon in it.',
      'x.yaml:15:5 contacts[0].email: is not a valid e-mail address (it is "zoe"). Fix: Write it as name@example.org.',
    ]);
  });

  it.each([
    [
      'n: "3"',
      'x.yaml:1:1 n: must be a number (it is "3"). Fix: Write a number without quotes, with a point and not a comma, as 0.5.',
    ],
    [
      'f: 0,5',
      'x.yaml:1:1 f: must be a number (it is "0,5"). Fix: Write a number without quotes, with a point and not a comma, as 0.5.',
    ],
    [
      'f: .nan',
      'x.yaml:1:1 f: must be a number (it is NaN). Fix: Write a number without quotes, with a point and not a comma, as 0.5.',
    ],
    [
      'n: 1.5',
      'x.yaml:1:1 n: must be a whole number (it is 1.5). Fix: Write a whole number without quotes, as 5.',
    ],
    [
      'b: yes',
      'x.yaml:1:1 b: must be true or false (it is "yes"). Fix: Write true or false, without quotes.',
    ],
    ['b:', 'x.yaml:1:1 b: must be true or false (it is empty). Fix: Write true or false, without quotes.'],
    [
      'l: one',
      'x.yaml:1:1 l: must be a list (it is "one"). Fix: Write each entry on a line of its own that begins with "- ".',
    ],
    ['l: []', 'x.yaml:1:1 l: must not be empty. Fix: Write something, or remove the line.'],
    ['l: [a, b, c]', 'x.yaml:1:1 l: must have at most 2 entries. Fix: Remove some.'],
    [
      'l: [a, 2]',
      'x.yaml:1:8 l[1]: must be a text (it is 2). Fix: Write one text; put it in quotes if it is a number or has a colon in it.',
    ],
    [
      `l: [${'é'.repeat(72)}]`,
      `x.yaml:1:5 l[0]: must have at most 70 characters (it is "${'é'.repeat(59)}…"). Fix: Shorten it.`,
    ],
    ['e: weekli', 'x.yaml:1:1 e: must be one of: weekly, daily (it is "weekli"). Fix: Did you mean weekly?'],
    [
      'm: []',
      'x.yaml:1:1 m: must be an object (it is a list). Fix: Write "key: value" lines, indented below it, without a leading "- ".',
    ],
    [
      't: seven',
      'x.yaml:1:1 t: is not a time of day (it is "seven"). Fix: Write hours and minutes in quotes, as "07:00".',
    ],
    ['c: b', 'x.yaml:1:1 c: is not the id of this profile, which is a (it is "b"). Fix: Write "id: a".'],
    [
      'u: { x: wrong }',
      'x.yaml:1:6 u.x: must be true or false (it is "wrong"). Fix: Write true or false, without quotes.',
    ],
    ['u: 4', 'x.yaml:1:1 u: is not a valid value (it is 4). Fix: Correct this value.'],
    ['r: { Ab: 1 }', 'x.yaml:1:6 r.Ab: contains no word. Fix: Correct this value.'],
    ['"a b": 1', 'x.yaml:1:1 ["a b"]: is not a known field. Fix: Known here: n, f, b, l, e, m, t, c, u, r.'],
    [
      '[1]',
      'x.yaml:1:1: must be an object (it is a list). Fix: Write "key: value" lines, indented below it, without a leading "- ".',
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
        t: z.string().regex(/^\d\d:\d\d$/, issue('time-of-day')),
        c: z.string().refine((x) => x === 'a', issue('not-this-id', { id: 'a' })),
        u: z.union([z.string(), z.strictObject({ x: z.boolean() })]),
        r: z.record(z.string().regex(/^[a-z]+$/, issue('no-word')), z.number()),
      })
      .partial();
    expect(problems(text, schema)[0]).toBe(expected);
  });

  it.each([
    ['a: 1\nb: [1\nc: 2\n', /^x\.yaml:3:1: the line is not indented like its neighbours\. Fix: Indent it/],
    [
      'a: 1\n\tb: 1\n',
      /^x\.yaml:2:1: the line is indented with a tab\. Fix: Indent with spaces, two a level\.$/,
    ],
    [
      'a: b: c\n',
      /^x\.yaml:1:4: there is a second ": " in the line\. Fix: Put text with a colon in it in quotes\.$/,
    ],
    ['a: "x\n', /^x\.yaml:\d:\d: a quote, a bracket, a comma or a space is missing\. Fix: Close the quote/],
    ['a: 1\n---\nb: 1\n', /^x\.yaml:2:1: a second document begins here\. Fix: /],
    [
      'a: *Candida*\n',
      /^x\.yaml:1:4: "\*Candida\*" means something special in YAML\. Fix: Put the whole text in quotes\.$/,
    ],
    ['a: !new calls\n', /^x\.yaml:1:4: "!new" means something special in YAML\. Fix: /],
    ['a: @home\n', /^x\.yaml:1:4: "@home" means something special in YAML\. Fix: /],
    ['- a\nb: 1\n', /^x\.yaml:2:1: cannot be read as YAML\. Fix: /],
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
      'x.yaml:2:1 b: must be a number (it is "x"). Fix: Write a number without quotes, with a point and not a comma, as 0.5.',
      'x.yaml:3:1: the key "a" is given twice. Fix: Keep one of the two.',
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
    expect(problems(bomb.join('\n'), z.unknown())[0]).toMatch(/^x\.yaml: there are too many aliases/);
  });

  it('takes an empty file for what the caller says it stands for', () => {
    expect(readYaml(write('# all comments\n'), z.strictObject({}), { whenEmpty: {} }).value).toEqual({});
  });

  it('says that a file is missing', () => {
    const [problem] = readYaml(join(folder, 'none.yaml'), z.unknown()).problems;
    expect({ ...problem, path: pathInWords(problem!.path) }).toMatchObject({
      ...{ line: null, column: null, path: '', code: 'no-file' },
    });
    expect(lineInFile(readYaml(folder, z.unknown()).problems[0]!)).toContain(
      'the file cannot be read (EISDIR)',
    );
  });

  it('writes paths as people do', () => {
    const schema = z.record(z.string(), z.array(z.strictObject({ 'a.b': z.string() })));
    expect(problems('funding-tenders:\n  - a.b: 1\n', schema)[0]).toMatch(
      /^x\.yaml:2:5 funding-tenders\[0\]\["a\.b"\]: /,
    );
  });
});
