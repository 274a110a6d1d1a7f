import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { MOST_SIGN_IN_LINKS, SIGN_IN_LINK_MINUTES } from '../../../kernel/lifetimes.js';
import { page, tooOften } from '../../../ui/page.js';
import { Field, FormError } from '../../../ui/parts.js';
import { NOTHING_TYPED, PageQuery, readForm, type Typed } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import type { SignOnProvider } from '../../../kernel/sign-on.js';
import { homeOf, NEXT, ownPath, signInPath } from '../../domain/landing.js';
import { insteadPage, ProviderLinks } from './sign-on.controller.js';
import { Conflict } from '../../../kernel/errors.js';
import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { Audit } from '../../../audit/audit.js';
import { FirstStart, FirstStartOver } from '../../first-start.js';
import { SessionCookie } from '../../session-cookie.js';
import type { Arrival, Device } from '../../sessions.js';
import { SignIn } from '../../sign-in.js';
import { Address, PersonName } from '../../team.js';
import { networkOf, RateLimit } from '../../../platform/access/rate-limit.js';
import type { Environment } from '../../../platform/config/environment.js';
import { IdentityProviders } from '../../../platform/sign-on/identity-providers.js';
import { ENVIRONMENT } from '../../../platform/tokens.js';
import { REFERRER } from '../../../ui/page-for-anyone.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

interface SignInModel {
  next: string | null;
  /** Whether nobody has an account yet. */
  firstStart: boolean;
  /** The providers that people may sign in with. */
  providers: readonly SignOnProvider[];
  ask?: Typed;
  first?: Typed;
}

/** The form that requests a link; for the operator of a new installation, the admin token form. */
export const signInPage = (v: Viewer, model: SignInModel): string =>
  page(
    v,
    { title: v.t('sign-in.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.title')}</h1>
      <ProviderLinks v={v} providers={model.providers} next={model.next} />
      <div class="card">
        <p>{v.t('sign-in.intro')}</p>
        <EmailForm v={v} next={model.next} sent={model.ask ?? NOTHING_TYPED} />
      </div>
      <p class="muted">{v.t('sign-in.by-invitation')}</p>
      {model.firstStart && (
        <details class="card" open>
          <summary>{v.t('sign-in.first.title')}</summary>
          <FirstStartForm v={v} sent={model.first ?? NOTHING_TYPED} />
        </details>
      )}
    </div>,
  );

const told = (id: string, error: string | undefined) =>
  error ? ({ 'aria-invalid': true, 'aria-describedby': `${id}-error` } as const) : {};

function EmailForm({ v, next, sent }: { v: Viewer; next: string | null; sent: Typed }) {
  return (
    <form method="post" action="/sign-in">
      <FormError says={sent.errors['']} />
      {next && <input type="hidden" name="next" value={next} />}
      <Field id="email" label={v.t('form.email')} error={sent.errors['email']}>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          required
          maxLength={320}
          value={sent.typed['email']}
          {...told('email', sent.errors['email'])}
        />
      </Field>
      <button class="primary" type="submit">
        {v.t('sign-in.send')}
      </button>
    </form>
  );
}

function FirstStartForm({ v, sent: { typed, errors } }: { v: Viewer; sent: Typed }) {
  return (
    <form method="post" action="/sign-in/first-start">
      <p>{v.t('sign-in.first.says')}</p>
      <FormError says={errors['']} />
      <Field
        id="token"
        label={v.t('sign-in.first.token')}
        help={v.t('sign-in.first.token-help')}
        error={errors['token']}
      >
        <input
          id="token"
          name="token"
          type="password"
          autocomplete="off"
          required
          maxLength={500}
          aria-describedby={errors['token'] ? 'token-help token-error' : 'token-help'}
        />
      </Field>
      <Field id="first-name" label={v.t('sign-in.first.name')} error={errors['name']}>
        <input
          id="first-name"
          name="name"
          autocomplete="name"
          required
          maxLength={200}
          value={typed['name']}
          {...told('first-name', errors['name'])}
        />
      </Field>
      <Field id="first-email" label={v.t('sign-in.first.email')} error={errors['email']}>
        <input
          id="first-email"
          name="email"
          type="email"
          autocomplete="email"
          required
          maxLength={320}
          value={typed['email']}
          {...told('first-email', errors['email'])}
        />
      </Field>
      <button type="submit">{v.t('sign-in.first.enter')}</button>
    </form>
  );
}

/** The sign-in page for whoever comes from a mail: one button, nothing to type. */
export const fromMailPage = (
  v: Viewer,
  { action, provider, next }: { action: string; provider: SignOnProvider | null; next: string | null },
): string =>
  page(
    v,
    { title: v.t('sign-in.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.title')}</h1>
      {provider ? (
        <div class="card">
          <p>{v.t('sign-on.instead', { name: provider.name })}</p>
          <ProviderLinks v={v} providers={[provider]} next={next} />
        </div>
      ) : (
        <form class="card" method="post" action={action}>
          <p>{v.t('sign-in.from-mail')}</p>
          <button class="primary" type="submit">
            {v.t('sign-in.send')}
          </button>
        </form>
      )}
      <p>
        <a href={signInPath(next)}>{v.t('sign-in.other-address')}</a>
      </p>
    </div>,
  );

/**
 * The answer to every request for a link, whether or not the address has an account. Without an address: to
 * whom a mail was sent, which is not said.
 */
export const askedPage = (
  v: Viewer,
  { email, asFiles }: { email: string | null; asFiles: boolean },
): string =>
  page(
    v,
    { title: v.t('sign-in.asked.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.asked.title')}</h1>
      <div class="card">
        <p>
          {email === null
            ? v.t('sign-in.asked.from-mail', { minutes: SIGN_IN_LINK_MINUTES })
            : v.t('sign-in.asked.says', { email, minutes: SIGN_IN_LINK_MINUTES })}
        </p>
        {asFiles && <p class="notice warn">{v.t('sign-in.asked.files')}</p>}
        <p class="muted">
          {v.t('sign-in.asked.several', { most: MOST_SIGN_IN_LINKS, minutes: SIGN_IN_LINK_MINUTES })}
        </p>
        <p class="muted">{v.t('sign-in.asked.nothing')}</p>
        <p>
          <a href="/sign-in">{v.t('sign-in.asked.again')}</a>
        </p>
      </div>
    </div>,
  );

/** The page behind a valid link: one button. */
const linkPage = (v: Viewer, token: string, { name, email }: { name: string; email: string }): string =>
  page(
    v,
    { title: v.t('sign-in.link.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.link.title')}</h1>
      <form class="card" method="post" action={`/sign-in/${encodeURIComponent(token)}`}>
        <p>{v.t('sign-in.link.says', { name, email })}</p>
        <p>
          <button class="primary" type="submit">
            {v.t('sign-in.link.button')}
          </button>
        </p>
        <p class="muted small">{v.t('sign-in.link.why')}</p>
      </form>
    </div>,
  );

/**
 * The page behind a link that is no longer valid: how to get a new one. The reason would only help attackers.
 */
const deadLinkPage = (v: Viewer): string =>
  page(
    v,
    { title: v.t('sign-in.dead.title') },
    <div class="sign-in">
      <h1>{v.t('sign-in.dead.title')}</h1>
      {v.actor && (
        <p class="notice">
          {v.t('sign-in.dead.signed-in')} <a href="/">{v.t('sign-in.dead.continue')}</a>
        </p>
      )}
      <form class="card" method="post" action="/sign-in">
        <p>{v.t('sign-in.dead.says')}</p>
        <Field id="email" label={v.t('form.email')}>
          <input id="email" name="email" type="email" autocomplete="email" required maxLength={320} />
        </Field>
        <button class="primary" type="submit">
          {v.t('sign-in.send')}
        </button>
      </form>
    </div>,
  );

const AskForm = z.object({ ...NEXT, email: Address });
const FirstForm = z.object({ token: z.string().max(500), name: PersonName, email: Address });

const deviceOf = (request: AuthenticatedRequest): Device => ({
  userAgent: request.headers['user-agent'] ?? null,
  before: request.actor ?? null,
});

/** Sign-in: a link by e-mail, the button behind it, and the operator's first start. */
@ApiExcludeController()
@AcrossInstitutes('people sign in before they are known')
@Open('who signs in has no credential yet')
@Controller('sign-in')
export class SignInPages {
  constructor(
    private readonly signIn: SignIn,
    private readonly firstStart: FirstStart,
    private readonly limits: RateLimit,
    private readonly audit: Audit,
    private readonly providers: IdentityProviders,
    private readonly cookie: SessionCookie,
    @Inject(ENVIRONMENT) private readonly env: Environment,
  ) {}

  @Get()
  async form(@View() v: Viewer, @PageQuery(NEXT) { next }: { next?: string }): Promise<Answer> {
    if (v.actor?.sessionId) return redirectTo(ownPath(next) ?? homeOf(v.actor));
    return signInPage(v, await this.model(ownPath(next)));
  }

  /**
   * Answers everybody alike, so that nobody learns who has an account. The limit applies to the requester,
   * never to the address.
   */
  @Post()
  @HttpCode(200)
  async ask(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(AskForm, body, v.language);
    if (!form.ok) return this.again(v, 422, { ask: form });
    const { email, next = null } = form.value;
    const limited = await tooOften(v, response, () =>
      this.limits.take('e-mails asked from a network', networkOf(request)),
    );
    if (limited)
      return this.again(v, 429, {
        ask: { typed: { email, ...(next && { next }) }, errors: limited },
      });
    const provider = this.providers.requiredFor(email);
    if (provider) return insteadPage(v, { provider, next: ownPath(next), email });
    await this.signIn.ask(email, next);
    return askedPage(v, { email, asFiles: !this.env.SMTP_URL });
  }

  /** Makes the operator the first coordinator; does nothing once there is one. */
  @Post('first-start')
  async first(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(FirstForm, body, v.language);
    if (!form.ok) return this.again(v, 422, { first: form });
    const { token, ...told } = form.value;
    const limited = await tooOften(v, response, () =>
      this.limits.take('admin tokens from a network', networkOf(request)),
    );
    if (limited) return this.again(v, 429, { first: { typed: told, errors: limited } });
    try {
      const arrival = await this.firstStart.enter(
        token,
        { ...told, language: v.language },
        deviceOf(request),
      );
      if (arrival) return this.welcome(response, arrival);
      return await this.again(v, 403, {
        first: { typed: told, errors: { token: v.t('sign-in.first.wrong') } },
      });
    } catch (error) {
      if (error instanceof FirstStartOver)
        return this.again(v, 403, {
          ask: { typed: {}, errors: { '': v.t('sign-in.first.over') } },
        });
      if (!(error instanceof Conflict)) throw error;
      return this.again(v, 409, {
        first: { typed: told, errors: { email: v.t('sign-in.first.taken') } },
      });
    }
  }

  /** Changes nothing: mail scanners open every link before its owner does. */
  @Get(':token')
  @Header(...REFERRER)
  async look(@View() v: Viewer, @Param('token') token: string): Promise<Answer> {
    const person = await this.signIn.look(token);
    return pageWith(person ? 200 : 410, person ? linkPage(v, token, person) : deadLinkPage(v));
  }

  /** The button: signs in, once. */
  @Post(':token')
  @Header(...REFERRER)
  async use(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') token: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const arrival = await this.signIn.use(token, deviceOf(request));
    if (arrival) return this.welcome(response, arrival);
    // Only failures count: people who share a network with an attacker can still sign in.
    const limited = await tooOften(v, response, () =>
      this.limits.take('dead links used from a network', networkOf(request)),
    );
    if (limited) return this.again(v, 429, { ask: { typed: {}, errors: limited } });
    await this.audit.note('sign-in.failed', null, null, { by: 'link' });
    return pageWith(410, deadLinkPage(v));
  }

  private welcome(response: Response, { secret, to }: Arrival): Answer {
    this.cookie.set(response, secret);
    return redirectTo(to);
  }

  private async again(v: Viewer, status: number, forms: { ask?: Typed; first?: Typed }): Promise<Answer> {
    const next = ownPath(forms.ask?.typed['next']);
    return pageWith(status, signInPage(v, { ...forms, ...(await this.model(next)) }));
  }

  private async model(next: string | null) {
    return { next, firstStart: await this.firstStart.isDue(), providers: this.providers.all };
  }
}
