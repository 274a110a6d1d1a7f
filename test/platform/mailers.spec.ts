import { mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Mailer, Mail } from '../../src/kernel/ports.js';
import { EmlMailer } from '../../src/platform/mail/eml.mailer.js';
import { SmtpMailer } from '../../src/platform/mail/smtp.mailer.js';

const from = { name: 'Carnot Europe', address: 'alerts@carnot.example' };
const clock = { now: () => new Date('2026-06-01T06:00:00Z') };
const mail: Mail = {
  messageId: 'digest.3bcar.42@carnot.example',
  to: { name: 'Hélène Müller', address: 'helene@example.fr' },
  subject:
    'Carnot 3BCAR\u00a0: 10 appels ouverts – prochaine échéance le 1er\u00a0août 2026, étape 1 et puis encore bien des mots',
  html: `<!DOCTYPE html><html lang="fr"><body><p>Échéance\u00a0: 60\u00a0M€ 😀</p>\n<p>.</p>${'<p>long</p>'.repeat(200)}</body></html>`,
  text: `Échéance\u00a0: 60\u00a0M€ 😀\n\n.\n..two dots\nFrom the start\n${'word '.repeat(300)}\n`,
  replyTo: null,
  unsubscribeUrl: `https://carnot.example/unsubscribe/${'t'.repeat(120)}?a=1&b=2`,
};

interface Taken {
  raw: string;
  parsed: ParsedMail;
}
interface Harness {
  mailer: Mailer;
  taken(): Promise<Taken[]>;
  close(): Promise<void>;
}

async function parsedFrom(raw: Buffer): Promise<Taken> {
  return { raw: raw.toString('latin1'), parsed: await simpleParser(raw) };
}

async function smtp(): Promise<Harness> {
  const raws: Buffer[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = [mailFrom ? mailFrom.address : '', ...rcptTo.map((r) => r.address)];
        raws.push(Buffer.concat(chunks));
        done(envelope.length === 2 ? null : new Error('one recipient only'), 'queued as 7');
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    mailer: new SmtpMailer({ url: `smtp://127.0.0.1:${port}`, from, clock }),
    taken: () => Promise.all(raws.map(parsedFrom)),
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

async function eml(): Promise<Harness> {
  const folder = join(await mkdtemp(join(tmpdir(), 'carnot-eml-')), 'mails');
  return {
    mailer: new EmlMailer({ folder, from, clock }),
    taken: async () => {
      const names = await readdir(folder).catch(() => []);
      return Promise.all(names.map(async (name) => parsedFrom(await readFile(join(folder, name)))));
    },
    close: () => rm(join(folder, '..'), { recursive: true }),
  };
}

const one = (address: AddressObject | AddressObject[] | undefined) => (address as AddressObject).value[0];
const headerLines = (raw: string): string[] => raw.split('\r\n\r\n')[0]!.split(/\r\n(?![ \t])/);

describe.each([
  ['smtp', smtp],
  ['eml', eml],
] as const)('the %s mailer', (id, start) => {
  let harness: Harness;
  beforeEach(async () => (harness = await start()));
  afterEach(() => harness.close());

  const sent = async (over: Partial<Mail> = {}): Promise<Taken> => {
    await harness.mailer.send({ ...mail, ...over });
    return (await harness.taken())[0]!;
  };

  it('names itself and says where the mail went', async () => {
    expect(harness.mailer.id).toBe(id);
    expect((await harness.mailer.send(mail)).where).toMatch(
      /^(127\.0\.0\.1:\d+ 250 .*queued as 7|digest\.3bcar\.42@.*\.eml)$/,
    );
  });

  it('keeps addresses, names and the subject', async () => {
    const { parsed, raw } = await sent();
    expect(one(parsed.from)).toEqual({ ...from });
    expect(one(parsed.to)).toEqual({ ...mail.to });
    expect(parsed.subject).toBe(mail.subject);
    expect(headerLines(raw).join('')).toMatch(/^[\x00-\x7f]*$/);
  });

  it('keeps both bodies to the letter', async () => {
    const { parsed } = await sent();
    expect(parsed.text).toBe(mail.text);
    expect(parsed.html).toBe(mail.html);
    expect(parsed.attachments).toEqual([]);
  });

  it('writes the headers that a machine reads', async () => {
    const { parsed, raw } = await sent();
    expect(parsed.messageId).toBe(`<${mail.messageId}>`);
    expect(parsed.date).toEqual(clock.now());
    expect(headerLines(raw)).toEqual(
      expect.arrayContaining([
        `List-Unsubscribe: <${mail.unsubscribeUrl}>`,
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
        'Auto-Submitted: auto-generated',
        `Message-ID: <${mail.messageId}>`,
      ]),
    );
    expect(raw).not.toMatch(/^X-Mailer/im);
  });

  it('writes no header to unsubscribe into a mail that nobody subscribed to', async () => {
    const { raw, parsed } = await sent({ unsubscribeUrl: null });
    expect(raw).not.toMatch(/^List-/im);
    expect(parsed.text).toBe(mail.text);
  });

  it('says to which thread it belongs', async () => {
    const { raw } = await sent({ threads: ['call.1@carnot.example', 'digest.2@carnot.example'] });
    const headers = headerLines(raw).map((line) => line.replace(/\r\n\s+/g, ' '));
    expect(headers).toEqual(
      expect.arrayContaining([
        'References: <call.1@carnot.example> <digest.2@carnot.example>',
        'In-Reply-To: <digest.2@carnot.example>',
      ]),
    );
    await expect(harness.mailer.send({ ...mail, threads: ['a@b>\r\nBcc: <c@d'] })).rejects.toMatchObject({
      kind: 'MailRefused',
    });
  });

  it('bears the name of whoever sends it, at the address of the installation', async () => {
    const { parsed, raw } = await sent({ fromName: 'Carnot 3BCAR\r\nBcc: all@example.org' });
    expect(one(parsed.from)).toEqual({ name: 'Carnot 3BCAR Bcc: all@example.org', address: from.address });
    expect(raw).not.toMatch(/^Bcc:/im);
  });

  it('takes a recipient without a name', async () => {
    const { parsed } = await sent({ to: { name: null, address: 'a@example.fr' } });
    expect(one(parsed.to)).toEqual({ name: '', address: 'a@example.fr' });
  });

  it.each([
    '\r\nBcc: evil@example.org',
    '\nX-Evil: 1\n\nbody',
    '\u2028Bcc: evil@example.org',
    '", <evil@example.org>, "',
  ])('lets no name or subject add a header or a recipient: %j', async (evil) => {
    const { parsed, raw } = await sent({
      to: { name: `A${evil}`, address: 'a@example.fr' },
      subject: `S${evil}`,
    });
    const names = headerLines(raw).map((line) => line.split(':')[0]!.toLowerCase());
    expect(names.filter((name) => name === 'bcc' || name === 'x-evil')).toEqual([]);
    expect((parsed.to as AddressObject).value).toHaveLength(1);
    expect(one(parsed.to)!.address).toBe('a@example.fr');
    expect(parsed.subject).toBe(`S${evil}`.replace(/[\r\n\u2028]+/g, ' '));
  });

  it.each([
    ['an address with a line break', { to: { name: null, address: 'a@example.fr\r\nBcc: b@example.fr' } }],
    ['two addresses', { to: { name: null, address: 'a@example.fr,b@example.fr' } }],
    ['an address in brackets', { to: { name: null, address: 'A <a@example.fr>' } }],
    ['no address', { to: { name: null, address: '' } }],
    ['an id with a line break', { messageId: 'a\r\nBcc: b@example.fr' }],
    ['an id in brackets', { messageId: '<a@b>' }],
    ['an address to unsubscribe that is a script', { unsubscribeUrl: 'javascript:alert(1)' }],
  ])('refuses %s for good and sends nothing', async (_what, over: Partial<Mail>) => {
    const refused = { kind: 'MailRefused', retryPolicy: 'never' };
    await expect(harness.mailer.send({ ...mail, ...over })).rejects.toMatchObject(refused);
    expect(await harness.taken()).toEqual([]);
  });

  it('sends the same message twice under one id', async () => {
    await harness.mailer.send(mail);
    await harness.mailer.send(mail);
    const taken = await harness.taken();
    expect(taken).toHaveLength(id === 'eml' ? 1 : 2);
    expect(new Set(taken.map((t) => t.parsed.messageId))).toEqual(new Set([`<${mail.messageId}>`]));
  });
});

describe('the folder of mails', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'carnot-eml-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('is for its owner alone, and holds nothing half written', async () => {
    const inside = join(folder, 'deep', 'mails');
    const { where } = await new EmlMailer({ folder: inside, from }).send(mail);
    expect(await readdir(inside)).toEqual([where]);
    expect((await stat(inside)).mode & 0o777).toBe(0o700);
    expect((await stat(join(inside, where))).mode & 0o777).toBe(0o600);
  });

  it('holds nothing of a process that was killed while it wrote, once the mail is sent again', async () => {
    const { where } = await new EmlMailer({ folder, from }).send(mail);
    await rename(join(folder, where), join(folder, `.${where}.tmp`));
    await new EmlMailer({ folder, from }).send(mail);
    expect(await readdir(folder)).toEqual([where]);
  });

  it('cannot be left through an id, and keeps apart ids that look alike as names', async () => {
    const mailer = new EmlMailer({ folder, from });
    const ids = ['../../a@b', '..%2f..%2fa@b', '.a@b', `${'x'.repeat(190)}@b`, `${'x'.repeat(191)}@b`];
    const wheres: string[] = [];
    for (const messageId of ids) wheres.push((await mailer.send({ ...mail, messageId })).where);
    expect((await readdir(folder)).sort()).toEqual([...new Set(wheres)].sort());
    expect(new Set(wheres).size).toBe(ids.length);
    expect(wheres.every((name) => /^[A-Za-z0-9@_+-][A-Za-z0-9@._+-]*\.eml$/.test(name))).toBe(true);
  });

  it('asks for a person where it cannot be written to', async () => {
    const mailer = new EmlMailer({ folder: join(folder, 'file.eml', 'x'), from });
    await new EmlMailer({ folder, from }).send({ ...mail, messageId: 'x@y' });
    const blocked = new EmlMailer({ folder: join(folder, 'x@y.eml'), from });
    await expect(blocked.send(mail)).rejects.toMatchObject({ kind: 'MailSetup', retryPolicy: 'person' });
    await expect(mailer.send(mail)).resolves.toBeDefined();
  });
});
