/**
 * Fills the outbox as the program itself does: the sample calls are harvested and matched, readers on all
 * channels follow the network, and `DigestWriter` turns pending notices into messages, each with its notices
 * in one transaction (`MessageRepository.write`). Only the pending notices are inserted by hand, because a
 * real outbox of this size would need weeks of new calls.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { acrossInstitutes } from '../../dist/platform/database/request-context.js';
import { build, end, prepare, work } from '../../dist/app/process.js';
import { CONFIG_FOLDER, readWiring } from '../../dist/app/wiring.js';
import { readSampleCalls } from '../../dist/demo/sample-calls.js';
import { startSamplePortal } from '../../dist/demo/sample-portal.js';
import { portalRecords } from '../../dist/demo/sample-records.js';
import { signingSecret } from '../../dist/notifications/domain/delivery/test-message.js';
import { DigestWriter } from '../../dist/notifications/content/digest-writer.js';
import { RecipientContexts } from '../../dist/notifications/recipient-context.js';
import { Readiness } from '../../dist/notifications/readiness.js';
import { FollowEntity, NotificationItemEntity } from '../../dist/notifications/store/notification.entity.js';
import { RecipientRepository } from '../../dist/notifications/store/recipient.repository.js';
import { pause } from './servers.mjs';
import { printOf } from './verdict.mjs';

const EMAIL = { id: 'email', signs: false };
/** The number of calls per message: mostly one, reported at once; sometimes a digest. */
const SIZES = [1, 1, 1, 1, 3, 1, 1, 1, 1, 6];
const AT_ONCE = 4;

/** All columns that the recipient gets, and all that identify the message. */
const CONTENT =
  'n.key, n.kind, n.recipient_id, n.channel, n.address, n.name, n.subject, n.text, n.html, n.payload, n.unsubscribe_url, n.message_id, n.threads, n.items';

export class Outbox {
  readers = 0;
  /** The maximum number of calls reported to a reader. */
  most = Infinity;
  /** Each message as written, by its Message-ID or webhook-id. */
  written = new Map();
  /** What is sealed in the database, in clear: the end of each recipient's links, and their address. */
  own = new Map();
  /** The Message-ID of each card by the posted bytes, its only identification. */
  cards = new Map();

  constructor(database, env, otherSide) {
    Object.assign(this, { database, env, otherSide });
  }

  /**
   * Harvests and matches the calls of a portal or the sample calls, and keeps an application that writes but
   * runs no jobs. It sees the rows of all institutes.
   */
  open(portalUrl) {
    return acrossInstitutes('the outbox of all institutes is filled', () => this.harvest(portalUrl));
  }

  async harvest(portalUrl) {
    const portal = portalUrl
      ? null
      : await startSamplePortal({
          records: portalRecords(readSampleCalls(join(CONFIG_FOLDER, 'demo', 'calls')), new Date()),
        });
    const wiring = await readWiring({ ...this.env, FUNDING_TENDERS_URL: portalUrl ?? portal.url }, 'worker');
    // Half of the readers by e-mail, the others by each channel that there is.
    this.channels = wiring.channels.filter((c) => c.offer).flatMap((c) => [EMAIL, c]);
    const first = await build(
      {
        ...wiring,
        sources: wiring.sources.map((s) => ({ ...s, expectsAtLeast: 10, requestsPerMinute: 100_000 })),
      },
      false,
    );
    await prepare(first, wiring);
    await work(first, wiring);
    while (!(await first.get(Readiness).matched(null))) await pause(100);
    await end(first);
    await portal?.close();
    this.app = await build(wiring, false);
    this.calls = await this.database.query(
      'SELECT c.id, c.version FROM call c WHERE EXISTS (SELECT 1 FROM match m WHERE m.call_id = c.id AND m.score >= 40) ORDER BY c.id',
    );
  }

  /** Writes messages, for several readers at a time, until this many are pending. */
  async fill(waiting) {
    await acrossInstitutes('the outbox of all institutes is filled', async () => {
      while ((await this.due()) < waiting)
        await Promise.all(Array.from({ length: AT_ONCE }, () => this.reader()));
    });
    await this.note();
  }

  /** Records the content of each message, to recognise it when it is sent. */
  async note() {
    const rows = await this.database.query(
      `SELECT message_id AS id, md5(row(${CONTENT})::text) AS print FROM notification n`,
    );
    for (const { id, print } of rows) if (!this.written.has(id)) this.written.set(id, print);
    const cards = await this.database.query(
      `SELECT * FROM notification WHERE channel = ANY($1) AND NOT (message_id = ANY($2))`,
      [this.channels.filter((c) => c !== EMAIL && !c.signs).map((c) => c.id), [...this.cards.values()]],
    );
    for (const row of cards) this.cards.set(printOf(this.opened(row).payload), row.message_id);
  }

  async reader() {
    const recipient = await this.recipient();
    const now = new Date();
    const notice = {
      recipientId: recipient.id,
      kind: 'call',
      about: null,
      place: 'now',
      urgency: 'short-notice',
      held: false,
      madeAt: now,
      state: 'waiting',
      why: null,
      notificationId: null,
    };
    const waiting = this.calls.slice(0, this.most).map(({ id, version }) => ({
      ...notice,
      key: `call/${id}`,
      callId: id,
      version,
    }));
    await this.app.get(DataSource).manager.insert(NotificationItemEntity, waiting);
    const reading = await this.app.get(RecipientContexts).findById(recipient.id);
    for (let from = 0, n = 0; from < waiting.length; from += SIZES[n % SIZES.length], n += 1) {
      const size = SIZES[n % SIZES.length];
      // A future date, so that the workers write no digests of their own.
      await this.app
        .get(DigestWriter)
        .write(
          reading,
          waiting.slice(from, from + size),
          size > 1 ? new Date(now.getTime() + n * 60_000) : null,
        );
    }
  }

  async recipient() {
    const [n, now] = [(this.readers += 1), new Date()];
    const { id: channel, signs } = this.channels[n % this.channels.length];
    const path = `/${channel}/${n}?sig=${randomBytes(8).toString('hex')}`;
    const secrets = signs ? [signingSecret(randomBytes(32))] : [];
    const own =
      channel === 'email'
        ? { owner: '', address: `reader-${n}@example.org`, name: `Zoë Lefèvre ${n}` }
        : { owner: 'group/carnot-europe', address: `${this.otherSide.origin}${path}`, name: null };
    const token = randomBytes(24).toString('base64url');
    const recipient = await this.app.get(RecipientRepository).ensure({
      id: randomUUID(),
      channel,
      ...own,
      language: n % 3 ? 'fr' : 'en',
      profileId: null,
      token,
      linkKey: randomBytes(24).toString('base64url'),
      since: now,
      lastDigestDueAt: now,
      secrets,
    });
    const follow = {
      recipientId: recipient.id,
      kind: 'group',
      target: 'carnot-europe',
      origin: 'own',
      since: now,
      baselineSeq: '0',
      welcomedAt: now,
      leftAt: null,
    };
    await this.app.get(DataSource).manager.insert(FollowEntity, follow);
    if (secrets.length) this.otherSide.secrets.set(path, secrets[0]);
    this.own.set(recipient.id, { token, address: own.address });
    return recipient;
  }

  /** Returns the number of pending messages that are due. */
  async due() {
    const [{ n }] = await this.database.query(
      `SELECT count(*)::int AS n FROM notification WHERE state = 'pending' AND coalesce(next_try_at, '-infinity') <= clock_timestamp()`,
    );
    return n;
  }

  /** Returns the number of messages in each state. */
  async states() {
    const rows = await this.database.query(
      'SELECT state, count(*)::int AS n FROM notification GROUP BY state',
    );
    return {
      pending: 0,
      sending: 0,
      sent: 0,
      failed: 0,
      ...Object.fromEntries(rows.map(({ state, n }) => [state, n])),
    };
  }

  /** Returns the ids of the messages in a state. */
  async ids(state) {
    return new Set(
      (await this.database.query('SELECT message_id AS id FROM notification WHERE state = $1', [state])).map(
        (r) => r.id,
      ),
    );
  }

  /**
   * Lets three days pass while no worker runs: messages claimed by dead senders become free, retries become
   * due.
   */
  async timePasses() {
    await this.database.query(
      `UPDATE notification SET claimed_at = claimed_at - interval '3 days', next_try_at = next_try_at - interval '3 days' WHERE state IN ('pending', 'sending')`,
    );
  }

  /** Returns an outbox row as it should be sent: with its reader's own links and address. */
  opened(row) {
    const { token, address } = this.own.get(row.recipient_id);
    const mark = row.unsubscribe_url.slice(row.unsubscribe_url.lastIndexOf('/') + 1);
    const [text, html, payload, unsubscribe_url] = [row.text, row.html, row.payload, row.unsubscribe_url].map(
      (part) => part && part.replaceAll(mark, token),
    );
    return { ...row, address, text, html, payload, unsubscribe_url };
  }

  /** Returns these messages in full; those sent without an id are found by what was posted. */
  async rows(ids, payloads) {
    const all = [...ids, ...payloads.map((print) => this.cards.get(print) ?? '')];
    const rows = await this.database.query(
      `SELECT n.*, md5(row(${CONTENT})::text) AS print FROM notification n WHERE message_id = ANY($1)`,
      [all],
    );
    return rows.map((row) => this.opened(row));
  }

  /** Returns what the final check needs of every message. */
  all() {
    return this.database.query(
      `SELECT message_id AS id, state, tries, md5(row(${CONTENT})::text) AS print FROM notification n`,
    );
  }

  async close() {
    if (this.app) await end(this.app);
  }
}
