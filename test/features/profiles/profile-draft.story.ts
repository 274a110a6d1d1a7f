import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { serviceKey } from '../../support/access/people.js';
import { SHAPES } from '../../support/pages/text-shapes.js';

const TEXT =
  'Nos domaines :\n- Traitement des eaux usées\n- Stockage de l’hydrogène\n- Fabrication additive métallique';

describe('a profile drafted through the API', () => {
  let server: TestApp;
  const draft = (body: unknown, token?: string) =>
    api(server.url, '/v1/profiles/draft', { method: 'POST', body, ...(token !== undefined && { token }) });
  beforeAll(async () => {
    server = await startApp({}, { working: false });
    await storeCalls(
      server.app,
      ['Wastewater treatment plants', 'Hydrogen storage in caverns', 'Metal additive manufacturing'].map(
        (title, i) => aCall(`d${i}`, { title }),
      ),
    );
  });
  afterAll(() => server?.stop());

  it('has competences in the words of the text and of the calls, ready to be saved', async () => {
    const { status, body } = await draft({ text: TEXT });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: {
        language: 'fr',
        competences: [
          { label: 'Traitement des eaux usées' },
          { label: 'Stockage de l’hydrogène' },
          { label: 'Fabrication additive métallique' },
        ],
      },
    });
    expect(body.competences.flatMap((c: any) => c.keywords)).toEqual(
      expect.arrayContaining(['wastewater treatment', 'hydrogen storage', 'metal additive manufacturing']),
    );
    const profile = (await api(server.url, '/v1/profiles/3bcar')).body;
    expect(
      (
        await api(server.url, '/v1/profiles/3bcar', {
          method: 'PUT',
          body: { ...profile, competences: body.competences },
        })
      ).status,
    ).toBe(200);
  });

  it('is for whoever has a credential, a reading one too', async () => {
    expect((await draft({ text: TEXT }, await serviceKey(server, 'read', 'leti'))).status).toBe(200);
    expect((await draft({ text: TEXT }, 'nonsense')).status).toBe(401);
  });

  it('is made one at a time for a caller: of many texts at once the oldest that wait are refused, and nobody else waits', async () => {
    const [own, other] = [
      await serviceKey(server, 'read', 'leti'),
      await serviceKey(server, 'read', '3bcar'),
    ];
    const long = SHAPES.find(({ name }) => name === 'short words')!.of(20_000);
    const like = (text: string, token: string) =>
      api(server.url, '/v1/calls/like', { method: 'POST', body: { text }, token });
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () => draft({ text: long }, own)),
      ...Array.from({ length: 4 }, () => like(long, own)),
      draft({ text: TEXT }, other),
      like(TEXT, other),
    ]);
    const statuses = answers.map((a) => a.status);
    expect([statuses.slice(0, 8).sort(), statuses.slice(8)]).toEqual([
      [200, 200, 200, 200, 200, 200, 429, 429],
      [200, 200],
    ]);
  });

  it.each([
    ['no text', {}],
    ['too little', { text: 'short' }],
    ['too much', { text: 'x'.repeat(20_001) }],
    ['a list', { text: [TEXT] }],
    ['more than the text', { text: TEXT, html: true }],
  ])('is refused for %s', async (_, body) => {
    expect((await draft(body)).status).toBe(400);
  });
});
