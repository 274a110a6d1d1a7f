import { INVITATION_DAYS } from '../../domain/lifetimes.js';
import type { KeyView, MadeKey } from '../../api/key-view.js';
import type { PersonView } from '../../api/person-view.js';
import type { SessionView } from '../../api/session-view.js';
import { KeysPart } from '../account/key-parts.js';
import type { InstituteHead } from '../../../ui/layout.js';
import { page } from '../../../ui/page.js';
import { Empty } from '../../../ui/parts.js';
import { NOTHING_TYPED, type Typed } from '../../../ui/typed.js';
import type { Viewer } from '../../../ui/viewer.js';
import { Colleague } from './colleague.js';
import { InviteForm } from './invite-form.js';

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
  const writes = v.actor?.writes ?? false;
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
      <InviteForm v={v} action={base} roles={model.institute !== null} sent={model.invite ?? NOTHING_TYPED} />
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
