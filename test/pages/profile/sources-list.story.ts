import { load } from 'cheerio';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import type { ListedTopic } from '../../../src/harvest/domain/list.js';
import {
  NotificationEntity,
  NotificationItemEntity,
} from '../../../src/notifications/store/notification.entity.js';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import { SourceListRepository } from '../../../src/harvest/store/source-list.repository.js';
import { api, startApp, type TestApp } from '../../support/app.js';
import { aCall, storeCalls } from '../../support/matching/calls.js';
import { TestClock } from '../../support/clock.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile, configWith, on } from '../../support/matching/profiles.js';

const at = (iso: string) => [{ at: iso, timeTold: true }];
const calls = [
  aCall('A', { title: 'Waves', deadlines: at('2026-09-15T15:00:00.000Z') }),
  aCall('B', { title: 'Wind', deadlines: at('2026-10-01T15:00:00.000Z') }),
  aCall('C', { deadlines: at('2026-10-02T15:00:00.000Z') }),
];
const topic = (reference: string, deadline: string, told: Partial<ListedTopic> = {}): ListedTopic => ({
  reference,
  number: '1',
  identifier: `HORIZON-${reference}`,
  title: `Listed ${reference}`,
  status: 'open',
  publishedAt: null,
  opensAt: null,
  deadlines: [deadline],
  notes: [],
  ...told,
});
const listed = [
  topic('A', '2026-09-21T22:00:00.000Z'),
  topic('C', '2026-10-02T00:00:00.000Z', { status: 'forthcoming' }),
  topic('L', '2027-01-15T00:00:00.000Z', { status: 'forthcoming' }),
];

describe("a source's own list on the page of sources", () => {
  const config = configWith([aProfile('one')]);
  const clock = new TestClock('2026-06-30T08:00:00Z');
  let server: TestApp;
  let officer: Somebody;
  let reader: Somebody;
  let lists: SourceListRepository;
  const query = (sql: string, parameters: unknown[] = []) =>
    server.app.get(DataSource).query(sql, parameters);
  const tomorrow = () => new Date(clock.now().getTime() + 86_400_000);
  const take = (living: ListedTopic[]) =>
    lists.take(
      'first',
      {
        list: { items: 90, topics: 80, living, unread: [{ reference: 'U', why: 'status is "x"' }] },
        etag: null,
        lastModified: null,
        hash: 'h',
      },
      tomorrow(),
      clock.now(),
    );

  beforeAll(async () => {
    server = await startApp(
      {},
      {
        working: false,
        clock,
        adjust: (w) => {
          const { list, ...plain } = w.sources[0]!;
          return {
            ...on(config.dir)(w),
            sources: [
              { ...plain, list: list!, id: 'first', name: 'Source first' },
              { ...plain, id: 'plain', name: 'Source plain' },
            ],
          };
        },
      },
    );
    lists = server.app.get(SourceListRepository);
    await storeCalls(server.app, calls, 'first', clock.now());
    await storeCalls(server.app, [aCall('P')], 'plain', clock.now());
    officer = await somebody(server, { role: 'officer', profile: 'one', language: 'fr' });
    reader = await somebody(server, { role: 'reader', profile: 'one', language: 'en' });
  });
  afterAll(async () => {
    await server?.stop();
    config.remove();
  });

  const page = (who: Somebody) => pageFor(who, '/sources');
  /** Returns the text with normalised spaces, and a space after each element. */
  const said = (
    $: Awaited<ReturnType<typeof page>>,
    what = 'section[aria-labelledby=source-first]',
  ): string => {
    const part = load($.html($(what)));
    part('body *').append(' ');
    return part('body').text().replace(/\s+/g, ' ').trim();
  };
  const rows = ($: Awaited<ReturnType<typeof page>>) =>
    $('.differences tbody tr')
      .map((_, row) => [
        $(row)
          .find('th, td')
          .map((_i, cell) => $(cell).text().replace(/\s+/g, ' ').trim())
          .get(),
      ])
      .get();

  it('is named where there is one, and not read at first', async () => {
    const $ = await page(officer);
    expect(said($, 'section[aria-labelledby=source-first] .own-list')).toBe(
      'Liste des sujets du site Pas encore lue',
    );
    expect($('section[aria-labelledby=source-plain] .own-list')).toHaveLength(0);
    expect((await api(server.url, '/v1/sources')).body.items).toMatchObject([
      { id: 'first', list: { state: 'new' }, made: null, lag: { known: null, announced: null } },
      { id: 'plain', list: null },
    ]);
    expect(await api(server.url, '/v1/sources/plain/reconciliation')).toMatchObject({
      status: 404,
      type: expect.stringContaining('application/problem+json'),
      body: { detail: 'The source "plain" has no list of topics.' },
    });
  });

  it('is told with its day and numbers, and its differences as a table that leads to our calls', async () => {
    await lists.ensure(['first'], clock.now());
    await take(listed);
    const [en, fr] = [await page(reader), await page(officer)];
    expect(said(en)).toContain('The site’s list of topics Up to date');
    expect(said(en)).toContain(
      'Last checked on 30 June 2026, 10:00: 3 topics forthcoming or open, 1 of them missing from the search.',
    );
    expect(said(en)).toContain('1 entry could not be read.');
    expect(said(fr)).toContain('3 sujets à venir ou ouverts, dont 1 absent de la recherche.');
    expect(said(en, '.differences summary')).toBe('Differences between the list and the search (4)');
    expect(rows(en)).toEqual([
      ['WavesA', 'other deadlines', 'Open, 15 September 2026', 'Open, 22 September 2026', '30 June 2026'],
      ['WindB', 'only in the search', 'Open, 1 October 2026', 'missing', '30 June 2026'],
      ['Call CC', 'other status', 'Open, 2 October 2026', 'Forthcoming, 2 October 2026', '30 June 2026'],
      ['Listed LL', 'only in the list', 'missing', 'Forthcoming, 15 January 2027', '30 June 2026'],
    ]);
    expect(rows(fr)[0]).toEqual([
      'WavesA',
      'dates limites différentes',
      'Ouvert, 15 septembre 2026',
      'Ouvert, 22 septembre 2026',
      '30 juin 2026',
    ]);
    const [{ id }] = await query("SELECT id FROM call WHERE content->>'reference' = 'A'");
    expect(
      en('.differences th a')
        .map((_, a) => en(a).attr('href'))
        .get()[0],
    ).toBe(`/calls/${id}`);
    expect(en('.differences th a')).toHaveLength(3);
  });

  it('is of no more differences than anybody reads; the API gives all', async () => {
    clock.move({ minutes: 1 });
    await take([
      ...listed,
      ...Array.from({ length: 60 }, (_, i) => topic(`M${i}`, '2027-02-01T00:00:00.000Z')),
    ]);
    const $ = await page(reader);
    expect(rows($)).toHaveLength(50);
    expect(said($)).toContain('14 more; the API returns them all.');
    const { items, total } = (await api(server.url, '/v1/sources/first/reconciliation')).body;
    expect([items.length, total]).toEqual([64, 64]);
    await take(listed);
  });

  it('fails by itself, and stands in where the source refuses us', async () => {
    await lists.inVain(
      'first',
      { state: 'doubtful', reason: 'it lacks 40 of the 80 topics' },
      () => 1_000,
      clock.now(),
    );
    const $ = await page(reader);
    expect(said($)).toContain('Looks incomplete');
    expect(said($)).toContain(
      'We still use the version checked on 30 June 2026, 10:01. This does not affect the readings of the source.',
    );
    expect($('.own-list .noted').text()).toContain('it lacks 40 of the 80 topics');
    await query("UPDATE source SET state = 'blocked' WHERE id = 'first'");
    expect(said(await page(reader))).not.toContain('come from the portal’s list');
    await lists.still('first', tomorrow(), clock.now());
    for (const state of ['blocked', 'refused']) {
      await query('UPDATE source SET state = $1 WHERE id = $2', [state, 'first']);
      expect(said(await page(reader))).toContain(
        'The search is refusing access. Until it is back, topics and deadlines come from the portal’s list.',
      );
    }
    expect(said(await page(officer))).toContain(
      'D’ici son retour, sujets et dates limites viennent de la liste du portail.',
    );
    await query("UPDATE source SET state = 'healthy' WHERE id = 'first'");
  });

  it('stands beside how each kind of call was put in order', async () => {
    await query(
      `UPDATE harvest_run SET counts = counts || '{"made":{"grants":"identifier","cascade-calls":"unsorted","else":"otherField"}}' WHERE source_id = 'first'`,
    );
    expect(said(await page(reader))).toContain(
      'Order of reading else otherField · grants: identifier · cascade calls: unsorted (no field sorts all rows)',
    );
    expect((await api(server.url, '/v1/sources')).body.items[0].made).toEqual({
      grants: 'identifier',
      'cascade-calls': 'unsorted',
      else: 'otherField',
    });
  });

  it('tells when what is new was published: how long it took to be known, and to leave in a message', async () => {
    clock.move({ days: 2 });
    for (const one of [reader, officer]) await one.signInAgain();
    const fresh = ['N1', 'N2', 'N3'].map((reference) =>
      aCall(reference, { deadlines: at('2026-11-01T15:00:00.000Z') }),
    );
    await storeCalls(server.app, [...calls, ...fresh], 'first', clock.now());
    // A is published too, but existed at the first harvest; N3 states no publication date.
    const published = (day: string) => ({ publishedAt: `${day}T00:00:00.000Z` });
    await take([
      topic('A', '2026-09-15T00:00:00.000Z', published('2026-06-01')),
      topic('N1', '2026-11-01T00:00:00.000Z', published('2026-07-02')),
      topic('N2', '2026-11-01T00:00:00.000Z', published('2026-06-28')),
      topic('N3', '2026-11-01T00:00:00.000Z'),
    ]);
    expect((await api(server.url, '/v1/sources')).body.items[0].lag).toEqual({
      known: { n: 2, medianHours: 0, p90Hours: 96 },
      announced: null,
    });
    expect(said(await page(reader))).toContain(
      'Delay after publication, last 90 days read here: half within 1 day, nine in ten within 4 days (2 publications)',
    );
    await told(
      'N2',
      { sentAt: '2026-07-05T05:00:00Z', state: 'sent' },
      { sentAt: '2026-07-04T05:00:00Z', state: 'sent' },
      { sentAt: null, state: 'pending' },
    );
    expect((await api(server.url, '/v1/sources')).body.items[0].lag.announced).toEqual({
      n: 1,
      medianHours: 144,
      p90Hours: 144,
    });
    expect(said(await page(officer))).toContain(
      'premier message envoyé : la moitié sous 6 jours, neuf sur dix sous 6 jours (1 publication)',
    );
    clock.move({ days: 91 });
    expect((await api(server.url, '/v1/sources')).body.items[0].lag).toEqual({
      known: null,
      announced: null,
    });
  });

  /** Inserts messages that mention a call, each to its own recipient. */
  async function told(
    reference: string,
    ...messages: { sentAt: string | null; state: 'sent' | 'pending' }[]
  ): Promise<void> {
    const [{ id: callId }] = await query("SELECT id FROM call WHERE content->>'reference' = $1", [reference]);
    for (const { sentAt, state } of messages) {
      const [id, recipientId] = [randomUUID(), randomUUID()];
      const since = clock.now();
      await server.app.get(RecipientRepository).ensure({
        id: recipientId,
        channel: 'email',
        owner: '',
        address: `${recipientId}@example.org`,
        name: null,
        language: 'en',
        profileId: 'one',
        token: recipientId,
        linkKey: recipientId,
        since,
        lastDigestDueAt: since,
      });
      const message = {
        id,
        key: id,
        kind: 'urgent' as const,
        recipientId,
        channel: 'email',
        profileId: 'one',
        address: 'x@example.org',
        name: null,
        subject: 'x',
        text: 'x',
        html: null,
        payload: null,
      };
      const rest = {
        unsubscribeUrl: 'x',
        messageId: id,
        threads: [],
        items: [],
        more: 0,
        state,
        error: null,
        resendOf: null,
        resentBy: null,
        createdAt: clock.now(),
        claimedAt: null,
        nextTryAt: null,
        sentAt: sentAt && new Date(sentAt),
        sentWhere: null,
      };
      await server.app
        .get(DataSource)
        .getRepository(NotificationEntity)
        .insert({ ...message, ...rest });
      const notice = {
        recipientId,
        key: `call/${callId}`,
        kind: 'call' as const,
        callId,
        version: 1,
        about: null,
        place: 'now' as const,
        urgency: null,
        madeAt: clock.now(),
        state: 'written' as const,
        why: null,
        notificationId: id,
      };
      await server.app.get(DataSource).getRepository(NotificationItemEntity).insert(notice);
    }
  }
});
