import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { announcement } from '../../../src/demo/sample-partners.js';
import { PartnerReader, PartnersJob } from '../../../src/harvest/partners/partners.job.js';
import { Sources } from '../../../src/harvest/source-registry.js';
import type { Fetcher } from '../../../src/kernel/ports.js';
import { FETCHER } from '../../../src/platform/tokens.js';
import {
  digestDate,
  digesting,
  files,
  harvested,
  outbox,
  settled,
  welcomed,
} from '../../support/institutes/contacts.js';
import { Harvesting } from '../../support/harvest/harvest.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { round } from '../../support/queue/round.js';
import { until } from '../../support/until.js';
import { ContactsJob } from '../../../src/notifications/contacts.job.js';
import { PlanJob } from '../../../src/notifications/plan.job.js';
import { NotifyJob } from '../../../src/notifications/notify.job.js';

const SOURCE = 'funding-tenders';
/** A topic with one partner search, which Anne is not told about; another topic; and one without any. */
const [WITH, OTHER, WITHOUT] = ['90000003TOPICSen', '90000009TOPICSen', '90000004TOPICSen'] as const;
interface Search {
  id: string;
  wants: string;
  country: { code: string; name: string | null; iso: string | null } | null;
  organisationType: { code: string; name: string | null } | null;
  summary: string | null;
  publishedAt: string | null;
}
interface Page {
  items: Search[];
  next: string | null;
  total: number;
}

let h: Harvesting;
let officer: Somebody;
const row = async (): Promise<any> => (await h.query('SELECT * FROM partner_reading'))[0];
const stored = () => h.query('SELECT id, topic, gone_at, first_seen_at FROM partner_search ORDER BY id');
const topicOf = (reference: string) => h.portal.find(reference);
const callId = async (reference: string): Promise<string> =>
  (await h.query("SELECT id FROM call WHERE content->>'reference' = $1", [reference]))[0].id;
const list = async (reference: string, query = ''): Promise<Page> =>
  (await h.call<Page>(`/v1/calls/${await callId(reference)}/partner-searches${query}`)).body;
/** Announces more partner searches, each with its own number, dated now. */
const announce = (reference: string, ...numbers: number[]): void =>
  h.portal.announce([
    ...h.portal.partners,
    ...numbers.map((n) => announcement(topicOf(reference), n, h.clock.now())),
  ]);

/** Runs one round of what is due, and waits for the resulting reading to end. */
async function read(): Promise<any> {
  await round(h.test.app, [PartnersJob]);
  return until('the reading to end', async () => {
    const now = await row();
    return now && now.state !== 'reading' && now.due_at > h.clock.now() ? now : null;
  });
}
const nextDay = (): void => h.clock.move({ hours: 24, minutes: 1 });

beforeAll(async () => {
  h = await Harvesting.start({ copies: 1, adjust: digesting({ first: 1 }) });
  officer = await somebody(h.test, { role: 'officer', profile: 'leti', name: 'Olga', mails: false });
});
afterAll(() => h?.stop());

describe('partner searches', () => {
  it('are not asked for before the first good harvest', async () => {
    await round(h.test.app, [PartnersJob]);
    expect(await row()).toBeUndefined();
    expect((await h.source()).partnerSearches).toEqual({
      state: 'new',
      reason: null,
      lastGoodAt: null,
      nextAt: null,
      unread: 0,
      unreadWhy: null,
    });
    await welcomed(h);
  });

  it('are read once a day, whole, in a few requests, and touch no state of the source', async () => {
    const documents = async () => (await h.query('SELECT count(*)::int AS n FROM raw_document'))[0].n;
    const [before, kept] = [await h.source(), await documents()];
    const reading = await read();
    // The documents name people, so they are not stored.
    expect(await documents()).toBe(kept);
    expect(reading).toMatchObject({ state: 'accepted', reason: null, unread: 0, refused: null, claim: null });
    expect(reading.due_at.getTime() - reading.started_at.getTime()).toBe(24 * 3_600_000);
    expect(h.portal.partnerRequests()).toBe(2);
    const after = await h.source();
    expect({ ...after, partnerSearches: before.partnerSearches }).toEqual(before);
    expect(after.partnerSearches).toMatchObject({
      state: 'accepted',
      lastGoodAt: reading.started_at.toISOString(),
      nextAt: reading.due_at.toISOString(),
    });
    await round(h.test.app, [PartnersJob]);
    await h.test.app.get(PartnersJob).run({ sourceId: SOURCE });
    expect(h.portal.partnerRequests()).toBe(2);
  });

  it('stand with their call, counted and listed, with names of codes as far as they are known, and nobody’s name or number', async () => {
    const own = h.portal.partners.filter((p) => p.metadata['announcementType']![0] === 'ORGANISATION');
    expect((await stored()).map((s) => s.id)).toEqual(
      own.map((p) => p.metadata['announcementId']![0]).sort(),
    );
    const topics = new Map(own.map((p) => [p.metadata['topics']![0]!.toLowerCase(), p]));
    const withContacts = own.find((p) => p.metadata['announcementSummary']![0]!.includes('@'))!;
    const { reference } = h.portal.records.find(
      (r) => r.metadata['identifier']![0] === withContacts.metadata['topics']![0],
    )!;
    const found = (await list(reference)).items.find(
      (s) => s.id === withContacts.metadata['announcementId']![0],
    )!;
    expect(found).toMatchObject({
      wants: 'offer',
      summary: 'Life-cycle assessment & sustainability. …, … tel. ….',
    });
    expect(topics.size).toBeGreaterThan(3);
    const everything = JSON.stringify(await h.query('SELECT * FROM partner_search'));
    expect(everything).not.toMatch(/Sam Sample|sam\.sample|Organisation \d|555 01|PERSON/);

    const { items, total } = await list(WITH);
    const { body: call } = await h.call(`/v1/calls/${await callId(WITH)}`);
    expect(total).toBe(items.length);
    expect(call.partnerSearches).toEqual({
      offers: items.filter((s) => s.wants === 'offer').length,
      requests: items.filter((s) => s.wants === 'request').length,
    });
    expect((await h.call(`/v1/calls/${await callId(WITHOUT)}`)).body.partnerSearches).toEqual({
      offers: 0,
      requests: 0,
    });
    const all = (
      await Promise.all(
        h.portal.records
          .filter(
            (r) => topics.has(r.metadata['identifier']![0]!.toLowerCase()) && r.metadata['type']![0] === '1',
          )
          .map((r) => list(r.reference)),
      )
    ).flatMap((p) => p.items);
    expect(all.find((s) => s.country?.code === '20000873')!.country).toEqual({
      code: '20000873',
      name: 'Germany',
      iso: 'DE',
    });
    expect(all.find((s) => s.country?.code === '20009999')!.country).toEqual({
      code: '20009999',
      name: 'Sampleland',
      iso: null,
    });
    expect(all.find((s) => s.organisationType?.code === '31094442')!.organisationType!.name).toBeNull();
    expect(all.find((s) => s.organisationType?.code === '31094440')!.organisationType!.name).toBe(
      'Sample research organisation',
    );
  });

  it('are the same for every institute, and for nobody else', async () => {
    const path = `/v1/calls/${await callId(WITH)}/partner-searches`;
    const token = await officer.key('read');
    expect((await h.call(path, { token })).body).toEqual((await h.call(path)).body);
    expect((await h.call(path, { token: null })).status).toBe(401);
    expect((await h.call(`/v1/calls/${randomUUID()}/partner-searches`)).status).toBe(404);
    expect((await h.call(`${path}?cursor=nonsense`)).status).toBe(400);
  });

  it('of the first reading are no news; later ones are events of calls that somebody follows', async () => {
    expect(await h.query("SELECT * FROM event WHERE kind = 'partners'")).toEqual([]);
    const [{ id: anne }] = await h.query("SELECT id FROM recipient WHERE address = 'anne@example.fr'");
    await h.query(
      "INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq, welcomed_at) VALUES ($1, 'call', $2, 'own', $3, 0, $3)",
      [anne, await callId(WITH), h.clock.now()],
    );
    nextDay();
    announce(WITH, 4, 5, 6);
    announce(OTHER, 4);
    expect(await read()).toMatchObject({ state: 'accepted' });
    const events = await h.query("SELECT key, call_id FROM event WHERE kind = 'partners'");
    expect(events).toEqual([
      {
        key: `partners/${await callId(WITH)}/${(await row()).started_at.toISOString()}`,
        call_id: await callId(WITH),
      },
    ]);
    const numbers = (await list(WITH)).items.map((s) => s.id.slice(-1));
    expect(numbers.slice(0, 3)).toEqual(['6', '5', '4']);
  });

  it('page by page, newest first, none lost and none twice', async () => {
    const [whole, seen] = [await list(WITH), [] as string[]];
    for (let cursor: string | null = null, pages = 0; pages === 0 || cursor; pages += 1) {
      const page: Page = await list(WITH, `?limit=1${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.items.map((s) => s.id));
      cursor = page.next;
    }
    expect(seen).toEqual(whole.items.map((s) => s.id));
  });

  it('wait for the digest, and are told there to who follows the call: how many, and the two newest', async () => {
    await until('the planner to have looked', async () => {
      await round(h.test.app, [ContactsJob, PlanJob, NotifyJob]);
      return (await h.query("SELECT state FROM notification_item WHERE kind = 'partners'"))[0] ?? null;
    });
    expect(await outbox(h)).toHaveLength(1);
    await digestDate(h, '2026-05-11T05:00:00Z');
    const mail = (await settled(h, 2)).at(-1)!;
    expect(mail).toMatchObject({ kind: 'digest', calls: [] });
    expect(mail.subject).toContain('3 new partner searches');
    const text = (await files(h)).find((m) => m.messageId === `<${mail.messageId}>`)!.text!;
    expect(text).toMatch(/New partner searches\n=+\n\n- \[SAMPLE\]/);
    expect(text.match(/^ {2}(Offer|Request), .*7 May 2026/gm)).toHaveLength(2);
    expect(await h.query("SELECT state FROM notification_item WHERE kind = 'partners'")).toEqual([
      { state: 'written' },
    ]);
    await digestDate(h, '2026-05-18T05:00:00Z');
    expect(await outbox(h)).toHaveLength(2);
  });

  it('that vanished are marked as gone, and are not new when they are back', async () => {
    const all = [...h.portal.partners];
    h.portal.announce(all.filter((p) => !p.reference.endsWith('5ANNOUNCEMENT')));
    expect(await read()).toMatchObject({ state: 'accepted' });
    expect((await stored()).filter((s) => s.gone_at).map((s) => s.id)).toEqual(['900000035']);
    expect((await list(WITH)).items.map((s) => s.id)).not.toContain('900000035');
    h.portal.announce(all);
    nextDay();
    await read();
    expect((await stored()).filter((s) => s.gone_at)).toEqual([]);
    expect(await h.query("SELECT key FROM event WHERE kind = 'partners'")).toHaveLength(1);
  });

  it('a row that cannot be read leaves what is stored of it, and is counted with why', async () => {
    nextDay();
    const all = [...h.portal.partners];
    h.portal.announce(
      all.map((p) =>
        p.reference === '900000034ANNOUNCEMENT'
          ? { ...p, metadata: { ...p.metadata, expertise: ['BOTH'] } }
          : p,
      ),
    );
    expect(await read()).toMatchObject({
      state: 'accepted',
      unread: 1,
      unread_why: 'its expertise "BOTH" is neither OFFER nor REQUEST',
    });
    expect((await list(WITH)).items.map((s) => s.id)).toContain('900000034');
    h.portal.announce(all);
  });

  it.each([
    ['fails', { http500: 1 }, 'failed', /500/],
    ['is cut off', { truncate: 1 }, 'failed', /cut off/],
    ['has another form', { shape: 1 }, 'failed', /changed shape/],
    ['holds nothing', { empty: 1 }, 'rejected', /it holds 0 partner searches where \d+ were known/],
  ] as const)(
    'a reading that %s changes nothing but its own state, and is tried again when its share of the day has passed',
    async (_, faults, state, reason) => {
      nextDay();
      const [before, source] = [await stored(), await h.source()];
      h.portal.faults(faults);
      const reading = await read();
      h.portal.faults({});
      expect(reading).toMatchObject({
        state,
        reason: expect.stringMatching(reason),
        last_good_at: new Date(source.partnerSearches.lastGoodAt),
      });
      expect(reading.due_at.getTime() - reading.ended_at.getTime()).toBe(3_600_000);
      expect(await stored()).toEqual(before);
      await officer.signInAgain();
      const shown = load((await officer.get('/sources')).body)('#source-funding-tenders')
        .closest('section')
        .text();
      expect(shown).toContain(
        `Partner searches${state === 'failed' ? 'last reading failed' : 'last reading rejected'} · as of`,
      );
      expect(shown).toContain(reading.reason);
      expect(await h.source()).toMatchObject({
        state: source.state,
        reason: source.reason,
        nextRunAt: source.nextRunAt,
      });
      h.clock.move({ minutes: 61 });
      expect(await read()).toMatchObject({ state: 'accepted', reason: null });
    },
  );

  it('what a killed process had begun is read anew when it is due, and what it brings afterwards is not taken', async () => {
    nextDay();
    await round(h.test.app, []);
    // The state left by a process that was killed midway.
    await h.query(
      "UPDATE partner_reading SET state = 'reading', claim = $1, started_at = $2, due_at = $2::timestamptz + interval '2 hours'",
      [randomUUID(), h.clock.now()],
    );
    const asked = h.portal.partnerRequests();
    await h.test.app.get(PartnersJob).run({ sourceId: SOURCE });
    expect(h.portal.partnerRequests()).toBe(asked);
    h.clock.move({ hours: 2, minutes: 1 });
    expect(await read()).toMatchObject({ state: 'accepted' });
  });

  it('of topics that are over none are asked for, and what is stored of them stays', async () => {
    const count = (await stored()).length;
    h.portal.deadline(WITH, '2026-05-01T15:00:00.000+0000');
    await harvested(h);
    h.portal.announce(h.portal.partners.filter((p) => !p.reference.startsWith('90000003')));
    nextDay();
    expect(await read()).toMatchObject({ state: 'accepted' });
    expect((await stored()).filter((s) => !s.gone_at)).toHaveLength(count);
  });

  it('are asked for as the operator says that the source is asked', async () => {
    const [source, fetcher] = [h.test.app.get(Sources).get(SOURCE), h.test.app.get<Fetcher>(FETCHER)];
    const headers = { 'user-agent': 'A browser of ours' };
    const asked: unknown[] = [];
    const reader = new PartnerReader({
      fetch: (url, request) => {
        asked.push(request.asWhom);
        return fetcher.fetch(url, request);
      },
    });
    await reader.read({ ...source, headers, partnerSearches: source.partnerSearches! }, ['X-1']);
    expect(asked).toEqual([headers, headers]);
  });
});
