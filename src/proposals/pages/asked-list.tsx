import type { Answer } from '../domain/answer.js';
import { may } from '../../kernel/actor.js';
import type { ProposalView } from '../api/proposal-views.js';
import { dayText } from '../../ui/dates.js';
import { Empty, Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import type { Viewer } from '../../ui/viewer.js';

const MAIL = {
  pending: 'asked.mail-pending',
  sending: 'asked.mail-pending',
  sent: 'asked.mail-sent',
  failed: 'asked.mail-failed',
} as const;
const LOOK: Record<Answer, string> = {
  interested: 'badge status-open',
  'not-for-me': 'badge status-closed',
  'ask-other': 'badge changed',
};

/** The newest on a call's pages; all of them are on the page of the institute's proposals. */
const MOST_SHOWN = 20;

const askedPath = (profileId: string, query: { call?: string | undefined; cursor?: string | null }): string =>
  withQuery(`/institutes/${profileId}/people/asked`, query);

/** Where a reminder is requested from, and the page to return to. */
interface RemindFrom {
  profileId: string;
  back: string;
}

/** When they were or will be reminded, and the button to do it now. */
function Reminder({
  v,
  proposal,
  from,
}: {
  v: Viewer;
  proposal: ProposalView;
  from: RemindFrom | undefined;
}) {
  const { id, remindOn, remindedAt, canRemind, researcher } = proposal;
  return (
    <>
      {remindedAt !== null && (
        <p class="muted small">{v.t('asked.reminded', { day: dayText(v, remindedAt) })}</p>
      )}
      {canRemind && remindOn !== null && (
        <p class="muted small">{v.t('asked.remind-on', { day: dayText(v, remindOn) })}</p>
      )}
      {canRemind && from && may(v.actor, 'proposal.write') && (
        <form
          method="post"
          action={`/institutes/${from.profileId}/people/asked/${id}/remind`}
          class="no-print"
        >
          <input type="hidden" name="back" value={from.back} />
          <button type="submit" class="plain" aria-label={v.t('asked.remind-one', { name: researcher.name })}>
            {v.t('asked.remind')}
          </button>
        </form>
      )}
    </>
  );
}

interface AnswerOptions {
  v: Viewer;
  proposal: ProposalView;
  remindFrom?: RemindFrom;
}

/** The answer with its comment, or the state of the e-mail. */
function AnswerShown({ v, proposal, remindFrom }: AnswerOptions) {
  const { answer, word, other, answeredAt, mail } = proposal;
  return (
    <div class="answer-shown">
      {answer === null ? (
        <span class="muted">
          {v.t('asked.waiting')}{' '}
          <span class={mail.state === 'failed' ? 'urgent' : 'small'}>({v.t(MAIL[mail.state])})</span>
        </span>
      ) : (
        <>
          <span class={LOOK[answer]}>{v.t(`asked.${answer}`, { other: other ?? '' })}</span>{' '}
          <span class="muted small">{v.t('asked.answered-on', { day: dayText(v, answeredAt!) })}</span>
        </>
      )}
      {mail.state === 'failed' && mail.error && (
        <p class="muted small" lang="en">
          {mail.error}
        </p>
      )}
      {word && <blockquote class="word">{word}</blockquote>}
      {answer === null && <Reminder v={v} proposal={proposal} from={remindFrom} />}
    </div>
  );
}

/** Who was asked about a call, and the answers. */
export function AskedList({
  v,
  profileId,
  asked,
  remindFrom,
}: {
  v: Viewer;
  profileId: string;
  asked: ProposalView[];
  remindFrom?: RemindFrom;
}) {
  return (
    <>
      <ul class="asked">
        {asked.slice(0, MOST_SHOWN).map((p) => (
          <li key={p.id}>
            <p>
              <strong>{p.researcher.name}</strong>{' '}
              <span class="muted small">
                {v.t('asked.by', { by: p.askedBy, day: dayText(v, p.askedAt) })}
              </span>
            </p>
            <AnswerShown v={v} proposal={p} {...(remindFrom && { remindFrom })} />
          </li>
        ))}
      </ul>
      {asked.length > MOST_SHOWN && (
        <p>
          <a href={askedPath(profileId, { call: asked[0]!.call.id })}>
            {v.t('asked.all', { n: asked.length })}
          </a>
        </p>
      )}
    </>
  );
}

interface AskedPageOptions {
  v: Viewer;
  profileId: string;
  /** The only call whose proposals are shown. */
  call: string | undefined;
  proposals: ProposalView[];
  next: string | null;
  first: boolean;
}

/** All proposals of an institute, newest first. */
export function AskedPage({ v, profileId, call, proposals, next, first }: AskedPageOptions) {
  const people = `/institutes/${profileId}/people`;
  return (
    <>
      <p>
        <a href={people}>{v.t('people.back')}</a>
      </p>
      <h1>{v.t('asked.title')}</h1>
      {proposals.length === 0 ? (
        <Empty title={v.t('asked.none')}>
          <p>{v.t('asked.none-how')}</p>
        </Empty>
      ) : (
        <>
          <p>{v.t('asked.intro')}</p>
          <div class="scroll" role="region" tabIndex={0} aria-label={v.t('asked.title')}>
            <table class="asked-all">
              <thead>
                <tr>
                  <th scope="col">{v.t('asked.who')}</th>
                  <th scope="col">{v.t('asked.call')}</th>
                  <th scope="col">{v.t('asked.answer')}</th>
                </tr>
              </thead>
              <tbody>
                {proposals.map((p) => (
                  <tr key={p.id}>
                    <td>
                      <strong>{p.researcher.name}</strong>
                      <br />
                      <span class="muted small">
                        {v.t('asked.by', { by: p.askedBy, day: dayText(v, p.askedAt) })}
                      </span>
                    </td>
                    <td data-label={v.t('asked.call')}>
                      <a href={`/institutes/${profileId}/calls/${p.call.id}`} lang={p.call.language}>
                        {p.call.title}
                      </a>
                    </td>
                    <td data-label={v.t('asked.answer')}>
                      <AnswerShown
                        v={v}
                        proposal={p}
                        remindFrom={{ profileId, back: askedPath(profileId, { call }) }}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Pager v={v} next={next} first={first} href={(cursor) => askedPath(profileId, { call, cursor })} />
        </>
      )}
    </>
  );
}
