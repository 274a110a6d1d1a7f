import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { MessagePreview } from '../../../src/notifications/content/digest-writer.js';
import { renderMail } from '../../../src/notifications/domain/content/render-mail.js';
import { acrossInstitutes } from '../../../src/platform/database/request-context.js';
import { ProfileRepository } from '../../../src/profiles/store/profile.repository.js';
import { NotifyJob } from '../../../src/notifications/notify.job.js';
import { PlanJob } from '../../../src/notifications/plan.job.js';
import {
  BEN,
  digestDate,
  digesting,
  files,
  outbox,
  PROFILE,
  settled,
  welcomed,
  withContacts,
} from '../../support/institutes/contacts.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { QuestionsPortal } from '../../support/harvest/questions-portal.js';
import { round } from '../../support/queue/round.js';
import { worked } from '../../support/until.js';

const SOURCE = 'portal-questions';
/** A topic that one institute studies, and one that nobody does. */
const [STUDIED, OTHER] = ['90000003TOPICSen', '90000009TOPICSen'] as const;
const TAIL = '<p>At least three partners of three countries are needed, as the conditions say.</p>';

let h: Harvesting;
let portal: QuestionsPortal;
let officer: Somebody;
const identifierOf = (reference: string): string => h.portal.find(reference).metadata['identifier']![0]!;
const topic = (): string => identifierOf(STUDIED);
const other = (): string => identifierOf(OTHER);
const callId = async (reference: string): Promise<string> =>
  (await h.query("SELECT id FROM call WHERE content->>'reference' = $1", [reference]))[0].id;
const list = async (reference: string, query = '') =>
  (await h.call(`/v1/calls/${await callId(reference)}/questions${query}`)).body;
const events = () => h.query("SELECT key, call_id FROM event WHERE kind = 'questions' ORDER BY seq");
const stored = () => h.query('SELECT * FROM question ORDER BY id');
async function read(): Promise<any> {
  h.clock.move({ hours: 12 });
  portal.asked = [];
  return h.harvest(SOURCE);
}
async function planned(): Promise<any[]> {
  await round(h.test.app, [ContactsJob, PlanJob, NotifyJob]);
  await worked();
  return h.query(
    `SELECT r.address, n.state FROM notification_item n JOIN recipient r ON r.id = n.recipient_id WHERE n.kind = 'questions' AND n.state = 'waiting'`,
  );
}
const textOf = async (messageId: string): Promise<string> =>
  (await files(h)).find((m) => m.messageId === `<${messageId}>`)!.text!.replace(/\s+/g, ' ');

beforeAll(async () => {
  portal = await QuestionsPortal.start();
  const settings = digesting({ first: 1 });
  h = await Harvesting.start({
    copies: 1,
    adjust: (w) => {
      const adjusted = settings(w);
      return { ...adjusted, sources: [...adjusted.sources.filter((s) => s.id !== SOURCE), portal.source] };
    },
  });
  await welcomed(h);
  officer = await somebody(h.test, { role: 'officer', profile: PROFILE, name: 'Olga', mails: false });
  await withContacts(h, 'leti', [BEN]);
});
afterAll(async () => {
  await h?.stop();
  await portal?.stop();
});

describe('questions on calls', () => {
  it('are asked for of no topic that nobody studies', async () => {
    portal.put('1', {
      keyword: [topic()],
      question: 'May one apply alone?',
      answer: `<p>No.</p>${TAIL}`,
      cutAt: 20,
    });
    portal.put('2', { keyword: [` ${topic()} `], answer: '<p>&nbsp;</p>', status: '1' });
    portal.put('3', { keyword: [other()] });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { calls: 0 } });
    expect(portal.asked).toEqual([]);
  });

  it('are stored with the whole answer once an institute studies the call, and are no news then', async () => {
    const token = await officer.key('write');
    const path = `/v1/profiles/${PROFILE}/calls/${await callId(STUDIED)}/verdict`;
    expect(await h.call(path, { method: 'PUT', token, body: { verdict: 'study' } })).toMatchObject({
      status: 200,
    });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { calls: 1, new: 1 } });
    expect(portal.asked).toEqual(['keyword', '1', 'keyword', '1']);
    expect((await list(STUDIED)).items).toMatchObject([
      {
        id: '1',
        question: 'May one apply alone?',
        answer: 'No.\nAt least three partners of three countries are needed, as the conditions say.',
        topics: [topic().toUpperCase()],
        publishedAt: '2026-05-01T08:00:00.000Z',
        corrections: [],
        withdrawnAt: null,
      },
    ]);
    expect((await list(OTHER)).items).toEqual([]);
    const [{ document_hash: hash }] = await stored();
    expect(await h.query('SELECT hash FROM raw_document WHERE hash = $1', [hash])).toHaveLength(1);
    expect(await events()).toEqual([]);
    const card = load((await officer.get('/sources')).body)(`[aria-labelledby="source-${SOURCE}"]`);
    expect(card.find('dl.facts').text()).toContain('Questions1 question on 1 topic');
  });

  it('that change in their HTML alone are no news', async () => {
    portal.put('1', {
      answer: `<p style="margin:0">No.</p>\n\n${TAIL.replace(' three', '&nbsp;three').replaceAll('p>', 'div>')}`,
      modifiedAt: '2026-05-07T08:00:00Z',
    });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { new: 0, changed: 0 } });
    expect(portal.asked).toContain('1');
    expect(await events()).toEqual([]);
  });

  it('that are new or corrected, in a part that no list shows, are told in the digest of who studies the call', async () => {
    portal.put('1', { answer: `<p>No.</p>${TAIL.replace('three partners', 'four partners')}` });
    portal.put('4', {
      keyword: [topic(), other()],
      question: 'Is <b>steel</b> a "material"?',
      answer: '<p>Yes: <script>alert(1)</script>it is.</p>',
      publishedAt: null,
    });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { calls: 2, new: 1, changed: 1 } });
    expect((await events()).map((e) => e.call_id)).toEqual([await callId(STUDIED)]);
    expect(await planned()).toEqual([{ address: 'anne@example.fr', state: 'waiting' }]);
    await digestDate(h, '2026-05-11T05:00:00Z');
    const mail = (await outbox(h)).findLast((m) => m.to.address === 'anne@example.fr')!;
    expect(mail).toMatchObject({ kind: 'digest', state: 'sent' });
    expect(mail.subject).toContain('2 questions new or changed');
    const text = await textOf(mail.messageId);
    expect(text).toContain('Questions and answers on your calls');
    expect(text).toContain('New question: Is steel a "material"? Yes: it is.');
    expect(text).toContain('Corrected: May one apply alone? No. At least four partners of three countries');
    expect((await outbox(h)).filter((m) => m.to.address === BEN.email && m.kind === 'digest')).toEqual([]);
    expect((await list(STUDIED)).items.find((q: any) => q.id === '1').corrections).toMatchObject([
      { field: 'answer', to: expect.stringContaining('four partners') },
    ]);
  });

  it('stand on the page of the call, newest first, and are found there by their words', async () => {
    portal.put('5', { keyword: [topic()], question: 'Newest?', publishedAt: '2026-05-12T08:00:00Z' });
    await read();
    await officer.signInAgain();
    const shown = async (query = '') => {
      const { body } = await officer.get(`/institutes/${PROFILE}/calls/${await callId(STUDIED)}${query}`);
      return load(body)('section[aria-labelledby=questions]');
    };
    const section = await shown();
    expect(
      section
        .find('summary')
        .toArray()
        .map((e) => load(e).text().trim()),
    ).toEqual(['Newest?', 'Is steel a "material"?', 'May one apply alone?']);
    expect(section.find('script')).toHaveLength(0);
    const found = await shown(`?questions=${encodeURIComponent('PARTNERS four')}`);
    expect(found.find('summary').text().trim()).toBe('May one apply alone?');
    expect(found.text()).toContain('1 question');
    expect((await shown('?questions=%25')).text()).toContain('No question has these words.');
  });

  it('are listed by the API page by page, and found there by their words', async () => {
    const first = await list(STUDIED, '?limit=2');
    const second = await list(STUDIED, `?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map((q: any) => q.id)).toEqual(['5', '4', '1']);
    expect([first.total, second.next]).toEqual([3, null]);
    expect((await list(STUDIED, '?q=four%20partners')).items.map((q: any) => q.id)).toEqual(['1']);
    const path = `/v1/calls/${await callId(STUDIED)}/questions`;
    expect((await h.call(path, { token: null })).status).toBe(401);
    expect((await h.call(`${path}?cursor=nonsense`)).status).toBe(400);
    expect((await h.call(`/v1/calls/${randomUUID()}/questions`)).status).toBe(404);
  });

  it('that move to another topic leave this one, and are not withdrawn', async () => {
    portal.put('4', { keyword: [other()] });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { changed: 1, gone: 0 } });
    expect(portal.asked).toContain('nid');
    expect((await list(STUDIED)).items.map((q: any) => q.id)).toEqual(['5', '1']);
    expect(await planned()).toHaveLength(2);
  });

  it('that are withdrawn or archived say so, and stay', async () => {
    portal.drop('5');
    portal.put('1', { status: '1' });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { gone: 2 } });
    expect((await list(STUDIED)).items.map((q: any) => q.withdrawnAt)).toEqual([
      expect.any(String),
      expect.any(String),
    ]);
    await planned();
    const mails = (await outbox(h)).length;
    await digestDate(h, '2026-05-18T05:00:00Z');
    const text = await textOf((await settled(h, mails + 1)).at(-1)!.messageId);
    expect(text).toMatch(/Withdrawn: Is steel a "material"\?|Withdrawn: May one apply alone\?/);
    // Nobody heard of it before it went.
    expect(text).not.toContain('Newest?');
  });

  it('in a form that is not known are put aside, and what is stored stays', async () => {
    const before = await stored();
    portal.instead = {
      status: 200,
      body: JSON.stringify({
        totalResults: 2,
        results: ['1', '2'].map((reference) => ({ reference, language: 'en', metadata: { nid: [] } })),
      }),
    };
    expect(await read()).toMatchObject({ state: 'failed', reason: expect.stringContaining('changed shape') });
    expect(await h.source(SOURCE)).toMatchObject({ state: 'broken' });
    const [{ n }] = await h.query(
      'SELECT count(*)::int AS n FROM harvest_request WHERE rejected_hash IS NOT NULL',
    );
    expect(n).toBeGreaterThan(0);
    expect(await stored()).toEqual(before);
    portal.instead = null;
    expect(await read()).toMatchObject({ state: 'accepted' });
  });

  it('are of a source that is named in the language of pages and mails, and that no list of calls is filtered by', async () => {
    const french = await somebody(h.test, {
      role: 'officer',
      profile: PROFILE,
      language: 'fr',
      mails: false,
    });
    const names = { fr: 'Questions et réponses du portail', en: 'Questions and answers of the' };
    const heading = async (who: Somebody): Promise<string> =>
      load((await who.get('/sources')).body)(`#source-${SOURCE}`).text();
    expect([await heading(french), await heading(officer)]).toEqual([
      expect.stringContaining(names.fr),
      expect.stringContaining(names.en),
    ]);
    const profile = (await h.test.app.get(ProfileRepository).findById(PROFILE))!.content;
    for (const language of ['fr', 'en'] as const) {
      const next = await acrossInstitutes('a test reads a mail', () =>
        h.test.app.get(MessagePreview).next(profile, { language, first: true }),
      );
      expect(renderMail(next.message).text).toContain(names[language]);
    }
    const sources = load((await officer.get('/calls')).body)('#source option');
    expect(sources.get().map((e) => e.attribs['value'])).not.toContain(SOURCE);
  });

  it('are told to nobody who does not want them', async () => {
    await h.query(`UPDATE recipient SET preferences = preferences || '{"questions": false}'`);
    portal.put('6', { keyword: [topic()] });
    await read();
    expect(await events()).toHaveLength(5);
    expect(await planned()).toEqual([]);
  });

  it('that could not be read when their topic was first asked for are no news once they can', async () => {
    const [first, token] = ['90000011TOPICSen', await officer.key('write')];
    const path = `/v1/profiles/${PROFILE}/calls/${await callId(first)}/verdict`;
    await h.call(path, { method: 'PUT', token, body: { verdict: 'study' } });
    const told = (await events()).length;
    portal.put('7', { keyword: [identifierOf(first)] });
    portal.withheld.add('7');
    expect(await read()).toMatchObject({ state: 'accepted', counts: { new: 0 } });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { new: 0 } });
    portal.withheld.clear();
    expect(await read()).toMatchObject({ state: 'accepted', counts: { new: 1 } });
    expect((await list(first)).items).toMatchObject([{ id: '7' }]);
    expect(await events()).toHaveLength(told);
    portal.put('8', { keyword: [identifierOf(first)] });
    portal.withheld.add('8');
    await read();
    portal.withheld.clear();
    await read();
    expect(await events()).toHaveLength(told + 1);
    portal.drop('7');
    portal.drop('8');
    await read();
  });

  it('are not withdrawn by an index that has lost most of them for a while', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `${100 + i}`);
    for (const id of ids) portal.put(id, { keyword: [topic()] });
    await read();
    const [told, before] = [(await events()).length, await stored()];
    portal.instead = { status: 200, body: JSON.stringify({ totalResults: 0, results: [] }) };
    expect(await read()).toMatchObject({ state: 'rejected', reason: expect.stringContaining('0 of the 13') });
    expect(await stored()).toEqual(before);
    expect(await events()).toHaveLength(told);
    portal.instead = null;
    for (const id of ids) portal.put(id, { status: '1' });
    expect(await read()).toMatchObject({ state: 'accepted', counts: { gone: 12 } });
  });

  it('are not withdrawn by an index that has lost all of a few', async () => {
    const soon = (): Promise<any> => {
      h.clock.move({ minutes: 1 });
      return h.harvest(SOURCE);
    };
    for (const id of ['201', '202']) portal.put(id, { keyword: [topic()] });
    await soon();
    const [told, before] = [(await events()).length, await stored()];
    portal.instead = { status: 200, body: JSON.stringify({ totalResults: 0, results: [] }) };
    expect(await soon()).toMatchObject({ state: 'rejected', reason: expect.stringContaining('0 of the 3') });
    expect(await stored()).toEqual(before);
    expect(await events()).toHaveLength(told);
    portal.instead = null;
    for (const id of ['201', '202']) portal.drop(id);
    expect(await soon()).toMatchObject({ state: 'accepted', counts: { gone: 2 } });
  });

  it('of a call that an institute begins to study are asked for within the hour, and then not again', async () => {
    const runs = async () =>
      (await h.query('SELECT count(*)::int AS n FROM harvest_run WHERE source_id = $1', [SOURCE]))[0].n;
    const hours = async (hours: number) => {
      h.clock.move({ hours });
      await h.tick();
      await worked();
    };
    await hours(1);
    const before = await runs();
    const later = '90000010TOPICSen';
    await officer.post(`/institutes/${PROFILE}/calls/${await callId(later)}/verdict`, { verdict: 'study' });
    portal.put('9', { keyword: [identifierOf(later)], question: 'May a museum lead?' });
    await hours(1);
    expect((await list(later)).items).toMatchObject([{ id: '9', question: 'May a museum lead?' }]);
    expect(await runs()).toBe(before + 1);
    await hours(1);
    expect(await runs()).toBe(before + 1);
  });

  it('are not withdrawn by an index that shows nothing at all for days', async () => {
    for (let id = 300; id < 310; id += 1) portal.put(`${id}`, { keyword: [topic()] });
    await read();
    const [told, before] = [(await events()).length, await stored()];
    portal.instead = { status: 200, body: JSON.stringify({ totalResults: 0, results: [] }) };
    for (let reading = 0; reading < 6; reading += 1)
      expect(await read()).toMatchObject({ state: 'rejected', reason: expect.stringContaining('0 of the') });
    expect(await stored()).toEqual(before);
    expect(await events()).toHaveLength(told);
  });
});
