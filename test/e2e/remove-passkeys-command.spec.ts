import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { PasskeyEntity } from '../../src/access/store/sign-in.entity.js';
import { startApp, type TestApp } from '../support/app.js';
import { passkeyRow } from '../support/access/authenticator.js';
import { Command } from '../support/command.js';
import { mailsTo } from '../support/notifications/mails.js';
import { somebody } from '../support/access/people.js';
import { beforeRelease } from '../support/release.js';

beforeRelease('the passkeys that a command removes')('npm run cli -- remove-passkeys', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ PUBLIC_URL: 'https://calls.test' }, { working: false });
  });
  afterAll(() => app?.stop());
  const run = (...args: string[]) =>
    new Command(['remove-passkeys', ...args], {
      DATABASE_URL: app.wiring.env.DATABASE_URL!,
      PUBLIC_URL: 'https://calls.test',
    }).ended();

  it('takes those of an address away, which is entered as the operator’s and told to whose they were', async () => {
    const database = app.app.get(DataSource);
    const { person } = await somebody(app, { role: 'coordinator', email: 'lost@network.test' });
    await database.getRepository(PasskeyEntity).insert(passkeyRow(randomUUID(), person.id, 'Laptop'));
    expect(await run('Lost@network.test')).toEqual({
      status: 0,
      output: expect.stringContaining('The passkeys of Lost@network.test are removed'),
    });
    expect(await database.query('SELECT 1 FROM passkey')).toEqual([]);
    expect(await database.query('SELECT 1 FROM session WHERE revoked_at IS NULL')).toEqual([]);
    expect(
      await database.query(`SELECT actor_kind, via FROM audit WHERE action = 'passkey.removed'`),
    ).toEqual([{ actor_kind: 'operator', via: 'command/remove-passkeys' }]);
    const [mail] = await mailsTo(app, person.email);
    expect(mail!.text).toContain('The operator of this service');
  });

  const refused: [string[], string][] = [
    [['lost@network.test'], 'This person has no passkeys.'],
    [['nobody@network.test'], 'Nobody here has this address.'],
    [[], 'Fix: npm run cli -- remove-passkeys name@example.org'],
  ];
  it.each(refused)('says why nothing was done: %j', async (args, says) => {
    const { status, output } = await run(...args);
    expect([status, output]).toEqual([1, expect.stringContaining(says)]);
    expect(output).not.toContain('    at ');
  });
});
