import type { Channel } from '../../src/notifications/domain/delivery/channel.js';
import { deliveryGate, IMPATIENT_MS, NOBODY, realClock } from '../support/notifications/delivering.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/notifications/webhook-receiver.js';
import { channelSuite, type Harness } from './channel-suite.js';

/** What holds for every chat that takes cards at a secret address, and tells nothing but a status. */
export function chatSuite(channel: Channel, payload: string): void {
  let receiver: WebhookReceiver;

  async function start(): Promise<Harness> {
    receiver = await startWebhookReceiver();
    const origins = [receiver.origin, receiver.origin.replace('http:', 'https:')];
    const [gate, impatient] = [deliveryGate(origins), deliveryGate(origins, IMPATIENT_MS)];
    const status =
      (code: number, headers: Record<string, string> = {}) =>
      (): void =>
        receiver.behave({ status: code, headers });
    const harness: Harness = {
      channel,
      outside: { mailer: NOBODY, fetcher: gate, clock: realClock },
      outgoing: {
        // Chats have no message ids, so messages are identified by their content.
        id: payload,
        to: { name: null, address: receiver.address },
        secrets: [],
        rendered: { subject: 'S', text: 'T', html: null, payload: payload },
        threads: [],
        unsubscribeUrl: 'https://carnot.test/unsubscribe/x',
      },
      taken: () => receiver.taken.map((r) => r.body),
      accept: status(202),
      drop: () => receiver.behave('drop'),
      hang: () => {
        harness.outside.fetcher = impatient;
        receiver.behave('hang');
      },
      outcomes: {
        later: {
          'status 429': status(429, { 'retry-after': '30' }),
          'status 502': status(502),
          'status 408': status(408),
          'a redirect': status(302, { location: '/elsewhere' }),
        },
        never: { 'status 400': status(400), 'status 401': status(401), 'status 413': status(413) },
        gone: { 'status 404': status(404), 'status 410': status(410) },
        person: {
          'there is no TLS': () => ({
            to: { name: null, address: receiver.address.replace('http:', 'https:') },
          }),
        },
      },
      hidden: ['T0pS3cretPath', 'S3cretQuery'],
      close: async () => {
        await receiver.close();
        await Promise.all([gate.close(), impatient.close()]);
      },
    };
    return harness;
  }

  describe('as every channel', () =>
    channelSuite(start, {
      later: ['status 429', 'status 502', 'status 408', 'a redirect'],
      never: ['status 400', 'status 401', 'status 413'],
      gone: ['status 404', 'status 410'],
      person: ['there is no TLS'],
    }));
}
