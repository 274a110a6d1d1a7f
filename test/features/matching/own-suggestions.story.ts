import { DataSource } from 'typeorm';
import { OwnSuggestions } from '../../../src/explain/own-suggestions.js';
import { OwnSuggestionsRepository } from '../../../src/explain/store/own-suggestions.repository.js';
import { SuggestJob } from '../../../src/explain/suggest.job.js';
import { MATCH } from '../../../src/profiles/jobs.js';
import { somebody } from '../../support/access/people.js';
import { api } from '../../support/app.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { aCall } from '../../support/matching/calls.js';
import { aProfile } from '../../support/matching/profiles.js';
import { runJob } from '../../support/queue/run-job.js';

const about = (title: string, words: string) =>
  aCall(title.replaceAll(' ', '-'), {
    title,
    sections: [{ kind: 'scope', title: '', text: `${words} ${title}.` }],
  });
const SEAS = Array.from({ length: 16 }, (_, i) =>
  about(`Sea ${i}`, 'Offshore wind: each wind turbine at sea.'),
);
const CHAPELS = Array.from({ length: 8 }, (_, i) =>
  about(`Harbour chapel of valley ${i}`, 'Artists paint each harbour chapel beside a wind turbine.'),
);
/** So many that each half of the decisions, drawn by chance, has some, but for one draw in 100,000. */
const SCHOOLS = Array.from({ length: 12 }, (_, i) =>
  about(`Village school of valley ${i}`, 'Artists paint each village school beside a wind turbine.'),
);
const ours = aProfile('ours', {
  competences: [
    {
      label: 'Wind energy',
      labels: { fr: 'Énergie éolienne' },
      description: '',
      keywords: ['wind turbine', 'offshore wind', 'harbour chapel', 'village school'],
      exclusions: [],
      weight: 1,
    },
  ],
});

describe('changes of a profile that decisions suggest', () => {
  let inbox: InboxTest;
  beforeAll(async () => {
    inbox = await startInbox([ours, aProfile('theirs')], [...SEAS, ...CHAPELS, ...SCHOOLS]);
  });
  afterAll(() => inbox?.stop());

  const as = <T = any>(path: string, init: { method?: string; body?: unknown } = {}) =>
    api<T>(inbox.test.url, path, { token: inbox.token, ...init });
  const suggestions = () => inbox.test.app.get(OwnSuggestions);
  const list = async (): Promise<{ id: string; change: any; effect: object }[]> =>
    (await suggestions().list('ours')).suggestions.map(({ key, suggestion, effect }) => ({
      ...{ id: key, change: suggestion, effect },
    }));
  const decide = async (title: string, body: object) => {
    const { status } = await as(`/v1/profiles/ours/calls/${await inbox.id(title)}/verdict`, {
      method: 'PUT',
      body,
    });
    expect(status).toBe(200);
  };
  const jobs = () => inbox.test.app.get(SuggestJob);
  const match = () => runJob(inbox.test.app, MATCH, { profileId: 'ours' });
  const due = async (): Promise<unknown[]> => (await jobs().due()).map(({ data }) => data);
  const page = async (cookie = inbox.officer.cookie): Promise<string> =>
    (
      await fetch(new URL('/institutes/ours/profile', inbox.test.url), {
        headers: { cookie, 'accept-language': 'en' },
      })
    ).text();
  const sql = (text: string) => inbox.test.app.get(DataSource).query(text);

  it('are looked for after thirty decisions, and the page says nothing before', async () => {
    const refused = [...CHAPELS, ...SCHOOLS].map(({ title }) => title);
    for (const { title } of SEAS.slice(0, 9)) await decide(title, { verdict: 'relevant' });
    for (const title of refused) await decide(title, { verdict: 'not', reason: 'topic' });
    await match();
    expect(await due()).toEqual([]);
    expect(await page()).not.toContain('What your decisions suggest');
    await decide(SEAS[9]!.title, { verdict: 'study' });
    await match();
    expect(await due()).toEqual([{ profileId: 'ours' }]);
    await jobs().run({ profileId: 'ours' });
    expect(await due()).toEqual([]);
  });

  it('say in both languages what each would have done among the calls decided on', async () => {
    const found = await list();
    expect(found.map(({ change, effect }) => [change.kind, change.keywords, effect])).toEqual([
      ['remove-keyword', ['village school'], { gained: 0, lost: 0, spared: 11, added: 0 }],
    ]);
    expect(await page()).toContain(
      'Remove the keyword “village school” from the competence “Wind energy”: it would have spared you 11 unwanted calls.',
    );
    expect(await page(`${inbox.officer.cookie}; lang=fr`)).toContain(
      'de la compétence «\u00a0Énergie éolienne\u00a0»',
    );
  });

  it('are shown to those who may change the profile, and to nobody outside', async () => {
    expect(await page()).toContain('“village school” from the competence “Wind energy”');
    const reader = await somebody(inbox.test, { role: 'reader', profile: 'ours' });
    const other = await somebody(inbox.test, { role: 'officer', profile: 'theirs' });
    const coordinator = await somebody(inbox.test, { role: 'coordinator' });
    const late = await somebody(inbox.test, { role: 'officer', profile: 'ours' });
    await sql(`UPDATE person SET inside_from = now() WHERE id = '${late.person.id}'`);
    for (const { cookie } of [reader, other, coordinator, late])
      expect(await page(cookie)).not.toContain('What your decisions suggest');
    for (const one of [reader, other, coordinator])
      expect((await one.post('/institutes/ours/suggestions/allow')).status).toBe(403);
  });

  it('are none that follow from calls refused for the role in them, whose words may well be right', async () => {
    const refusedFor = (reason: string) =>
      sql(`UPDATE review SET reason = '${reason}' WHERE verdict = 'not'`).then(() =>
        jobs().run({ profileId: 'ours' }),
      );
    await refusedFor('role');
    expect(await list()).toEqual([]);
    await refusedFor('topic');
    expect(await list()).toHaveLength(1);
  });

  const declining = (id: string) =>
    fetch(new URL(`/institutes/ours/suggestions/${id}/decline`, inbox.test.url), {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: inbox.officer.cookie,
        origin: inbox.test.url,
        accept: 'text/html',
        'accept-language': 'en',
      },
    });

  it('are declined by a page that was opened before the profile was saved, and by a second press of its button', async () => {
    const [school] = await list();
    await sql(`UPDATE own_suggestions SET revision = revision - 1`);
    expect(await list()).toEqual([]);
    for (const _ of [1, 2]) expect((await declining(school!.id)).status).toBe(303);
    await jobs().run({ profileId: 'ours' });
    expect((await list()).map(({ id }) => id)).not.toContain(school!.id);
    const unknown = await declining('0'.repeat(32));
    expect([unknown.status, await unknown.text()]).toEqual([
      404,
      expect.stringContaining('This suggestion no longer exists.'),
    ]);
    await sql(`UPDATE own_suggestions SET declined = '{}'`);
    await jobs().run({ profileId: 'ours' });
  });

  it('are not made again once declined, on the page without a script, which the audit log records', async () => {
    const [school] = await list();
    expect((await declining(school!.id)).status).toBe(303);
    expect(await list()).toEqual([]);
    await jobs().run({ profileId: 'ours' });
    expect((await list()).map(({ change }) => change.keywords)).not.toContainEqual(['village school']);
    // Once for each, however often the button was pressed.
    expect(
      await sql(
        `SELECT profile_id FROM audit WHERE action = 'suggestion.declined' AND actor_kind = 'person'`,
      ),
    ).toEqual([{ profile_id: 'ours' }, { profile_id: 'ours' }]);
  });

  const rename = async (label: string): Promise<void> => {
    const { body: profile } = await as('/v1/profiles/ours');
    const competences = [{ ...profile.competences[0], label }];
    expect((await as('/v1/profiles/ours', { method: 'PUT', body: { ...profile, competences } })).status).toBe(
      200,
    );
    // As if they had been made since: decisions from before another version move the threshold less.
    await sql(`UPDATE review SET verdict_at = verdict_at + interval '1 hour'`);
    await match();
    await jobs().run({ profileId: 'ours' });
  };
  const keywords = async () => (await list()).flatMap(({ change }) => change.keywords);

  it('stay declined if their competence is renamed, until an officer has them suggested again', async () => {
    await rename('Wind power');
    expect(await keywords()).not.toContain('village school');
    expect(await page()).toContain('1 suggestion declined');
    const allowed = await fetch(new URL('/institutes/ours/suggestions/allow', inbox.test.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: inbox.officer.cookie, origin: inbox.test.url, accept: 'text/html' },
    });
    expect(allowed.status).toBe(303);
    expect(await due()).toEqual([{ profileId: 'ours' }]);
    await jobs().run({ profileId: 'ours' });
    expect(await keywords()).toContain('village school');
    expect(await page()).not.toContain('suggestion declined');
    expect(
      await sql(`SELECT profile_id FROM audit WHERE action = 'suggestion.allowed' AND actor_kind = 'person'`),
    ).toEqual([{ profile_id: 'ours' }]);
    await rename('Wind energy');
  });

  it('are looked for anew if an officer allows them again while they are being looked for', async () => {
    const store = inbox.test.app.get(OwnSuggestionsRepository);
    const [school] = await list();
    await suggestions().decline('ours', school!.id);
    const [{ revision, key }] = await sql(
      `SELECT revision, matched_verdicts AS key FROM profile WHERE id = 'ours'`,
    );
    const { declined } = await store.findByProfile('ours');
    await suggestions().allow('ours');
    const found = { profileId: 'ours', revision, ofVerdicts: key, foundAt: new Date(), found: [] };
    await store.put(found, declined);
    expect(await due()).toEqual([{ profileId: 'ours' }]);
    await jobs().run({ profileId: 'ours' });
    expect(await keywords()).toContain('village school');
    expect(await due()).toEqual([]);
  });

  it('are accepted as any edit: filled into the editor, or by the ordinary PUT, as a version; then looked for anew', async () => {
    const [school] = await list();
    const link = /href="([^"]*change=remove-keyword[^"]*)"/.exec(await page())![1]!.replaceAll('&amp;', '&');
    const editor = await (
      await fetch(new URL(link, inbox.test.url), {
        headers: { cookie: inbox.officer.cookie, 'accept-language': 'en' },
      })
    ).text();
    expect(editor).toContain('A suggested change has been filled in');
    const { body: profile } = await as('/v1/profiles/ours');
    const saved = await as('/v1/profiles/ours', {
      method: 'PUT',
      body: {
        ...profile,
        competences: [
          {
            ...profile.competences[0],
            keywords: profile.competences[0].keywords.filter(
              (k: string) => !school!.change.keywords.includes(k),
            ),
          },
        ],
      },
    });
    expect([saved.status, saved.body.version]).toEqual([200, profile.version + 1]);
    expect(await list()).toEqual([]);
    await match();
    expect(await due()).toEqual([{ profileId: 'ours' }]);
    await jobs().run({ profileId: 'ours' });
    expect(await list()).toEqual([]);
    expect(await due()).toEqual([]);
  });

  it('follow other decisions a day later', async () => {
    await decide(SEAS[14]!.title, { verdict: 'relevant' });
    await match();
    expect(await due()).toEqual([]);
    await sql(`UPDATE own_suggestions SET found_at = found_at - interval '25 hours'`);
    expect(await due()).toEqual([{ profileId: 'ours' }]);
  });

  it('go with their institute', async () => {
    expect(await sql('SELECT profile_id FROM own_suggestions')).toEqual([{ profile_id: 'ours' }]);
    await sql('DELETE FROM person');
    await sql(`DELETE FROM profile WHERE id = 'ours'`);
    expect(await sql('SELECT profile_id FROM own_suggestions')).toEqual([]);
  });
});
