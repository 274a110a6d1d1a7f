import { createServer, type AddressInfo } from 'node:net';
import { channel } from '../../src/notifications/channels/email/email.channel.js';
import { SmtpMailer } from '../../src/platform/mail/smtp.mailer.js';
import { IMPATIENT_MS, NO_FETCHER, realClock } from '../support/notifications/delivering.js';
import { startSmtpSink, type SmtpSink } from '../support/notifications/smtp-sink.js';
import { channelSuite, type Harness } from './channel-suite.js';

const ADDRESS = 'anne.dupont@example.fr';
const outgoing: Harness['outgoing'] = {
  id: '0b0e7c52-6c44-4a0e-9d4d-000000000001@carnot.test',
  to: { name: 'Anne Dupont', address: ADDRESS },
  secrets: [],
  rendered: { subject: 'Vos appels', text: 'Bonjour Anne', html: '<p>Bonjour Anne</p>', payload: null },
  threads: ['call.7@carnot.test'],
  unsubscribeUrl: 'https://carnot.test/unsubscribe/x',
};

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

let sink: SmtpSink;
async function start(): Promise<Harness> {
  sink = await startSmtpSink();
  const from = { name: 'Carnot Europe', address: 'calls@carnot.test' };
  const nowhere = await unusedPort();
  const harness: Harness = {
    channel,
    outgoing,
    outside: {
      mailer: new SmtpMailer({ url: sink.url, from }),
      fetcher: NO_FETCHER,
      clock: realClock,
    },
    taken: () => sink.mails.map((m) => m.messageId!.slice(1, -1)),
    accept: () => {
      sink.refuse(null);
      sink.misbehave(null);
    },
    drop: () => sink.misbehave('drop'),
    hang: () => {
      harness.outside.mailer = new SmtpMailer({ url: sink.url, from, stepMs: IMPATIENT_MS });
      sink.misbehave('hang');
    },
    outcomes: {
      later: {
        'the recipient is refused for now': () =>
          sink.refuse({ code: 451, text: `<${ADDRESS}>: greylisted` }),
        'the message is refused for now': () => sink.misbehave({ code: 452, text: 'no room' }),
        'nobody listens': () => {
          harness.outside.mailer = new SmtpMailer({ url: `smtp://127.0.0.1:${nowhere}`, from });
        },
      },
      never: {
        'the message is refused for good': () =>
          sink.misbehave({ code: 554, text: `5.6.0 not for ${ADDRESS.toUpperCase()}` }),
      },
      gone: {
        'there is no such mailbox': () =>
          sink.refuse({ code: 550, text: `5.1.1 <${ADDRESS}>: no such user` }),
        'the mailbox is not local': () => sink.refuse({ code: 551, text: 'user not local' }),
      },
      person: {
        'we may not relay': () => sink.refuse({ code: 554, text: `5.7.1 <${ADDRESS}>: Relay access denied` }),
        'encryption is wanted and there is none': () => {
          harness.outside.mailer = new SmtpMailer({ url: `${sink.url}?requireTLS=true`, from });
        },
      },
    },
    hidden: [ADDRESS, ADDRESS.toUpperCase()],
    close: () => sink.close(),
  };
  return harness;
}

describe('the channel of mails', () => {
  describe('as every channel', () =>
    channelSuite(start, {
      later: ['the recipient is refused for now', 'the message is refused for now', 'nobody listens'],
      never: ['the message is refused for good'],
      gone: ['there is no such mailbox', 'the mailbox is not local'],
      person: ['we may not relay', 'encryption is wanted and there is none'],
    }));

  it('hands over both bodies, the thread, and how to stop with one click', async () => {
    const harness = await start();
    await channel.send(outgoing, harness.outside);
    const [mail] = sink.mails;
    expect(mail).toMatchObject({
      subject: 'Vos appels',
      html: '<p>Bonjour Anne</p>',
      envelopeTo: [ADDRESS],
      inReplyTo: '<call.7@carnot.test>',
      references: '<call.7@carnot.test>',
    });
    expect(mail!.text!.trim()).toBe('Bonjour Anne');
    expect(mail!.headers.get('list')).toMatchObject({
      unsubscribe: { url: 'https://carnot.test/unsubscribe/x' },
      'unsubscribe-post': { name: 'List-Unsubscribe=One-Click' },
    });
    await harness.close();
  });
});
