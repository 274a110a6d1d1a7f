import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../src/platform/config/config-error.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { hashOfProfile } from '../../../src/profiles/domain/profile.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carnot-institutes-'));
  mkdirSync(join(folder, 'institutes'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string): void => writeFileSync(join(folder, 'institutes', name), text);
const institute = (id: string, more = ''): string =>
  `id: ${id}\nname: The ${id}\ncompetences: [{ label: Plants }]\n${more}`;
const problems = (): string[] => {
  try {
    readInstitutes(folder);
  } catch (error) {
    return (error as ConfigError).problems.map((p) => p.replaceAll(`${folder}/`, ''));
  }
  return [];
};

describe('the institutes', () => {
  it('shipped with the project are right', () => {
    for (const { profile, file } of readInstitutes('config'))
      expect(file).toBe(`config/institutes/${profile.id}.yaml`);
  });

  it('come in the order of their ids, with a hash; what is no profile is left alone', () => {
    write('b.yaml', institute('b'));
    write('a.yaml', institute('a'));
    write('README.md', 'about');
    write('.a.yaml.swp', 'x');
    const found = readInstitutes(folder);
    expect(found.map(({ profile }) => profile.id)).toEqual(['a', 'b']);
    expect(found[0]!.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(found[0]!.hash).toBe(hashOfProfile(found[0]!.profile));
    expect(found[0]!.hash).not.toBe(found[1]!.hash);
  });

  it('have a hash that only their meaning changes', () => {
    write('a.yaml', institute('a'));
    const [plain] = readInstitutes(folder);
    write(
      'a.yaml',
      '# again\ncompetences:\n  - weight: 1\n    label: Plants\nlanguage: fr\nname: The a\nid: a\n',
    );
    expect(readInstitutes(folder)[0]!.hash).toBe(plain!.hash);
    write('a.yaml', institute('a', 'confirmed: true\n'));
    expect(readInstitutes(folder)[0]!.hash).not.toBe(plain!.hash);
  });

  it('have all their problems named at once', () => {
    write('a.yaml', institute('a', 'language: german\nlanguage: fr\n'));
    write('b.yaml', institute('a'));
    write('c.yaml', 'id: d\nname: The c\ncompetences: none\n');
    write('e.yaml', 'id: e: f\n');
    write(
      'f.yaml',
      institute('f', 'contacts:\n  - { name: A, email: a@x.org }\n  - { name: B, email: A@x.org }\n'),
    );
    write('G.yaml', institute('G'));
    write('h.yml', institute('h'));
    expect(problems()).toEqual([
      'institutes/G.yaml:1:1 id: is not a valid id: use lower-case letters, digits and hyphens (it is "G"). Fix: Correct this value.',
      'institutes/a.yaml:5:1: the key "language" is given twice. Fix: Keep one of the two.',
      'institutes/b.yaml:1:1 id: is not the name of the file, which is b.yaml (it is "a"). Fix: Write "id: b", or rename the file after its id.',
      'institutes/c.yaml:1:1 id: is not the name of the file, which is c.yaml (it is "d"). Fix: Write "id: c", or rename the file after its id.',
      'institutes/c.yaml:3:1 competences: must be a list (it is "none"). Fix: Write each entry on a line of its own that begins with "- ".',
      'institutes/e.yaml:1:5: there is a second ": " in the line. Fix: Put text with a colon in it in quotes.',
      'institutes/f.yaml:4:1 contacts: lists the same address twice. Fix: Correct this value.',
      'institutes/h.yml: only .yaml files are read. Fix: Rename it to end in .yaml, or remove it.',
    ]);
  });

  it('may be none, but not without the folder', () => {
    expect(readInstitutes(folder)).toEqual([]);
    rmSync(join(folder, 'institutes'), { recursive: true });
    expect(problems()).toEqual(['institutes: is missing. Fix: Put it back, or name the right folder.']);
  });
});
