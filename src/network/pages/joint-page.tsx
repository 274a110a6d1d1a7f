import { shortened } from '../../kernel/one-line.js';
import { may } from '../../kernel/actor.js';
import { contactReason, organisationText } from '../../funded-projects/domain/whom-to-call.js';
import type { JointStepView, JointTeamView, JointView } from '../api/joint-views.js';
import type { Viewer } from '../../ui/viewer.js';
import { dayText, momentText } from '../../ui/dates.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { nameIn } from '../../profiles/domain/names-in.js';
import type { JointContact } from '../joint-team.js';
import { JOINT_STAGES } from '../domain/joint.js';
import { DaysLeft, Dots, Field, OutsideLink, StatusBadge } from '../../ui/parts.js';
import { jointPath, Opened } from './interest.controller.js';

interface Shown {
  v: Viewer;
  team: JointTeamView;
  /** The language of the call, in which the points are written. */
  language: string;
}

const LONGEST = 220;

/** How well each member covers each point. */
function TeamTable({ v, team, language }: Shown) {
  const [first] = team.statements;
  if (!first) return <p>{v.t('bid-says.no-statement')}</p>;
  return (
    <>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="team">
        <table class="coverage" role="table">
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">
                {v.t(team.expected === 'outcomes' ? 'bid.outcome' : 'bid.task')}
              </th>
              {first.by.map((m) => (
                <th key={m.id} scope="col" role="columnheader">
                  {m.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {team.statements.map((s) => (
              <tr key={s.number} role="row">
                <th scope="row" role="rowheader">
                  <span class="muted">{s.number}.</span>{' '}
                  <span lang={language}>{shortened(s.text, LONGEST)}</span>
                </th>
                {s.by.map((m) => (
                  <td key={m.id} role="cell" class={`level ${m.level}`} data-label={m.name}>
                    <strong>{v.t(`bid.level.${m.level}`)}</strong>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="muted small">{v.t('joint.team-says')}</p>
    </>
  );
}

/** Points that no member covers well, with past partners in funded projects on them. */
function Gaps({ v, team, language }: Shown) {
  const open = team.statements.filter((s) => s.by.every((m) => m.level !== 'well'));
  if (open.length === 0) return <p>{v.t('joint.no-gaps')}</p>;
  return (
    <ol class="plain-list">
      {open.map(({ number, text, partners, whomToCall }) => (
        <li key={number}>
          <p>
            <span class="muted">{number}.</span> <span lang={language}>{shortened(text, LONGEST)}</span>
            <br />
            <span class="small muted">
              {partners.length === 0
                ? v.t('joint.no-past')
                : v.t('joint.past', {
                    list: partners
                      .map((p) => `${p.name} (${[p.country, ...p.projects].join(', ')})`)
                      .join(v.t('text.semicolon')),
                  })}
            </span>
          </p>
          {whomToCall.length > 0 && (
            <>
              <p class="small">{v.t('won.whom')}</p>
              <ul class="small">
                {whomToCall.map((one) => (
                  <li key={one.pic}>
                    <OutsideLink v={v} href={one.page}>
                      {organisationText(one, v.language)}
                    </OutsideLink>
                    {`, ${contactReason(one, v.language)}`}
                  </li>
                ))}
              </ul>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

type Change = NonNullable<JointStepView['changes']['lead']>;

/** The name of an institute; institutes that withdrew are not named. */
const named = (v: Viewer, institute: Change['to']): string =>
  institute === null
    ? v.t('joint.no-lead')
    : institute.name === null
      ? v.t('joint.withdrew')
      : institute.name;

const doer = (v: Viewer, { network, institute, person }: JointStepView['by']): string => {
  const of = network ? v.t('joint.by-network') : named(v, institute);
  return person === null ? of : `${person} (${of})`;
};

/** What a line changed, one sentence per change. */
function whatTexts(
  v: Viewer,
  { kind, changes: { lead, stage, wanted, wantedBy, member } }: JointStepView,
): string[] {
  const stageName = (s: NonNullable<typeof stage>['to']): string =>
    s === null ? '' : v.t(`joint.stage.${s}`);
  return [
    ...(kind === 'begun' ? [v.t('joint.step.begun')] : []),
    ...(member && (kind === 'joined' || kind === 'declined')
      ? [v.t(`joint.step.${kind}`, { name: nameIn(named(v, member.to), 'start', v.language) })]
      : []),
    ...(kind === 'undo' ? [v.t('pipeline.step.undo')] : []),
    ...(stage && stage.from !== null
      ? [v.t('pipeline.step.stage', { from: stageName(stage.from), to: stageName(stage.to) })]
      : []),
    ...(lead ? [v.t('joint.step.lead', { name: named(v, lead.to) })] : []),
    ...(wanted
      ? [wanted.to === null ? v.t('joint.step.not-wanted') : v.t('joint.step.wanted', { what: wanted.to })]
      : []),
    ...(wantedBy && wantedBy.to !== null
      ? [v.t('joint.step.wanted-by', { day: dayText(v, wantedBy.to) })]
      : []),
    ...(wantedBy?.to === null && wanted?.to !== null ? [v.t('joint.step.no-day')] : []),
  ];
}

/** Who changed what and when, newest first. */
const JointHistory = ({ v, steps }: { v: Viewer; steps: JointStepView[] }) => (
  <ol class="plain-list joint-history">
    {steps.map((step) => (
      <li key={step.id} class={step.undone ? 'muted' : undefined}>
        {whatTexts(v, step).join(' · ')}
        {step.undone && (
          <>
            {' '}
            <span class="badge">{v.t('pipeline.step.undone')}</span>
          </>
        )}
        <br />
        <span class="small muted">
          {v.t('text.by-when', { by: doer(v, step.by), when: momentText(v, step.at) })}
        </span>
      </li>
    ))}
  </ol>
);

export interface JointShown {
  v: Viewer;
  /** The member whose page it is; null for the network's page. */
  profileId: string | null;
  joint: JointView;
  team: JointTeamView;
  /** Whom to speak to, by institute. */
  contacts: ReadonlyMap<string, JointContact[]>;
  steps: JointStepView[];
  canUndo: boolean;
  /** The member's own opportunity for the call. */
  ownId: string | null;
  typed: Record<string, string>;
  errors: Record<string, string>;
}

/** The values of the form; those that it was shown with come back, to tell what its reader changed. */
export function jointTyped({ lead, stage, wanted, wantedBy }: JointView): Record<string, string> {
  const state = { lead: lead?.id ?? '', stage, wanted: wanted ?? '', wantedBy: wantedBy ?? '' };
  const shown = Object.entries(state).map(([name, value]) => [`shown-${name}`, value] as const);
  return Object.fromEntries([...Object.entries(state), ...shown]);
}

/** What the members and the network say to each other, oldest first. */
function Discussion({ v, profileId, joint, steps, typed, errors }: JointShown) {
  const said = steps.filter(({ kind }) => kind === 'said').reverse();
  return (
    <section class="card" aria-labelledby="discussion">
      <h2 id="discussion">{v.t('joint.discussion')}</h2>
      {said.length > 0 && (
        <ol class="plain-list">
          {said.map(({ id, by, at, changes: { message } }) => (
            <li key={id}>
              <p class="note">{message?.to}</p>
              <p class="small muted">{v.t('text.by-when', { by: doer(v, by), when: momentText(v, at) })}</p>
            </li>
          ))}
        </ol>
      )}
      {writesJoint(v, profileId) && (
        <form method="post" action={`${jointPath(profileId, joint.id)}/messages`} class="no-print">
          <input type="hidden" name="id" value={typed['id']} />
          <Field
            id="message"
            label={v.t('joint.message')}
            help={v.t('joint.message.help', { network: profileId === null ? 'yes' : 'no' })}
            error={errors['message']}
          >
            <textarea
              id="message"
              name="message"
              rows={3}
              required
              maxLength={2_000}
              aria-describedby={errors['message'] ? 'message-help message-error' : 'message-help'}
            >
              {typed['message']}
            </textarea>
          </Field>
          <button type="submit">{v.t('joint.say')}</button>
        </form>
      )}
    </section>
  );
}

/** Lead and stage, which belong to the members. */
const OfMembers = ({
  v,
  joint,
  typed,
  errors,
  disabled,
}: Pick<JointShown, 'v' | 'joint' | 'typed' | 'errors'> & { disabled: boolean }) => (
  <>
    <Field id="lead" label={v.t('joint.lead')} error={errors['lead']}>
      <select id="lead" name="lead" disabled={disabled}>
        <option value="">{v.t('joint.no-lead')}</option>
        {joint.members.map((m) => (
          <option key={m.id} value={m.id} selected={typed['lead'] === m.id}>
            {m.name}
          </option>
        ))}
      </select>
    </Field>
    <Field id="stage" label={v.t('joint.stage')} error={errors['stage']}>
      <select id="stage" name="stage" disabled={disabled}>
        {JOINT_STAGES.map((stage) => (
          <option key={stage} value={stage} selected={typed['stage'] === stage}>
            {v.t(`joint.stage.${stage}`)}
          </option>
        ))}
      </select>
    </Field>
  </>
);

/** Whom to speak to at a member: those who allow it. */
const Contacts = ({ v, contacts }: { v: Viewer; contacts: JointContact[] }) =>
  contacts.length === 0 ? (
    <p class="small muted">{v.t('joint.no-contact')}</p>
  ) : (
    <ul class="plain">
      {contacts.map(({ id, name, email, telephone }) => (
        <li key={id}>
          <Dots
            parts={[
              name,
              <a href={`mailto:${email}`}>{email}</a>,
              telephone !== null && (
                <a href={`tel:${telephone.replace('(0)', '').replace(/[^\d+]/g, '')}`}>{telephone}</a>
              ),
            ]}
          />
        </li>
      ))}
    </ul>
  );

/** The institutes that ask to join, for the members to answer. */
function Asking({ v, profileId, joint }: JointShown) {
  if (joint.asking.length === 0) return null;
  return (
    <section class="card" aria-labelledby="asking">
      <h2 id="asking">{v.t('joint.asking')}</h2>
      <ul class="plain-list">
        {joint.asking.map((one) => (
          <Opened key={one.id} v={v} one={one}>
            {profileId !== null && may(v.actor, 'joint.write') && (
              <div class="row no-print">
                {(['accept', 'decline'] as const).map((answer) => (
                  <form
                    key={answer}
                    method="post"
                    action={`${jointPath(profileId, joint.id)}/members/${one.id}/${answer}`}
                  >
                    <button type="submit" class={answer === 'accept' ? 'primary' : undefined}>
                      {v.t(`joint.${answer}`)}
                    </button>
                  </form>
                ))}
              </div>
            )}
          </Opened>
        ))}
      </ul>
      <p class="muted small">{v.t('joint.asking-says')}</p>
    </section>
  );
}

/** Members write it as their institute, the network as itself. */
const writesJoint = (v: Viewer, profileId: string | null): boolean =>
  may(v.actor, profileId === null ? 'network.write' : 'joint.write');

/** The form for the lead, the stage and the wanted decision; the network sets the latter. */
function StateForm({ v, profileId, joint, typed, errors }: JointShown) {
  const disabled = !writesJoint(v, profileId);
  const fields = [...(profileId === null ? [] : ['lead', 'stage']), 'wanted', 'wantedBy'];
  return (
    <form method="post" action={jointPath(profileId, joint.id)} class="no-print">
      {fields.map((name) => (
        <input key={name} type="hidden" name={`shown-${name}`} value={typed[`shown-${name}`]} />
      ))}
      {profileId !== null && <OfMembers {...{ v, joint, typed, errors, disabled }} />}
      <Field id="wanted" label={v.t('joint.wanted')} error={errors['wanted']}>
        <textarea id="wanted" name="wanted" rows={2} maxLength={500} disabled={disabled}>
          {typed['wanted']}
        </textarea>
      </Field>
      <Field id="wantedBy" label={v.t('joint.wanted-by')} error={errors['wantedBy']}>
        <input id="wantedBy" name="wantedBy" type="date" value={typed['wantedBy']} disabled={disabled} />
      </Field>
      {!disabled && (
        <button type="submit" class="primary">
          {v.t('form.save')}
        </button>
      )}
    </form>
  );
}

function Head({ v, profileId, joint, ownId }: JointShown) {
  const { call } = joint;
  const ofCall = profileId === null ? `/calls/${call.id}` : `/institutes/${profileId}/calls/${call.id}`;
  return (
    <>
      <p class="small">
        <a href={profileId === null ? '/network/joint' : `/institutes/${profileId}/joint`}>
          {v.t(profileId === null ? 'cockpit.tab.joint' : 'joint.list')}
        </a>
      </p>
      <h1 lang={call.language}>{call.title}</h1>
      <p class="muted">
        <Dots
          parts={[
            v.t('joint.title'),
            call.identifier,
            call.programme && programmeName(call.programme, v.language),
            <a href={ofCall}>{v.t('pipeline.see-call')}</a>,
            ownId !== null && (
              <a href={`/institutes/${profileId}/pipeline/${ownId}`}>{v.t('joint.see-own')}</a>
            ),
            <StatusBadge v={v} status={call.status} />,
          ]}
        />
      </p>
      <p>
        {v.t('joint.deadline')}{' '}
        {call.nextDeadline === null ? (
          v.t('joint.no-deadline')
        ) : (
          <>
            <strong>{dayText(v, call.nextDeadline)}</strong> <DaysLeft v={v} at={call.nextDeadline} />
          </>
        )}
      </p>
    </>
  );
}

/** The state of the bid, in words and as a form. */
function StateCard(shown: JointShown) {
  const { v, joint } = shown;
  return (
    <section class="card" aria-labelledby="state">
      <h2 id="state">{v.t('joint.state')}</h2>
      <p>
        <Dots
          parts={[
            <strong>{v.t(`joint.stage.${joint.stage}`)}</strong>,
            joint.lead === null
              ? v.t('joint.no-lead')
              : v.t('joint.led-by', { name: nameIn(joint.lead.name, 'name', v.language) }),
            <span class="muted">{v.t('text.since', { day: dayText(v, joint.stageAt) })}</span>,
          ]}
        />
      </p>
      {joint.wanted !== null && (
        <p>
          {v.t('text.labelled', { label: v.t('joint.wanted'), value: joint.wanted })}
          {joint.wantedBy !== null && ` (${dayText(v, joint.wantedBy)})`}
        </p>
      )}
      <p class="muted small no-print">
        {v.t('joint.state-says', { network: shown.profileId === null ? 'yes' : 'no' })}
      </p>
      <StateForm {...shown} />
    </section>
  );
}

/** The page of a joint bid: members and what they offer, what is missing, and its state. */
export function JointPage(shown: JointShown) {
  const { v, joint, team } = shown;
  return (
    <>
      <Head {...shown} />
      <div class="joint-one">
        <div>
          <section class="card" aria-labelledby="members">
            <h2 id="members">{v.t('joint.members')}</h2>
            <ul class="plain-list">
              {joint.members.map((one) => (
                <Opened key={one.id} v={v} one={one}>
                  <Contacts v={v} contacts={shown.contacts.get(one.id) ?? []} />
                </Opened>
              ))}
            </ul>
            <p class="muted small">{v.t('joint.members-says')}</p>
          </section>
          <Asking {...shown} />
          <Discussion {...shown} />
          <StateCard {...shown} />
          <section class="card" aria-labelledby="history">
            <h2 id="history">{v.t('pipeline.history')}</h2>
            {shown.canUndo && writesJoint(v, shown.profileId) && (
              <form method="post" action={`${jointPath(shown.profileId, joint.id)}/undo`} class="no-print">
                <button type="submit" class="plain">
                  {v.t('pipeline.undo')}
                </button>
              </form>
            )}
            <JointHistory v={v} steps={shown.steps.filter(({ kind }) => kind !== 'said')} />
          </section>
        </div>
        <div>
          <section class="card" aria-labelledby="team">
            <h2 id="team">{v.t('joint.team')}</h2>
            <TeamTable v={v} team={team} language={joint.call.language} />
          </section>
          {team.statements.length > 0 && (
            <section class="card" aria-labelledby="gaps">
              <h2 id="gaps">{v.t('bid.partners')}</h2>
              <Gaps v={v} team={team} language={joint.call.language} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}
