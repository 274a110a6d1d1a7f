import type { CheerioAPI } from 'cheerio';
import { DataSource } from 'typeorm';
import { aCall } from '../../support/matching/calls.js';
import { startInbox, type InboxTest } from '../../support/institutes/inbox.js';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';

const TOPIC = aCall('WIND', {
  title: 'Offshore wind',
  identifier: 'HORIZON-WIND-01',
  url: 'https://portal.example/topic-details/horizon-wind-01',
});
const BARE = aCall('BARE', { title: 'Nobody looks', identifier: 'HORIZON-BARE-01' });
const EVIL = '<script>alert(1)</script> & blades';

/** Partner searches of a topic, newest first. */
const SEARCHES = [
  {
    id: '1',
    wants: 'offer',
    country_iso: 'DE',
    country_name: 'Germany',
    kind: 'Research organisation',
    summary: EVIL,
    at: '2026-05-05T10:00:00Z',
  },
  {
    id: '2',
    wants: 'request',
    country_iso: null,
    country_name: 'Sampleland',
    kind: null,
    summary: 'A coordinator.',
    at: '2026-05-04T10:00:00Z',
  },
  { id: '3', wants: 'offer', country_iso: null, country_name: null, kind: null, summary: null, at: null },
];

describe('partner searches on the page of a call', () => {
  let inbox: InboxTest;
  let coordinator: Somebody, other: Somebody;
  let id: string;
  const query = (sql: string, values: unknown[]) => inbox.test.app.get(DataSource).query(sql, values);
  const put = (s: (typeof SEARCHES)[number]) =>
    query(
      `INSERT INTO partner_search (source_id, id, topic, wants, country_code, country_iso, country_name, organisation_type, organisation_type_name, summary, published_at, first_seen_at)
     VALUES ('funding-tenders', $1, 'horizon-wind-01', $2, 'C', $3, $4, '31094440', $5, $6, $7, '2026-01-01')`,
      [s.id, s.wants, s.country_iso, s.country_name, s.kind, s.summary, s.at],
    );
  const section = ($: CheerioAPI) => $('section[aria-labelledby=partners]');
  const words = ($: CheerioAPI) =>
    section($)
      .find('li')
      .toArray()
      .map((li) => $(li).text().replace(/\s+/g, ' ').trim());

  beforeAll(async () => {
    inbox = await startInbox(
      [aProfile('wind', { name: 'Carnot Wind' }), aProfile('sea', { name: 'Carnot Sea' })],
      [TOPIC, BARE],
    );
    coordinator = await somebody(inbox.test, { role: 'coordinator' });
    other = await somebody(inbox.test, { role: 'reader', profile: 'sea' });
    id = await inbox.id(TOPIC.title);
    for (const search of SEARCHES) await put(search);
  });
  afterAll(() => inbox?.stop());

  it('are counted and listed, newest first, with what is known of each and nothing else', async () => {
    const $ = await pageFor(coordinator, `/calls/${id}`);
    expect(section($).find('h2').text()).toBe('Partner searches');
    expect(section($).find('p').first().text()).toBe('2 offers · 1 request');
    expect(words($)).toEqual([
      `OfferGermanyResearch organisation5 May 2026${EVIL}`,
      'RequestSampleland4 May 2026A coordinator.',
      'Offer',
    ]);
    expect(section($).find('script')).toHaveLength(0);
    expect(section($).find('a').attr('href')).toBe(TOPIC.url);
    expect($('nav.contents a[href="#partners"]').text()).toBe('Partner searches');
  });

  it('are the same for every institute', async () => {
    const own = words(await pageFor(inbox.officer, `/institutes/wind/calls/${id}`));
    expect(own).toHaveLength(3);
    expect(words(await pageFor(other, `/institutes/sea/calls/${id}`))).toEqual(own);
  });

  it('have no section where there are none, and none where they are gone', async () => {
    expect(section(await pageFor(coordinator, `/calls/${await inbox.id(BARE.title)}`))).toHaveLength(0);
    await query(`UPDATE partner_search SET gone_at = now() WHERE id = '2'`, []);
    const $ = await pageFor(coordinator, `/calls/${id}`);
    expect(section($).find('p').first().text()).toBe('2 offers');
    expect(words($)).toHaveLength(2);
  });

  it('beyond the newest twenty are counted', async () => {
    for (let i = 0; i < 25; i += 1) await put({ ...SEARCHES[0]!, id: `more-${i}`, wants: 'request' });
    const $ = await pageFor(coordinator, `/calls/${id}`);
    expect(words($)).toHaveLength(20);
    expect(section($).text()).toContain('7 older ones are not shown.');
    expect(section($).find('p').first().text()).toBe('2 offers · 25 requests');
  });

  it('are told in French to who reads French', async () => {
    await query(`UPDATE person SET language = 'fr' WHERE id = $1`, [coordinator.person.id]);
    const $ = await pageFor(coordinator, `/calls/${id}`);
    expect(section($).find('h2').text()).toBe('Recherches de partenaires');
    expect(words($)[0]).toMatch(/^(Offre|Demande)AllemagneResearch organisation5 mai 2026/);
    expect(section($).find('[lang=en]').first().text()).toBe('Research organisation');
  });
});
