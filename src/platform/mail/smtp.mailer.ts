import { createTransport } from 'nodemailer';
import { oneLine } from '../../kernel/one-line.js';
import { withoutLinks } from '../../notifications/domain/index.js';
import { traced } from '../telemetry/traces.js';
import type { Mailer, Clock, Mail } from '../../kernel/ports.js';
import { messageOf, type Sender } from './message.js';
import { smtpError } from './smtp-error.js';
import { smtpServerAddress, transportOptions, type SmtpServerAddress } from './smtp-server-address.js';

export interface SmtpOptions {
  /** `smtp[s]://[user:password@]host[:port]`. */
  url: string;
  /** Whether the connection has to be encrypted; it has, where it is left out. */
  tls?: 'required' | 'off';
  from: Sender;
  /** Gives the Date header; the machine's clock where it is left out. */
  clock?: Clock;
  /** How long each step may take. */
  stepMs?: number;
}

const STEP_MS = 10_000;
/** A server that answers every step just in time must not hold a worker for ever. */
const STEPS = 6;

/** Hands mails to an SMTP server. */
export class SmtpMailer implements Mailer {
  readonly id = 'smtp';
  private readonly server: SmtpServerAddress;
  private readonly transport: ReturnType<typeof createTransport>;
  private readonly stepMs: number;

  constructor(private readonly options: SmtpOptions) {
    this.server = smtpServerAddress(options.url, options.tls);
    this.stepMs = options.stepMs ?? STEP_MS;
    this.transport = createTransport(transportOptions(this.server, this.stepMs));
  }

  /**
   * Resolves once the server has taken the mail; `where` holds its answer, often with the id under which it
   * queued it. After an error the mail may still have left (the answer was lost): sent again it carries the
   * same Message-ID.
   */
  async send(mail: Mail): Promise<{ where: string }> {
    // A server may repeat what it was given, and its answer is kept and shown.
    const clean = (text: string): string =>
      withoutLinks(text, [mail.text, mail.html, mail.unsubscribeUrl ?? '']);
    const message = messageOf(mail, this.options.from, this.options.clock?.now() ?? new Date());
    try {
      const signal = AbortSignal.timeout(this.stepMs * STEPS);
      const { response } = await traced(
        { name: 'send mail', kind: 'CLIENT', attributes: { 'server.address': this.server.host } },
        async () => (await this.transport.sendMail({ ...message, signal })) as { response: string },
      );
      // What the database cannot keep must not make it seem that the mail did not leave: it would leave again
      // and again.
      return { where: `${this.server.host}:${this.server.port} ${oneLine(clean(response))}` };
    } catch (error) {
      throw smtpError(error, this.server, clean);
    }
  }
}
