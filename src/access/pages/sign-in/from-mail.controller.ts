import { AcrossInstitutes } from '../../../platform/access/across-institutes.js';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { homeOf } from '../../domain/landing.js';
import { SignIn } from '../../sign-in.js';
import { MailLinks } from '../../../notifications/mail-links.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import { Open, type AuthenticatedRequest } from '../../../platform/access/rule.js';
import type { Environment } from '../../../platform/config/environment.js';
import { IdentityProviders } from '../../../platform/sign-on/identity-providers.js';
import { ENVIRONMENT } from '../../../platform/tokens.js';
import { PageByLink } from '../../../ui/referrer.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { askedPage, fromMailPage, signInPage } from './sign-in-page.js';

/**
 * For whoever comes from a mail: to their list if they are signed in, else a sign-in page that knows where
 * the mail was sent, and does not say it. A forwarded mail reveals no address, and its link signs nobody in.
 */
@ApiExcludeController()
@AcrossInstitutes('people sign in before they are known')
@Open('who signs in has no credential yet')
@Controller('sign-in/from-mail')
export class FromMailPages {
  constructor(
    private readonly links: MailLinks,
    private readonly signIn: SignIn,
    private readonly limits: RateLimit,
    private readonly providers: IdentityProviders,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Get(':token')
  @PageByLink()
  async show(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
    @Res() response: Response,
  ): Promise<void> {
    if (viewer.actor?.sessionId) return response.redirect(303, homeOf(viewer.actor));
    const reader = await this.links.reader(token);
    const v = viewerByLink(viewer, request, reader?.language);
    if (!reader) return this.unknown(v, response);
    const provider = this.providers.requiredFor(reader.address) ?? null;
    response.type('html').send(fromMailPage(v, { token, provider, next: listOf(reader) }));
  }

  /** Answers alike whether or not the reader still has an account; limited like the sign-in page. */
  @Post(':token')
  @HttpCode(200)
  @PageByLink()
  async ask(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.limits.take('e-mails asked from a network', networkOf(request));
    const reader = await this.links.reader(token);
    const v = viewerByLink(viewer, request, reader?.language);
    if (!reader) return this.unknown(v, response);
    // Whose institute requires its own account gets no link.
    if (this.providers.requiredFor(reader.address))
      return response.redirect(303, `/sign-in/from-mail/${encodeURIComponent(token)}`);
    await this.signIn.ask(reader.address, listOf(reader));
    response.type('html').send(askedPage(v, { email: null, asFiles: !this.env.SMTP_URL }));
  }

  private unknown(v: Viewer, response: Response): void {
    const { all: providers } = this.providers;
    response
      .status(404)
      .type('html')
      .send(signInPage(v, { next: null, firstStart: false, providers }));
  }
}

const listOf = ({ profileId }: { profileId: string | null }): string =>
  profileId === null ? '/calls' : `/institutes/${profileId}/inbox`;
