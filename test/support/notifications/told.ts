import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { RecipientRepository } from '../../../src/notifications/store/recipient.repository.js';
import type { TestApp } from '../app.js';

/** Stores that a contact of the profile was told about the call by a sent e-mail. */
export async function toldOf({ app }: TestApp, profileId: string, callId: string): Promise<void> {
  const [recipient, mail, database] = [randomUUID(), randomUUID(), app.get(DataSource)];
  await database.query(
    `INSERT INTO recipient (id, channel, address, language, profile_id, token, link_key, since, planned_seq, last_slot_at)
     VALUES ($1::uuid, 'email', $1::text || '@example.org', 'en', $2, $1::text, gen_random_uuid()::text, now(), 0, now())`,
    [recipient, profileId],
  );
  await database.query(
    `INSERT INTO follow (recipient_id, kind, target, origin, since, baseline_seq) VALUES ($1, 'profile', $2, 'contact', now(), 0)`,
    [recipient, profileId],
  );
  await database.query(
    `INSERT INTO notification (id, key, kind, recipient_id, channel, profile_id, address, subject, text, unsubscribe_url, message_id, items, more, state, created_at, sent_at)
     VALUES ($1::uuid, $1::text, 'first', $2, 'email', $3, 'a@example.org', 'New calls', 'One.', 'http://calls.test', $1::text, '[]', 0, 'sent', now(), now())`,
    [mail, recipient, profileId],
  );
  await database.query(
    `INSERT INTO notification_item (recipient_id, key, kind, call_id, place, made_at, state, notification_id) VALUES ($1, 'call/' || $2, 'call', $2::uuid, 'digest', now(), 'written', $3)`,
    [recipient, callId, mail],
  );
}

/** Returns the token at the end of the links in messages to an address. */
export async function tokenOf({ app }: TestApp, address: string): Promise<string> {
  const found = await app.get(RecipientRepository).byAddress({ channel: 'email', owner: '', address });
  if (!found) throw new Error(`nobody is told at ${address}`);
  return found.token;
}

/** Makes everyone who follows the profile as a contact one of its named contacts, confirmed. */
export async function namesItsContacts({ app }: TestApp, profileId: string): Promise<void> {
  await app.get(DataSource).query(
    `UPDATE profile SET content = jsonb_set(content, '{contacts}', (SELECT jsonb_agg(jsonb_build_object('name', 'A', 'email', r.address)) FROM recipient r
       JOIN follow f ON f.recipient_id = r.id WHERE f.kind = 'profile' AND f.target = $1 AND f.origin = 'contact')) WHERE id = $1`,
    [profileId],
  );
  await app.get(DataSource).query(
    `INSERT INTO contact (profile_id, address, created_at, confirmed_at) SELECT $1, r.address, now(), now() FROM recipient r
       JOIN follow f ON f.recipient_id = r.id WHERE f.kind = 'profile' AND f.target = $1 AND f.origin = 'contact' ON CONFLICT DO NOTHING`,
    [profileId],
  );
}
