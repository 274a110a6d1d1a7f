import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Wiring } from '../../../src/app/platform.module.js';
import type { Contact } from '../../../src/profiles/domain/profile.js';
import { ContactRepository } from '../../../src/profiles/store/contact.repository.js';
import type { Harvesting } from '../harvest/harvest.js';
import { until } from '../until.js';

/** The profile that fits most of the samples. */
export const PROFILE = 'energies-du-futur';
export const ANNE: Contact = { name: 'Anne', email: 'anne@example.fr', language: 'en' };
export const BEN: Contact = { name: 'Ben', email: 'ben@example.fr', language: 'fr' };

export interface Told {
  id: string;
  kind: string;
  state: string;
  subject: string;
  messageId: string;
  attempts: number;
  error: string | null;
  nextTryAt: string | null;
  to: { recipient: string; channel: string; name: string; address: string };
  profile: { id: string };
  calls: { id: string; score: number; title: string }[];
  more: number;
  sentWhere: string | null;
  createdAt: string;
}

/**
 * A low score, so that the few samples yield enough to report; digests only unless the test says otherwise,
 * everything else as shipped. The source is read when the test says so, however far the clock moves.
 */
export const digesting =
  (
    digest: Partial<Wiring['settings']['digest']> = {},
    notifications: Partial<Wiring['settings']['notifications']> = { urgent: false, deadlineDays: [] },
  ) =>
  (wiring: Wiring): Wiring => ({
    ...wiring,
    sources: wiring.sources.map((s) => ({ ...s, everyHours: 8_760 })),
    settings: {
      ...wiring.settings,
      digest: { ...wiring.settings.digest, minScore: 25, ...digest },
      notifications: { ...wiring.settings.notifications, ...notifications },
    },
  });

/** Sets a profile's contacts, as a person does via the API. */
export async function withContacts(h: Harvesting, profileId: string, contacts: Contact[]): Promise<void> {
  const { body } = await h.call(`/v1/profiles/${profileId}`);
  const { status, body: answer } = await h.call(`/v1/profiles/${profileId}`, {
    method: 'PUT',
    body: { ...body, contacts },
  });
  if (status !== 200) throw new Error(`PUT /v1/profiles/${profileId}: ${status} ${JSON.stringify(answer)}`);
}

type Said = Pick<Told, 'id' | 'subject' | 'calls' | 'more'>;
const SAID = `SELECT id, subject, more, (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i->>'callId', 'score', i->'score', 'title', i->>'title') ORDER BY n), '[]')
  FROM jsonb_array_elements(items) WITH ORDINALITY AS e(i, n)) AS calls FROM notification`;

/** Has somebody inside allow a contact to read internal content. */
async function admitted(h: Harvesting, profileId: string, { email }: Contact): Promise<void> {
  await h.test.app
    .get(ContactRepository)
    .admit(profileId, email.toLowerCase(), { name: 'somebody inside', personId: null }, h.clock.now());
}

/**
 * Returns the outbox, oldest first. The operator may not see message contents, so they are read from storage.
 */
export async function outbox(h: Harvesting): Promise<Told[]> {
  const said = new Map((await h.query<Said>(SAID)).map(({ id, ...rest }) => [id, rest]));
  return (await h.call<{ items: Told[] }>('/v1/notifications?limit=100')).body.items
    .map((m) => ({ ...m, ...said.get(m.id)! }))
    .reverse();
}

/** Returns the text of a message. */
export const textOf = async (h: Harvesting, { id }: Pick<Told, 'id'>): Promise<string> =>
  (await h.query('SELECT text FROM notification WHERE id = $1', [id]))[0].text;

/** Waits until that many e-mails are written and none is being sent. */
export async function settled(h: Harvesting, mails: number): Promise<Told[]> {
  return until(`${mails} mails to have left`, async () => {
    const all = await outbox(h);
    return all.length === mails && all.every((m) => m.state === 'sent' || m.state === 'failed') ? all : null;
  });
}

/** Harvests the portal's current contents and matches them. */
export async function harvested(h: Harvesting): Promise<void> {
  const run = await h.harvest();
  if (run.state !== 'accepted') throw new Error(`the run was ${run.state}: ${run.reason}`);
  await h.matched();
}

/**
 * Has Anne, a member of the institute, follow the profile, harvests and matches the portal, and sends her
 * first message.
 */
export async function welcomed(h: Harvesting): Promise<void> {
  await withContacts(h, PROFILE, [ANNE]);
  await admitted(h, PROFILE, ANNE);
  await h.ended();
  await harvested(h);
  await settled(h, 1);
}

/** Whoever decides has been gone for an hour, so a first mail waits for nobody. */
export const everybodyGone = (h: Pick<Harvesting, 'query'>): Promise<unknown> =>
  h.query(`UPDATE person SET last_seen_at = last_seen_at - interval '1 hour'`);

/** Moves to a digest date and waits until every contact's digest was handled. */
export async function digestDate(h: Harvesting, slot: string): Promise<void> {
  h.clock.set(new Date(Date.parse(slot) + 30_000));
  await until(`the digest of ${slot}`, async () => {
    await h.tick();
    const [row] = await h.query(
      'SELECT count(*)::int AS n FROM recipient WHERE stopped_at IS NULL AND last_slot_at < $1',
      [slot],
    );
    return row.n === 0;
  });
}

/** Returns the e-mails written as files. */
export async function files(h: Harvesting): Promise<ParsedMail[]> {
  const names = await readdir(h.outbox).catch(() => []);
  return Promise.all(names.map(async (name) => simpleParser(await readFile(join(h.outbox, name)))));
}
