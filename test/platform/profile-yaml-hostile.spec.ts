import { z } from 'zod';
import { pathInWords } from '../../src/kernel/issues.js';
import { profileFromYaml } from '../../src/profiles/profile-yaml.js';
import { readYamlText } from '../../src/platform/config/yaml.js';
import { cpuSeconds } from '../support/cpu-seconds.js';

const BYTES = 100_000;
const filled = (piece: string): string => piece.repeat(BYTES / piece.length);
const numbered = (piece: (i: number) => string): string =>
  Array.from({ length: BYTES / piece(1_000).length }, (_, i) => piece(i)).join('');

/** Each made a parser, or our own queries on its document, take quadratic time. */
const HOSTILE: [string, string][] = [
  ['tabs as indent', filled('a:\n\tb\n')],
  ['directives', filled('%a\n')],
  ['aliases of nothing', filled('[*a,')],
  ['quotes', filled('"')],
  ['brackets', filled('[')],
  ['keys of one map', numbered((i) => `k${i}: 1\n`)],
  ['keys in one line', `{${numbered((i) => `k${i}:1,`)}}`],
  ['one key again and again', filled('a: 1\n')],
  ['anchors and aliases', numbered((i) => `- &a${i} x\n- *a${i}\n`)],
  ['escapes of nothing', `"${filled('\\x')}"`],
  ['maps merged into maps', `a: &a {b: 1}\n${numbered((i) => `c${i}: {<<: *a}\n`)}`],
];

describe('YAML that is meant to keep its reader busy', () => {
  it.each(HOSTILE)('%s: a profile is refused at once', async (_, text) => {
    let read: ReturnType<typeof profileFromYaml> | undefined;
    expect(await cpuSeconds(() => (read = profileFromYaml(text, 'leti')))).toBeLessThan(1);
    const problems = 'problems' in read! ? read.problems : [];
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(51);
  });

  it.each(HOSTILE)('%s: any other file is read in the time that its length takes', async (_, text) => {
    expect(
      await cpuSeconds(() => readYamlText('x.yaml', text, z.record(z.string(), z.number()))),
    ).toBeLessThan(4);
  });

  it.each([
    ['lists in a line', '- '.repeat(5_900)],
    ['keys in a line', '? '.repeat(5_900)],
    ['a hundred keys in a line', '? '.repeat(100)],
    ['brackets', '['.repeat(11_900)],
    ['braces', '{a: '.repeat(1_500)],
    ['indented lines', Array.from({ length: 300 }, (_, i) => `${' '.repeat(i)}- a:\n`).join('')],
  ])('%s inside each other: a profile is refused before it is read', (_, text) => {
    expect(profileFromYaml(text, 'leti')).toMatchObject({ problems: [{ code: 'too-deep' }] });
  });

  it('a profile with thousands of escape sequences is refused before it is read: each may be an error', () => {
    const refused = { problems: [{ code: 'too-many-parts' }] };
    expect(profileFromYaml(`"${'\\x'.repeat(49_000)}"`, 'leti')).toMatchObject(refused);
    expect(profileFromYaml(`name: "${'\\u12'.repeat(20_000)}"`, 'leti')).toMatchObject(refused);
  });

  it('a long name is told by its beginning', () => {
    const { problems } = readYamlText('x.yaml', `${'k'.repeat(1_000)}: 1`, z.strictObject({}));
    expect(problems.map((p) => pathInWords(p.path))).toEqual([`["${'k'.repeat(100)}…"]`]);
  });

  it('fifty problems are told, and how many more there are', () => {
    const said = (text: string, schema: z.ZodType) => readYamlText('x.yaml', text, schema).problems;
    const wrong = said(`[${'x, '.repeat(120)}]`, z.array(z.number()));
    expect([wrong.length, wrong.at(-1)!.facts]).toEqual([51, { more: 70 }]);
    const unknown = said(Array.from({ length: 60 }, (_, i) => `k${i}: 1\n`).join(''), z.strictObject({}));
    expect([unknown.length, unknown.at(-1)!.facts]).toEqual([51, { more: 10 }]);
    const repeated = said('a: 1\n'.repeat(61), z.object({ a: z.number() }));
    expect([repeated.length, repeated.at(-1)!.facts]).toEqual([51, { more: 10 }]);
    expect(said('a: 1\na: 2\n', z.object({ a: z.number() })).map((p) => p.line)).toEqual([2]);
  });
});
