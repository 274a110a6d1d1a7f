import { seesAllInside } from '../../../kernel/actor.js';
import { contactStatesOf, type ContactState } from '../../api/profile-views.js';
import type { Standing } from '../../profiles.js';
import type { Viewer } from '../../../ui/viewer.js';

interface Shown {
  v: Viewer;
  standing: Standing;
  may: boolean;
}

/** A form with one button about one contact. */
function About({
  v,
  at,
  email,
  label,
}: {
  v: Viewer;
  at: string;
  email: string;
  label: 'contacts.resend' | 'contacts.admit';
}) {
  return (
    <form method="post" action={at}>
      <input type="hidden" name="email" value={email} />
      <button type="submit" aria-label={`${v.t(label)}: ${email}`}>
        {v.t(label)}
      </button>
    </form>
  );
}

function State({
  v,
  base,
  state,
  may,
  inside,
}: {
  v: Viewer;
  base: string;
  state: ContactState;
  may: boolean;
  inside: boolean;
}) {
  return (
    <li class="entry">
      <div class="entry-what">
        <p class="entry-name">{state.email}</p>
        {!state.confirmed && (
          <p class="small">
            <span class="badge changed">{v.t('contacts.unconfirmed')}</span>
          </p>
        )}
        {!state.inside && <p class="small muted">{v.t('contacts.outside')}</p>}
      </div>
      {may && !state.confirmed && (
        <About v={v} at={`${base}/resend`} email={state.email} label="contacts.resend" />
      )}
      {may && inside && !state.inside && (
        <About v={v} at={`${base}/admit`} email={state.email} label="contacts.admit" />
      )}
    </li>
  );
}

/** What someone from outside requests, and the buttons of those who decide. */
function Change({
  v,
  base,
  standing: {
    contacts: { change },
  },
  may,
  inside,
}: Shown & { base: string; inside: boolean }) {
  if (!change) return null;
  const names =
    change.contacts.map((c) => `${c.name} (${c.email})`).join(', ') || v.t('contacts.change.nobody');
  return (
    <div class="notice warn">
      <p>
        {v.t('contacts.change', { by: change.askedBy ?? v.t('contacts.change.file') })} {names}
      </p>
      <p>{v.t('contacts.change.says')}</p>
      {may && (
        <div class="row">
          {inside && (
            <form method="post" action={`${base}/accept`}>
              <button class="primary" type="submit">
                {v.t('contacts.accept')}
              </button>
            </form>
          )}
          <form method="post" action={`${base}/decline`}>
            <button type="submit">{v.t(inside ? 'contacts.decline' : 'contacts.take-back')}</button>
          </form>
        </div>
      )}
    </div>
  );
}

/** Contacts who have not agreed or were not let in from inside, and the pending change, if any. */
export function ContactStates({ v, standing, may }: Shown) {
  const { id } = standing.profile.content;
  const open = contactStatesOf(standing).filter((s) => !s.confirmed || !s.inside);
  if (!open.length && !standing.contacts.change) return null;
  const base = `/institutes/${id}/contacts`;
  const inside = v.actor !== null && seesAllInside(v.actor, id);
  return (
    <section class="card" aria-labelledby="contact-states">
      <h2 id="contact-states">{v.t('contacts.title')}</h2>
      <Change v={v} base={base} standing={standing} may={may} inside={inside} />
      <ul class="entries">
        {open.map((state) => (
          <State key={state.email} v={v} base={base} state={state} may={may} inside={inside} />
        ))}
      </ul>
    </section>
  );
}
