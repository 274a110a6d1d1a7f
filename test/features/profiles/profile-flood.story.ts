import { load } from 'cheerio';
import type { Wiring } from '../../../src/app/platform.module.js';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import { api, startApp, TOKEN, type TestApp } from '../../support/app.js';
import { aCall, DAY, storeCalls } from '../../support/matching/calls.js';
import { somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const saved = aProfile('institute', {
  competences: [{ label: 'Ours', description: '', keywords: ['wind turbine'], exclusions: [], weight: 1 }],
});
const about = (reference: string, text: string) =>
  aCall(reference, {
    title: `Research on ${text}`,
    sections: [{ kind: 'scope', title: '', text: `Proposals address ${text}. More of ${text}.` }],
  });
/** For six weeks, one call a day on wind turbines and one a week on solar cells. */
const DAYS = 42;

describe('a profile that floods its readers', () => {
  const config = configWith([saved, aProfile('other')]);
  let server: TestApp;
  const path = '/v1/profiles/institute';
  const draft = (keyword: string) => ({
    ...saved,
    competences: [{ ...saved.competences[0]!, keywords: [keyword] }],
  });
  const preview = async (body: unknown) =>
    (await api(server.url, `${path}/preview`, { method: 'POST', body })).body.messages;
  const put = (body: unknown, token?: string) =>
    api(server.url, path, { method: 'PUT', body, ...(token && { token }) });

  beforeAll(async () => {
    // With calls so alike no word is rare, so nothing scores high.
    const lenient = (wiring: Wiring): Wiring => ({
      ...wiring,
      settings: { ...wiring.settings, digest: { ...wiring.settings.digest, minScore: 5 } },
    });
    server = await startApp({}, { working: false, adjust: (wiring) => lenient(on(config.dir)(wiring)) });
    const calls = [
      about('rain', 'rainwater in cities'),
      about('sheep', 'sheep on heaths'),
      about('rail', 'railway sleepers'),
      about('rice', 'rice in paddies'),
    ];
    for (let day = 0; day <= DAYS; day += 1) {
      if (day > 0) calls.push(about(`wind-${day}`, `wind turbine blades of kind ${day}`));
      if (day % 7 === 3) calls.push(about(`sun-${day}`, `perovskite solar cells of kind ${day}`));
      await storeCalls(server.app, calls, 'test', new Date(Date.now() - (DAYS + 2 - day) * DAY));
    }
    const preferences = { frequency: 'daily' as const, urgent: false };
    await server.app.get(RecipientRepository).setDefaults({
      profileId: 'institute',
      preferences,
      updatedAt: new Date(),
      updatedBy: 'Anne',
      updatedById: null,
    });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  it('is told in the preview how many messages a week it makes, and how many the saved one does', async () => {
    const flood = await preview(saved);
    expect(flood).toMatchObject({ weeks: 6, urgent: 0, warnAbove: 5 });
    expect(flood.aWeek).toBeGreaterThan(5);
    expect(flood.digests).toBe(Math.round(flood.aWeek * 6));
    const calm = await preview(draft('perovskite solar cells'));
    expect(calm).toMatchObject({ weeks: 6, before: flood.aWeek });
    expect(calm.aWeek).toBeLessThan(2);
    expect(calm.aWeek).toBeGreaterThan(0);
  });

  it('is saved, with a warning; one that does not is saved without', async () => {
    const { status, body } = await put(saved);
    const { aWeek } = await preview(saved);
    expect({ status, warnings: body.warnings }).toEqual({
      status: 200,
      warnings: [
        {
          kind: 'many-messages',
          aWeek,
          warnAbove: 5,
          weeks: 6,
          says: {
            en: expect.stringMatching(
              /^This profile would send about \d.* messages a week, judging by the last 6 weeks: more than 5\./,
            ),
            fr: expect.stringContaining('messages par semaine'),
          },
        },
      ],
    });
    expect((await put(draft('perovskite solar cells'))).body).toMatchObject({ version: 2, warnings: [] });
  });

  it('is warned of where it comes as a file too; what was answered may be sent again', async () => {
    const { body } = await put(saved);
    const answer = await put({ ...body, name: 'Carnot again' });
    expect([answer.status, answer.body.warnings]).toEqual([200, body.warnings]);
    const yaml = await (
      await fetch(new URL(`${path}/profile.yaml`, server.url), {
        headers: { authorization: `Bearer ${TOKEN}` },
      })
    ).text();
    const taken = await fetch(new URL(`${path}/profile.yaml`, server.url), {
      method: 'PUT',
      body: yaml,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'text/yaml' },
    });
    expect(((await taken.json()) as { warnings: unknown }).warnings).toEqual(body.warnings);
  });

  it("is told on the page, in the reader's language, and said once it is saved", async () => {
    await put(draft('perovskite solar cells'));
    const officer = await somebody(server, { role: 'officer', profile: 'institute' });
    const page = '/institutes/institute/profile';
    const form = async () => ({
      ...Object.fromEntries(
        load((await officer.get(page)).body)('#editor')
          .serializeArray()
          .map(({ name, value }) => [name, value]),
      ),
      'competences.0.keywords': 'wind turbine',
    });
    const shown = async (language: string) => {
      await officer.get(`${page}?lang=${language}`);
      const $ = load((await officer.post(`${page}/preview`, await form())).body);
      return [$('#preview-messages').text(), $('#preview-flood').text()];
    };
    expect(await shown('en')).toEqual([
      expect.stringMatching(
        /^With this profile: about [567](\.\d)? messages a week \([567](\.\d)? digests, 0 urgent\), judging by the last 6 weeks; \d(\.\d)? with the saved profile\.$/,
      ),
      expect.stringContaining('more than 5.'),
    ]);
    expect(await shown('fr')).toEqual([
      expect.stringMatching(/^Avec ce profil\u00a0: environ [567](,\d)? messages par semaine/),
      expect.stringContaining('plus de 5.'),
    ]);
    expect(await officer.post(page, { ...(await form()), action: 'save' })).toMatchObject({
      status: 303,
      location: page,
    });
    const said = () => officer.get(page).then(({ body }) => load(body)('main > [role=status]').text());
    expect([await said(), await said()]).toEqual([
      expect.stringContaining('plus de messages par semaine qu’on n’en lit'),
      '',
    ]);
  });

  it("is nobody else's business", async () => {
    const other = await (await somebody(server, { role: 'officer', profile: 'other' })).key('write');
    expect((await put(saved, other)).status).toBe(403);
    expect(
      (await api(server.url, `${path}/preview`, { method: 'POST', body: saved, token: other })).status,
    ).toBe(403);
  });
});
