import { channel } from '../../src/notifications/channels/teams/teams.channel.js';
import { deliveryGate, IMPATIENT_MS, NOBODY, realClock } from '../support/notifications/delivering.js';
import { startWebhookReceiver, type WebhookReceiver } from '../support/notifications/webhook-receiver.js';
import { channelSuite, type Harness } from './channel-suite.js';

const CARD = JSON.stringify({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { body: [{ type: 'TextBlock', text: 'one' }] },
    },
  ],
});
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
      // A workflow has no message ids, so messages are identified by the card's content.
      id: CARD,
      to: { name: null, address: receiver.address },
      secrets: [],
      rendered: { subject: 'S', text: 'T', html: null, payload: CARD },
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

describe('the channel of Microsoft Teams', () => {
  describe('as every channel', () =>
    channelSuite(start, {
      later: ['status 429', 'status 502', 'status 408', 'a redirect'],
      never: ['status 400', 'status 401', 'status 413'],
      gone: ['status 404', 'status 410'],
      person: ['there is no TLS'],
    }));

  it('takes the addresses of workflows as Teams gives them', () => {
    for (const address of [
      'https://prod-12.westeurope.logic.azure.com:443/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=a-b_c',
      'https://default0123.45.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/01/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=x',
    ])
      expect(channel.address.parse(address)).toBe(address.replace(':443', ''));
  });
});
