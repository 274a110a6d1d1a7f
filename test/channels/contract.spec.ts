import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel } from '../../src/notifications/domain/delivery/channel.js';
import { signingSecret } from '../../src/notifications/domain/delivery/test-message.js';
import { deliveryGate, IMPATIENT_MS, NOBODY, realClock } from '../support/notifications/delivering.js';
import { weekly } from '../support/notifications/sample-messages.js';
import { startWebhookReceiver } from '../support/notifications/webhook-receiver.js';
import { channelSuite, type Harness } from './channel-suite.js';

const CHANNELS = join(__dirname, '../../src/notifications/channels');
/** The part of a title that must appear, in characters: long titles may be shortened. */
const LONG_ENOUGH = 60;
const ID = '0b0e7c52-6c44-4a0e-9d4d-000000000002@carnot.test';
const SECRET = signingSecret(randomBytes(32));

/** Loads a channel, or the template, which is named after its folder without the underscore. */
function channelIn(folder: string): Channel {
  const file = join(CHANNELS, folder, `${folder.replace(/^_/, '')}.channel`);
  return jest.requireActual<{ channel: Channel }>(file).channel;
}

/** Starts a web receiver that gets the messages as the channel renders them. */
async function start(channel: Channel): Promise<Harness> {
  const receiver = await startWebhookReceiver();
  const origins = [receiver.origin, receiver.origin.replace('http:', 'https:')];
  const [gate, impatient] = [deliveryGate(origins), deliveryGate(origins, IMPATIENT_MS)];
  const rendered = channel.render(weekly('en'));
  const outside = { mailer: NOBODY, fetcher: gate, clock: realClock };
  return {
    channel,
    outside,
    outgoing: {
      id: ID,
      to: { name: null, address: receiver.address },
      secrets: channel.signs ? [SECRET] : [],
      rendered,
      threads: [],
      unsubscribeUrl: 'https://carnot.test/unsubscribe/x',
    },
    // Messages are recognised by the posted body.
    taken: () => receiver.taken.map(({ body }) => (body === rendered.payload ? ID : body)),
    accept: () => receiver.behave({ status: 202 }),
    drop: () => receiver.behave('drop'),
    hang: () => {
      outside.fetcher = impatient;
      receiver.behave('hang');
    },
    outcomes: {
      later: { 'status 503': () => receiver.behave({ status: 503 }) },
      never: {},
      gone: { 'status 410': () => receiver.behave({ status: 410 }) },
      person: {
        'there is no TLS': () => ({
          to: { name: null, address: receiver.address.replace('http:', 'https:') },
        }),
      },
    },
    hidden: ['T0pS3cretPath', 'S3cretQuery', SECRET],
    close: async () => {
      await receiver.close();
      await Promise.all([gate.close(), impatient.close()]);
    },
  };
}

const channels = readdirSync(CHANNELS)
  .filter((name) => name !== '_kit')
  .map((folder) => [folder, channelIn(folder)] as const);
const posting = channels.filter(
  ([, { address }]) => address.safeParse('https://hooks.example.org/x').success,
);

describe.each(channels)('channel %s', (folder, channel) => {
  it('is called as its folder, and says all of a message in plain text', () => {
    expect(channel.id).toBe(folder.replace(/^_/, ''));
    const message = weekly('en');
    const { subject, text } = channel.render(message);
    expect(subject).not.toMatch(/^\s*$|\n/);
    const words = text.replaceAll(/\s+/g, ' ');
    for (const { call } of message.items) expect(words).toContain(call.title.slice(0, LONG_ENOUGH));
  });
});

describe.each(posting)('channel %s', (_, channel) => {
  channelSuite(() => start(channel), {
    later: ['status 503'],
    never: [],
    gone: ['status 410'],
    person: ['there is no TLS'],
  });
});
