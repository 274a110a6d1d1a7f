/**
 * A client that keeps sending requests throughout: how health, metrics, the API and a page answer, and how
 * fast.
 */
import { pause } from '../servers.mjs';
import { wrongOf } from './judging.mjs';

const EVERY_MS = 500;
/** Nobody waits longer. */
const PATIENCE_MS = 20_000;
const SAVES_EVERY_MS = 3_000;
const PROFILE = '/v1/profiles/leti';

export class Watcher {
  /** `{ what, at, status, ms, body, type }`; the status is 0 if there was no answer. */
  answers = [];

  constructor(url, token) {
    Object.assign(this, { url, token, on: true });
    this.asks = {
      health: ['/health'],
      ready: ['/health/ready'],
      metrics: ['/metrics'],
      api: ['/v1/calls?limit=5', { authorization: `Bearer ${token}` }],
      page: ['/calls', { authorization: `Bearer ${token}`, accept: 'text/html' }],
    };
    this.over = Promise.all([...Object.keys(this.asks).map((what) => this.goOn(what)), this.goOnSaving()]);
  }

  /** Renames an institute over and over: whatever was confirmed as saved must be there afterwards. */
  async goOnSaving() {
    for (let n = 1; this.on; n += 1) {
      const name = `Carnot CEA-Leti, edition ${n}`;
      const answer = await this.save(name);
      this.answers.push(answer);
      if (answer.status === 200) this.saved = name;
      await pause(SAVES_EVERY_MS);
    }
  }

  async save(name) {
    this.profile ??= await fetch(`${this.url}${PROFILE}`, {
      headers: { authorization: `Bearer ${this.token}` },
    })
      .then((answer) => (answer.ok ? answer.json() : undefined))
      .catch(() => undefined);
    return this.send('save', PROFILE, {
      method: 'PUT',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...this.profile, name }),
    });
  }

  async goOn(what) {
    while (this.on) {
      this.answers.push(await this.ask(what));
      await pause(EVERY_MS);
    }
  }

  async ask(what) {
    const [path, headers = {}] = this.asks[what];
    return this.send(what, path, { headers });
  }

  async send(what, path, init) {
    const [at, began] = [Date.now(), performance.now()];
    const told = (status, body, type = '') => ({
      what,
      at,
      status,
      body,
      type,
      ms: performance.now() - began,
    });
    try {
      const answer = await fetch(`${this.url}${path}`, {
        ...init,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return told(answer.status, await answer.text(), answer.headers.get('content-type') ?? '');
    } catch (error) {
      return told(0, error.cause?.code ?? error.name);
    }
  }

  /** Repeats a request until the answer is as wanted; returns the milliseconds since `from`. */
  async until(what, wanted, from, patienceMs) {
    for (;;) {
      const answer = await this.ask(what);
      if (wanted(answer)) return Date.now() - from;
      if (Date.now() - from > patienceMs)
        throw new Error(
          `${what} is not back after ${patienceMs / 1_000} s: ${answer.status} ${answer.body.slice(0, 300)}`,
        );
      await pause(100);
    }
  }

  /** Returns what `/health/ready` named as not responding in a period, with counts. */
  away(from, to) {
    const named = new Map();
    for (const { what, at, status, body } of this.answers)
      if (what === 'ready' && status === 503 && at >= from && at <= to) {
        const [, part = body] = /Not responding: ([^"]+)\./.exec(body) ?? [];
        named.set(part, (named.get(part) ?? 0) + 1);
      }
    return [...named].map(([part, times]) => `${part}, ${times} times`).join('; ');
  }

  /** Returns the answers of a period by request: `health 200, ready 503`. */
  said(from, to) {
    return [...Object.keys(this.asks), 'save']
      .map((what) => {
        const all = this.answers.filter((a) => a.what === what && a.at >= from && a.at <= to);
        return `${what} ${[...new Set(all.map((a) => a.status))].sort().join('/') || '–'}`;
      })
      .join(', ');
  }

  wrong() {
    return wrongOf(this.answers);
  }

  /** Returns a note for each expected `[what, pattern]` that was never answered. */
  unsaid(...expected) {
    return expected
      .filter(([what, pattern]) => !this.answers.some((a) => a.what === what && pattern.test(a.body)))
      .map(([what, pattern]) => `${what} never said ${pattern}`);
  }

  slowest(from, to) {
    return Math.max(0, ...this.answers.filter((a) => a.at >= from && a.at <= to).map((a) => a.ms));
  }

  stop() {
    this.on = false;
    return this.over;
  }
}
