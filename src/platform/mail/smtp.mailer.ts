import { createTransport } from 'nodemailer';
import { oneLine } from '../../kernel/one-line.js';
import { withoutLinks } from '../../kernel/without-links.js';
import { traced } from '../telemetry/traces.js';
import type { Mailer, Clock, Mail } from '../../kernel/ports.js';
import { messageOf, type Sender } from './message.js';
import { smtpError } from './smtp-error.js';
import { smtpServerAddress, transportOptions, type SmtpServerAddress } from './smtp-server-address.js';

export interface SmtpOptions {
  /** `smtp[s]://[user:password@]host[:port]`. */
  url: string;
  /** Whether the connection must be encrypted; `required` by default. */
  tls?: 'required' | 'off';
  from: Sender;
  /** Provides the Date header; the machine's clock by default. */
  clock?: Clock;
  /** The time limit for each step. */
  stepMs?: number;
}

const STEP_MS = 10_000;
/** Limits the total: a server that answers every step just in time must not block a worker for ever. */
const STEPS = 6;

/** Sends e-mails through an SMTP server. */
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
   * Resolves once the server has accepted the e-mail; `where` is its reply, often with its queue id. After an
   * error the e-mail may still have been sent (the reply was lost): a retry has the same Message-ID.
   */
  async send(mail: Mail): Promise<{ where: string }> {
    // A server may repeat what it was given, and its reply is stored and shown.
    const clean = (text: string): string =>
      withoutLinks(text, [mail.text, mail.html, mail.unsubscribeUrl ?? '']);
    const message = messageOf(mail, this.options.from, this.options.clock?.now() ?? new Date());
    try {
      const signal = AbortSignal.timeout(this.stepMs * STEPS);
      const { response } = await traced(
        { name: 'send mail', kind: 'CLIENT', attributes: { 'server.address': this.server.host } },
        async () => (await this.transport.sendMail({ ...message, signal })) as { response: string },
      );
      // Characters that the database cannot store must not make a sent e-mail look unsent: it would be sent
      // again and again.
      return { where: `${this.server.host}:${this.server.port} ${oneLine(clean(response))}` };
    } catch (error) {
      throw smtpError(error, this.server, clean);
    }
  }
}
