import type { QuestionView } from '../../../harvest/api/question-views.js';
import { webAddress } from '../../../kernel/web-address.js';
import { dayText } from '../../../ui/dates.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel, LONGEST_SEARCH } from './model.js';

/** The most questions shown on the page of a call. */
export const QUESTIONS_SHOWN = 20;

function Question({ v, one }: { v: Viewer; one: QuestionView }) {
  const { question, answer, publishedAt, corrections, withdrawnAt } = one;
  const [corrected, portal] = [corrections.at(-1)?.at, webAddress(one.url)];
  return (
    <li>
      <details>
        <summary>
          <span lang="en" dir="auto">
            {question}
          </span>
        </summary>
        <div class="small" lang="en" dir="auto">
          {answer === null ? (
            <p lang={v.language}>{v.t('call.questions-unanswered')}</p>
          ) : (
            answer.split('\n').map((paragraph, i) => <p key={i}>{paragraph}</p>)
          )}
        </div>
        {portal && (
          <p class="small">
            <a href={portal} rel="external noreferrer">
              {v.t('call.questions-where')}
            </a>{' '}
            <span class="muted">{v.t('new-window')}</span>
          </p>
        )}
      </details>
      <span class="row small muted">
        {publishedAt && <span>{dayText(v, publishedAt)}</span>}
        {corrected && <span>{v.t('call.questions-corrected', { day: dayText(v, corrected) })}</span>}
        {withdrawnAt && <strong>{v.t('call.questions-withdrawn', { day: dayText(v, withdrawnAt) })}</strong>}
      </span>
    </li>
  );
}

/** What others asked about a topic, newest first; a form searches them without scripts. */
export function Questions({
  v,
  model: {
    call,
    institute,
    questions: { words, items, found, total },
  },
}: {
  v: Viewer;
  model: CallModel;
}) {
  const path = callPath(institute, call.id);
  return (
    <>
      <form method="get" action={`${path}#questions`} class="row find-line no-print" role="search">
        <input
          type="search"
          name="questions"
          value={words}
          maxLength={LONGEST_SEARCH}
          aria-label={v.t('call.questions-search')}
        />
        <button type="submit">{v.t('call.questions-find')}</button>
        {words && <a href={`${path}#questions`}>{v.t('call.questions-all')}</a>}
      </form>
      <p role="status">{v.t('call.questions-count', { n: words ? found : total })}</p>
      <ul class="plain-list neighbours">
        {items.map((one) => (
          <Question key={one.id} v={v} one={one} />
        ))}
      </ul>
      {found > items.length && (
        <p class="small muted">{v.t('call.questions-more', { n: found - items.length })}</p>
      )}
    </>
  );
}
