import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { nextDeadlineAt } from '../../calls/domain/facts/deadline.js';
import { programmeName } from '../../calls/domain/names-in.js';
import { LONGEST_DESCRIPTION } from '../../matching/domain/drafting/draft.js';
import { CallTabs } from '../../calls/pages/tabs.js';
import { DaysLeft, Empty, Field, Score } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { type CallsLike, CallsLikeText } from '../calls-like-text.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { LikeInput } from '../api/explain.controller.js';
import { type Answer, pageWith } from '../../ui/answer.js';

interface LikeModel {
  typed: string;
  error: string | null;
  /** Null before the first search. */
  found: CallsLike | null;
}

function Form({ v, model: { typed, error, found } }: { v: Viewer; model: LikeModel }) {
  return (
    <form method="post" action="/calls/like" class="card" data-busy>
      <Field id="text" label={v.t('like.text')} help={v.t('like.help')} error={error ?? undefined}>
        <textarea
          id="text"
          name="text"
          rows={found ? 5 : 12}
          required
          maxLength={LONGEST_DESCRIPTION}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'text-error text-help' : 'text-help'}
        >
          {typed}
        </textarea>
      </Field>
      <button type="submit" class="primary">
        {v.t('like.do')}
      </button>
    </form>
  );
}

function Found({ v, found: { call, match, terms } }: { v: Viewer; found: CallsLike['calls'][number] }) {
  return (
    <li class="card">
      <h3>
        <a href={`/calls/${call.id}`} lang={call.content.language}>
          {call.content.title}
        </a>
      </h3>
      <p class="row">
        <Score score={match.score} />
        <DaysLeft v={v} at={nextDeadlineAt(call.content.deadlines, v.now)} />
        {call.content.programme?.name && (
          <span class="muted">{programmeName(call.content.programme.name, v.language)}</span>
        )}
      </p>
      {terms.length > 0 && <p>{v.t('like.terms', { terms: terms.join(' · ') })}</p>}
    </li>
  );
}

/** The page to paste a summary, with the calls that fit it best and the competences found in it. */
function CallsLikePage({ v, model }: { v: Viewer; model: LikeModel }) {
  const { found } = model;
  return (
    <>
      <CallTabs v={v} path="/calls/like" />
      <h1>{v.t('like.title')}</h1>
      {!found && <p class="lead">{v.t('like.lead')}</p>}
      <Form v={v} model={model} />
      {found && found.subjects.length > 0 && (
        <p class="muted" role="status">
          {v.t('like.read-as', { subjects: found.subjects.join(' · ') })}
        </p>
      )}
      {found &&
        (found.calls.length ? (
          <ol class="best">
            {found.calls.map((one) => (
              <Found key={one.call.id} v={v} found={one} />
            ))}
          </ol>
        ) : (
          <Empty title={v.t('like.none')}>
            <p>{v.t('like.none-help')}</p>
          </Empty>
        ))}
    </>
  );
}

/** The pages to find calls for a planned project from its summary. */
@ApiExcludeController()
@Controller('calls/like')
export class CallsLikePages {
  constructor(private readonly likeText: CallsLikeText) {}

  @Needs('call.read')
  @Get()
  form(@View() v: Viewer): string {
    return shown(v, { typed: '', error: null, found: null });
  }

  /**
   * Responds with the page instead of a redirect: nothing is stored that an address could refer to, and a
   * summary is too long for a query.
   */
  @Needs('call.read')
  @Post()
  @HttpCode(200)
  async findCallsLike(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(LikeInput, body, v.language);
    if (sent.ok)
      return shown(v, {
        typed: sent.value.text,
        error: null,
        found: await this.likeText.findCallsLike(sent.value.text, actor, gone),
      });
    const typed = sent.typed['text'] ?? '';
    return pageWith(422, shown(v, { typed, error: v.t('like.error'), found: null }));
  }
}

const shown = (v: Viewer, model: LikeModel): string =>
  page(
    v,
    { title: v.t('like.title'), place: 'calls', styles: ['profile/profile'] },
    CallsLikePage({ v, model }),
  );
