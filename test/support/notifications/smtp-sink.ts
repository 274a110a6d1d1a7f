import { simpleParser, type ParsedMail } from 'mailparser';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** An SMTP server that keeps the e-mails it accepts, parsed. */
export interface SmtpSink {
  /** The value for SMTP_URL. */
  url: string;
  /** Accepted e-mails, in order of arrival. */
  mails: (ParsedMail & { envelopeTo: string[] })[];
  /** Returns how many e-mails were submitted, accepted or not. */
  attempts(): number;
  /** Sets the reply to recipients from now on: a code and text; null accepts. */
  refuse(reply: { code: number; text: string } | null): void;
  /**
   * Sets what happens to submitted e-mails: a code refuses; `hang` does not answer; `drop` keeps the e-mail
   * and cuts the connection before confirming. Null accepts.
   */
  misbehave(how: { code: number; text: string } | 'hang' | 'drop' | null): void;
  /** Sets the reply to the next accepted e-mail. */
  says(words: string): void;
  close(): Promise<void>;
}

export async function startSmtpSink(): Promise<SmtpSink> {
  const mails: SmtpSink['mails'] = [];
  let refusal: { code: number; text: string } | null = null;
  let attempts = 0;
  let said: string | undefined;
  let misbehaviour: Parameters<SmtpSink['misbehave']>[0] = null;
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    closeTimeout: 200,
    onRcptTo(_address, _session, done) {
      attempts += 1;
      done(refusal ? Object.assign(new Error(refusal.text), { responseCode: refusal.code }) : null);
    },
    onData(stream, session, done) {
      simpleParser(stream).then((mail) => {
        const how = misbehaviour;
        if (how === 'hang') return;
        if (how && how !== 'drop')
          return done(Object.assign(new Error(how.text), { responseCode: how.code }));
        mails.push(Object.assign(mail, { envelopeTo: session.envelope.rcptTo.map((r) => r.address) }));
        if (how === 'drop') for (const socket of sockets) socket.destroy();
        else done(null, said);
        said = undefined;
      }, done);
    },
  });
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) =>
    sockets.add(socket.on('close', () => sockets.delete(socket))),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    mails,
    attempts: () => attempts,
    refuse: (reply) => {
      refusal = reply;
    },
    misbehave: (how) => {
      misbehaviour = how;
    },
    says: (words) => {
      said = words;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
