import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readInstitutes } from '../../../src/app/config/institutes.js';
import { profileToYaml } from '../../../src/profiles/profile-yaml.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const full = aProfile('institute', {
  language: 'en',
  confirmed: true,
  contacts: [{ name: 'Anne: of "A"', email: 'anne@example.org', language: 'fr' }],
  competences: [
    {
      label: '#Wind, yes: "no"',
      labels: { fr: 'Éolien\u00a0: oui', en: 'Wind' },
      description: 'A long description. '.repeat(20).trim(),
      keywords: ['wind turbine', 'éolienne', 'a: b', '- c', '[d]'],
      exclusions: ['yes'],
      weight: 0.7,
    },
  ],
  preferences: {
    typesOfAction: ['RIA'],
    programmes: ['Horizon Europe'],
    trl: { min: 2, max: 5 },
    countries: ['FR', 'MA'],
    roles: ['coordinator', 'partner'],
  },
  vocabulary: { éolienne: 'wind turbine', "banc d'essai": ['test bench', 'test rig'] },
});

describe('a profile as a file', () => {
  const config = configWith([full, aProfile('other')]);
  let server: TestApp;
  const path = '/v1/profiles/institute/profile.yaml';
  beforeAll(async () => {
    server = await startApp({}, { working: false, adjust: on(config.dir) });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  async function put(
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: any }> {
    const response = await fetch(new URL(path, server.url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/yaml', ...headers },
      body: body as string,
    });
    return { status: response.status, body: await response.json() };
  }
  const read = async (): Promise<string> => (await api(server.url, path)).body;

  it('comes out in the form of the files, from which the same profile can be read', async () => {
    const answer = await api(server.url, path);
    expect(answer.type).toBe('text/yaml; charset=utf-8');
    expect(answer.body).toMatch(/^id: institute\nname: /);
    writeFileSync(join(config.dir, 'institutes', 'institute.yaml'), answer.body);
    expect(readInstitutes(config.dir).find((f) => f.profile.id === 'institute')!.profile).toEqual(full);
  });

  it.each(readInstitutes('config').map(({ profile }) => [profile.id, profile] as const))(
    'says of %s what its file says',
    (id, profile) => {
      const folder = configWith([]);
      writeFileSync(join(folder.dir, 'institutes', `${id}.yaml`), profileToYaml(profile));
      expect(readInstitutes(folder.dir)[0]!.profile).toEqual(profile);
      folder.remove();
    },
  );

  it('is no edit where it goes in as it came out, and one where it was changed', async () => {
    const before = (await api(server.url, '/v1/profiles/institute')).body;
    expect(await put(await read())).toMatchObject({ status: 200, body: { version: before.version } });
    const { status, body } = await put(
      (await read())
        .replace('weight: 0.7', 'weight: 2')
        .replace('confirmed: true', '# a remark\nconfirmed: false'),
    );
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        version: before.version + 1,
        revision: before.revision + 1,
        confirmed: false,
        competences: [{ weight: 2 }],
      },
    });
  });

  it.each([
    [
      'a misspelt key',
      (t: string) => t.replace('language: en', 'langauge: en'),
      'langauge',
      /^line 3: .*Did you mean "language"\?/,
    ],
    [
      'a wrong value',
      (t: string) => t.replace(/weight: .*/, 'weight: high'),
      'competences[0].weight',
      /^line \d+: must be a number \(it is "high"\)\. Fix: /,
    ],
    [
      'another id',
      (t: string) => t.replace('id: institute', 'id: other'),
      'id',
      /^line 1: is not the id of this profile, which is institute.*Fix: Write "id: institute"\./,
    ],
    [
      'what is no YAML',
      (t: string) => t.replace('language: en', 'language: e: n'),
      '',
      /^line 3: there is a second ": " in the line\. Fix: /,
    ],
    ['a tab', () => 'id: institute\nname:\n\t- x', '', /^line \d: /],
    ['nothing', () => '# only a remark', '', /^line 1: is empty/],
    [
      'a character that is none',
      (t: string) => t.replace('name: ', 'name: "\\0x" # '),
      '',
      /invalid character/,
    ],
  ])('is refused for %s, with the line and how to mend it', async (_, change, at, message) => {
    const before = (await api(server.url, '/v1/profiles/institute')).body;
    const { status, body } = await put(change(await read()));
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: expect.arrayContaining([
        { path: at, code: expect.any(String), message: expect.stringMatching(message) },
      ]),
    });
    expect((await api(server.url, '/v1/profiles/institute')).body).toEqual(before);
  });

  it('is refused in French where French is asked for, to the last word of each line', async () => {
    const wrong =
      'id: other\nname: X Y\nlangauge: fr\ncompetences:\n  - { label: Wind, weight: high }\n  - { label: 2025 }\n';
    const { status, body } = await put(wrong, { 'accept-language': 'fr' });
    expect(status).toBe(400);
    const told = body.errors.map((e: { message: string }) => e.message.replaceAll('\u00a0', ' '));
    expect(told).toEqual([
      'ligne 1 : n’est pas l’identifiant de ce profil, qui est institute (valeur : « other »). Correction : Écrivez « id: institute ».',
      expect.stringMatching(
        /^ligne 3 : n’est pas un champ connu\. Correction : Vouliez-vous dire « language » \? Clés connues ici : id, name, /,
      ),
      'ligne 5 : doit être un nombre (valeur : « high »). Correction : Écrivez un nombre sans guillemets, avec un point et non une virgule, comme 0.5.',
      'ligne 6 : doit être un texte (valeur : 2025). Correction : Écrivez un seul texte ; mettez-le entre guillemets si c’est un nombre ou s’il contient deux-points.',
    ]);
    expect(body.detail.replaceAll('\u00a0', ' ')).toContain(told[0]);
    expect(await put(wrong, { 'accept-language': 'en' })).toMatchObject({
      body: { errors: [{ message: expect.stringMatching(/^line 1: is not the id/) }, {}, {}, {}] },
    });
  });

  it('is refused where somebody saved in between, where it is sent as something else, or is too large', async () => {
    const text = (await read()).replace('weight: 2', 'weight: 3');
    expect(await put(text, { 'if-match': '"1"' })).toMatchObject({ status: 409 });
    for (const type of ['application/json', 'application/xml', 'multipart/form-data; boundary=x'])
      expect([400, 415]).toContain((await put(text, { 'content-type': type })).status);
    expect((await put('')).status).toBe(400);
    expect(await put(`# ${'x'.repeat(100_000)}`)).toMatchObject({
      status: 413,
      body: { title: 'Payload Too Large' },
    });
    expect(
      (
        await put(
          'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]',
        )
      ).status,
    ).toBe(400);
    // Other routes do not accept YAML.
    const response = await fetch(new URL('/v1/profiles/institute', server.url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/yaml' },
      body: text,
    });
    expect(response.status).toBe(415);
  });
});
