import { randomBytes } from 'node:crypto';
import { LanguageModel } from '../../../src/platform/reader/language-model.js';
import { SecretBox } from '../../../src/platform/secrets/secret-box.js';
import { ReaderServer } from '../../../src/matching/reading/reader-server.js';
import { ReaderServerRepository } from '../../../src/matching/store/reader-server.repository.js';
import { api } from '../../support/app.js';
import { TestClock } from '../../support/clock.js';
import { somebody, type Somebody } from '../../support/access/people.js';
import { ChatServer } from '../../support/matching/chat-server.js';
import { aProfile } from '../../support/matching/profiles.js';
import { aReadCall, reading, ReadingInstallation } from '../../support/matching/reading.js';
import { load } from 'cheerio';

/** As `openssl rand -base64 32` makes them. */
const SECRET_KEY = randomBytes(32).toString('base64');
const INSTITUTES = ['lab', 'shore', 'blades'];
const CALLS = Array.from({ length: 8 }, (_, i) => `call-${i}`);

describe('a language model that is set on its page', () => {
  let server: ChatServer;
  let r: ReadingInstallation;
  let coordinator: Somebody;
  const arrive = async (): Promise<void> => {
    coordinator = await somebody(r.app, { role: 'coordinator', language: 'en' });
  };
  beforeAll(async () => {
    server = await ChatServer.start();
    r = await ReadingInstallation.with(
      INSTITUTES.map((id) => aProfile(id)),
      new TestClock('2026-05-04T06:00:00Z'),
    );
    await r.start({ SECRET_KEY });
    await arrive();
    await r.store(CALLS.map((name) => aReadCall(name)));
    await r.read();
  });
  afterAll(async () => {
    await r?.stop();
    await server?.close();
  });

  const shown = async (who = coordinator) => load((await who.get('/reader')).body)('main');
  const set = async (over: Record<string, string> = {}) => {
    const { status, body } = await coordinator.post('/reader/server', {
      url: server.url,
      model: 'small',
      key: 'sk-very-secret',
      ...over,
    });
    return { status, body, main: load(body)('main') };
  };
  const readNow = () => r.rows(`SELECT 1 FROM reading WHERE grade IS NOT NULL`);

  it('is explained in five sentences, and asked for nothing that could not be a server', async () => {
    const main = await shown();
    expect(main.find('#about-model').parent().find('li')).toHaveLength(5);
    expect(main.text()).toContain('OLLAMA_CONTEXT_LENGTH=32768');
    const { status, main: said } = await set({ url: 'ftp://models.example/v1', model: '', key: 'two words' });
    expect([status, said.find('.field.wrong label').toArray().length]).toEqual([422, 3]);
  });

  it('is not used if its server cannot be reached, or says nothing that counts', async () => {
    server.says((response) => response.writeHead(401).end('{}'));
    const refused = await set();
    expect([refused.status, refused.main.find('[role=alert]').text()]).toEqual([
      422,
      expect.stringContaining('nothing was changed'),
    ]);
    server.says('I would rather tell a story.');
    const told = await set();
    expect([told.status, told.main.text()]).toEqual([
      422,
      expect.stringContaining('No answer could be used, so nothing was changed.'),
    ]);
    expect(r.app.app.get(LanguageModel).current).toBeNull();
    expect(await r.app.app.get(ReaderServerRepository).findServer()).toBeNull();
  });

  it('is tried with three calls beside the built-in judgement, and reads from then on without a restart', async () => {
    server.says(reading(() => 'wanted'));
    const { status, main, body } = await set();
    expect([status, main.find('[role=status]').text()]).toEqual([200, 'This model reads from now on.']);
    const rows = main.find('table tbody tr');
    expect(rows).toHaveLength(3);
    expect(rows.first().text()).toMatch(
      /Wind turbine call-\d.*\d\d.*Wanted: It makes the blades of turbines\./,
    );
    expect(body).not.toContain('sk-very-secret');
    expect(server.asked.map((asked) => asked.authorization)).toEqual(Array(3).fill('Bearer sk-very-secret'));
    expect(await readNow()).toHaveLength(0);
    await r.read();
    expect((await readNow()).length).toBeGreaterThan(20);
    expect(Object.values(await r.scores('lab')).every((score) => score >= 70)).toBe(true);
  });

  it('keeps its key sealed, and is there again after a restart', async () => {
    const [{ value }] = await r.rows(`SELECT value::text FROM setting WHERE key = 'reader.server'`);
    expect(value).toContain(r.app.app.get(SecretBox).present);
    expect(value).not.toContain('sk-very-secret');
    const audit = await r.rows(`SELECT detail::text FROM audit WHERE action = 'reader.set'`);
    expect(audit).toEqual([{ detail: expect.not.stringContaining('sk-very-secret') }]);
    await r.start({ SECRET_KEY });
    await arrive();
    expect(r.app.app.get(LanguageModel).current?.name).toBe('small');
    expect((await shown()).text()).toContain('small at');
  });

  it('is noticed by another process, and no longer reads once it is removed', async () => {
    const counted = () => r.rows('SELECT 1 FROM match WHERE read');
    expect((await counted()).length).toBeGreaterThan(20);
    await r.app.app.get(ReaderServerRepository).put({ url: server.url, model: 'other', key: undefined });
    await r.app.app.get(ReaderServer).refresh();
    expect(r.app.app.get(LanguageModel).current?.name).toBe('other');
    expect((await coordinator.post('/reader/server/remove', {})).status).toBe(303);
    expect(r.app.app.get(LanguageModel).current).toBeNull();
    await r.read();
    expect(await counted()).toEqual([]);
  });

  it('is held against what officers decided, once there are twenty decisions of three institutes', async () => {
    server.says(reading(() => 'wanted'));
    expect((await set()).status).toBe(200);
    const few = 'Shown once there are twenty decisions';
    expect((await shown()).text()).toContain(few);
    const calls = (await r.get('/v1/calls?limit=100')).body.items as { id: string }[];
    for (const profile of INSTITUTES) {
      const officer = await somebody(r.app, { role: 'officer', profile, mails: false });
      const token = await officer.key('write');
      for (const [i, { id }] of calls.entries())
        await api(r.app.url, `/v1/profiles/${profile}/calls/${id}/verdict`, {
          method: 'PUT',
          token,
          body: i % 4 === 0 ? { verdict: 'not', reason: 'topic' } : { verdict: 'relevant' },
        });
    }
    expect((await shown()).text()).toContain(
      'Of the last 24 decisions on calls that it had read, it agrees with 75%',
    );
    expect((await r.get('/v1/reader')).body.agreement).toEqual({ decisions: 24, same: 18 });
  });

  it('is the coordination’s alone to set, and a recent sign-in’s', async () => {
    const officer = await somebody(r.app, { role: 'officer', profile: 'lab', mails: false });
    expect((await officer.post('/reader/server', { url: server.url, model: 'small' })).status).toBe(403);
  });

  it('gives way to the variables, and says so', async () => {
    await r.app.app.get(ReaderServerRepository).put({ url: server.url, model: 'other', key: undefined });
    await r.start({ READER_URL: server.url, READER_MODEL: 'named' });
    await arrive();
    expect(r.app.app.get(LanguageModel).current?.name).toBe('named');
    const main = await shown();
    expect(main.text()).toContain('They win: to set it here, remove them.');
    expect(main.find('form[action="/reader/server"]')).toHaveLength(0);
    expect((await set()).status).toBe(403);
  });
});
