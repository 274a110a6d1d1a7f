import { Controller, Get, Header, Logger, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { NEXT } from '../../domain/landing.js';
import type { Refusal } from '../../domain/sign-on/claims.js';
import type { SignOnProvider } from '../../../kernel/sign-on.js';
import { page } from '../../../ui/page.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { CarnotError, NotFound } from '../../../kernel/errors.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import { cookieOf } from '../../../platform/api/security-headers.js';
import {
  IdentityProviders,
  SignOnDenied,
  SignOnForged,
} from '../../../platform/sign-on/identity-providers.js';
import { PageQuery } from '../../../ui/form.js';
import { REFERRER } from '../../../ui/page-for-anyone.js';
import { SessionCookie, SignOnCookie } from '../../session-cookie.js';
import { SignOn } from '../../sign-on/sign-on.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

/**
 * Why a sign-in failed: refused by the provider, the provider is unreachable, or its answer cannot be
 * trusted.
 */
type Failure = Refusal | 'denied' | 'unavailable' | 'forged';

function startPath({ id }: SignOnProvider, next: string | null, address: string): string {
  const query = new URLSearchParams({ ...(next && { next }), ...(address && { address }) }).toString();
  return `/sign-in/with/${id}${query && `?${query}`}`;
}

/** Links to the available sign-in providers; empty if there are none. */
export function ProviderLinks({
  v,
  providers,
  next,
  address = '',
}: {
  v: Viewer;
  providers: readonly SignOnProvider[];
  next: string | null;
  address?: string;
}) {
  if (providers.length === 0) return null;
  return (
    <ul class="plain providers">
      {providers.map((provider) => (
        <li>
          <a class="button" href={startPath(provider, next, address)}>
            {v.t('sign-on.with', { name: provider.name })}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The answer to a request for a link by people who must use their institute's account. */
export const insteadPage = (
  v: Viewer,
  { provider, next, email }: { provider: SignOnProvider; next: string | null; email: string },
): string =>
  page(
    v,
    { title: v.t('sign-in.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.title')}</h1>
      <div class="card">
        <p>{v.t('sign-on.instead', { name: provider.name })}</p>
        <ProviderLinks v={v} providers={[provider]} next={next} address={email} />
      </div>
    </div>,
  );

/** The page after a failed sign-in: the reason and what to do. */
const failedPage = (
  v: Viewer,
  { provider, failure }: { provider: SignOnProvider; failure: Failure },
): string =>
  page(
    v,
    { title: v.t('sign-on.failed.title') },
    <div class="sign-in">
      <h1>{v.t('sign-on.failed.title')}</h1>
      <div class="card">
        <p role="alert">{v.t(`sign-on.failed.${failure}`, { name: provider.name })}</p>
        <ProviderLinks v={v} providers={[provider]} next={null} />
        {!provider.required && (
          <p>
            <a href="/sign-in">{v.t('sign-on.failed.by-mail')}</a>
          </p>
        )}
      </div>
    </div>,
  );

const StartQuery = {
  ...NEXT,
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
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const provider = this.findProvider(id);
    const confirms = v.actor?.sessionId ? v.actor.personId : null;
    try {
      const asking = { next: next ?? null, address: address ?? null, confirms };
      const { url, kept } = await this.signOn.start(provider, asking);
      this.cookie.set(response, kept);
      return redirectTo(url);
    } catch (error) {
      return this.failed(v, provider, this.failureOf(error, provider));
    }
  }

  /** The provider redirects the browser here with a code or an error. */
  @Get(':provider/return')
  @Header(...REFERRER)
  async finish(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('provider') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
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
      return redirectTo(done.to);
    }
    // Only failures count.
    await this.limits.take('failed sign-ons from a network', networkOf(request));
    return this.failed(v, provider, done);
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

  private failed(v: Viewer, provider: SignOnProvider, failure: Failure): Answer {
    return pageWith(
      failure === 'unavailable' ? 502 : failure === 'denied' || failure === 'forged' ? 400 : 403,
      failedPage(v, { provider, failure }),
    );
  }
}
