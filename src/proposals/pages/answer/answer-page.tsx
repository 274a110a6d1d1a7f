import { ANSWERS } from '../../domain/answer.js';
import { deadlineForPeople } from '../../../calls/domain/facts/deadline.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { Question } from '../../answers.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Identifier } from '../../../ui/identifier.js';
import { Field, FormError, StatusBadge } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';

/** The contents of the answer form, with its errors. */
export interface AnswerDraft {
  answer: string;
  word: string;
  other: string;
  errors: Record<string, string>;
}

interface Shown {
  v: Viewer;
  path: string;
  question: Question;
  draft: AnswerDraft;
}

function Call({ v, question: { call, status } }: { v: Viewer; question: Question }) {
  const page = webAddress(call.url);
  return (
    <section class="card">
      <h2 lang={call.language}>{call.title}</h2>
      <p class="row small">
        <StatusBadge v={v} status={status} />
        <Identifier v={v} call={call} />
      </p>
      <dl class="facts">
        <dt>{v.t('answer.deadline', { n: Math.max(1, call.deadlines.length) })}</dt>
        {call.deadlines.length === 0 ? (
          <dd>{v.t('answer.no-deadline')}</dd>
        ) : (
          call.deadlines.map((d) => <dd key={d.at}>{deadlineForPeople(d, v.language)}</dd>)
        )}
      </dl>
      {page && (
        <p>
          <a href={page} rel="noreferrer">
            {v.t('answer.call-page')}
          </a>{' '}
          <span class="muted small">{v.t('new-window')}</span>
        </p>
      )}
    </section>
  );
}

function Choices({ v, draft }: { v: Viewer; draft: AnswerDraft }) {
  const wrong = draft.errors['answer'];
  return (
    <fieldset class="choices" aria-describedby={wrong && 'answer-error'}>
      <legend class="hidden-visually">{v.t('answer.your-answer')}</legend>
      {ANSWERS.map((answer) => (
        <label key={answer} class="choice">
          <input
            type="radio"
            id={`answer-${answer}`}
            name="answer"
            value={answer}
            required
            checked={draft.answer === answer}
          />
          {v.t(`answer.${answer}`)}
        </label>
      ))}
      {wrong && (
        <p class="error" id="answer-error">
          {v.t('answer.choice-missing')}
        </p>
      )}
    </fieldset>
  );
}

function AnswerForm({ v, path, question, draft }: Shown) {
  const { other, word } = draft.errors;
  return (
    <form method="post" action={path} class="card answer-form">
      <h2>{v.t('answer.your-answer')}</h2>
      <FormError says={draft.errors['']} />
      <Choices v={v} draft={draft} />
      <div class="other">
        <Field id="other" label={v.t('answer.other')} error={other && v.t('answer.other-missing')}>
          <input
            id="other"
            name="other"
            value={draft.other}
            maxLength={320}
            autocomplete="off"
            aria-describedby={other && 'other-error'}
          />
        </Field>
      </div>
      <Field id="word" label={v.t('answer.word')} help={v.t('answer.word-help')} error={word}>
        <textarea
          id="word"
          name="word"
          rows={4}
          maxLength={2_000}
          aria-describedby={word ? 'word-error' : 'word-help'}
        >
          {draft.word}
        </textarea>
      </Field>
      <p class="muted small">{v.t('answer.goes-to', { officer: question.askedBy })}</p>
      <button type="submit" class="primary">
        {v.t(question.answered ? 'answer.change' : 'answer.send')}
      </button>
    </form>
  );
}

function Answered({ v, question: { answered, status } }: { v: Viewer; question: Question }) {
  if (!answered?.answer) return null;
  return (
    <div class="notice">
      <p>
        {v.t('answer.answered', {
          when: momentText(v, answered.at),
          answer: v.t(`answer.${answered.answer}`),
        })}
        {answered.other && ` (${answered.other})`}
      </p>
      {answered.word && <blockquote class="word">{answered.word}</blockquote>}
      {status !== 'closed' && <p>{v.t('answer.may-change')}</p>}
    </div>
  );
}

/**
 * The page where a researcher answers: who asks, the call in brief, three choices and a comment. It shows
 * nothing that the e-mail did not say.
 */
export function AnswerPage(shown: Shown) {
  const { v, question } = shown;
  return (
    <div class="narrow">
      <h1>{v.t('answer.title')}</h1>
      <p>
        {v.t('answer.asks', {
          officer: question.askedBy,
          name: question.researcher,
          day: dayText(v, question.askedAt),
        })}
      </p>
      {question.status === 'withdrawn' && <p class="notice warn">{v.t('answer.withdrawn')}</p>}
      {question.status === 'closed' && <p class="notice warn">{v.t('answer.closed')}</p>}
      <Answered v={v} question={question} />
      <Call v={v} question={question} />
      {question.status !== 'closed' && <AnswerForm {...shown} />}
      <details class="card" open={!question.answered}>
        <summary>{v.t('answer.message')}</summary>
        <p class="sent-text" lang={question.language}>
          {question.text}
        </p>
      </details>
      <p class="small">
        <a href={`${shown.path}/stop`}>{v.t('answer.stop')}</a>
      </p>
    </div>
  );
}

/** Asks for confirmation, as mail scanners open every link in an e-mail. */
export const StopPage = ({ v, path }: { v: Viewer; path: string }) => (
  <section class="narrow">
    <p>
      <a href={path}>{v.t('answer.stop-back')}</a>
    </p>
    <h1>{v.t('answer.stop-title')}</h1>
    <p>{v.t('answer.stop-says')}</p>
    <form method="post" action={`${path}/stop`}>
      <button type="submit" class="primary">
        {v.t('answer.stop')}
      </button>
    </form>
  </section>
);

/** The page for an unknown or truncated link. */
export const UnknownLink = ({ v }: { v: Viewer }) => (
  <section class="narrow">
    <h1>{v.t('answer.unknown-title')}</h1>
    <p>{v.t('answer.unknown')}</p>
  </section>
);
