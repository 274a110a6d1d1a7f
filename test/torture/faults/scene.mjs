/**
 * An installation that is busy when a fault hits: messages are being sent, a harvest of new and changed calls
 * is running, and a client keeps sending requests. Afterwards accepted messages are compared with the outbox,
 * and stored calls with the portal.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chance } from '../chance.mjs';
import { environmentOf } from '../environment.mjs';
import { OtherSide } from '../other-side.mjs';
import { Outbox } from '../outbox.mjs';
import { pause } from '../servers.mjs';
import { compared, verdict } from '../verdict.mjs';
import { Portal } from './portal.mjs';
import { Programs } from './programs.mjs';
import { Watcher } from './watcher.mjs';

const PATIENCE_MS = 180_000;
/** The number of messages sent before the fault. */
const TAKEN_BEFORE = 10;

export class Scene {
  token = randomBytes(24).toString('base64url');

  constructor(folder, { messages, seed }) {
    Object.assign(this, { folder, messages, seed });
    this.open = [];
  }

  /** `database` has a `url` and answers `query`; `more` is added to the environment. */
  async prepare(database, more = {}) {
    this.database = database;
    this.portal = await Portal.start();
    this.open.push(() => this.portal.close());
    this.otherSide = await OtherSide.start(chance(this.seed));
    this.otherSide.behave();
    this.open.push(() => this.otherSide.stop());
    mkdirSync(join(this.folder, 'data'), { recursive: true });
    this.env = {
      ...environmentOf(this),
      ADMIN_TOKEN: this.token,
      ...more,
    };
    this.outbox = new Outbox(database, this.env, this.otherSide);
    await this.outbox.open(this.portal.url);
    await this.outbox.fill(this.messages);
    await this.outbox.close();
    this.programs = new Programs(this.env, this.folder);
    this.open.push(() => this.programs.end());
  }

  /** Starts sending messages, changes the portal's calls, and starts a harvest. */
  async inTheMiddle() {
    this.watcher = new Watcher(this.programs.url, this.token);
    this.open.push(() => this.watcher.stop());
    await this.until('messages to leave', () => this.otherSide.counts.taken >= TAKEN_BEFORE);
    this.portal.moveOn();
    await this.post('/v1/sources/funding-tenders/runs');
    await pause(1_000);
    this.struckAt = Date.now();
  }

  async post(path) {
    const answer = await fetch(`${this.programs.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }

  async until(what, ask, patienceMs = PATIENCE_MS) {
    for (const end = Date.now() + patienceMs; ;) {
      const answer = await ask();
      if (answer) return answer;
      if (Date.now() > end) throw new Error(`waited ${patienceMs / 1_000} s for ${what}`);
      await pause(200);
    }
  }

  /** Measures the recovery: the time until everything answers, and until the next message is sent. */
  async mended() {
    this.mendedAt = Date.now();
    const { taken } = this.otherSide.counts;
    const backMs = await this.watcher.until('ready', (a) => a.status === 200, this.mendedAt, PATIENCE_MS);
    await this.watcher.until('page', (a) => a.status === 200, this.mendedAt, PATIENCE_MS);
    const leftAlready = (await this.waiting()) === 0;
    if (!leftAlready) await this.until('messages to leave again', () => this.otherSide.counts.taken > taken);
    return { backMs, sendsAgainMs: leftAlready ? null : Date.now() - this.mendedAt };
  }

  async waiting() {
    const { pending, sending } = await this.outbox.states();
    return pending + sending;
  }

  /** Waits until everything is sent and the new calls are stored. */
  async peace() {
    await this.until('all to have left', async () => (await this.waiting()) === 0);
    await this.until(
      'the harvest to be stored',
      async () => this.portal.judge(await this.held()) === null,
    ).catch(() => undefined);
    await this.watcher?.stop();
  }

  /** Returns the number of calls by number of versions. */
  async held() {
    const rows = await this.database.query(
      'SELECT v.n, count(*)::int AS calls FROM (SELECT count(*)::int AS n FROM call_version GROUP BY call_id) v GROUP BY 1 ORDER BY 1',
    );
    return Object.fromEntries(rows.map(({ n, calls }) => [n, calls]));
  }

  /** Returns what was lost, doubled or wrong: messages, calls, and answers. */
  async notes(kills = new Map()) {
    await this.outbox.note();
    const written = new Map(this.outbox.written);
    // Before what was taken: the workers go on, and write and send what the harvest has brought meanwhile.
    const rows = await this.until('every message to be sent', async () => {
      const all = await this.outbox.all();
      return all.every(({ state }) => state === 'sent' || state === 'failed') && all;
    });
    const seen = this.otherSide.taken.splice(0);
    await this.outbox.note();
    const taken = await compared(seen, (ids, prints) => this.outbox.rows(ids, prints));
    const notes = verdict({
      rows,
      written,
      taken,
      kills,
      sentBy: new Map(),
    });
    const calls = this.portal.judge(await this.held());
    if (calls) notes.lost.push(calls);
    const [{ name }] = await this.database.query(
      `SELECT content->>'name' AS name FROM profile WHERE id = 'leti'`,
    );
    // A change whose response was lost may have been saved all the same.
    const edition = (text) => Number(/\d+$/.exec(text ?? '')?.[0] ?? 0);
    if (edition(name) < edition(this.watcher?.saved))
      notes.lost.push(`"${this.watcher.saved}" was answered as saved, and "${name}" is stored`);
    const [{ n: gone }] = await this.database.query(
      'SELECT count(*)::int AS n FROM call WHERE withdrawn_at IS NOT NULL',
    );
    if (gone > 0) notes.wrong.push(`${gone} calls are taken for withdrawn, and none is`);
    notes.wrong.push(...new Set(this.watcher?.wrong() ?? []));
    notes.wrong.push(...this.programs.fallen.map((who) => `${who} ended by itself`));
    return { ...notes, taken: taken.length };
  }

  async end() {
    for (const close of this.open.reverse()) await close().catch(() => undefined);
  }
}
