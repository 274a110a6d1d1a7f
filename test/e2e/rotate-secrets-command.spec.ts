import { DataSource } from 'typeorm';
import { randomBytes, randomUUID } from 'node:crypto';
import { RecipientRepository } from '../../src/notifications/store/recipient.repository.js';
import { startApp, type TestApp } from '../support/app.js';
import { Command } from '../support/command.js';
import { SECRET_KEY } from '../support/secrets.js';
import { beforeRelease } from '../support/release.js';

const [NEXT, OTHER] = [randomBytes(32).toString('hex'), randomBytes(32).toString('base64')];
const ADDRESS = 'https://hooks.test/in?key=secret';

beforeRelease('what is encrypted again with a new key')('npm run cli -- rotate-secrets', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({}, { working: false });
  });
  afterAll(() => app?.stop());
  const run = (env: Record<string, string>) =>
    new Command(['rotate-secrets'], { DATABASE_URL: app.wiring.env.DATABASE_URL!, ...env }).ended();

  it('seals with the new key what the earlier one sealed, and names what no key opens', async () => {
    const at = new Date();
    await app.app.get(RecipientRepository).ensure({
      id: randomUUID(),
      channel: 'webhook',
      owner: 'group/pair',
      address: ADDRESS,
      name: 'Our program',
      language: 'fr',
      profileId: null,
      token: 'a-token-of-the-recipient',
      linkKey: 'what-signs-its-links',
      since: at,
      lastDigestDueAt: at,
    });
    expect(await run({ SECRET_KEY: NEXT, SECRET_KEY_BEFORE: SECRET_KEY })).toEqual({
      status: 0,
      output: expect.stringContaining(
        'Encrypted again with SECRET_KEY: 1 (recipients, waiting e-mails and the key of the language model).\nThe earlier keys are no longer needed.',
      ),
    });
    expect(await run({ SECRET_KEY: NEXT })).toEqual({
      status: 0,
      output: expect.stringContaining('Everything is already encrypted with SECRET_KEY.'),
    });
    const lost = await run({ SECRET_KEY: OTHER });
    expect(lost).toMatchObject({
      status: 1,
      output: expect.stringMatching(
        /These channels were stored with another SECRET_KEY[^]*Our program[^]*No key decrypts: Our program/,
      ),
    });
    expect(lost.output).not.toContain('hooks.test');
    expect(JSON.stringify(await app.app.get(DataSource).query('SELECT * FROM recipient'))).not.toContain(
      'secret"',
    );
  });
});
