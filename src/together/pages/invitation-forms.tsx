import { PersonInput } from '../../access/pages/person-fields.js';
import { ConfirmFirst } from '../../ui/confirm.js';
import { dayText } from '../../ui/dates.js';
import { LanguageOptions } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** A person who was invited and never signed in. */
export interface Waiting {
  id: string;
  name: string;
  email: string;
  institute: string;
  createdAt: string;
}

/** The form to remind everyone who was invited and never signed in. */
export function RemindForm({ v, waiting }: { v: Viewer; waiting: Waiting[] }) {
  return (
    <section class="card no-print" aria-labelledby="remind">
      <h2 id="remind">{v.t('cockpit.remind.title')}</h2>
      {waiting.length === 0 ? (
        <p class="muted">{v.t('cockpit.remind.none')}</p>
      ) : (
        <form method="post" action="/network/institutes/remind">
          <p class="muted small">{v.t('cockpit.remind.says')}</p>
          <ConfirmFirst v={v} />
          {waiting.map((p) => (
            <label key={p.id} class="choice">
              <input type="checkbox" name="people" value={p.id} checked />
              <span>
                {p.institute}{' '}
                <span class="muted small">
                  {p.name}, {p.email}, {v.t('cockpit.remind.since', { day: dayText(v, p.createdAt) })}
                </span>
              </span>
            </label>
          ))}
          <button type="submit">{v.t('cockpit.remind.do')}</button>
        </form>
      )}
    </section>
  );
}

/** A line of the form, as typed or proposed. */
export interface InviteLine {
  name: string;
  email: string;
  language: string;
  ticked: boolean;
  error?: string;
}

/** The fields for the first officer of an institute. */
const Line = ({ v, id, name, line }: { v: Viewer; id: string; name: string; line: InviteLine }) => (
  <div class={line.error === undefined ? 'invite-line' : 'invite-line wrong'}>
    <label class="choice">
      <input type="checkbox" name="invite" value={id} checked={line.ticked} />
      {name}
    </label>
    <PersonInput
      kind="name"
      name={`name-${id}`}
      placeholder={v.t('team.name')}
      aria-label={v.t('cockpit.invite.name', { institute: name })}
      value={line.name}
      aria-invalid={line.error === undefined ? undefined : true}
      aria-describedby={line.error === undefined ? undefined : `error-${id}`}
    />
    <PersonInput
      kind="email"
      name={`email-${id}`}
      placeholder={v.t('team.email')}
      aria-label={v.t('cockpit.invite.email', { institute: name })}
      value={line.email}
    />
    <select name={`language-${id}`} aria-label={v.t('cockpit.invite.language', { institute: name })}>
      <LanguageOptions v={v} chosen={line.language} />
    </select>
    {line.error !== undefined && (
      <p class="error" id={`error-${id}`}>
        {line.error}
      </p>
    )}
  </div>
);

/** The form to invite first officers for all institutes without people. */
export function InviteForm({
  v,
  institutes,
  typed,
}: {
  v: Viewer;
  institutes: { id: string; name: string }[];
  typed: Map<string, InviteLine>;
}) {
  if (institutes.length === 0) return null;
  const wrong = [...typed.values()].some((t) => t.error !== undefined);
  return (
    <details class="card no-print" open={wrong}>
      <summary>{v.t('cockpit.invite.title')}</summary>
      <form method="post" action="/network/institutes/invite">
        <p class="muted small">{v.t('cockpit.invite.says')}</p>
        <ConfirmFirst v={v} />
        {institutes.map(({ id, name }) => (
          <Line
            key={id}
            v={v}
            id={id}
            name={name}
            line={typed.get(id) ?? { name: '', email: '', language: 'fr', ticked: false }}
          />
        ))}
        <button type="submit">{v.t('cockpit.invite.do')}</button>
      </form>
    </details>
  );
}
