/**
 * The receivers: a mail server, and a receiver of webhooks and cards, in the process that does the killing,
 * so that they outlive every sender. They record each message the moment they accept it, before answering.
 * They misbehave at random.
 */
import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { between, drawn } from './chance.mjs';
import { pause } from './servers.mjs';

/** The shares of messages temporarily refused, stalled forever or cut off; before and after acceptance. */
const FAULTS = { refuse: 0.06, hang: 0.01, cut: 0.015, 'take-and-cut': 0.03, 'take-and-hang': 0.01 };
/** The share of e-mails refused at the recipient stage. */
const REFUSED_RECIPIENTS = 0.02;
/** The share of e-mails that are read and then refused for good, and what content filters say. */
const REJECTED = 0.1;
const REJECTIONS = ['5.7.1 Spam message rejected', '5.7.0 Reject - spam', 'Transaction failed'];
/** Milliseconds before a message is accepted, and again before this is confirmed: kills hit both. */
const SLOWEST_MS = 250;

/**
 * An accepted message: sent by `worker`; `answered` tells whether the sender could learn that it was
 * accepted.
 * @typedef {{ channel: string, worker: string | null, at: number, answered: boolean, id: string | null, address: string, raw: Buffer, unsigned: string | null }} Taken
 */

export class OtherSide {
  /** @type {Taken[]} */
  taken = [];
  counts = { taken: 0, refused: 0, rejected: 0, kept: 0, cut: 0 };
  /** Emits a worker's name for each message it delivers. */
  seen = new EventEmitter();
  /** The secret of a webhook's address, by its path. */
  secrets = new Map();
  faults = FAULTS;
  slowestMs = { mail: SLOWEST_MS, web: SLOWEST_MS };
  refusedRecipients = REFUSED_RECIPIENTS;
  rejected = REJECTED;

  static async start(random) {
    const side = new OtherSide();
    side.random = random;
    await Promise.all([side.startMail(), side.startWeb()]);
    return side;
  }

  /** @returns {Taken} */
  note(what) {
    const taken = { at: Date.now(), answered: false, id: null, unsigned: null, ...what };
    this.taken.push(taken);
    this.counts.taken += 1;
    return taken;
  }

  /**
   * Handles one message. `refuse`, `reject` and `cut` act; `take` records it and returns the record; `answer`
   * confirms it.
   */
  async treat(slowestMs, { refuse, reject, cut, take, answer }) {
    const fault = drawn(this.random, { ...this.faults, ...(reject && { reject: this.rejected }) });
    await pause(between(this.random, 0, slowestMs));
    if (fault === 'refuse') return this.counted('refused', refuse);
    if (fault === 'reject') return this.counted('rejected', reject);
    if (fault === 'hang') return this.counted('kept');
    if (fault === 'cut') return this.counted('cut', cut);
    const taken = take();
    if (fault === 'take-and-hang') return this.counted('kept');
    if (fault === 'take-and-cut') return this.counted('cut', cut);
    await pause(between(this.random, 0, slowestMs));
    taken.answered = answer();
  }

  counted(what, act = () => undefined) {
    this.counts[what] += 1;
    act();
  }

  /** From now on everything is accepted and confirmed. */
  behave() {
    this.faults = {};
    this.refusedRecipients = 0;
    this.rejected = 0;
  }

  async startMail() {
    const sockets = new Map();
    this.mail = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      closeTimeout: 200,
      onRcptTo: (_address, _session, done) => {
        if (this.random() >= this.refusedRecipients) return done(null);
        return this.counted('refused', () =>
          done(Object.assign(new Error('4.2.1 come back later'), { responseCode: 450 })),
        );
      },
      onData: (stream, session, done) => {
        const chunks = [];
        stream
          .on('data', (chunk) => chunks.push(chunk))
          .on(
            'end',
            () => void this.onMail(Buffer.concat(chunks), session, sockets.get(session.remotePort), done),
          );
      },
    });
    this.mail.on('error', () => undefined);
    this.mail.server.on('connection', (socket) => {
      const { remotePort } = socket;
      sockets.set(
        remotePort,
        socket.on('close', () => sockets.delete(remotePort)),
      );
    });
    await new Promise((resolve) => this.mail.listen(0, '127.0.0.1', resolve));
    this.sockets = sockets;
    this.smtpUrl = `smtp://127.0.0.1:${this.mail.server.address().port}`;
  }

  onMail(raw, session, socket, done) {
    const worker = /^From: "?(w\d+)\b/m.exec(raw.subarray(0, 4_000).toString('latin1'))?.[1] ?? null;
    this.seen.emit(String(worker));
    return this.treat(this.slowestMs.mail, {
      refuse: () => done(Object.assign(new Error('4.3.0 not now'), { responseCode: 451 })),
      reject: () => {
        const said = REJECTIONS[Math.floor(this.random() * REJECTIONS.length)];
        done(Object.assign(new Error(said), { responseCode: 554 }));
      },
      cut: () => socket?.destroy(),
      take: () =>
        this.note({
          channel: 'email',
          worker,
          raw,
          address: session.envelope.rcptTo.map((r) => r.address).join(','),
        }),
      answer: () => {
        const heard = Boolean(socket) && !socket.destroyed;
        done(null, 'taken');
        return heard;
      },
    });
  }

  async startWeb() {
    this.web = createServer((request, response) => {
      const chunks = [];
      request
        .on('error', () => undefined)
        .on('data', (chunk) => chunks.push(chunk))
        .on('end', () => void this.onPost(request, Buffer.concat(chunks), response));
    });
    await new Promise((resolve) => this.web.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${this.web.address().port}`;
  }

  onPost({ url, headers }, raw, response) {
    const worker = /\+http:\/\/(w\d+)\./.exec(headers['user-agent'] ?? '')?.[1] ?? null;
    const [, channel] = url.split('/');
    this.seen.emit(String(worker));
    return this.treat(this.slowestMs.web, {
      refuse: () => response.writeHead(503, this.random() < 0.3 ? { 'retry-after': '3' } : {}).end(),
      cut: () => response.socket?.destroy(),
      take: () =>
        this.note({
          channel,
          worker,
          raw,
          address: `${this.origin}${url}`,
          id: headers['webhook-id'] ?? null,
          unsigned: this.secrets.has(url) ? this.unsigned(url, raw, headers) : null,
        }),
      answer: () => {
        const heard = Boolean(response.socket) && !response.socket.destroyed;
        response.writeHead(202).end();
        return heard;
      },
    });
  }

  /**
   * Returns why the signature is invalid, by the library that receivers use; null if valid. Checked
   * immediately, since signatures expire.
   */
  unsigned(url, raw, headers) {
    try {
      new Webhook(this.secrets.get(url)).verify(raw.toString('utf8'), headers);
      return null;
    } catch (error) {
      return error.message;
    }
  }

  async stop() {
    for (const socket of this.sockets.values()) socket.destroy();
    this.web.closeAllConnections();
    await Promise.all([
      new Promise((resolve) => this.mail.close(resolve)),
      new Promise((resolve) => this.web.close(resolve)),
    ]);
  }
}
