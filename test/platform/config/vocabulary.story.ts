import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Vocabulary } from '../../../src/profiles/domain/vocabulary.js';
import type { ConfigError } from '../../../src/platform/config/config-error.js';
import { plainVocabulary, readVocabulary } from '../../../src/app/config/vocabulary.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carnot-europe-vocabulary-'));
  mkdirSync(join(folder, 'vocabulary'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string | Buffer): void =>
  writeFileSync(join(folder, 'vocabulary', name), text);
const problems = (): string[] => {
  try {
    readVocabulary(folder);
  } catch (error) {
    return (error as ConfigError).problems.map((p) => p.replaceAll(`${folder}/`, ''));
  }
  return [];
};

describe('the vocabulary', () => {
  it.each(readdirSync('config/vocabulary'))(
    'shipped in %s is right, and read quickly as YAML reads it',
    (name) => {
      const text = readFileSync(join('config/vocabulary', name), 'utf8');
      const plain = plainVocabulary(text);
      expect(plain).toEqual(parse(text, { uniqueKeys: false }));
      expect(() => Vocabulary.parse(plain)).not.toThrow();
    },
  );

  it('is every file of the folder, in the order of their names', () => {
    write('b.yaml', 'french:\n  pile: [battery, stack]\n');
    write('a.yaml', '# Ours.\nfrench:\n  pile: "cell"\nacronyms:\n  AB: alpha beta\nsame:\n  - [one, two]\n');
    expect(readVocabulary(folder)).toEqual([
      { french: { pile: 'cell' }, acronyms: { AB: 'alpha beta' }, same: [['one', 'two']] },
      { french: { pile: ['battery', 'stack'] }, acronyms: {}, same: [] },
    ]);
  });

  it('may be missing, and a file of it may be empty', () => {
    write('a.yaml', '# nothing yet\n');
    expect(readVocabulary(folder)).toEqual([{ french: {}, acronyms: {}, same: [] }]);
    rmSync(join(folder, 'vocabulary'), { recursive: true });
    expect(readVocabulary(folder)).toEqual([]);
  });

  it.each([
    ["french: { 'a: b': c, d: [e] }\n", { 'a: b': 'c', d: ['e'] }],
    ['french:\n  a:\n    - b\n    - c\n', { a: ['b', 'c'] }],
    ['french:\r\n  a: b # says who\r\n', { a: 'b' }],
    ['french:\n  c: "d\\u00e9"\n', { c: 'dé' }],
  ])('may be written in any YAML: %j', (text, french) => {
    write('a.yaml', text);
    expect(readVocabulary(folder)[0]!.french).toEqual(french);
  });

  it('is refused with all problems of all files', () => {
    write(
      'a.yaml',
      'french:\n  pile: [a, b, c, d]\n  vide:\n  pompe: pump\n  pompe: pump\n  vanne: 5\nacronym:\n  AB: alpha\n',
    );
    write('b.yaml', 'same:\n  - [alone]\n  - not a list\n');
    write('c.yml', '');
    write('d.yaml', Buffer.from('french:\n  \xe9nergie: energy\n', 'latin1'));
    expect(problems()).toEqual([
      expect.stringMatching(/^vocabulary\/a\.yaml:2:\d+ french\.pile: .*Fix: /),
      expect.stringMatching(/^vocabulary\/a\.yaml:3:\d+ french\.vide: .*Fix: /),
      expect.stringMatching(/^vocabulary\/a\.yaml:5:\d+.* the key "pompe" is given twice\. Fix: /),
      expect.stringMatching(/^vocabulary\/a\.yaml:6:\d+ french\.vanne: .*Fix: /),
      expect.stringMatching(
        /^vocabulary\/a\.yaml:7:1 acronym: is not a known field\. Fix: Did you mean "acronyms"\?/,
      ),
      expect.stringMatching(/^vocabulary\/b\.yaml:2:\d+ same\[0\]: .*Fix: Add some\./),
      expect.stringMatching(/^vocabulary\/b\.yaml:3:\d+ same\[1\]: .*Fix: /),
      expect.stringMatching(/^vocabulary\/c\.yml: only \.yaml files are read\. Fix: /),
      expect.stringMatching(/^vocabulary\/d\.yaml: is not UTF-8 text\. Fix: /),
    ]);
  });
});
