import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Conflict } from '../../../kernel/errors.js';
import { type Actor, changesAnything, may } from '../../../kernel/actor.js';
import { LONGEST_KEY_DAYS } from '../../../kernel/lifetimes.js';
import type { KeyView, MadeKey, PasskeyView, SessionView } from '../../api/credential-views.js';
import { Keys, NewKey } from '../../keys.js';
import { ConfirmFirst, Dots, Field, LanguageOptions } from '../../../ui/parts.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { NOTHING_TYPED, readForm, type Typed } from '../../../ui/form.js';
import { View, type Viewer } from '../../../ui/viewer.js';
import { Account, AccountForm, type OwnContact } from '../../account.js';
import { browserName } from '../../domain/browser-name.js';
import { page } from '../../../ui/page.js';
import { Passkeys } from '../../passkeys/passkeys.js';
import { SecondFactor } from '../../passkeys/second-factor.js';
import { Sessions } from '../../sessions.js';
import { CurrentActor, InPerson, JustSignedIn, Oneself } from '../../../platform/access/rule.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

interface KeysModel extends Typed {
  keys: KeyView[];
  /** Where the forms post to; each key's path is below it. */
  action: string;
  /** The key created by this request, shown only once. */
  made: MadeKey | null;
}

/** Creates a key from the form; returns it, or the form with what is wrong, and the status of the page. */
export async function madeKey(
  v: Viewer,
  keys: Keys,
  owner: Parameters<Keys['make']>[0],
  body: unknown,
): Promise<{ status: number; extra: { made: MadeKey } | { key: Typed } }> {
  const form = readForm(NewKey, body, v.language);
  if (!form.ok) return { status: 422, extra: { key: form } };
  try {
    return { status: 200, extra: { made: await keys.make(owner, form.value, v.actor!) } };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { status: 422, extra: { key: { typed: form.typed, errors: { name: v.t('keys.full') } } } };
  }
}

/** The validity periods on offer, in days. */
const DAYS = [30, 90, 180, LONGEST_KEY_DAYS];

/** The keys of one owner: the list and the form for a new one. */
export function KeysPart({ v, model }: { v: Viewer; model: KeysModel }) {
  return (
    <>
      {model.made && <Made v={v} made={model.made} />}
      {model.keys.length === 0 ? (
        <p class="muted">{v.t('keys.none')}</p>
      ) : (
        <>
          <p class="muted small">{v.t('keys.makes')}</p>
          <ul class="entries">
            {model.keys.map((key) => (
              <Key key={key.id} v={v} shown={key} action={model.action} />
            ))}
          </ul>
        </>
      )}
      <details open={Object.keys(model.errors).length > 0}>
        <summary>{v.t('keys.make')}</summary>
        <ConfirmFirst v={v} />
        <MakeForm v={v} model={model} />
      </details>
    </>
  );
}

function Made({ v, made }: { v: Viewer; made: MadeKey }) {
  return (
    <div class="notice" role="status">
      <p>{v.t('keys.made', { name: made.name })}</p>
      <div class="secret">
        <label for="made-key">{v.t('keys.value')}</label>
        <input id="made-key" readOnly value={made.key} autocomplete="off" spellcheck={false} />
        <button class="script-only" type="button" data-copy="made-key" data-copied={v.t('keys.copied')}>
          {v.t('keys.copy')}
        </button>
      </div>
    </div>
  );
}

function Key({ v, shown, action }: { v: Viewer; shown: KeyView; action: string }) {
  const used = shown.lastUsedAt
    ? v.t('keys.used', { when: momentText(v, shown.lastUsedAt) })
    : v.t('keys.never-used');
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">
          {shown.name} <code>{shown.hint}…</code>{' '}
          <span class="badge">{v.t(`keys.scope.${shown.scope}`)}</span>
        </p>
        <p class="muted small">
          <Dots
            parts={[
              v.t('keys.until', { when: dayText(v, shown.expiresAt) }),
              used,
              v.t('keys.by', { who: shown.createdBy }),
            ]}
          />
        </p>
      </div>
      <form method="post" action={`${action}/${shown.id}/revoke`}>
        <button class="danger" type="submit" aria-label={v.t('keys.revoke-which', { name: shown.name })}>
          {v.t('form.revoke')}
        </button>
      </form>
    </li>
  );
}

function MakeForm({ v, model: { action, errors, typed } }: { v: Viewer; model: KeysModel }) {
  const scopes = v.actor && changesAnything(v.actor) ? (['read', 'write'] as const) : (['read'] as const);
  return (
    <form method="post" action={action}>
      <div class="fields">
        <Field id="key-name" label={v.t('keys.name')} error={errors['name']}>
          <input
            id="key-name"
            name="name"
            required
            maxLength={100}
            value={typed['name']}
            aria-describedby={errors['name'] ? 'key-name-error' : undefined}
          />
        </Field>
        <Field id="key-scope" label={v.t('keys.scope')} error={errors['scope']}>
          <select id="key-scope" name="scope">
            {scopes.map((s) => (
              <option key={s} value={s} selected={typed['scope'] === s}>
                {v.t(`keys.scope.${s}`)}
              </option>
            ))}
          </select>
        </Field>
        <Field id="key-days" label={v.t('keys.days')} error={errors['days']}>
          <select id="key-days" name="days">
            {DAYS.map((d) => (
              <option key={d} value={d} selected={(typed['days'] ?? '90') === String(d)}>
                {v.t('keys.days.n', { days: d })}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <button class="primary" type="submit">
        {v.t('keys.make')}
      </button>
    </form>
  );
}

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
const ContactFields = ({ v, contact, sent, sent: { typed, errors } }: MeShown) => (
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
      {/* A box that is not ticked is not sent: the form as a whole says whether it was. */}
      <input
        type="checkbox"
        name="showsContact"
        value="true"
        checked={sent === NOTHING_TYPED ? contact.showsContact : typed['showsContact'] === 'true'}
      />
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
        <dt>{v.t('form.email')}</dt>
        <dd>{actor.email}</dd>
        <dt>{v.t('account.belongs')}</dt>
        <dd>{actor.profileName ?? v.t('layout.network')}</dd>
        {actor.role !== 'operator' && actor.role !== 'service' && (
          <>
            <dt>{v.t('form.role')}</dt>
            <dd>{v.t(`team.role.${actor.role}`)}</dd>
          </>
        )}
      </dl>
      <Field id="name" label={v.t('form.name')} error={errors['name']}>
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
  async describe(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const form = readForm(AccountForm, body, v.language, (fields) => ({
      ...fields,
      telephone: fields['telephone'] ?? null,
      showsContact: fields['showsContact'] === 'true',
    }));
    if (!form.ok) return pageWith(422, await this.page(v, actor, { me: form }));
    const { telephone, showsContact, ...myself } = form.value;
    const contact = may(actor, 'joint.write') ? { telephone, showsContact } : {};
    await this.account.describe(actor, { ...myself, ...contact });
    // The parameter also switches this browser to the new language.
    return redirectTo(`/account?lang=${form.value.language}`, 'flash.saved');
  }

  @Post('sessions/revoke-others')
  async revokeOthers(@CurrentActor() actor: Actor): Promise<Answer> {
    await this.sessions.revokeOthers(actor);
    return redirectTo('/account', 'flash.revoked');
  }

  @Post('sessions/:session/revoke')
  async revokeSession(
    @CurrentActor() actor: Actor,
    @Param('session', { schema: z.uuid() }) session: string,
  ): Promise<Answer> {
    await this.sessions.revoke(actor, session);
    return redirectTo('/account', 'flash.revoked');
  }

  /** Renders the key in this response, because it is not stored and cannot be shown later. */
  @JustSignedIn()
  @Post('keys')
  async makeKey(@View() v: Viewer, @CurrentActor() actor: Actor, @Body() body: unknown): Promise<Answer> {
    const { status, extra } = await madeKey(v, this.keys, owner(actor), body);
    return pageWith(status, await this.page(v, actor, extra));
  }

  /** Somebody at an unattended browser must not remove a second factor. */
  @JustSignedIn()
  @Post('passkeys/:passkey/remove')
  async removePasskey(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('passkey', { schema: z.uuid() }) passkey: string,
  ): Promise<Answer> {
    try {
      await this.passkeys.remove(actor, passkey);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const refused = await this.page(v, actor, { passkeyRefused: v.t('problem.only-passkey') });
      return pageWith(409, refused);
    }
    return redirectTo('/account', 'flash.passkey-removed');
  }

  @InPerson()
  @Post('keys/:key/revoke')
  async revokeKey(
    @CurrentActor() actor: Actor,
    @Param('key', { schema: z.uuid() }) key: string,
  ): Promise<Answer> {
    await this.keys.revoke(owner(actor), key);
    return redirectTo('/account', 'flash.revoked');
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
