import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { channel } from '../../src/notifications/channels/webhook/webhook.channel.js';
import { signingSecret } from '../../src/notifications/domain/delivery/test-message.js';
import { deliveryGate, IMPATIENT_MS, NOBODY, realClock } from '../support/notifications/delivering.js';
import {
  startWebhookReceiver,
  type Received,
  type WebhookReceiver,
} from '../support/notifications/webhook-receiver.js';
import { channelSuite, type Harness } from './channel-suite.js';

const [SECRET, OLD_SECRET, OTHER] = [1, 2, 3].map(() => signingSecret(randomBytes(32))) as [
  string,
  string,
  string,
];
const NOBODY_LISTENS = 'http://127.0.0.1:1';
let receiver: WebhookReceiver;

async function start(): Promise<Harness> {
  receiver = await startWebhookReceiver();
  const origins = [receiver.origin, receiver.origin.replace('http:', 'https:'), NOBODY_LISTENS];
  const [gate, impatient] = [deliveryGate(origins), deliveryGate(origins, IMPATIENT_MS)];
  const payload = JSON.stringify({ type: 'message', title: 'Échéance avancée – 2 M€ 😀' });
  const to = (address: string) => () => ({ to: { name: null, address } });
  const status =
    (code: number, headers: Record<string, string> = {}) =>
    (): void =>
      receiver.behave({ status: code, headers });
  const harness: Harness = {
    channel,
    outside: { mailer: NOBODY, fetcher: gate, clock: realClock },
    outgoing: {
      id: '0b0e7c52-6c44-4a0e-9d4d-000000000002@carnot.test',
      to: { name: null, address: receiver.address },
      secrets: [SECRET, OLD_SECRET],
      rendered: { subject: 'S', text: 'T', html: null, payload },
      threads: [],
      unsubscribeUrl: 'https://carnot.test/unsubscribe/x',
    },
    taken: () => receiver.taken.map((r) => String(r.headers['webhook-id'])),
    accept: status(202),
    drop: () => receiver.behave('drop'),
    hang: () => {
      harness.outside.fetcher = impatient;
      receiver.behave('hang');
    },
    outcomes: {
      later: {
        'status 500': status(500),
        'status 404': status(404),
        'status 400': status(400),
        'status 429': status(429),
        'a redirect': status(302, { location: 'http://127.0.0.1:1/' }),
        'a redirect that keeps the method': status(307, { location: '/elsewhere' }),
        'status 304': status(304),
        'nobody listens': to(`${NOBODY_LISTENS}/hooks/T0pS3cretPath`),
      },
      never: {
        'its address lies within the network': to('https://10.0.0.7/hooks/T0pS3cretPath?sig=S3cretQuery%2B1'),
        'its address is not https': to('http://hooks.example.org/T0pS3cretPath'),
        'there is no secret': () => ({ secrets: [] }),
      },
      gone: { 'status 410': status(410) },
      person: { 'there is no TLS': to(receiver.address.replace('http:', 'https:')) },
    },
    hidden: ['T0pS3cretPath', 'S3cretQuery', SECRET, SECRET.slice(6), OLD_SECRET.slice(6)],
    close: async () => {
      await receiver.close();
      await Promise.all([gate.close(), impatient.close()]);
    },
  };
  return harness;
}

const verified = (secret: string, { body, headers }: Received): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>);

describe('the channel of webhooks', () => {
  describe('as every channel', () =>
    channelSuite(start, {
      later: [
        'status 500',
        'status 404',
        'status 400',
        'status 429',
        'a redirect',
        'a redirect that keeps the method',
        'status 304',
        'nobody listens',
      ],
      never: ['its address lies within the network', 'its address is not https', 'there is no secret'],
      gone: ['status 410'],
      person: ['there is no TLS'],
    }));

  describe('to the letter', () => {
    let h: Harness;
    beforeEach(async () => {
      h = await start();
    });
    afterEach(() => h.close());

    it('posts the payload as it was rendered, and follows nothing', async () => {
      await h.channel.send(h.outgoing, h.outside);
      expect(receiver.asked).toEqual([
        expect.objectContaining({
          method: 'POST',
          path: '/hooks/T0pS3cretPath?sig=S3cretQuery%2B1',
          body: h.outgoing.rendered.payload,
        }),
      ]);
      expect(receiver.asked[0]!.headers).toMatchObject({
        'content-type': 'application/json',
        'user-agent': 'carnot-test',
      });
      receiver.behave({ status: 307, headers: { location: '/elsewhere' } });
      await h.channel.send(h.outgoing, h.outside).catch(() => undefined);
      expect(receiver.asked.map((r) => r.path)).not.toContain('/elsewhere');
    });

    it('signs so that the published library takes it, by the old secret too while both are in force', async () => {
      await h.channel.send(h.outgoing, h.outside);
      const [received] = receiver.taken as [Received];
      for (const secret of [SECRET, OLD_SECRET])
        expect(verified(secret, received)).toEqual(JSON.parse(h.outgoing.rendered.payload!));
      expect(() => verified(OTHER, received)).toThrow();
      expect(() => verified(SECRET, { ...received, body: received.body.replace('2 M', '3 M') })).toThrow();
      expect(() =>
        verified(SECRET, { ...received, headers: { ...received.headers, 'webhook-id': 'another' } }),
      ).toThrow();
      await h.channel.send({ ...h.outgoing, secrets: [SECRET] }, h.outside);
      expect(() => verified(OLD_SECRET, receiver.taken[1]!)).toThrow();
    });

    it('signs each try at its own time', async () => {
      const at = (ms: number) => ({ ...h.outside, clock: { now: () => new Date(ms) } });
      for (const ms of [1_700_000_000_999, 1_700_000_600_000]) await h.channel.send(h.outgoing, at(ms));
      expect(receiver.taken.map((r) => r.headers['webhook-timestamp'])).toEqual(['1700000000', '1700000600']);
    });

    it.each([429, 503])('waits as long as it is asked to with status %d', async (code) => {
      receiver.behave({ status: code, headers: { 'retry-after': '120' } });
      await expect(h.channel.send(h.outgoing, h.outside)).rejects.toMatchObject({
        retryPolicy: 'later',
        details: { retryAfterMs: 120_000 },
      });
    });

    it('takes a 2xx for acceptance whatever comes behind it', async () => {
      receiver.behave({ status: 200, body: 'x'.repeat(300_000) });
      await expect(h.channel.send(h.outgoing, h.outside)).resolves.toEqual({
        where: expect.stringMatching(/status 200$/),
      });
      receiver.behave({
        status: 200,
        headers: { 'content-length': '1000', 'content-encoding': 'gzip' },
        body: 'cut',
      });
      await expect(h.channel.send(h.outgoing, h.outside)).resolves.toEqual({
        where: expect.stringMatching(/status 200$/),
      });
    });
  });
});
