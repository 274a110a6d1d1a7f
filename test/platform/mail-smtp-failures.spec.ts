import { createServer, type AddressInfo, type Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { CarnotError } from '../../src/kernel/errors.js';
import type { Mail } from '../../src/kernel/ports.js';
import { smtpError, SmtpMailer, smtpServerAddress } from '../../src/platform/mail/smtp.mailer.js';

const from = { name: 'Carnot Europe', address: 'alerts@carnot.example' };
const mail: Mail = {
  messageId: 'a@carnot.example',
  to: { name: 'Anne', address: 'anne@example.fr' },
  subject: 'S',
  html: '<p>H</p>',
  text: 'T',
  replyTo: null,
  unsubscribeUrl: 'https://carnot.example/u',
};

const open: (SMTPServer | Server)[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((s) => new Promise<void>((resolve) => s.close(() => resolve()))));
});

async function serving(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    closeTimeout: 100,
    ...options,
  });
  server.on('error', () => undefined);
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

async function failure(url: string, stepMs = 1000): Promise<CarnotError> {
  const error: unknown = await new SmtpMailer({ url, from, stepMs }).send(mail).then(
    () => new Error('was sent'),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(CarnotError);
  return error as CarnotError;
}

const reply = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });
const shown = (error: CarnotError): string =>
  JSON.stringify([error.message, error.stack, error.details, error.cause, error.name]);

describe('what an SMTP server answers, and what is done about it', () => {
  it.each([
    [550, 'AddressGone', 'never'],
    [551, 'AddressGone', 'never'],
    [552, 'MailDeferred', 'later'],
    [554, 'MailDeferred', 'later'],
    [451, 'MailDeferred', 'later'],
    [421, 'MailDeferred', 'later'],
  ])('%d to the recipient: %s', async (code, kind, retryPolicy) => {
    const host = await serving({ onRcptTo: (_a, _s, done) => done(reply(code, 'said about anne')) });
    const error = await failure(`smtp://${host}`);
    expect(error).toMatchObject({ kind, retryPolicy });
    expect(error.message).toContain(`${code} `);
    expect(error.message).toContain('said about anne');
  });

  it.each([
    ['550 5.1.1 User unknown', 'AddressGone', 'never'],
    ['554 5.1.0 Address rejected', 'AddressGone', 'never'],
    ['550 5.2.1 The mailbox is disabled', 'AddressGone', 'never'],
    ['550 5.4.1 Recipient address rejected: Access denied. [Exchange]', 'AddressGone', 'never'],
    ['552 5.2.2 Mailbox full', 'MailDeferred', 'later'],
    [
      '552 5.1.1 hibJumn68I371 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]',
      'MailDeferred',
      'later',
    ],
    ['550 Mailbox full', 'MailDeferred', 'later'],
    [
      '550 Domain carnot.example has exceeded the max emails per hour (100/100 (100%)) allowed. Message discarded.',
      'MailDeferred',
      'later',
    ],
    ['552 5.3.4 Message size exceeds fixed limit', 'MailRefused', 'never'],
    ['550 5.1.8 Sender address rejected: Domain not found', 'MailSetup', 'person'],
    ['554 5.7.1 Relay access denied', 'MailSetup', 'person'],
    ['550 5.7.606 Access denied, banned sending IP', 'MailSetup', 'person'],
    ['550 Service unavailable; client host blocked using a list', 'MailSetup', 'person'],
  ])('to the recipient %s: %s', async (said, kind, retryPolicy) => {
    const [code, ...words] = said.split(' ');
    const host = await serving({ onRcptTo: (_a, _s, done) => done(reply(Number(code), words.join(' '))) });
    expect(await failure(`smtp://${host}`)).toMatchObject({ kind, retryPolicy });
  });

  // What servers really answer once they have read the message; mail-refusal.ts says where each was found.
  it.each([
    ['554 5.7.1 Spam message rejected', 'MailSetup', 'person'],
    ['554 5.7.0 Reject, id=04711-02 - spam', 'MailSetup', 'person'],
    ['550 5.7.1 message content rejected', 'MailSetup', 'person'],
    [
      '550 5.7.26 Unauthenticated email from carnot.example is not accepted due to domain policy',
      'MailSetup',
      'person',
    ],
    [
      '550 5.7.509 Access denied, sending domain does not pass DMARC verification and has a DMARC policy of reject',
      'MailSetup',
      'person',
    ],
    ['552 5.7.0 This message was blocked because its content presents a potential', 'MailSetup', 'person'],
    ['552 5.2.0 0biL1i00V1cmcpM01biL4w spam detected', 'MailSetup', 'person'],
    ['550 5.1.0 0bcW1i00G0jifNx01bcmHa blocked by SPF', 'MailSetup', 'person'],
    ['550 5.1.1 <a@b.example> sender is blocklisted', 'MailSetup', 'person'],
    ['552 bizsmtp 0bqv1i0054rvCQt01 DMARC validation failed', 'MailSetup', 'person'],
    ['550 Administrative prohibition', 'MailSetup', 'person'],
    ['554 Transaction failed', 'MailDeferred', 'later'],
    ['550 Requested action not taken', 'MailDeferred', 'later'],
    ['554 5.4.0 too many hops', 'MailDeferred', 'later'],
    ['554 5.2.0 STOREDRV.Deliver.Exception', 'MailDeferred', 'later'],
    ['552 5.2.2 The recipient is over quota', 'MailDeferred', 'later'],
    ['452 4.2.2 The recipient is out of storage space', 'MailDeferred', 'later'],
    ['451 4.3.0 queue file write error', 'MailDeferred', 'later'],
    ['421 4.3.0 Temporary System Problem', 'MailDeferred', 'later'],
    ['552 5.3.4 message file too big', 'MailRefused', 'never'],
    ['552 5.2.3 Your message exceeded the size limits', 'MailRefused', 'never'],
    ['552 Message size exceeds maximum permitted', 'MailRefused', 'never'],
    ['550 5.6.0 Header line too long', 'MailRefused', 'never'],
    ['550 5.1.1 The email account that you tried to reach does not exist', 'AddressGone', 'never'],
    ['550 5.2.1 The account is disabled', 'AddressGone', 'never'],
  ])('at the end of DATA %s: %s', async (said, kind, retryPolicy) => {
    const [code, ...words] = said.split(' ');
    const host = await serving({
      onData(stream, _s, done) {
        stream.resume().on('end', () => done(reply(Number(code), words.join(' '))));
      },
    });
    expect(await failure(`smtp://${host}`)).toMatchObject({ kind, retryPolicy });
  });

  it.each([
    [550, 'MailSetup', 'person'],
    [530, 'MailAuth', 'person'],
    [451, 'MailDeferred', 'later'],
  ])('%d to the sender: %s, because every mail would meet it', async (code, kind, retryPolicy) => {
    const host = await serving({ onMailFrom: (_a, _s, done) => done(reply(code, 'said about the sender')) });
    expect(await failure(`smtp://${host}`)).toMatchObject({ kind, retryPolicy });
  });

  it('a wrong password asks for a person and is never shown, though the server repeats it', async () => {
    const pass = 'geheim/Wört';
    const host = await serving({
      onAuth: (auth, _s, done) => done(reply(535, `no such log-in: ${auth.username} ${auth.password ?? ''}`)),
    });
    const error = await failure(`smtp://user:${encodeURIComponent(pass)}@${host}`);
    expect(error).toMatchObject({ kind: 'MailAuth', retryPolicy: 'person' });
    expect(error.message).toContain('535');
    for (const form of [pass, encodeURIComponent(pass), Buffer.from(pass).toString('base64')]) {
      expect(shown(error)).not.toContain(form);
    }
  });

  it('no answer holds a link of the mail that lets in, whether the mail was taken or not', async () => {
    const secret = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE';
    const link = `https://carnot.example/sign-in/${secret}`;
    const echo = (code: number | null) =>
      serving({
        onData(stream, _s, done) {
          let text = '';
          stream
            .on('data', (part: Buffer) => {
              text += part.toString('utf8');
            })
            .on('end', () => (code ? done(reply(code, text)) : done(null, text)));
        },
      });
    // In accented text a mail client breaks long links.
    const written: Mail = {
      ...mail,
      text: `Bonjour à vous, ouvrez ceci pour vous connecter : ${link}`,
      html: `<a href="${link}">é</a>`,
    };
    const said = async (code: number | null): Promise<string> =>
      new SmtpMailer({ url: `smtp://${await echo(code)}`, from })
        .send(written)
        .then(({ where }) => where, shown);
    for (const answer of [await said(null), await said(554), await said(451)]) {
      expect(answer).toContain('S');
      for (let i = 0; i + 8 <= secret.length; i += 1) expect(answer).not.toContain(secret.slice(i, i + 8));
    }
  });

  it('a right password is taken, and the mail sent', async () => {
    const host = await serving({
      onAuth: (auth, _s, done) =>
        auth.password === 'p@ss' ? done(null, { user: 'user' }) : done(reply(535, 'no')),
    });
    await expect(
      new SmtpMailer({ url: `smtp://user:p%40ss@${host}`, from }).send(mail),
    ).resolves.toBeDefined();
  });

  it('a log-in that cannot be checked just now is tried later', async () => {
    const host = await serving({ onAuth: (_a, _s, done) => done(reply(454, 'ask again')) });
    expect(await failure(`smtp://user:pass@${host}`)).toMatchObject({
      kind: 'MailDeferred',
      retryPolicy: 'later',
    });
  });

  it('nobody listening, a host without a name, silence and a server that hangs up are tried later', async () => {
    const deferred = { kind: 'MailDeferred', retryPolicy: 'later' };
    const host = await serving({});
    await new Promise<void>((resolve) => open.pop()!.close(() => resolve()));
    expect(await failure(`smtp://${host}`)).toMatchObject(deferred);
    expect(await failure('smtp://no-such-host.invalid')).toMatchObject(deferred);

    for (const behaviour of ['silent', 'hangs up'] as const) {
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        if (behaviour === 'hangs up') socket.destroy();
        else socket.unref();
      });
      open.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      expect(await failure(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, 200)).toMatchObject(
        deferred,
      );
    }
  });

  it('a server that scans an e-mail for longer than a step before it takes it gets it once', async () => {
    const stepMs = 200;
    const host = await serving({
      onData(stream, _s, done) {
        stream.resume().on('end', () => setTimeout(done, 3 * stepMs, null, 'taken after all'));
      },
    });
    await expect(new SmtpMailer({ url: `smtp://${host}`, from, stepMs }).send(mail)).resolves.toEqual({
      where: expect.stringContaining('taken after all'),
    });
  });

  it('a server that cannot encrypt, or whose certificate is not to be trusted, asks for a person', async () => {
    const setup = { kind: 'MailSetup', retryPolicy: 'person' };
    expect(await failure(`smtp://${await serving({})}?requireTLS=true`)).toMatchObject(setup);
    const quiet = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const selfSigned = await serving({ disabledCommands: [] });
    const wrapped = await serving({ secure: true });
    quiet.mockRestore();
    expect(await failure(`smtp://${selfSigned}`)).toMatchObject(setup);
    expect(await failure(`smtps://${wrapped}`)).toMatchObject(setup);
    expect(await failure(`smtps://${await serving({})}`)).toMatchObject(setup);
    const handshake = Object.assign(new Error('Error initiating TLS'), { code: 'ETLS' });
    expect(smtpError(handshake, smtpServerAddress('smtp://mail.example'))).toMatchObject(setup);
  });
});

describe('the address of an SMTP server', () => {
  it('is read with its defaults, and its password decoded', () => {
    expect(smtpServerAddress('smtps://a%40b:p%3Aw@mail.example')).toEqual({
      host: 'mail.example',
      port: 465,
      secure: true,
      requireTLS: false,
      auth: { user: 'a@b', pass: 'p:w' },
    });
    expect(smtpServerAddress('smtp://mail.example')).toMatchObject({
      port: 587,
      auth: undefined,
      requireTLS: true,
    });
    expect(smtpServerAddress('smtp://[::1]:2525')).toMatchObject({ host: '::1', port: 2525 });
  });

  it('never lets a password leave this machine unencrypted, unless that is asked for', () => {
    expect(smtpServerAddress('smtp://u:p@mail.example').requireTLS).toBe(true);
    expect(smtpServerAddress('smtp://u:p@mail.example?requireTLS=false').requireTLS).toBe(false);
    expect(smtpServerAddress('smtp://u:p@mail.example', 'off').requireTLS).toBe(false);
    expect(smtpServerAddress('smtp://u:p@mail.example?requireTLS=true', 'off').requireTLS).toBe(true);
    for (const here of ['localhost', '127.0.0.7', '[::1]'])
      expect(smtpServerAddress(`smtp://${here}`).requireTLS).toBe(false);
    expect(smtpServerAddress('smtp://u:p@127.0.0.1').requireTLS).toBe(false);
    expect(smtpServerAddress('smtp://u:p@127.evil.example').requireTLS).toBe(true);
  });

  it.each([
    '',
    'http://x',
    'smtp://',
    'smtp://u:secret%@x',
    'smtp://u:secret@x?pool=true',
    'smtp://u:secret@x?proxy=http://y',
  ])('is refused with a word to a person, and without the password: %s', (address) => {
    expect(() => smtpServerAddress(address)).toThrow(
      expect.objectContaining({ kind: 'MailSetup', retryPolicy: 'person' }),
    );
    expect(() => smtpServerAddress(address)).not.toThrow(/secret/);
  });
});
