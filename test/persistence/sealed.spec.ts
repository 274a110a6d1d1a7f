import { randomBytes, randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import {
  settingsToken,
  settingsTokenState,
  readSettingsToken,
} from '../../src/notifications/domain/content/mail-link.js';
import { databaseOptions } from '../../src/app/database/data-source.js';
import { DeliveryRepository } from '../../src/notifications/store/delivery.repository.js';
import { TransactionalMailRepository } from '../../src/outbox/store/transactional-mail.repository.js';
import { RecipientRepository } from '../../src/notifications/store/recipient.repository.js';
import { StoredSecrets } from '../../src/notifications/store/recipient-secrets.js';
import { SecretBox } from '../../src/platform/secrets/secret-box.js';
import { freshDatabase, type TestDatabase } from '../support/database/database.js';

const [KEY, NEXT] = [randomBytes(32), randomBytes(32)];
const [before, after, both] = [new SecretBox([KEY]), new SecretBox([NEXT]), new SecretBox([NEXT, KEY])];
const [hook, team, anne, message, mail] = [
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
  randomUUID(),
] as const;
const [HOOK, TEAM, SIGNS, LINK, HER_LINK] = [
  'https://hooks.test/in?key=clear-of-the-hook',
  'https://teams.test/flow?sig=clear-of-the-team',
  'whsec_clear',
  'clear-token-of-the-hook-0123456789',
  'clear-token-of-anne-0123456789abc',
] as const;
const NOW = new Date('2026-06-01T08:00:00Z');
const TABLES = ['recipient', 'notification', 'transactional_mail'];

/** Inserts rows whose secrets are in clear. */
async function fill(database: DataSource): Promise<void> {
  await database.query(
    `INSERT INTO profile (id, content, revision, updated_at) VALUES ('ours', '{}', 1, now())`,
  );
  const recipient = `INSERT INTO recipient (id, channel, owner, address, address_hash, name, language, token, link_key, secrets, since, planned_seq, last_slot_at)
    VALUES ($1::uuid, $2, $3::text, $4::text, CASE WHEN $3::text <> '' THEN encode(sha256(convert_to($4::text, 'UTF8')), 'hex') END, $5, 'fr', $6, 'clear-key-' || $1::uuid, $7, now(), 0, now())`;
  await database.query(recipient, [hook, 'webhook', 'profile/ours', HOOK, 'Our program', LINK, [SIGNS]]);
  await database.query(recipient, [
    team,
    'teams',
    'profile/ours',
    TEAM,
    'Our team',
    'clear-token-of-the-team-01234567',
    [],
  ]);
  await database.query(recipient, [anne, 'email', '', 'anne@example.org', 'Anne', HER_LINK, []]);
  await database.query(
    `INSERT INTO notification (id, key, kind, recipient_id, channel, address, subject, text, payload, unsubscribe_url, message_id, items, more, state, created_at)
     VALUES ($1::uuid, 'k', 'digest', $2, 'webhook', 'https://hooks.test/…', 'News', $3, $4, $5, 'm', '[]', 0, 'pending', now())`,
    [
      message,
      hook,
      `Stop: https://c.test/unsubscribe/link-${message}`,
      `{"choose":"https://c.test/notification-preferences/settings-${message}","again":"https://c.test/notification-preferences/settings-${message}"}`,
      `https://c.test/unsubscribe/link-${message}`,
    ],
  );
  await database.query(
    `INSERT INTO transactional_mail (id, kind, to_address, subject, text, html, unsubscribe_url, message_id, state, created_at) VALUES ($1, 'newsletter', 'a@x.eu', 'News', 'https://c.test/newsletter/clear-link', '<a>clear-link</a>', 'https://c.test/newsletter/clear-link', 'm', 'pending', now())`,
    [mail],
  );
}

describe('secrets in the database', () => {
  let made: TestDatabase;
  let database: DataSource;
  const recipients = (box: SecretBox) => new RecipientRepository(database, box);
  const all = async (): Promise<string> =>
    JSON.stringify(await Promise.all(TABLES.map((table) => database.query(`SELECT * FROM ${table}`))));

  beforeEach(async () => {
    made = await freshDatabase();
    database = await new DataSource(await databaseOptions(made.url)).initialize();
    await fill(database);
  });
  afterEach(async () => {
    await database?.destroy();
    await made?.drop();
  });

  it('are sealed once where they stand in clear, and open to what they were', async () => {
    expect(await all()).toContain('clear');
    expect(await new StoredSecrets(database, before).seal()).toEqual({ sealed: 4, locked: [] });
    expect(await all()).not.toContain('clear');
    expect(
      (await database.query('SELECT link_key FROM recipient')).map((r: { link_key: string }) =>
        r.link_key.slice(0, 9),
      ),
    ).toEqual(Array(3).fill('sealed:1:'));
    expect(await new StoredSecrets(database, before).seal()).toEqual({ sealed: 0, locked: [] });
    expect(await recipients(before).findById(hook)).toMatchObject({
      address: HOOK,
      secrets: [SIGNS],
      token: LINK,
      locked: false,
    });
    expect(await recipients(before).findById(anne)).toMatchObject({
      address: 'anne@example.org',
      token: HER_LINK,
    });
    expect(await recipients(before).byToken(HER_LINK)).toMatchObject({ id: anne });
    expect(
      await recipients(before).byAddress({ channel: 'teams', owner: 'profile/ours', address: TEAM }),
    ).toMatchObject({ id: team });
    const fresh = settingsToken((await recipients(before).findById(hook))!, NOW);
    expect((await new DeliveryRepository(database, before).claim(message, 1, NOW))!.message).toMatchObject({
      text: `Stop: https://c.test/unsubscribe/${LINK}`,
      payload: `{"choose":"https://c.test/notification-preferences/${fresh}","again":"https://c.test/notification-preferences/${fresh}"}`,
      unsubscribeUrl: `https://c.test/unsubscribe/${LINK}`,
      address: 'https://hooks.test/…',
    });
    expect(await new TransactionalMailRepository(database, before).claim(mail, 1)).toMatchObject({
      text: 'https://c.test/newsletter/clear-link',
      unsubscribeUrl: 'https://c.test/newsletter/clear-link',
      html: '<a>clear-link</a>',
    });
  });

  it('are no links and no keys themselves, and open in their own row alone', async () => {
    await new StoredSecrets(database, before).seal();
    const [{ token }] = await database.query('SELECT token FROM recipient WHERE id = $1', [anne]);
    expect(await recipients(before).byToken(token)).toBeNull();
    await database.query(
      'UPDATE recipient SET address = (SELECT address FROM recipient WHERE id = $2) WHERE id = $1',
      [team, hook],
    );
    expect(await recipients(before).findById(team)).toMatchObject({ address: '', locked: true });
    await expect(
      recipients(before).ensure({
        id: randomUUID(),
        channel: 'webhook',
        owner: 'profile/ours',
        address: HOOK,
        name: null,
        language: 'fr',
        profileId: 'ours',
        token: 'another',
        linkKey: 'another',
        since: new Date(),
        lastDigestDueAt: new Date(),
      }),
    ).resolves.toMatchObject({ id: hook });
  });

  it('go over to another key while both are given, and need the earlier one no more', async () => {
    await new StoredSecrets(database, before).seal();
    expect(await new StoredSecrets(database, both).seal()).toEqual({ sealed: 0, locked: [] });
    expect(await recipients(both).findById(hook)).toMatchObject({
      address: HOOK,
      secrets: [SIGNS],
      locked: false,
    });
    expect(await recipients(after).findById(hook)).toMatchObject({
      address: '',
      secrets: [],
      token: '',
      linkKey: '',
      locked: true,
    });
    const link = settingsToken((await recipients(both).findById(hook))!, NOW);
    expect(await new StoredSecrets(database, both).rotate()).toEqual({ sealed: 4, locked: [] });
    expect(settingsTokenState(readSettingsToken(link)!, (await recipients(after).findById(hook))!, NOW)).toBe(
      'good',
    );
    expect(await new StoredSecrets(database, both).rotate()).toEqual({ sealed: 0, locked: [] });
    expect(await recipients(after).findById(hook)).toMatchObject({
      address: HOOK,
      secrets: [SIGNS],
      token: LINK,
      locked: false,
    });
    expect(await new TransactionalMailRepository(database, after).claim(mail, 1)).toMatchObject({
      text: 'https://c.test/newsletter/clear-link',
      unsubscribeUrl: 'https://c.test/newsletter/clear-link',
    });
  });

  it('whose key is lost are named, and take nothing else along: mails go on, and the links in those that were sent', async () => {
    await new StoredSecrets(database, before).seal();
    expect(await new StoredSecrets(database, after).seal()).toEqual({
      sealed: 3,
      locked: expect.arrayContaining(['Our program', 'Our team']),
    });
    expect(await recipients(after).findById(hook)).toMatchObject({ address: '', locked: true });
    const reader = (await recipients(after).findById(anne))!;
    expect(reader).toMatchObject({ address: 'anne@example.org', locked: false });
    expect(reader.token).not.toBe(HER_LINK);
    for (const link of [HER_LINK, reader.token])
      expect(await recipients(after).byToken(link)).toMatchObject({ id: anne });
    expect(await new TransactionalMailRepository(database, after).claim(mail, 1)).toBeNull();
    expect((await database.query('SELECT state, error FROM transactional_mail'))[0]).toEqual({
      state: 'failed',
      error: expect.stringContaining('SECRET_KEY'),
    });
    await recipients(after).change(hook, { address: HOOK, secrets: ['whsec_new'] });
    expect(await recipients(after).findById(hook)).toMatchObject({
      address: HOOK,
      secrets: ['whsec_new'],
      locked: false,
    });
    // The earlier key works again: the data it sealed was kept.
    expect(await recipients(new SecretBox([NEXT, KEY])).findById(team)).toMatchObject({
      address: TEAM,
      locked: false,
    });
  });
});
