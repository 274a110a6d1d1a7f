import { programmeName } from '../../calls/domain/names-in.js';
import { LONGEST_DESCRIPTION } from '../../matching/domain/drafting/draft.js';
import { Tabs } from '../../calls/pages/tabs.js';
import { DaysLeft, Empty, Field, Score } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import type { CallsLike } from '../calls-like-text.js';

export interface LikeModel {
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
  const coming = call.content.deadlines.find((d) => Date.parse(d.at) > v.now.getTime());
  return (
    <li class="card">
      <h3>
        <a href={`/calls/${call.id}`} lang={call.content.language}>
          {call.content.title}
        </a>
      </h3>
      <p class="row">
        <Score score={match.score} />
        <DaysLeft v={v} at={coming?.at ?? null} />
        {call.content.programme?.name && (
          <span class="muted">{programmeName(call.content.programme.name, v.language)}</span>
        )}
      </p>
      {terms.length > 0 && <p>{v.t('like.terms', { terms: terms.join(' · ') })}</p>}
    </li>
  );
}

/** The page to paste a summary, with the calls that fit it best and the competences found in it. */
export function CallsLikePage({ v, model }: { v: Viewer; model: LikeModel }) {
  const { found } = model;
  return (
    <>
      <Tabs v={v} path="/calls/like" />
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
