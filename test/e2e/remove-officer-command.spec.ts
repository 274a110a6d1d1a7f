import { DataSource } from 'typeorm';
import { api, startApp, type TestApp } from '../support/app.js';
import { somebody } from '../support/access/people.js';
import { Command } from '../support/command.js';
import { mailsTo } from '../support/notifications/mails.js';
import { beforeRelease } from '../support/release.js';

const PUBLIC_URL = 'https://calls.test';

beforeRelease('the officers that a command removes')('npm run cli -- remove-officer, and let-in', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ PUBLIC_URL }, { working: false });
  });
  afterAll(() => app?.stop());
  const run = (...args: string[]) =>
    new Command(args, { DATABASE_URL: app.wiring.env.DATABASE_URL!, PUBLIC_URL }).ended();
  const audited = (action: string) =>
    app.app
      .get(DataSource)
      .query('SELECT actor_kind, via FROM audit WHERE action = $1 AND profile_id = $2', [action, 'leti']);

  it('take the last officer away, tell those who stay, and open what was there before to a successor', async () => {
    const officer = await somebody(app, { role: 'officer', profile: 'leti', email: 'gone@leti.test' });
    const reader = await somebody(app, { role: 'reader', profile: 'leti', email: 'rita@leti.test' });
    const read = (who: typeof officer) => api(app.url, '/v1/profiles/leti/inbox', { token: who });
    expect((await read(officer)).status).toBe(200);

    const removed = await run('remove-officer', 'Gone@leti.test');
    expect([removed.status, removed.output]).toEqual([
      0,
      expect.stringMatching(/Gone@leti\.test no longer has access\.[^]*has no officer now[^]*let-in ADDRESS/),
    ]);
    expect([(await read(officer)).status, (await read(reader)).status]).toEqual([401, 200]);
    expect(await audited('person.removed')).toEqual([
      { actor_kind: 'operator', via: 'command/remove-officer' },
    ]);
    expect((await mailsTo(app, reader.person.email)).map(({ text }) => text)).toEqual([
      expect.stringContaining('operator'),
    ]);
    const coordinator = await somebody(app, { role: 'coordinator' });
    const invited = await api(app.url, '/v1/profiles/leti/people', {
      method: 'POST',
      token: coordinator,
      body: { name: 'Next', email: 'next@leti.test', language: 'en' },
    });
    expect(invited.status).toBe(200);
    const insideFrom = async () =>
      (
        await app.app.get(DataSource).query(`SELECT inside_from FROM person WHERE email = 'next@leti.test'`)
      )[0].inside_from;
    expect(await insideFrom()).toBeInstanceOf(Date);
    expect(await run('let-in', 'Next@leti.test')).toEqual({
      status: 0,
      output: expect.stringContaining('Next@leti.test now sees all that lies inside the institute.'),
    });
    expect(await insideFrom()).toBeNull();
    expect(await audited('person.let-in')).toEqual([{ actor_kind: 'operator', via: 'command/let-in' }]);
    expect((await run('let-in', 'next@leti.test')).output).toContain('Nothing was changed.');
  });

  it('say that nobody is told where nobody else is at the institute', async () => {
    await somebody(app, { role: 'officer', profile: 'list', email: 'alone@list.test' });
    const { output } = await run('remove-officer', 'alone@list.test');
    expect(output).toContain('Nobody else is at the institute, so nobody is told.');
    expect(output).not.toContain('told by e-mail');
  });
});
