import type { PersonView } from '../../api/person-view.js';
import { InstituteRole, leads, may, NetworkRole, type PersonRole } from '../../../kernel/actor.js';
import type { KeyView, MadeKey, SessionView } from '../../api/credential-views.js';
import { browserName } from '../../domain/browser-name.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { ConfirmFirst, Dots, Empty, Field, FormError, LanguageOptions } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { NOTHING_TYPED, type Typed } from '../../../ui/form.js';
import { PersonFields } from '../person-fields.js';
import { INVITATION_DAYS } from '../../../kernel/lifetimes.js';
import { KeysPart } from '../account/account.controller.js';
import { type InstituteHead, page } from '../../../ui/page.js';

interface ColleagueProps {
  v: Viewer;
  person: PersonView;
  /** The team's path; each person's path is below it. */
  base: string;
  /** Whether more than one role exists here. */
  roles: boolean;
  writes: boolean;
  /** Whether the reader belongs to this institute, or to the network if these are its people. */
  own: boolean;
  /** Whether they have a passkey, which they may lose. */
  holder: boolean;
  /** Their sessions, as far as the reader may see them. */
  sessions: SessionView[];
}

/** A colleague; with the right permissions, also buttons to change the role or remove them. */
function Colleague({ v, person, base, roles, writes, own, holder, sessions }: ColleagueProps) {
  const there = person.lastSeenAt
    ? v.t('team.seen', { when: momentText(v, person.lastSeenAt) })
    : v.t('team.invited', { when: dayText(v, person.createdAt) });
  const by = person.invitedBy && v.t('team.invited-by', { who: person.invitedBy });
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">
          {person.name} {person.id === v.actor?.personId && <span class="badge new">{v.t('team.you')}</span>}{' '}
          <span class="badge">{v.t(`team.role.${person.role}`)}</span>
        </p>
        <p class="small">
          <a href={`mailto:${person.email}`}>{person.email}</a>
        </p>
        <p class="muted small">
          <Dots parts={[there, by]} />
        </p>
        {person.leavesAt && (
          <Leaves v={v} person={person} leavesAt={person.leavesAt} base={base} keeps={own && writes} />
        )}
      </div>
      {person.insideFrom && (
        <NotLetIn
          v={v}
          person={person}
          base={base}
          insideFrom={person.insideFrom}
          opens={own && writes && !v.actor?.insideFrom}
        />
      )}
      {writes && (
        <Change
          v={v}
          person={person}
          base={base}
          roles={roles}
          own={own}
          holder={holder}
          sessions={sessions}
        />
      )}
    </li>
  );
}

/** The notice that the network removes them unless they keep their place. */
function Leaves({
  v,
  person,
  leavesAt,
  base,
  keeps,
}: Pick<ColleagueProps, 'v' | 'person' | 'base'> & { leavesAt: string; keeps: boolean }) {
  return (
    <div class="notice warn">
      <p>{v.t('team.leaves', { day: dayText(v, leavesAt) })}</p>
      {keeps && (
        <form method="post" action={`${base}/${person.id}/keep`}>
          <button class="primary" type="submit">
            {v.t('team.keep')}
          </button>
        </form>
      )}
    </div>
  );
}

/** The notice that they see what is new inside the institute; officers who were there open the rest. */
const NotLetIn = ({
  v,
  person,
  base,
  insideFrom,
  opens,
}: Pick<ColleagueProps, 'v' | 'person' | 'base'> & { insideFrom: string; opens: boolean }) => (
  <div class="notice">
    <p>{v.t('team.not-let-in', { name: person.name, day: dayText(v, insideFrom) })}</p>
    {opens && (
      <form method="post" action={`${base}/${person.id}/let-in`}>
        <button type="submit">{v.t('team.let-in')}</button>
      </form>
    )}
  </div>
);

/** A colleague's sessions: one left open somewhere can be ended here. */
function Sessions({ v, person, base, sessions }: Pick<ColleagueProps, 'v' | 'person' | 'base' | 'sessions'>) {
  if (sessions.length === 0) return null;
  return (
    <>
      <p class="label">{v.t('team.sessions', { name: person.name })}</p>
      <ul class="entries">
        {sessions.map(({ id, userAgent, createdAt, lastSeenAt, expiresAt }) => {
          const browser = browserName(userAgent) ?? v.t('account.session.unknown');
          const since = dayText(v, createdAt);
          return (
            <li key={id} class="entry">
              <div class="entry-what">
                <p class="entry-name">{browser}</p>
                <p class="muted small">
                  {v.t('account.session.when', {
                    last: momentText(v, lastSeenAt),
                    since,
                    until: dayText(v, expiresAt),
                  })}
                </p>
              </div>
              <form method="post" action={`${base}/${person.id}/sessions/${id}/revoke`}>
                <button
                  class="danger"
                  type="submit"
                  aria-label={v.t('team.sessions.revoke-which', { name: person.name, browser, since })}
                >
                  {v.t('account.session.revoke')}
                </button>
              </form>
            </li>
          );
        })}
      </ul>
    </>
  );
}

function Change({ v, person, base, roles, own, holder, sessions }: Omit<ColleagueProps, 'writes'>) {
  return (
    <details class="change">
      <summary aria-label={v.t('team.change-who', { name: person.name })}>{v.t('form.edit')}</summary>
      {roles && (
        <form method="post" action={`${base}/${person.id}/role`}>
          <label class="label" for={`role-${person.id}`}>
            {v.t('team.role-of', { name: person.name })}
          </label>
          <div class="row">
            <select id={`role-${person.id}`} name="role">
              {InstituteRole.options.map((r) => (
                <option key={r} value={r} selected={r === person.role}>
                  {v.t(`team.role.${r}`)}
                </option>
              ))}
            </select>
            <button type="submit">{v.t('form.save')}</button>
          </div>
        </form>
      )}
      {person.id !== v.actor?.personId && <Sessions v={v} person={person} base={base} sessions={sessions} />}
      {holder && person.id !== v.actor?.personId && (
        <form method="post" action={`${base}/${person.id}/passkeys/remove`}>
          <p class="muted small">{v.t('team.passkeys.says', { name: person.name })}</p>
          <button class="danger" type="submit">
            {v.t('team.passkeys.remove', { name: person.name })}
          </button>
        </form>
      )}
      <form method="post" action={`${base}/${person.id}/remove`}>
        <p class="muted small">
          {v.t(
            !own && leads(person.role) && person.lastSeenAt ? 'team.remove.says-network' : 'team.remove.says',
          )}
        </p>
        <button class="danger" type="submit">
          {v.t('form.remove-named', { name: person.name })}
        </button>
      </form>
    </details>
  );
}

function InviteForm({
  v,
  action,
  roles,
  sent,
}: {
  v: Viewer;
  action: string;
  roles: readonly PersonRole[];
  sent: Typed;
}) {
  const { typed, errors } = sent;
  return (
    <form method="post" action={action}>
      <ConfirmFirst v={v} />
      <FormError says={errors['']} />
      <div class="fields long">
        <PersonFields
          id="invite"
          fields={{
            name: { name: 'name', label: v.t('form.name') },
            email: { name: 'email', label: v.t('form.email') },
          }}
          sent={sent}
        />
        <Field id="invite-language" label={v.t('form.language')} error={errors['language']}>
          <select id="invite-language" name="language">
            <LanguageOptions v={v} chosen={typed['language'] ?? v.language} />
          </select>
        </Field>
      </div>
      {roles.length > 1 && <Roles v={v} roles={roles} chosen={typed['role'] ?? roles[0]!} />}
      <button class="primary" type="submit">
        {v.t('team.send')}
      </button>
    </form>
  );
}

function Roles({ v, roles, chosen }: { v: Viewer; roles: readonly PersonRole[]; chosen: string }) {
  return (
    <fieldset>
      <legend>{v.t('form.role')}</legend>
      {roles.map((r) => (
        <label key={r} class="choice">
          <input type="radio" name="role" value={r} checked={r === chosen} />
          <span>
            {v.t(`team.role.${r}`)} <span class="muted small">{v.t(`team.role.${r}.may`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export interface TeamModel {
  /** Null for the network's own people. */
  institute: InstituteHead | null;
  people: PersonView[];
  /** Ids of people with a passkey that the reader may remove. */
  holders: string[];
  /** Sessions by person id that the reader may end. */
  sessions: ReadonlyMap<string, SessionView[]>;
  /** Whether the reader may invite people and assign roles here. */
  invites: boolean;
  /** Null if the reader may not see them. */
  keys: KeyView[] | null;
  made?: MadeKey;
  invite?: Typed;
  key?: Typed;
  /** A sentence that says what failed. */
  refused?: string;
}

/** The people of an institute or of the network, and what may be changed. */
export function teamPage(v: Viewer, model: TeamModel): string {
  const { institute } = model;
  const own = institute !== null && v.actor?.profileId === institute.id;
  const title =
    institute === null
      ? v.t('team.coordinators')
      : own
        ? v.t('team.title')
        : v.t('team.title-of', { institute: institute.name });
  const options = {
    title,
    place: institute ? ('team' as const) : ('institutes' as const),
    styles: ['account/account'],
    scripts: ['account/account'],
    ...(institute && !own && { institute }),
  };
  const base = institute === null ? '/coordinators' : `/institutes/${institute.id}/team`;
  const writes = may(v.actor, institute === null ? 'coordinator.write' : 'team.write');
  return page(
    v,
    options,
    <div class="narrow">
      <h1>{title}</h1>
      {institute === null && <p>{v.t('team.coordinators.intro')}</p>}
      {model.refused && (
        <p class="notice bad" role="alert">
          {model.refused}
        </p>
      )}
      <section class="card">
        {model.people.length === 0 ? (
          <Empty title={v.t('team.none')}>{writes && <p>{v.t('team.none.says')}</p>}</Empty>
        ) : (
          <ul class="entries">
            {model.people.map((p) => (
              <Colleague
                key={p.id}
                v={v}
                person={p}
                base={base}
                roles={institute !== null && model.invites}
                writes={writes}
                own={institute === null || own}
                holder={model.holders.includes(p.id)}
                sessions={model.sessions.get(p.id) ?? []}
              />
            ))}
          </ul>
        )}
      </section>
      {model.invites ? (
        <Invite v={v} model={model} base={base} />
      ) : (
        writes && !model.refused && <p class="muted">{v.t('team.officers-invite')}</p>
      )}
      {model.keys && <ServiceKeys v={v} model={model} keys={model.keys} />}
    </div>,
  );
}

function Invite({ v, model, base }: { v: Viewer; model: TeamModel; base: string }) {
  return (
    <section class="card" id="invite">
      <h2>{v.t(model.institute ? 'team.invite' : 'team.invite.coordinator')}</h2>
      <p class="muted small">{v.t('team.invite.says', { days: INVITATION_DAYS })}</p>
      {model.institute && v.actor?.profileId === null && (
        <p class="muted small">{v.t('team.invite.says-network')}</p>
      )}
      <InviteForm
        v={v}
        action={base}
        roles={(model.institute ? InstituteRole : NetworkRole).options}
        sent={model.invite ?? NOTHING_TYPED}
      />
    </section>
  );
}

function ServiceKeys({ v, model, keys }: { v: Viewer; model: TeamModel; keys: KeyView[] }) {
  const action = model.institute === null ? '/coordinators/keys' : `/institutes/${model.institute.id}/keys`;
  return (
    <section class="card" id="keys">
      <h2>{v.t('team.keys')}</h2>
      <p class="muted small">{v.t(model.institute ? 'team.keys.help' : 'team.keys.network-help')}</p>
      <KeysPart v={v} model={{ keys, action, made: model.made ?? null, ...(model.key ?? NOTHING_TYPED) }} />
    </section>
  );
}
