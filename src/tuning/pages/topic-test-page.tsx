import { MOST_LETTERS, MOST_TOPICS, type TopicTestView } from '../api/topic-test-views.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { TestedTopics } from './tested-topics.js';
import { testPath, whyPath } from './why-links.js';

export interface TestModel {
  profile: Profile;
  typed: string;
  error: string | null;
  /** A newer test replaced this one. */
  overtaken: boolean;
  result: TopicTestView | null;
}

function Form({ v, model: { profile, typed, error, result } }: { v: Viewer; model: TestModel }) {
  return (
    <form method="post" action={testPath(profile.id)} class="card test-form" data-busy>
      <Field
        id="topics"
        label={v.t('test.topics')}
        help={v.t('test.topics.help', { most: MOST_TOPICS })}
        error={error ?? undefined}
      >
        <textarea
          id="topics"
          name="topics"
          rows={result ? 6 : 12}
          required
          maxLength={MOST_LETTERS}
          spellcheck={false}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'topics-error topics-help' : 'topics-help'}
        >
          {typed}
        </textarea>
      </Field>
      <div class="row">
        <button type="submit" class="primary">
          {v.t('test.do')}
        </button>
        <p class="small muted busy-says" role="status" data-says={v.t('test.busy')} />
      </div>
    </form>
  );
}

/** The page to paste topics; it shows which were or would be sent, and what to change for the others. */
export function TestPage({ v, model }: { v: Viewer; model: TestModel }) {
  const { profile, result, overtaken } = model;
  return (
    <>
      <p>
        <a href={`/institutes/${profile.id}/profile`}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('test.of', { name: nameIn(profile.name, 'of', v.language) })}</h1>
      {!result && <p class="test-lead">{v.t('test.lead')}</p>}
      {overtaken && (
        <p class="notice warn" role="alert">
          {v.t('test.overtaken')}
        </p>
      )}
      {result && <TestedTopics v={v} profileId={profile.id} result={result} />}
      {result && <h2>{v.t('test.again')}</h2>}
      <Form v={v} model={model} />
      <p class="small">
        <a href={whyPath(profile.id)}>{v.t('why.link')}</a>
      </p>
    </>
  );
}
