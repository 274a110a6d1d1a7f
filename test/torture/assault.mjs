/**
 * The torture itself: rounds of kills with two workers at a time, restarts in between, and finally quiet
 * until every message is sent.
 */
import { between } from './chance.mjs';
import { pause } from './servers.mjs';
import { compared, verdict } from './verdict.mjs';

/** Between two rounds no worker is alive; time then passes and the outbox is refilled. */
const KILLS_A_ROUND = 10;
const WORKERS = 2;
/** The initial estimate of how many messages a worker uses up: enough must be due when it is killed. */
const USED_BY_ONE = 50;
const RESTARTS = 5;
/**
 * The milliseconds a worker delivers before it is killed; some live until stalled deliveries have timed out.
 */
const [SHORT, LONG] = [
  [100, 1_500],
  [11_000, 15_000],
];
const LONG_LIVES = 0.06;
/** Workers meant to survive a restart live longer than they keep trying to record an accepted message. */
const AFTER_RESTART_MS = 12_000;
/** The time without any change: longer than a dead worker's job stays locked. */
const PEACE_MS = 45_000;
const ROUNDS_OF_PEACE = 20;
/** After this many rounds the other side behaves too. */
const ROUNDS_OF_FAULTS = 2;

export class Assault {
  kills = new Map();
  killed = 0;
  compared = [];
  sentBy = new Map();
  leastDue = Infinity;
  mostUsed = 0;
  /** No worker is killed before this time, since workers must survive a server restart. */
  holdUntil = 0;
  restarts = [];

  constructor(parts) {
    Object.assign(this, parts);
    this.plan = { database: this.moments(), redis: this.redis ? this.moments() : [] };
  }

  /** Returns the kills after which a server is restarted: up to five, with a worker alive. */
  moments() {
    const able = Array.from({ length: this.asked.kills }, (_, i) => i + 1).filter(
      (n) => n % KILLS_A_ROUND !== 0 && n % KILLS_A_ROUND < KILLS_A_ROUND - 2 && n < this.asked.kills - 1,
    );
    const chosen = new Set();
    while (chosen.size < Math.min(RESTARTS, able.length, Math.ceil(this.asked.kills / KILLS_A_ROUND)))
      chosen.add(able[Math.floor(this.random() * able.length)]);
    return [...chosen];
  }

  async run() {
    while (this.killed < this.asked.kills)
      await this.round(Math.min(KILLS_A_ROUND, this.asked.kills - this.killed));
    this.say(
      `${this.killed} kills, while at least ${this.leastDue} notifications were due; now all is left to leave`,
    );
    await this.peace();
    this.say(this.summary());
    return verdict({
      rows: await this.outbox.all(),
      written: this.outbox.written,
      taken: this.compared,
      kills: this.kills,
      sentBy: this.sentBy,
    });
  }

  async round(kills) {
    const spare = Math.max(kills * USED_BY_ONE, Math.round(this.mostUsed * 1.5));
    await this.outbox.fill(this.asked.notifications + spare);
    const before = await this.outbox.due();
    this.say(`${before} notifications are due`);
    const shares = Array.from({ length: WORKERS }, (_, i) => Math.floor((kills + i) / WORKERS));
    await Promise.all(shares.map((share) => this.slot(share)));
    await Promise.all(this.restarts);
    this.mostUsed = Math.max(this.mostUsed, before - (await this.outbox.due()));
    await this.settle();
    const { pending, sending } = await this.outbox.states();
    this.say(
      `kills ${this.killed} of ${this.asked.kills}, taken ${this.otherSide.counts.taken}, waiting ${pending + sending}, PostgreSQL restarted ${this.database.restarts} times${this.redis ? `, Redis ${this.redis.restarts}` : ''}`,
    );
  }

  /** Runs workers one after the other, each killed while it delivers. */
  async slot(kills) {
    for (let n = 0; n < kills; n += 1) {
      const sender = await this.senders.delivering();
      const life = between(this.random, ...(this.random() < LONG_LIVES ? LONG : SHORT));
      await pause(life);
      while (Date.now() < this.holdUntil) await pause(50);
      await this.kill(sender);
    }
  }

  async kill(sender) {
    // A worker that died by itself was not killed and has no excuse; another is killed instead.
    if (!(await this.senders.kill(sender))) return this.slot(1);
    const at = Date.now();
    this.kills.set(sender.name, { at, sending: await this.outbox.ids('sending') });
    this.leastDue = Math.min(this.leastDue, await this.outbox.due());
    this.killed += 1;
    for (const name of ['database', 'redis']) {
      const nth = this.plan[name].indexOf(this.killed);
      if (nth >= 0) this.restarts.push(this.restart(this[name], nth));
      // A failure fails the round, which awaits it.
      this.restarts.at(-1)?.catch(() => undefined);
    }
  }

  /**
   * Alternates clean shutdowns and crashes; workers survive one of each, and are killed during the others.
   */
  async restart(server, nth) {
    await pause(between(this.random, 0, 1_500));
    const lived = nth === 1 || nth === 2;
    if (lived) this.holdUntil = Infinity;
    await server.restart(nth % 2 ? 'immediate' : 'fast').finally(() => {
      if (lived) this.holdUntil = Date.now() + AFTER_RESTART_MS;
    });
  }

  /** Between workers: compares accepted messages, records which are marked as sent, and lets time pass. */
  async settle() {
    const taken = this.otherSide.taken.splice(0);
    for (let from = 0; from < taken.length; from += 200)
      this.compared.push(
        ...(await compared(taken.slice(from, from + 200), (ids, payloads) =>
          this.outbox.rows(ids, payloads),
        )),
      );
    const at = Date.now();
    for (const id of await this.outbox.ids('sent')) if (!this.sentBy.has(id)) this.sentBy.set(id, at);
    await this.outbox.timePasses();
  }

  /** Stops killing; the other side misbehaves a while longer. Ends when all is sent, or nothing more is. */
  async peace() {
    for (let n = 0; n < ROUNDS_OF_PEACE; n += 1) {
      if (n === ROUNDS_OF_FAULTS) this.otherSide.behave();
      const { pending, sending } = await this.outbox.states();
      if (pending + sending === 0) return;
      const workers = Array.from({ length: WORKERS }, () => this.senders.start());
      await this.quiet();
      await Promise.all(workers.map((w) => this.senders.stop(w)));
      await this.settle();
      this.say(`taken ${this.otherSide.counts.taken}, waiting ${pending + sending} before`);
    }
  }

  /** Waits until nothing is due or being sent, or nothing changes any more. */
  async quiet() {
    for (let [last, end] = [-1, Infinity]; Date.now() < end;) {
      await pause(500);
      const [due, { sending }] = [await this.outbox.due(), await this.outbox.states()];
      if (due + sending === 0) return;
      if (due + sending !== last) [last, end] = [due + sending, Date.now() + PEACE_MS];
    }
  }

  summary() {
    const { taken, refused, rejected, kept, cut } = this.otherSide.counts;
    const fallen = this.senders.fallen.length
      ? `, of which ended by themselves ${this.senders.fallen.join(', ')}`
      : '';
    return `${this.outbox.written.size} messages of ${this.outbox.readers} readers; taken ${taken} times, refused ${refused}, rejected with 554 ${rejected}, kept waiting ${kept}, cut off ${cut}; ${this.senders.made} workers${fallen}; PostgreSQL restarted ${this.database.restarts} times${this.redis ? `, Redis ${this.redis.restarts} times` : ''}`;
  }
}
