import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { somebody, type Somebody } from '../../support/access/people.js';
import { OTHER_INSTITUTE, PROFILE, Proposing, WIND } from '../../support/institutes/proposing.js';

let p: Proposing;
beforeEach(async () => {
  p = await Proposing.start();
});
afterEach(() => p?.stop());

const path = () => `/v1/profiles/${PROFILE.id}/calls/${p.callId}/proposals`;
const propose = async (researcher: string, token: string): Promise<Response> => {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return fetch(new URL(path(), p.test.url), {
    method: 'POST',
    headers,
    body: JSON.stringify({ researcher, subject: 'Buy now', text: 'Free text', again: true }),
  });
};
const researchers = (many: number): Promise<string[]> =>
  Promise.all(Array.from({ length: many }, (_, i) => p.researcher(`R ${i}`, [WIND])));
/** Sends `many` proposals, one after the other, to each of these in turn, and returns their statuses. */
const statuses = async (to: string[], token: string, many: number): Promise<number[]> => {
  const all: number[] = [];
  for (let i = 0; i < many; i += 1) all.push((await propose(to[i % to.length]!, token)).status);
  return all;
};
const another = async (): Promise<string> =>
  (await somebody(p.test, { role: 'officer', profile: PROFILE.id })).key('write');
const mails = async (): Promise<number> => (await p.everything()).split('"kind":"proposal"').length - 1;

describe('proposals', () => {
  it('of one sender are so many in an hour: then the answer says when to come back, and nothing leaves', async () => {
    const [to, token] = [await researchers(6), await p.officer.key('write')];
    expect(await statuses(to, token, 20)).toEqual(Array(20).fill(202));
    const late = await propose(to[5]!, token);
    expect([late.status, late.headers.get('content-type')]).toEqual([
      429,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(600);
    expect(await mails()).toBe(20);
    // Another key of the same officer shares the count; another officer has their own.
    expect((await propose(to[5]!, await p.officer.key('write'))).status).toBe(429);
    expect((await propose(to[5]!, await another())).status).toBe(202);
  });

  it('to one address are so many in a day, whoever sends them, of whichever institute', async () => {
    const [marie] = [await p.researcher('Marie Martin', [WIND])];
    expect(await statuses([marie], await p.officer.key('write'), 3)).toEqual([202, 202, 202]);
    expect(await statuses([marie], await another(), 3)).toEqual([202, 202, 429]);
    const other = await somebody(p.test, { role: 'officer', profile: OTHER_INSTITUTE });
    const same = await other.request(`/v1/profiles/${OTHER_INSTITUTE}/researchers`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'Marie',
        email: 'marie.martin@lab.example',
        language: 'fr',
        competences: [],
      }),
    });
    const asked = await other.request(`/v1/profiles/${OTHER_INSTITUTE}/calls/${p.callId}/proposals`, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ researcher: JSON.parse(same.body).id, subject: 'S', text: 'T' }),
    });
    expect([same.status, asked.status]).toEqual([200, 429]);
  });

  it('of one institute are so many in a day, however many send them', async () => {
    const to = await researchers(20);
    for (const token of [await another(), await another(), await another()])
      expect(await statuses(to, token, 20)).toEqual(Array(20).fill(202));
    expect((await propose(to[0]!, await another())).status).toBe(429);
    expect(await mails()).toBe(60);
  });

  it('that are not sent do not count: asked before, or the same message twice', async () => {
    const marie = await p.researcher('Marie Martin', [WIND]);
    const send = (body: object) =>
      p.call(`/calls/${p.callId}/proposals`, {
        method: 'POST',
        body: { researcher: marie, subject: 'S', text: 'T', ...body },
      });
    const id = '5b0c9a0e-8a52-4f57-9d8b-0f3f5d1c7a11';
    const same = [];
    for (let i = 0; i < 8; i += 1) same.push((await send({ id })).status, (await send({})).status);
    expect(same).toEqual(Array(8).fill([202, 409]).flat());
    expect((await send({ again: true })).status).toBe(202);
  });

  it('sent many times at once under one id are answered alike and count once', async () => {
    const marie = await p.researcher('Marie Martin', [WIND]);
    const send = (id: string) =>
      p.call(`/calls/${p.callId}/proposals`, {
        method: 'POST',
        body: { researcher: marie, subject: 'S', text: 'T', again: true, id },
      });
    const same = () => send('5b0c9a0e-8a52-4f57-9d8b-0f3f5d1c7a12');
    const answers = await Promise.all(Array.from({ length: 8 }, same));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(await mails()).toBe(1);
    const others = [];
    for (let i = 0; i < 5; i += 1) others.push((await send(randomUUID())).status);
    expect(others).toEqual([202, 202, 202, 202, 429]);
    // It was sent, whoever has reached a limit since.
    expect((await same()).status).toBe(202);
  });

  it('are refused on the page by a sentence, and what was typed is kept', async () => {
    const marie = await p.researcher('Marie Martin', [WIND]);
    expect(await statuses([marie], await another(), 5)).toEqual(Array(5).fill(202));
    const form = {
      id: '0d9b6c3a-5a0e-4c1f-9f0e-6a2b8a6a9d22',
      researcher: marie,
      subject: 'Encore',
      text: 'Mot à mot',
      again: 'true',
    };
    const answer = await new Page(p.officer).send(form);
    expect([answer.status, answer.alert, answer.text]).toEqual([
      429,
      expect.stringMatching(/tentatives pour une journée.*24 heures/),
      'Mot à mot',
    ]);
  });
});

/** The proposal page, as an officer uses it. */
class Page {
  constructor(private readonly who: Somebody) {}

  async send(form: Record<string, string>): Promise<{ status: number; alert: string; text: string }> {
    const { status, body } = await this.who.post(`/institutes/${PROFILE.id}/calls/${p.callId}/propose`, form);
    const $ = load(body);
    return { status, alert: $('[role=alert]').text(), text: $('textarea[name=text]').text() };
  }
}
