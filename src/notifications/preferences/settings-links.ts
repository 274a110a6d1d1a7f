import { Inject, Injectable } from '@nestjs/common';
import { translateTo } from '../../i18n/translate.js';
import { type RenderedMail, renderLinkMail } from '../../outbox/domain/mail-page.js';
import type { Language } from '../../kernel/language.js';
import { SETTINGS_LINK_DAYS } from '../domain/content/mail-link.js';
import { dayAfter } from '../../kernel/lifetimes.js';
import {
  newTransactionalMail,
  TransactionalMailRepository,
} from '../../outbox/store/transactional-mail.repository.js';
import { UNSUBSCRIBED } from '../domain/delivery/channel.js';
import type { Clock } from '../../kernel/ports.js';
import { FollowRepository, type Recipient } from '../store/recipient.repository.js';
import { noSoonerThan } from '../../platform/access/secret.js';
import { RateLimit } from '../../platform/access/rate-limit.js';
import type { Environment } from '../../platform/config/environment.js';
import { Queues, job } from '../../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../../platform/tokens.js';
import { Addresses } from '../recipient-context.js';
import { NotificationPreferences } from './preferences.js';
import { MAIL } from '../../outbox/mail.job.js';

/** The e-mail with a new settings link, replacing one that has expired. */
export function settingsMail({
  name,
  language,
  url,
}: {
  name: string | null;
  language: Language;
  url: string;
}): RenderedMail {
  const t = translateTo(language);
  return renderLinkMail({
    language,
    url,
    subject: t('mail.settings.subject'),
    greeting: name ? t('text.greeting', { name }) : t('mail.greeting'),
    label: t('mail.settings.label'),
    before: [t('mail.settings.asked')],
    after: [t('mail.settings.days', { days: SETTINGS_LINK_DAYS }), t('mail.settings.not-you')],
  });
}

/** The minimum duration of a request, so that timing does not reveal whether the link was valid. */
const ANSWER_MS = 400;

/** A person who unsubscribed may resume; if a server refused the address, nobody reads it. */
const mayBeWrittenTo = ({ channel, locked, stoppedAt, stoppedWhy }: Recipient): boolean =>
  channel === 'email' && !locked && (stoppedAt === null || stoppedWhy === UNSUBSCRIBED);

/** Sends new settings links by e-mail to replace expired ones. */
@Injectable()
export class SettingsLinks {
  constructor(
    private readonly preferences: NotificationPreferences,
    private readonly follows: FollowRepository,
    private readonly mails: TransactionalMailRepository,
    private readonly limits: RateLimit,
    private readonly queues: Queues,
    private readonly addresses: Addresses,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Sends a new link to the address of the old one, and only there, if it has or may restore subscriptions.
   * Neither the answer nor its timing tells the requester.
   */
  async ask(token: string): Promise<void> {
    await noSoonerThan(ANSWER_MS, this.mail(token));
  }

  private async mail(token: string): Promise<void> {
    const recipient = await this.preferences.ofOldLink(token);
    if (!recipient || !mayBeWrittenTo(recipient)) return;
    if ((await this.follows.withLeft(recipient.id)).length === 0) return;
    if (!(await this.limits.allows('settings links to an address', recipient.address))) return;
    const { name, language, profileId, address } = recipient;
    const now = this.clock.now();
    const mail = settingsMail({ name, language, url: this.addresses.settings(recipient) });
    const transactionalMail = newTransactionalMail(this.env, {
      kind: 'settings',
      profileId,
      toName: name,
      toAddress: address,
      ...mail,
      expiresAt: dayAfter(now, 1),
      createdAt: now,
    });
    await this.mails.write(transactionalMail);
    await this.queues.hurry([job(MAIL, { mailId: transactionalMail.id })]);
  }
}
