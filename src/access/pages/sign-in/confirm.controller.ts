import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { ownPath, signInPath } from '../../domain/landing.js';
import { SignIn } from '../../sign-in.js';
import { SignOn } from '../../sign-on/sign-on.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import type { Environment } from '../../../platform/config/environment.js';
import { ENVIRONMENT } from '../../../platform/tokens.js';
import { ConfirmForm } from '../../../ui/parts.js';
import { PageQuery, readForm } from '../../../ui/form.js';
import { page } from '../../../ui/page.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { askedPage } from './sign-in.controller.js';
import { ProviderLinks } from './sign-on.controller.js';

const Next = { next: z.string().max(2_000).optional() };
const ConfirmSent = z.object(Next);

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
  async show(
    @View() v: Viewer,
    @PageQuery(Next) { next }: { next?: string },
    @Res() response: Response,
  ): Promise<void> {
    const back = ownPath(next);
    if (!v.actor?.sessionId) return response.redirect(303, signInPath(back));
    const providers = await this.signOn.providersOf(v.actor);
    const children = ProviderLinks({ v, providers, next: back });
    response
      .type('html')
      .send(page(v, { title: v.t('presence.title') }, ConfirmForm({ v, next: back, children })));
  }

  @Post()
  @HttpCode(200)
  async send(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const sent = readForm(ConfirmSent, body, v.language);
    const next = ownPath(sent.ok ? sent.value.next : null);
    if (!v.actor?.sessionId || v.actor.email === null) return response.redirect(303, signInPath(next));
    const { email } = v.actor;
    await this.limits.take('e-mails asked from a network', networkOf(request));
    await this.signIn.ask(email, next);
    response.type('html').send(askedPage(v, { email, asFiles: !this.env.SMTP_URL }));
  }
}
