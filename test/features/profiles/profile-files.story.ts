import { Logger } from '@nestjs/common';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Profile } from '../../../src/profiles/domain/profile.js';
import { ProfileSeed } from '../../../src/profiles/profile-seed.js';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const wind = (weight: number) => [
  { label: 'Wind', description: '', keywords: ['wind turbine'], exclusions: [], weight },
];
const first = aProfile('institute', { competences: wind(1) });

describe('a profile file', () => {
  let config: ReturnType<typeof configWith>;
  let server: TestApp;
  beforeEach(async () => {
    config = configWith([first]);
    server = await startApp({}, { working: false, adjust: on(config.dir) });
  });
  afterEach(async () => {
    await server?.stop();
    config.remove();
  });

  const get = async (id = 'institute') => (await api(server.url, `/v1/profiles/${id}`)).body;
  const edit = async (change: Partial<Profile>) => {
    const { status, body } = await api(server.url, '/v1/profiles/institute', {
      method: 'PUT',
      body: { ...(await get()), ...change },
    });
    expect(status).toBe(200);
    // Part of the response only, not stored.
    delete body.warnings;
    return body;
  };
  /** Applies the files as a start does, in two processes at once. */
  const start = async (): Promise<void> => {
    const [seed, files] = [server.app.get(ProfileSeed), readInstitutes(config.dir)];
    await Promise.all([seed.apply(files), seed.apply(files)]);
  };

  it('is applied at each start where it changed, and a new one is brought in', async () => {
    config.write({ ...first, name: 'New name' });
    config.write(aProfile('second'));
    await start();
    expect(await get()).toMatchObject({
      name: 'New name',
      revision: 2,
      editedAt: null,
      file: { conflict: null },
    });
    expect(await get('second')).toMatchObject({ id: 'second', revision: 1 });
    config.write({ ...first, competences: wind(2) });
    await start();
    expect(await get()).toMatchObject({ name: first.name, revision: 3, competences: [{ weight: 2 }] });
  });

  it('changes nothing where it says the same as before, however it is written', async () => {
    const before = await get();
    await start();
    writeFileSync(
      join(config.dir, 'institutes', 'institute.yaml'),
      '# A remark\ncompetences: [{ keywords: [wind turbine], label: Wind }]\nname: Carnot institute\nid: institute\n',
    );
    await start();
    expect(await get()).toEqual(before);
  });

  it('leaves alone what was edited, and both stand beside each other', async () => {
    const edited = await edit({ name: 'Edited', competences: wind(3) });
    await start();
    expect(await get()).toEqual(edited);
    const changed = { ...first, name: 'From the file', competences: wind(4) };
    config.write(changed);
    await start();
    expect(await get()).toEqual({ ...edited, file: { conflict: changed } });
    // The newest version of the file is shown.
    config.write({ ...changed, name: 'From the file again' });
    await start();
    expect(await get()).toEqual({
      ...edited,
      file: { conflict: { ...changed, name: 'From the file again' } },
    });
  });

  it('is named in one line of the log with all others like it, whether applied or edited since', async () => {
    const more = ['second', 'third', 'fourth'].map((id) => aProfile(id));
    for (const profile of more) config.write(profile);
    await start();
    await edit({ name: 'Edited' });
    await api(server.url, '/v1/profiles/second', {
      method: 'PUT',
      body: { ...(await get('second')), name: 'Edited' },
    });
    for (const profile of [first, ...more]) config.write({ ...profile, name: `${profile.name}, new` });
    const [logs, warnings] = (['log', 'warn'] as const).map((level) => jest.spyOn(Logger.prototype, level));
    try {
      await server.app.get(ProfileSeed).apply(readInstitutes(config.dir));
      expect([logs!.mock.calls, warnings!.mock.calls]).toEqual([
        [[expect.stringMatching(/fourth\.yaml, \S+third\.yaml$/)]],
        [[expect.stringMatching(/institute\.yaml, \S+second\.yaml\. /)]],
      ]);
    } finally {
      logs!.mockRestore();
      warnings!.mockRestore();
    }
  });

  it('is in conflict no more when it is back at what was applied', async () => {
    const edited = await edit({ name: 'Edited' });
    config.write({ ...first, name: 'From the file' });
    await start();
    config.write(first);
    await start();
    expect(await get()).toEqual(edited);
  });

  it('is in conflict no more when somebody writes through the API what it says, and leads again from then on', async () => {
    await edit({ name: 'Edited' });
    const changed = { ...first, name: 'From the file', competences: wind(5) };
    config.write(changed);
    await start();
    expect((await edit((await get()).file.conflict)).file).toEqual({ conflict: null });
    await start();
    expect(await get()).toMatchObject({ name: 'From the file', editedAt: null, file: { conflict: null } });
    config.write({ ...changed, name: 'Later' });
    await start();
    expect(await get()).toMatchObject({ name: 'Later', file: { conflict: null } });
  });

  it('is in conflict no more when it says what was edited, and leads again from then on', async () => {
    const { revision } = await edit({ name: 'Edited', competences: wind(3) });
    config.write({ ...first, name: 'From the file' });
    await start();
    config.write({ ...first, name: 'Edited', competences: wind(3) });
    await start();
    expect(await get()).toMatchObject({ name: 'Edited', revision, editedAt: null, file: { conflict: null } });
    config.write({ ...first, name: 'Later', competences: wind(3) });
    await start();
    expect(await get()).toMatchObject({ name: 'Later', revision: revision + 1 });
  });

  it('leads again where an edit was taken back', async () => {
    await edit({ name: 'Edited' });
    await edit({ name: first.name });
    await start();
    config.write({ ...first, name: 'From the file' });
    await start();
    expect(await get()).toMatchObject({ name: 'From the file', editedAt: null });
  });

  it('is not taken for edited where GET was given back as it stood', async () => {
    await edit({});
    config.write({ ...first, name: 'From the file' });
    await start();
    expect(await get()).toMatchObject({ name: 'From the file', editedAt: null, file: { conflict: null } });
  });
});
