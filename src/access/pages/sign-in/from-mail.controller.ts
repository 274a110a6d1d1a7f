import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { homeOf, ownPath, signInFromMail } from '../../domain/landing.js';
import { SignIn } from '../../sign-in.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import type { Environment } from '../../../platform/config/environment.js';
import { IdentityProviders } from '../../../platform/sign-on/identity-providers.js';
import { ENVIRONMENT } from '../../../platform/tokens.js';
import { PageQuery } from '../../../ui/form.js';
import { PageByLink } from '../../../ui/page-for-anyone.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { askedPage, fromMailPage, signInPage } from './sign-in.controller.js';

const Next = { next: z.string().max(1_000).optional() };

/**
 * For whoever comes from a mail: to its page if they are signed in, else to a sign-in page that knows where
 * the mail was sent, and does not say it. A forwarded mail reveals no address, and its link signs nobody in.
 */
@ApiExcludeController()
@AcrossInstitutes('people sign in before they are known')
@Open('who signs in has no credential yet')
@Controller('sign-in/from-mail')
export class FromMailPages {
  constructor(
    private readonly signIn: SignIn,
    private readonly limits: RateLimit,
    private readonly providers: IdentityProviders,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Get(':person')
  @PageByLink()
  async show(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('person') id: string,
    @PageQuery(Next) query: { next?: string },
    @Res() response: Response,
  ): Promise<void> {
    const next = ownPath(query.next);
    if (viewer.actor?.sessionId) return response.redirect(303, next ?? homeOf(viewer.actor));
    const reader = await this.signIn.reader(id);
    const v = viewerByLink(viewer, request, reader?.language);
    if (!reader) return this.unknown(v, next, response);
    const provider = this.providers.requiredFor(reader.email) ?? null;
    response.type('html').send(fromMailPage(v, { action: signInFromMail(reader.id, next), provider, next }));
  }

  /** Answers alike whether or not a link is under way; limited like the sign-in page. */
  @Post(':person')
  @HttpCode(200)
  @PageByLink()
  async ask(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('person') id: string,
    @PageQuery(Next) query: { next?: string },
    @Res() response: Response,
  ): Promise<void> {
    await this.limits.take('e-mails asked from a network', networkOf(request));
    const next = ownPath(query.next);
    const reader = await this.signIn.reader(id);
    const v = viewerByLink(viewer, request, reader?.language);
    if (!reader) return this.unknown(v, next, response);
    // Whose institute requires its own account gets no link.
    if (this.providers.requiredFor(reader.email))
      return response.redirect(303, signInFromMail(reader.id, next));
    await this.signIn.ask(reader.email, next);
    response.type('html').send(askedPage(v, { email: null, asFiles: !this.env.SMTP_URL }));
  }

  private unknown(v: Viewer, next: string | null, response: Response): void {
    const { all: providers } = this.providers;
    response
      .status(404)
      .type('html')
      .send(signInPage(v, { next, firstStart: false, providers }));
  }
}
