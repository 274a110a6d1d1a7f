import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import type { KeyView, MadeKey, PasskeyView, SessionView } from '../../api/credential-views.js';
import { ConfirmFirst } from '../../../ui/confirm.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Dots, Field, LanguageOptions } from '../../../ui/parts.js';
import { redirectWithFlash, View, type Viewer } from '../../../ui/viewer.js';
import { Account, AccountForm, type OwnContact } from '../../account.js';
import { browserName } from '../../domain/browser-name.js';
import { type Actor, may } from '../../../kernel/actor.js';
import { page } from '../../../ui/page.js';
import { NOTHING_TYPED, readForm, type Typed } from '../../../ui/form.js';
import { KeysPart, madeKey } from './key-parts.js';
import { Conflict } from '../../../kernel/errors.js';
import { Keys } from '../../keys.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import { SecondFactor } from '../../passkeys/second-factor.js';
import { Sessions } from '../../sessions.js';
import { CurrentActor, InPerson, JustSignedIn, Oneself } from '../../../platform/access/rule.js';

/** The person's own passkeys, and the link to add one. */
function PasskeysPart({ v, passkeys, refused }: { v: Viewer; passkeys: PasskeyView[]; refused?: string }) {
  return (
    <>
      <p class="muted small">{v.t('passkeys.help')}</p>
      {refused && (
        <p class="notice bad" role="alert">
          {refused}
        </p>
      )}
      {passkeys.length === 0 ? (
        <p class="muted">{v.t('passkeys.none')}</p>
      ) : (
        <>
          <ConfirmFirst v={v} />
          <ul class="entries">
            {passkeys.map((passkey) => (
              <Passkey key={passkey.id} v={v} passkey={passkey} />
            ))}
          </ul>
        </>
      )}
      <p>
        <a class="button" href="/sign-in/passkey/new?next=%2Faccount">
          {v.t('passkeys.add')}
        </a>
      </p>
    </>
  );
}

function Passkey({ v, passkey: { id, name, createdAt, lastUsedAt } }: { v: Viewer; passkey: PasskeyView }) {
  const used = lastUsedAt ? v.t('keys.used', { when: momentText(v, lastUsedAt) }) : v.t('keys.never-used');
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">{name}</p>
        <p class="muted small">
          <Dots parts={[v.t('passkeys.made', { when: dayText(v, createdAt) }), used]} />
        </p>
      </div>
      <form method="post" action={`/account/passkeys/${id}/remove`}>
        <button class="danger" type="submit" aria-label={v.t('passkeys.remove-which', { name })}>
          {v.t('passkeys.remove')}
        </button>
      </form>
    </li>
  );
}

interface AccountModel {
  contact: OwnContact;
  sessions: SessionView[];
  keys: KeyView[];
  /** Null if passkeys are not used here. */
  passkeys: PasskeyView[] | null;
  passkeyRefused?: string;
  made?: MadeKey;
  me?: Typed;
  key?: Typed;
}

/** The account page: name and language, browsers, keys. */
const accountPage = (v: Viewer, model: AccountModel): string =>
  page(
    v,
    {
      title: v.t('account.title'),
      place: 'account',
      styles: ['account/account'],
      scripts: ['account/account'],
    },
    <div class="narrow">
      <h1>{v.t('account.title')}</h1>
      <section class="card">
        <h2>{v.t('account.me')}</h2>
        <MeForm v={v} contact={model.contact} sent={model.me ?? NOTHING_TYPED} />
        <p>
          <a class="button" href="/account/notification-preferences">
            {v.t('preferences.title')}
          </a>
        </p>
      </section>
      <section class="card">
        <h2>{v.t('account.sessions')}</h2>
        <SessionList v={v} sessions={model.sessions} />
      </section>
      {model.passkeys && (
        <section class="card" id="passkeys">
          <h2>{v.t('passkeys.title')}</h2>
          <PasskeysPart
            v={v}
            passkeys={model.passkeys}
            {...(model.passkeyRefused && { refused: model.passkeyRefused })}
          />
        </section>
      )}
      <section class="card" id="keys">
        <h2>{v.t('account.keys')}</h2>
        <p class="muted small">{v.t('account.keys.help')}</p>
        <KeysPart
          v={v}
          model={{
            keys: model.keys,
            action: '/account/keys',
            made: model.made ?? null,
            ...(model.key ?? NOTHING_TYPED),
          }}
        />
      </section>
    </div>,
  );

interface MeShown {
  v: Viewer;
  contact: OwnContact;
  sent: Typed;
}

/** What the members of a joint opportunity may see of them. */
const ContactFields = ({ v, contact, sent: { typed, errors } }: MeShown) => (
  <>
    <Field
      id="telephone"
      label={v.t('account.telephone')}
      help={v.t('account.telephone.help')}
      error={errors['telephone']}
    >
      <input
        id="telephone"
        name="telephone"
        type="tel"
        autocomplete="tel"
        maxLength={40}
        value={typed['telephone'] ?? contact.telephone ?? ''}
        aria-describedby={errors['telephone'] ? 'telephone-help telephone-error' : 'telephone-help'}
      />
    </Field>
    <label class="choice">
      <input type="checkbox" name="showsContact" value="true" checked={contact.showsContact} />
      {v.t('account.shows-contact')}
    </label>
  </>
);

function MeForm({ v, contact, sent }: MeShown) {
  const { typed, errors } = sent;
  const actor = v.actor!;
  const chosen = typed['language'] ?? actor.language;
  return (
    <form method="post" action="/account">
      <dl class="facts">
        <dt>{v.t('account.email')}</dt>
        <dd>{actor.email}</dd>
        <dt>{v.t('account.belongs')}</dt>
        <dd>{actor.profileName ?? v.t('layout.network')}</dd>
        {actor.role !== 'operator' && actor.role !== 'service' && (
          <>
            <dt>{v.t('account.role')}</dt>
            <dd>{v.t(`team.role.${actor.role}`)}</dd>
          </>
        )}
      </dl>
      <Field id="name" label={v.t('account.name')} error={errors['name']}>
        <input
          id="name"
          name="name"
          autocomplete="name"
          required
          maxLength={200}
          value={typed['name'] ?? actor.name}
          aria-describedby={errors['name'] ? 'name-error' : undefined}
        />
      </Field>
      <Field id="language" label={v.t('account.language')} error={errors['language']}>
        <select id="language" name="language">
          <LanguageOptions v={v} chosen={chosen} />
        </select>
      </Field>
      {may(actor, 'joint.write') && <ContactFields {...{ v, contact, sent }} />}
      <button class="primary" type="submit">
        {v.t('form.save')}
      </button>
    </form>
  );
}

function SessionList({ v, sessions }: { v: Viewer; sessions: SessionView[] }) {
  return (
    <>
      <p class="muted small">{v.t('account.sessions.help')}</p>
      <ul class="entries">
        {sessions.map((s) => (
          <Session key={s.id} v={v} session={s} />
        ))}
      </ul>
      {sessions.some((s) => !s.current) && (
        <form method="post" action="/account/sessions/revoke-others">
          <button type="submit">{v.t('account.sessions.revoke-others')}</button>
        </form>
      )}
    </>
  );
}

function Session({ v, session }: { v: Viewer; session: SessionView }) {
  const browser = browserName(session.userAgent) ?? v.t('account.session.unknown');
  const since = dayText(v, session.createdAt);
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">
          {browser} {session.current && <span class="badge new">{v.t('account.session.this')}</span>}
        </p>
        <p class="muted small">
          {v.t('account.session.when', {
            last: momentText(v, session.lastSeenAt),
            since,
            until: dayText(v, session.expiresAt),
          })}
        </p>
      </div>
      {!session.current && (
        <form method="post" action={`/account/sessions/${session.id}/revoke`}>
          <button
            class="danger"
            type="submit"
            aria-label={v.t('account.session.revoke-which', { browser, since })}
          >
            {v.t('account.session.revoke')}
          </button>
        </form>
      )}
    </li>
  );
}

const owner = ({ personId }: Actor): { personId: string } => ({ personId: personId! });

/** The account page. */
@ApiExcludeController()
@Oneself()
@Controller('account')
export class AccountPages {
  constructor(
    private readonly account: Account,
    private readonly sessions: Sessions,
    private readonly keys: Keys,
    private readonly passkeys: Passkeys,
    private readonly secondFactor: SecondFactor,
  ) {}

  @Get()
  show(@View() v: Viewer, @CurrentActor() actor: Actor): Promise<string> {
    return this.page(v, actor, {});
  }

  @Post()
  async describe(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const form = readForm(AccountForm, body, v.language, (fields) => ({
      ...fields,
      telephone: fields['telephone'] ?? null,
      showsContact: fields['showsContact'] === 'true',
    }));
    if (!form.ok)
      return void response
        .status(422)
        .type('html')
        .send(await this.page(v, actor, { me: form }));
    await this.account.describe(actor, form.value);
    // The parameter also switches this browser to the new language.
    redirectWithFlash(response, `/account?lang=${form.value.language}`, 'flash.saved');
  }

  @Post('sessions/revoke-others')
  async revokeOthers(@CurrentActor() actor: Actor, @Res() response: Response): Promise<void> {
    await this.sessions.revokeOthers(actor);
    redirectWithFlash(response, '/account', 'flash.revoked');
  }

  @Post('sessions/:session/revoke')
  async revokeSession(
    @CurrentActor() actor: Actor,
    @Param('session', { schema: z.uuid() }) session: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.sessions.revoke(actor, session);
    redirectWithFlash(response, '/account', 'flash.revoked');
  }

  /** Renders the key in this response, because it is not stored and cannot be shown later. */
  @JustSignedIn()
  @Post('keys')
  async makeKey(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Body() body: unknown,
    @Res() response: Response,
  ): Promise<void> {
    const { status, extra } = await madeKey(v, this.keys, owner(actor), body);
    response
      .status(status)
      .type('html')
      .send(await this.page(v, actor, extra));
  }

  /** Somebody at an unattended browser must not remove a second factor. */
  @JustSignedIn()
  @Post('passkeys/:passkey/remove')
  async removePasskey(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('passkey', { schema: z.uuid() }) passkey: string,
    @Res() response: Response,
  ): Promise<void> {
    try {
      await this.passkeys.remove(actor, passkey);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const refused = await this.page(v, actor, { passkeyRefused: v.t('passkeys.last') });
      return void response.status(409).type('html').send(refused);
    }
    redirectWithFlash(response, '/account', 'flash.passkey-removed');
  }

  @InPerson()
  @Post('keys/:key/revoke')
  async revokeKey(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: z.uuid() }) key: string,
    @Res() response: Response,
  ): Promise<void> {
    await this.keys.revoke(owner(actor), key);
    redirectWithFlash(response, '/account', 'flash.revoked');
  }

  private async page(v: Viewer, actor: Actor, extra: Partial<AccountModel>): Promise<string> {
    const [contact, sessions, keys, passkeys] = await Promise.all([
      this.account.contact(actor),
      this.sessions.list(actor),
      this.keys.list(owner(actor)),
      this.secondFactor.party ? this.passkeys.list(actor) : null,
    ]);
    return accountPage(v, { ...extra, contact, sessions, keys, passkeys });
  }
}
