import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { Controller, Get, Header, Logger, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { CarnotError, NotFound } from '../../../kernel/errors.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import { cookieOf } from '../../../platform/api/cookies.js';
import {
  IdentityProviders,
  SignOnDenied,
  SignOnForged,
} from '../../../platform/sign-on/identity-providers.js';
import { PageQuery } from '../../../ui/form.js';
import { REFERRER } from '../../../ui/page-for-anyone.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import type { SignOnProvider } from '../../../kernel/sign-on.js';
import { SessionCookie, SignOnCookie } from '../../session-cookie.js';
import { SignOn } from '../../sign-on/sign-on.js';
import { failedPage, type Failure } from './sign-on-page.js';

const StartQuery = {
  next: z.string().max(2_000).optional(),
  address: z.string().max(320).optional(),
};

/** Redirects to the identity provider and handles its answer. */
@ApiExcludeController()
@AcrossInstitutes('people sign in before they are known')
@Open('who signs in has no credential yet')
@Controller('sign-in/with')
export class SignOnPages {
  private readonly log = new Logger('SignOn');

  constructor(
    private readonly providers: IdentityProviders,
    private readonly signOn: SignOn,
    private readonly session: SessionCookie,
    private readonly cookie: SignOnCookie,
    private readonly limits: RateLimit,
  ) {}

  /** Redirects to the provider. Somebody already signed in confirms their identity there. */
  @Get(':provider')
  async start(
    @View() v: Viewer,
    @Param('provider') id: string,
    @PageQuery(StartQuery) { next, address }: { next?: string; address?: string },
    @Res() response: Response,
  ): Promise<void> {
    const provider = this.findProvider(id);
    const confirms = v.actor?.sessionId ? v.actor.personId : null;
    try {
      const asking = { next: next ?? null, address: address ?? null, confirms };
      const { url, kept } = await this.signOn.start(provider, asking);
      this.cookie.set(response, kept);
      response.redirect(303, url);
    } catch (error) {
      this.failed(v, response, provider, this.failureOf(error, provider));
    }
  }

  /** The provider redirects the browser here with a code or an error. */
  @Get(':provider/return')
  @Header(...REFERRER)
  async finish(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('provider') id: string,
    @Res() response: Response,
  ): Promise<void> {
    const provider = this.findProvider(id);
    const came = {
      query: new URL(request.originalUrl, 'http://here').search,
      kept: cookieOf(request, this.cookie.name),
    };
    const device = { userAgent: request.headers['user-agent'] ?? null, before: request.actor ?? null };
    this.cookie.clear(response);
    let done;
    try {
      done = await this.signOn.finish(provider, came, device);
    } catch (error) {
      done = this.failureOf(error, provider);
    }
    if (typeof done === 'object') {
      this.session.set(response, done.secret);
      return response.redirect(303, done.to);
    }
    // Only failures count.
    await this.limits.take('failed sign-ons from a network', networkOf(request));
    this.failed(v, response, provider, done);
  }

  private findProvider(id: string): SignOnProvider {
    const provider = this.providers.findById(id);
    if (!provider) throw new NotFound('no-provider');
    return provider;
  }

  private failureOf(error: unknown, { id }: SignOnProvider): Failure {
    if (error instanceof SignOnDenied) return 'denied';
    if (error instanceof SignOnForged) {
      this.log.warn(`${id}: ${error.message}`);
      return 'forged';
    }
    if (!(error instanceof CarnotError)) throw error;
    this.log.error(`${id}: ${error.message}. See config/sign-on.yaml and SIGN_ON_SECRETS.`);
    return 'unavailable';
  }

  private failed(v: Viewer, response: Response, provider: SignOnProvider, failure: Failure): void {
    response
      .status(failure === 'unavailable' ? 502 : failure === 'denied' || failure === 'forged' ? 400 : 403)
      .type('html')
      .send(failedPage(v, { provider, failure }));
  }
}
