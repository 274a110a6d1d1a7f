import type { ComponentChildren } from 'preact';
import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { MOST_PASSKEYS } from '../../domain/second-factor.js';
import { page } from '../../../ui/page.js';
import { Field } from '../../../ui/parts.js';
import { NOTHING_TYPED, PageQuery, readForm, type Typed } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { Forbidden } from '../../../kernel/errors.js';
import { issue } from '../../../kernel/issues.js';
import {
  AcrossInstitutes,
  type AuthenticatedRequest,
  JustSignedIn,
  Open,
} from '../../../platform/access/rule.js';
import type { Actor } from '../../../kernel/actor.js';
import { Assertion, Registration } from '../../../platform/sign-on/web-authn.js';
import { browserName } from '../../domain/browser-name.js';
import { type Awaited, homeOf, NEXT, ownPath, signInPath } from '../../domain/landing.js';
import { PasskeyStep } from '../../passkeys/passkey-step.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import { SecondFactor } from '../../passkeys/second-factor.js';
import { SessionCookie } from '../../session-cookie.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

const LOOK = { styles: ['account/account'], scripts: ['account/passkeys'] };

/** A form that the script fills in with the device's answer. */
function PasskeyForm({
  v,
  way,
  action,
  next,
  button,
  error,
  children,
}: {
  v: Viewer;
  way: 'get' | 'create';
  action: string;
  next: string | null;
  button: string;
  error: string | undefined;
  children?: ComponentChildren;
}) {
  return (
    <form
      class="card"
      method="post"
      action={action}
      data-passkey={way}
      data-challenge={`${action}/challenge`}
    >
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {children}
      {next && <input type="hidden" name="next" value={next} />}
      <input type="hidden" name="answer" value="" />
      <p>
        <button class="primary" type="submit">
          {button}
        </button>
      </p>
      <p
        class="error passkey-says"
        role="alert"
        data-failed={v.t('passkey.failed')}
        data-known={v.t('passkey.known')}
        data-unsupported={v.t('passkey.unsupported')}
      />
      <p class="notice warn no-script">{v.t('passkey.scripts')}</p>
    </form>
  );
}

/** The sign-out button for a session still waiting for its second factor, which has no menu. */
const Out = ({ v, awaits }: { v: Viewer; awaits: Awaited | undefined }) =>
  awaits ? (
    <form method="post" action="/sign-out">
      <button class="plain" type="submit">
        {v.t('layout.sign-out')}
      </button>
    </form>
  ) : null;

/** Asks for a passkey, to sign in or to confirm that it is still the same person. */
function passkeyPage(v: Viewer, { next, error }: { next: string | null; error?: string }): string {
  const awaits = v.actor?.awaits;
  const title = v.t(awaits ? 'passkey.title' : 'presence.title');
  return page(
    v,
    { title, ...LOOK },
    <div class="sign-in">
      <h1>{title}</h1>
      <PasskeyForm
        v={v}
        way="get"
        action="/sign-in/passkey"
        next={next}
        button={v.t('passkey.use')}
        error={error}
      >
        <p>{v.t('passkey.says', { name: v.actor!.name })}</p>
      </PasskeyForm>
      <p class="muted">{v.t('passkey.lost')}</p>
      <Out v={v} awaits={awaits} />
    </div>,
  );
}

interface NewPasskeyModel extends Typed {
  next: string | null;
  suggested: string;
  /** Whether the maximum number of passkeys is reached. */
  full: boolean;
}

/**
 * The page for creating a passkey: suggested to coordinators, mandatory for them, or opened from the account
 * page.
 */
function newPasskeyPage(v: Viewer, { next, suggested, full, typed, errors }: NewPasskeyModel): string {
  const awaits = v.actor?.awaits;
  return page(
    v,
    { title: v.t('passkey.new.title'), ...LOOK },
    <div class="sign-in">
      <h1>{v.t('passkey.new.title')}</h1>
      {awaits && <p class="notice">{v.t('passkey.new.required')}</p>}
      {full ? (
        <p class="notice warn">{v.t('passkey.new.full')}</p>
      ) : (
        <PasskeyForm
          v={v}
          way="create"
          action="/sign-in/passkey/new"
          next={next}
          button={v.t('passkey.new.title')}
          error={errors['']}
        >
          <p>{v.t('passkey.new.says')}</p>
          <Field
            id="passkey-name"
            label={v.t('form.name')}
            help={v.t('passkey.name.help')}
            error={errors['name']}
          >
            <input
              id="passkey-name"
              name="name"
              required
              maxLength={100}
              autocomplete="off"
              value={typed['name'] ?? suggested}
              aria-describedby={errors['name'] ? 'passkey-name-help passkey-name-error' : 'passkey-name-help'}
            />
          </Field>
        </PasskeyForm>
      )}
      {awaits ? (
        <Out v={v} awaits={awaits} />
      ) : (
        <p>
          <a class="button" href={next ?? '/account'}>
            {v.t('passkey.new.later')}
          </a>
        </p>
      )}
    </div>,
  );
}

const LONGEST_ANSWER = 60_000;
/** The device's answer as text, put into the form by the script. */
const Answer = z
  .string()
  .max(LONGEST_ANSWER)
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: issue('not-json').error });
      return z.NEVER;
    }
  });
const Answered = z.object({ ...NEXT, answer: Answer.pipe(Assertion) });
const Made = z.object({ ...NEXT, name: z.string().min(1).max(100), answer: Answer.pipe(Registration) });

/** The signed-in person, whether or not the second factor has been shown. */
const signedIn = (v: Viewer): Actor | null => (v.actor?.sessionId ? v.actor : null);

function mustBeSignedIn(v: Viewer): Actor {
  const actor = signedIn(v);
  if (!actor) throw new Forbidden('sign-in-first');
  return actor;
}

/** The second factor: use a passkey or create the first one. */
@ApiExcludeController()
@AcrossInstitutes('people sign in before they are known')
@Open('below the pages of signing in; who is not signed in is sent there')
@Controller('sign-in/passkey')
export class PasskeyPages {
  constructor(
    private readonly step: PasskeyStep,
    private readonly passkeys: Passkeys,
    private readonly secondFactor: SecondFactor,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  show(@View() v: Viewer, @PageQuery(NEXT) query: { next?: string }): Answer {
    const [actor, next] = [signedIn(v), ownPath(query.next)];
    if (!actor) return redirectTo(signInPath(next));
    if (!actor.passkey) return redirectTo(next ?? homeOf(actor));
    return passkeyPage(v, { next });
  }

  /** Called by the script. */
  @Post('challenge')
  @HttpCode(200)
  ask(@View() v: Viewer): Promise<object> {
    return this.step.ask(mustBeSignedIn(v));
  }

  @Post()
  async answer(
    @View() v: Viewer,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const [actor, form] = [signedIn(v), readForm(Answered, body, v.language)];
    const next = ownPath(form.ok ? form.value.next : form.typed['next']);
    if (!actor) return redirectTo(signInPath(next));
    const secret = form.ok ? await this.step.answer(actor, form.value.answer) : null;
    if (secret === null) {
      const error = v.t('passkey.refused');
      return pageWith(403, passkeyPage(v, { next, error }));
    }
    this.cookie.set(response, secret);
    return redirectTo(next ?? homeOf(actor));
  }

  @JustSignedIn()
  @Get('new')
  async showNew(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @PageQuery(NEXT) query: { next?: string },
  ): Promise<Answer> {
    const next = ownPath(query.next);
    return this.elsewhere(v, next) ?? this.newPage(v, request, next, NOTHING_TYPED);
  }

  @JustSignedIn()
  @Post('new/challenge')
  @HttpCode(200)
  askNew(@View() v: Viewer): Promise<object> {
    return this.step.askNew(mustBeSignedIn(v));
  }

  @JustSignedIn()
  @Post('new')
  async make(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const form = readForm(Made, body, v.language);
    const next = ownPath(form.ok ? form.value.next : form.typed['next']);
    const elsewhere = this.elsewhere(v, next);
    if (elsewhere) return elsewhere;
    const secret = form.ok ? await this.step.add(v.actor!, form.value.name, form.value.answer) : null;
    if (secret === null) {
      const typed = form.ok ? { name: form.value.name } : form.typed;
      const errors = !form.ok && form.errors['name'] ? form.errors : { '': v.t('passkey.refused') };
      return pageWith(form.ok ? 403 : 422, await this.newPage(v, request, next, { typed, errors }));
    }
    this.cookie.set(response, secret);
    return redirectTo(next ?? homeOf(v.actor!), 'flash.passkey-made');
  }

  /**
   * Redirects anyone who cannot create a passkey here: not signed in, an existing passkey not yet shown, or
   * passkeys not available. Null for whoever can.
   */
  private elsewhere(v: Viewer, next: string | null): Answer | null {
    const actor = signedIn(v);
    const may = actor !== null && actor.awaits !== 'passkey' && this.secondFactor.party !== null;
    return may ? null : redirectTo(actor ? (next ?? homeOf(actor)) : signInPath(next));
  }

  private async newPage(
    v: Viewer,
    request: AuthenticatedRequest,
    next: string | null,
    sent: Typed,
  ): Promise<string> {
    const suggested = browserName(request.headers['user-agent'] ?? null) ?? '';
    const full = (await this.passkeys.list(v.actor!)).length >= MOST_PASSKEYS;
    return newPasskeyPage(v, { next, suggested, full, ...sent });
  }
}
