import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../src/platform/config/config-error.js';
import { loadSettings } from '../../../src/app/config/settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carnot-groups-'));
  cpSync('config/default.yaml', join(folder, 'default.yaml'));
  mkdirSync(join(folder, 'institutes'));
  for (const id of ['mers', 'leti', '3bcar'])
    cpSync(`config/institutes/${id}.yaml`, join(folder, 'institutes', `${id}.yaml`));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const groups = (text: string) => {
  writeFileSync(join(folder, 'groups.yaml'), text);
  return loadSettings(folder).groups;
};
const problems = (text: string): string[] => {
  try {
    groups(text);
  } catch (error) {
    return (error as ConfigError).problems.map((p) => p.replaceAll(`${folder}/`, ''));
  }
  return [];
};

describe('groups.yaml', () => {
  it('as it is shipped names the network, GLOBAL CARE and the sectors, and what of them is not confirmed', () => {
    const shipped = loadSettings('config').groups;
    expect(shipped.find((g) => g.id === 'carnot-europe')).toMatchObject({ members: 'all', confirmed: false });
    expect(shipped.find((g) => g.id === 'global-care')).toMatchObject({
      members: ['pasteur', 'voir-et-entendre', 'icm', 'curie-cancer', 'calym'],
      confirmed: true,
    });
    expect(shipped.filter((g) => !g.confirmed).map((g) => g.id)).toEqual(
      expect.arrayContaining(['health', 'energy', 'transport', 'agri-food', 'digital', 'environment']),
    );
    // The source of each group is given in both languages.
    expect(shipped.filter((g) => typeof g.source === 'string')).toEqual([]);
    const institutes = readdirSync('config/institutes').map((name) => name.replace('.yaml', ''));
    const inSectors = new Set(shipped.flatMap((g) => (g.members === 'all' ? [] : g.members)));
    expect(institutes.filter((id) => !inSectors.has(id))).toEqual([]);
  });

  it('may be absent, empty, or without groups', () => {
    expect(loadSettings(folder).groups).toEqual([]);
    expect(groups('# nothing\n')).toEqual([]);
    expect(groups('groups: []\n')).toEqual([]);
  });

  it('gives names in both languages, and says nothing of what it does not say', () => {
    expect(groups('groups:\n  - id: sea\n    name: { fr: Mer, en: Sea }\n    members: [mers]\n')).toEqual([
      { id: 'sea', name: { fr: 'Mer', en: 'Sea' }, members: ['mers'], confirmed: false, source: '' },
    ]);
  });

  it('is refused with all that is wrong with it at once, where it stands, and how to mend it', () => {
    expect(
      problems(
        [
          'groups:',
          '  - { id: sea, name: { fr: Mer, en: Sea }, members: [mers, mer, mers] }',
          '  - { id: sea, name: { fr: Encore }, members: [lety] }',
          '  - { id: Chips, name: { fr: Puces, en: Chips }, members: [], member: leti }',
          '  - { id: none, name: { fr: Rien, en: None }, members: nobody }',
        ].join('\n'),
      ).map((p) => p.replace(/^groups\.yaml:\d+:\d+ /, '')),
    ).toEqual([
      'groups[0].members[1]: is no profile in institutes/ (it is "mer"). Fix: Did you mean "mers"? Write the id of an institute, or add institutes/mer.yaml; for an institute created in the browser, download that file from its profile page.',
      'groups[0].members[2]: is named twice (it is "mers"). Fix: Remove one of the two.',
      'groups[1].name.en: is required. Fix: Add the line "en:".',
      'groups[1].members[0]: is no profile in institutes/ (it is "lety"). Fix: Did you mean "leti"? Write the id of an institute, or add institutes/lety.yaml; for an institute created in the browser, download that file from its profile page.',
      expect.stringMatching(
        /^groups\[2\]\.id: is not a valid id: use lower-case letters, digits and hyphens/,
      ),
      expect.stringMatching(/^groups\[2\]\.members: must not be empty\./),
      expect.stringMatching(/^groups\[2\]\.member: is not a known field\. Fix: Did you mean "members"\?/),
      expect.stringMatching(/^groups\[3\]\.members: is not a valid value \(it is "nobody"\)/),
      'groups[1].id: is also the id of groups[0]. Fix: Give each group an id of its own.',
    ]);
  });
});
