import type { OwnContact } from '../../account.js';
import { browserName } from '../../domain/browser-name.js';
import type { KeyView, MadeKey, PasskeyView, SessionView } from '../../api/credential-views.js';
import { may } from '../../../kernel/actor.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { page } from '../../../ui/page.js';
import { Field, LanguageOptions } from '../../../ui/parts.js';
import { NOTHING_TYPED, type Typed } from '../../../ui/form.js';
import type { Viewer } from '../../../ui/viewer.js';
import { PasskeysPart } from '../passkeys/passkeys-part.js';
import { KeysPart } from './key-parts.js';

export interface AccountModel {
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
export const accountPage = (v: Viewer, model: AccountModel): string =>
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
        <Sessions v={v} sessions={model.sessions} />
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

function Sessions({ v, sessions }: { v: Viewer; sessions: SessionView[] }) {
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
