import { TestClock } from '../../support/clock.js';
import { ChatServer } from '../../support/matching/chat-server.js';
import { load } from 'cheerio';
import { pageFor } from '../../support/pages/pages.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { aProfile } from '../../support/matching/profiles.js';
import { aReadCall, reading, ReadingInstallation } from '../../support/matching/reading.js';

const HOSTILE = '<script>alert(1)</script> blades';

describe('the page of the language model', () => {
  let server: ChatServer;
  let r: ReadingInstallation;
  let coordinator: Somebody;
  let french: Somebody;
  const start = async (variables: Record<string, string>): Promise<void> => {
    await r.start(variables, {
      readerDailyLimit: { tokens: 1_000_000 },
      readerPrices: { prompt: 1_000, completion: 10_000, currency: 'EUR' },
    });
    coordinator = await somebody(r.app, { role: 'coordinator', language: 'en' });
    french = await somebody(r.app, { role: 'coordinator', language: 'fr' });
  };
  const said = async (who: Somebody, path = '/reader'): Promise<string> =>
    (await pageFor(who, path))('main').text().replace(/\s+/g, ' ');

  beforeAll(async () => {
    server = await ChatServer.start();
    r = await ReadingInstallation.with([aProfile('lab')], new TestClock('2026-05-04T06:00:00Z'));
    await start({ READER_URL: server.url, READER_MODEL: 'small', READER_KEY: 'sk-very-secret' });
    await r.store([aReadCall('a'), aReadCall('b', '', HOSTILE)]);
    const lie = reading(() => 'wanted', { quote: 'These words stand nowhere in the call' });
    const tell = reading((_, call) => (call === 'a' ? 'wanted' : 'not'), { reason: HOSTILE });
    server.says((response, body) => (JSON.stringify(body).includes('Call: b') ? lie : tell)(response, body));
    await r.read();
  });
  afterAll(async () => {
    await r?.stop();
    await server?.close();
  });

  it('says how it does, what it cost, what it read and refused, and what leaves', async () => {
    const text = await said(coordinator);
    expect(text).toContain(`small at ${new URL(server.url).origin} reads each new or changed call`);
    expect(text).toContain('State Everything has been read');
    expect(text).toMatch(
      /Today321 tokens \(0\.51 EUR\)This month321 tokens \(0\.51 EUR\)Daily limit1,000,000 tokens/,
    );
    expect(text).toContain('For one pair of call and institute the answer was rejected twice.');
    expect(text).toContain('the quote does not stand in the call');
    expect(text).toContain('Never people, contacts, notes, decisions or preferences.');
    expect(text).toContain('Instructions to the model, version 2');
    expect(await said(french)).toMatch(/État Tout est lu.*Aujourd’hui321 jetons \(0,51 EUR\)/);
    expect(await said(coordinator, '/sources')).toContain('Language model that reads calls');
  });

  it('lets nothing of a call or a reason be more than text, and names no key', async () => {
    const { body } = await coordinator.get('/reader');
    expect(body).not.toContain('<script>alert');
    expect(body).not.toContain('sk-very-secret');
    const { call } = await r.match('lab', 'Wind turbine a');
    const page = (await coordinator.get(`/institutes/lab/calls/${call.id}`)).body;
    expect(page).not.toContain('<script>alert');
    const $ = load(page);
    expect($('section.reasons').text()).toContain(HOSTILE);
    expect($('section.reasons .read a').attr('href')).toMatch(/^#r\d+$/);
    expect($(`${$('section.reasons .read a').attr('href')}`).text()).toContain('Proposals should address');
  });

  it('is the network’s alone', async () => {
    const officer = await somebody(r.app, { role: 'officer', profile: 'lab', mails: false });
    expect((await officer.get('/reader')).status).toBe(403);
    expect(await said(officer, '/sources')).not.toContain('Language model that reads calls');
  });

  it('says that none reads, where none does', async () => {
    await start({});
    expect(await said(coordinator)).toContain('No language model reads calls');
  });
});
