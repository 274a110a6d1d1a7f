import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { SETTINGS_LINK_DAYS } from '../../domain/content/mail-link.js';
import { FormError } from '../../../ui/parts.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { SettingsLinks } from '../../preferences/settings-links.js';
import { NotificationPreferences } from '../../preferences/preferences.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import type { Environment } from '../../../platform/config/environment.js';
import { ENVIRONMENT } from '../../../platform/tokens.js';
import { page, tooOften } from '../../../ui/page.js';
import { PageByLink } from '../../../ui/page-for-anyone.js';
import { NOTHING_TYPED } from '../../../ui/form.js';
import { PreferencesScreen, Step } from './preferences-screen.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

/** A link that has expired (`renew` requests a new one), is not ours, or was cut off. */
const DeadPreferencesLink = ({
  v,
  title,
  renew,
  wrong,
}: {
  v: Viewer;
  title: string;
  renew: string | null;
  wrong?: string | undefined;
}) => (
  <section class="narrow">
    <h1>{title}</h1>
    <p>
      {renew === null ? v.t('preferences.unknown') : v.t('preferences.expired', { days: SETTINGS_LINK_DAYS })}
    </p>
    {renew !== null && (
      <form method="post" action={renew}>
        <FormError says={wrong} />
        <p>
          <button class="primary" type="submit">
            {v.t('preferences.renew')}
          </button>
        </p>
        <p class="muted small">{v.t('preferences.renew-help')}</p>
      </form>
    )}
    <p>
      <a class="button" href="/sign-in">
        {v.t('sign-in.link.button')}
      </a>
    </p>
  </section>
);

/** The answer to everyone who requests a new link, whoever the old one belonged to. */
const RenewedPreferencesLink = ({ v, title, asFiles }: { v: Viewer; title: string; asFiles: boolean }) => (
  <section class="narrow">
    <h1>{title}</h1>
    <p>{v.t('preferences.renewed')}</p>
    {asFiles && <p class="notice warn">{v.t('sign-in.asked.files')}</p>}
  </section>
);

const pathOf = (token: string): string => `/notification-preferences/${encodeURIComponent(token)}`;

/** Notification settings, with the link in a message as the only credential. */
@ApiExcludeController()
@AcrossInstitutes('a recipient follows the link in a message')
@Open('the link of the message is the credential: who stops messages, or chooses fewer, needs no account')
@Controller('notification-preferences')
export class PreferencesLinkPages {
  constructor(
    private readonly preferences: NotificationPreferences,
    private readonly screen: PreferencesScreen,
    private readonly limits: RateLimit,
    private readonly links: SettingsLinks,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  /** Only shows: mail scanners open every link of an e-mail. */
  @Get(':token')
  @PageByLink()
  async show(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
  ): Promise<Answer> {
    const recipient = await this.preferences.byLink(token);
    if (!recipient || recipient === 'expired') return this.dead(viewer, request, token, recipient);
    return this.screen.shown(
      viewerByLink(viewer, request, recipient.language),
      recipient,
      pathOf(token),
      NOTHING_TYPED,
      null,
    );
  }

  @Post(':token')
  @PageByLink()
  async save(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const recipient = await this.preferences.byLink(token);
    if (!recipient || recipient === 'expired') return this.dead(viewer, request, token, recipient);
    await this.limits.take('choices by a link', token);
    const v = viewerByLink(viewer, request, recipient.language);
    const wrong = await this.screen.saved(v, recipient, body, (input) =>
      this.preferences.choose(recipient, input),
    );
    if (wrong === null) return redirectTo(pathOf(token), 'flash.saved');
    return pageWith(422, await this.screen.shown(v, recipient, pathOf(token), wrong, null));
  }

  /**
   * Gives everyone the same answer, so nobody learns whether a person still gets messages. Limits the
   * requester, never the recipient.
   */
  @Post(':token/renew')
  @HttpCode(200)
  @PageByLink()
  async renew(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') token: string,
  ): Promise<Answer> {
    const v = viewerByLink(viewer, request, undefined);
    const limited = await tooOften(v, response, () =>
      this.limits.take('e-mails asked from a network', networkOf(request)),
    );
    if (limited) return this.expired(v, 429, token, limited['']);
    await this.links.ask(token);
    const title = v.t('sign-in.asked.title');
    return page(v, { title }, RenewedPreferencesLink({ v, title, asFiles: !this.env.SMTP_URL }));
  }

  @Post(':token/:step')
  @PageByLink()
  async step(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
    @Param('step', { schema: Step }) step: Step,
    @Body() body: unknown,
  ): Promise<Answer> {
    const recipient = await this.preferences.byLink(token);
    if (!recipient || recipient === 'expired') return this.dead(v, request, token, recipient);
    // Stopping is never rate-limited.
    if (step !== 'stop') await this.limits.take('choices by a link', token);
    return redirectTo(pathOf(token), await this.screen.step(v, recipient, step, body));
  }

  /** The page for an expired or invalid link, with a way to get a new one. */
  private dead(viewer: Viewer, request: AuthenticatedRequest, token: string, why: 'expired' | null): Answer {
    const v = viewerByLink(viewer, request, undefined);
    if (why === 'expired') return this.expired(v, 410, token);
    const title = v.t('answer.unknown-title');
    return pageWith(404, page(v, { title }, DeadPreferencesLink({ v, title, renew: null })));
  }

  private expired(v: Viewer, status: 410 | 429, token: string, wrong?: string): Answer {
    const title = v.t('preferences.expired-title');
    const renew = `${pathOf(token)}/renew`;
    return pageWith(status, page(v, { title }, DeadPreferencesLink({ v, title, renew, wrong })));
  }
}
