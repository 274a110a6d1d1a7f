import { DataSource } from 'typeorm';
import { MatchStage } from '../../../src/features/matching/match.stage.js';
import { DeliveryDue } from '../../../src/features/notifications/delivery-due.js';
import { TellingDue } from '../../../src/features/notifications/telling-due.js';
import { api } from '../../support/app.js';
import { Browser, somebody } from '../../support/people.js';
import { OTHER_INSTITUTE, PROFILE, Proposing, WIND } from '../../support/proposing.js';
import { round } from '../../support/round.js';
import { until } from '../../support/until.js';

const DAY_MS = 86_400_000;
const ANNE = { name: 'Anne', email: 'anne@both.example', language: 'en' };

interface Message { id: string; kind: string; profile: { id: string }; text: string | null }

let p: Proposing;
let link: string;
let key: string;
beforeAll(async () => {
  p = await Proposing.start();
  const database = p.test.app.get(DataSource);
  await database.query(`INSERT INTO source (id, state, last_good_run_at) VALUES ('read', 'healthy', $1)`, [p.clock.now()]);
  // Of the other institute first: her messages are of that one.
  for (const id of [OTHER_INSTITUTE, PROFILE.id]) {
    await contacts(id, [ANNE]);
    await p.test.app.get(MatchStage).run({ profileId: id });
    await until(`Anne to follow ${id}`, async () => {
      await tick();
      return (await database.query('SELECT 1 FROM follow WHERE target = $1 AND welcomed_at IS NOT NULL', [id])).length;
    });
  }
  await until('what she is told first to have left', async () => (await database.query("SELECT 1 FROM notification WHERE state <> 'sent'")).length === 0);
  link = await p.asked(await p.researcher('Marie Martin', [WIND]));
  key = await (await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE })).key('read');
}, 60_000);
afterAll(() => p?.stop());

const tick = () => round(p.test.app, [TellingDue, DeliveryDue]);
const contacts = async (id: string, list: object[]) => {
  const profile = (await api(p.test.url, `/v1/profiles/${id}`)).body;
  expect((await api(p.test.url, `/v1/profiles/${id}`, { method: 'PUT', body: { ...profile, contacts: list } })).status).toBe(200);
};
const messages = async (): Promise<Message[]> => (await api(p.test.url, '/v1/notifications', { token: key })).body.items;
const waiting = (): Promise<{ state: string }[]> => p.test.app.get(DataSource).query("SELECT state, why FROM notice WHERE kind = 'answer' ORDER BY made_at");

describe('the answer of a researcher, in the digest of a contact of two institutes', () => {
  it('is told, and not shown to those of the institute that did not ask', async () => {
    await new Browser(p.test.url).post(link, { answer: 'interested', word: 'With pleasure' });
    await until('the answer to wait', async () => { await tick(); return (await waiting()).length; });
    p.clock.set(new Date(p.clock.now().getTime() + 8 * DAY_MS));
    const digest = await until('the digest', async () => { await tick(); return (await messages()).find((m) => m.kind === 'digest'); });
    const [{ text }] = await p.test.app.get(DataSource).query('SELECT text FROM notification WHERE id = $1', [digest.id]);
    expect(text).toContain('With pleasure');
    expect((await api(p.test.url, `/v1/notifications/${digest.id}`, { token: key })).body).toMatchObject({ profile: { id: OTHER_INSTITUTE }, text: null, html: null, payload: null });
    const first = (await messages()).find((m) => m.kind === 'first')!;
    expect((await api(p.test.url, `/v1/notifications/${first.id}`, { token: key })).body.text).toContain('Anne');
  });

  it('is not told to whoever left the institute before the digest', async () => {
    await new Browser(p.test.url).post(link, { answer: 'not-for-me', word: 'Not this year' });
    await until('the answer to wait', async () => { await tick(); return (await waiting()).length === 2; });
    await contacts(PROFILE.id, []);
    await until('Anne to follow it no more', async () => (await p.test.app.get(DataSource).query('SELECT 1 FROM follow WHERE target = $1', [PROFILE.id])).length === 0);
    p.clock.set(new Date(p.clock.now().getTime() + 8 * DAY_MS));
    await until('the digest to be past', async () => { await tick(); return (await waiting())[1]!.state !== 'waiting'; });
    expect((await waiting())[1]).toMatchObject({ state: 'dropped', why: expect.stringContaining('follow the institute') });
    expect(JSON.stringify(await p.test.app.get(DataSource).query('SELECT text, html FROM notification'))).not.toContain('Not this year');
  });
});
