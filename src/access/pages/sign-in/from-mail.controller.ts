import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import {
  AcrossInstitutes,
  type AuthenticatedRequest,
  CurrentActor,
  Open,
  SignedIn,
} from '../../../platform/access/rule.js';
import { homeOf, NEXT, ownPath, signInFromMail, signInPath } from '../../domain/landing.js';
import { SignIn } from '../../sign-in.js';
import { SignOn } from '../../sign-on/sign-on.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import type { Environment } from '../../../platform/config/environment.js';
import { ENVIRONMENT } from '../../../platform/tokens.js';
import { ConfirmForm } from '../../../ui/parts.js';
import { PageQuery, readForm } from '../../../ui/form.js';
import { page } from '../../../ui/page.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { askedPage, fromMailPage, signInPage } from './sign-in.controller.js';
import { ProviderLinks } from './sign-on.controller.js';
import type { Actor } from '../../../kernel/actor.js';
import { SessionCookie } from '../../session-cookie.js';
import { Sessions } from '../../sessions.js';
import { IdentityProviders } from '../../../platform/sign-on/identity-providers.js';
import { PageByLink } from '../../../ui/page-for-anyone.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

const ConfirmSent = z.object(NEXT);

/**
 * For people who signed in a while ago: they confirm their identity by a link sent to their own address,
 * which leads back to where they were.
 */
@ApiExcludeController()
@AcrossInstitutes('people sign in before they are known')
@Open('below the pages of signing in; who is not signed in is sent there')
@Controller('sign-in/confirm')
export class ConfirmPages {
  constructor(
    private readonly signIn: SignIn,
    private readonly signOn: SignOn,
    private readonly limits: RateLimit,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Get()
  async show(@View() v: Viewer, @PageQuery(NEXT) { next }: { next?: string }): Promise<Answer> {
    const back = ownPath(next);
    if (!v.actor?.sessionId) return redirectTo(signInPath(back));
    const providers = await this.signOn.providersOf(v.actor);
    const children = ProviderLinks({ v, providers, next: back });
    return page(v, { title: v.t('presence.title') }, ConfirmForm({ v, next: back, children }));
  }

  @Post()
  @HttpCode(200)
  async send(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(ConfirmSent, body, v.language);
    const next = ownPath(sent.ok ? sent.value.next : null);
    if (!v.actor?.sessionId || v.actor.email === null) return redirectTo(signInPath(next));
    const { email } = v.actor;
    await this.limits.take('e-mails asked from a network', networkOf(request));
    await this.signIn.ask(email, next);
    return askedPage(v, { email, asFiles: !this.env.SMTP_URL });
  }
}

@ApiExcludeController()
@SignedIn()
@Controller()
export class HomePages {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  home(@CurrentActor() actor: Actor): Answer {
    return redirectTo(homeOf(actor));
  }

  @Post('sign-out')
  async out(@CurrentActor() actor: Actor, @Res({ passthrough: true }) response: Response): Promise<Answer> {
    await this.sessions.end(actor);
    this.cookie.clear(response);
    // Cached pages kept for the back button are theirs too. Our own script clears the storage: preferences
    // for this browser stay.
    response.setHeader('Clear-Site-Data', '"cache"');
    return redirectTo('/sign-in', 'flash.signed-out');
  }
}

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
    @PageQuery(NEXT) query: { next?: string },
  ): Promise<Answer> {
    const next = ownPath(query.next);
    if (viewer.actor?.sessionId) return redirectTo(next ?? homeOf(viewer.actor));
    const reader = await this.signIn.reader(id);
    const v = viewerByLink(viewer, request, reader?.language);
    if (!reader) return this.unknown(v, next);
    const provider = this.providers.requiredFor(reader.email) ?? null;
    return fromMailPage(v, { action: signInFromMail(reader.id, next), provider, next });
  }

  /** Answers alike whether or not a link is under way; limited like the sign-in page. */
  @Post(':person')
  @HttpCode(200)
  @PageByLink()
  async ask(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('person') id: string,
    @PageQuery(NEXT) query: { next?: string },
  ): Promise<Answer> {
    await this.limits.take('e-mails asked from a network', networkOf(request));
    const next = ownPath(query.next);
    const reader = await this.signIn.reader(id);
    const v = viewerByLink(viewer, request, reader?.language);
    if (!reader) return this.unknown(v, next);
    // Whose institute requires its own account gets no link.
    if (this.providers.requiredFor(reader.email)) return redirectTo(signInFromMail(reader.id, next));
    await this.signIn.ask(reader.email, next);
    return askedPage(v, { email: null, asFiles: !this.env.SMTP_URL });
  }

  private unknown(v: Viewer, next: string | null): Answer {
    const { all: providers } = this.providers;
    return pageWith(404, signInPage(v, { next, firstStart: false, providers }));
  }
}
