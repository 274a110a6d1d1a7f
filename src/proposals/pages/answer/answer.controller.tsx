import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AnswerGiven, ANSWERS } from '../../domain/answer.js';
import { deadlineForPeople } from '../../../calls/domain/facts/deadline.js';
import { webAddress } from '../../../kernel/web-address.js';
import { Answers, type Question } from '../../answers.js';
import { dayText, momentText } from '../../../ui/dates.js';
import { Field, FormError, Identifier, StatusBadge } from '../../../ui/parts.js';
import { View, type Viewer, viewerByLink } from '../../../ui/viewer.js';
import { AcrossInstitutes, type AuthenticatedRequest, Open } from '../../../platform/access/rule.js';
import { RateLimit } from '../../../platform/access/rate-limit.js';
import { readForm } from '../../../ui/form.js';
import { page, tooOften } from '../../../ui/page.js';
import { PageByLink } from '../../../ui/page-for-anyone.js';
import { type Answer, pageWith, redirectTo } from '../../../ui/answer.js';

/** The contents of the answer form, with its errors. */
interface AnswerDraft {
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
          <dd>{v.t('fact.no-deadline')}</dd>
        ) : (
          call.deadlines.map((d) => <dd key={d.at}>{deadlineForPeople(d, v.language)}</dd>)
        )}
      </dl>
      {page && (
        <p>
          <a href={page} rel="noreferrer">
            {v.t('newsletter.call-page')}
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
function AnswerPage(shown: Shown) {
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
const StopPage = ({ v, path }: { v: Viewer; path: string }) => (
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
const UnknownLink = ({ v }: { v: Viewer }) => (
  <section class="narrow">
    <h1>{v.t('answer.unknown-title')}</h1>
    <p>{v.t('answer.unknown')}</p>
  </section>
);

const pathOf = (secret: string): string => `/answer/${encodeURIComponent(secret)}`;

const draftOf = ({ answered }: Question): AnswerDraft => ({
  answer: answered?.answer ?? '',
  word: answered?.word ?? '',
  other: answered?.other ?? '',
  errors: {},
});

/** The pages to answer a proposal; the secret in the e-mail link is the only credential. */
@ApiExcludeController()
@AcrossInstitutes('a researcher follows the link in an e-mail')
@Open("the secret in the e-mail's link is the credential: researchers do not sign in")
@Controller('answer')
export class AnswerPages {
  constructor(
    private readonly answers: Answers,
    private readonly limits: RateLimit,
  ) {}

  /** Changes nothing: mail scanners open every link in an e-mail. */
  @Get(':token')
  @PageByLink()
  async ask(
    @View() v: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') secret: string,
  ): Promise<Answer> {
    const question = await this.answers.question(secret);
    return question
      ? this.show(viewerByLink(v, request, question.language), secret, question, draftOf(question))
      : this.unknown(v, request);
  }

  /** Stores the answer; it can be changed until the last deadline. */
  @Post(':token')
  @PageByLink()
  async answer(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Res({ passthrough: true }) response: Response,
    @Param('token') secret: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const question = await this.answers.question(secret);
    if (!question) return this.unknown(viewer, request);
    const v = viewerByLink(viewer, request, question.language);
    const sent = readForm(AnswerGiven, body, v.language);
    const { answer = '', word = '', other = '' } = sent.ok ? sent.value : sent.typed;
    const again = (status: number, errors: Record<string, string>): Answer =>
      pageWith(status, this.show(v, secret, question, { answer, word, other, errors }));
    if (!sent.ok) return again(422, sent.errors);
    // Each changed answer sends an e-mail to the officer.
    const limited = await tooOften(v, response, () => this.limits.take('answers to a proposal', secret));
    if (limited) return again(429, limited);
    if (!(await this.answers.give(secret, sent.value))?.taken) return again(409, {});
    return redirectTo(pathOf(secret), 'flash.answered');
  }

  /** Changes nothing. */
  @Get(':token/stop')
  @PageByLink()
  async mayStop(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') secret: string,
  ): Promise<Answer> {
    const question = await this.answers.question(secret);
    if (!question) return this.unknown(viewer, request);
    const v = viewerByLink(viewer, request, question.language);
    return page(v, { title: v.t('answer.stop-title') }, StopPage({ v, path: pathOf(secret) }));
  }

  /** Stops all further proposals from that institute. */
  @Post(':token/stop')
  @PageByLink()
  async stop(
    @View() viewer: Viewer,
    @Req() request: AuthenticatedRequest,
    @Param('token') secret: string,
  ): Promise<Answer> {
    if (!(await this.answers.object(secret))) return this.unknown(viewer, request);
    return redirectTo(pathOf(secret), 'flash.objected');
  }

  private show(v: Viewer, secret: string, question: Question, draft: AnswerDraft): string {
    return page(
      v,
      { title: v.t('answer.title'), styles: ['answer'] },
      AnswerPage({ v, path: pathOf(secret), question, draft }),
    );
  }

  private unknown(viewer: Viewer, request: AuthenticatedRequest): Answer {
    const v = viewerByLink(viewer, request, undefined);
    return pageWith(404, page(v, { title: v.t('answer.unknown-title') }, UnknownLink({ v })));
  }
}
