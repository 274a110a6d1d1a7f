import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type Actor, may } from '../../kernel/actor.js';
import { shownScore } from '../../kernel/band.js';
import {
  MOST_LETTERS,
  MOST_TOPICS,
  TopicsInput,
  topicTestView,
  type TopicTestView,
} from '../api/topic-test-views.js';
import { callPath } from '../../calls/pages/call/model.js';
import { dayText } from '../../ui/dates.js';
import { BandWord, Dots, Field, Score, StatusBadge } from '../../ui/parts.js';
import { withQuery } from '../../ui/address.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { suggestionAddress } from '../../profiles/pages/suggestion-address.js';
import { testPath, whyPath } from './why-links.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { nameIn, labelsIn } from '../../profiles/domain/names-in.js';
import { TooManyRequests } from '../../kernel/errors.js';
import { pastedTopics } from '../../spreadsheets/domain/find-call.js';
import { Profiles } from '../../profiles/profiles.js';
import { TopicTest } from '../topic-test.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { readForm } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { headOf } from '../../profiles/pages/profile-page.js';
import { type Answer, pageWith } from '../../ui/answer.js';

type Topic = TopicTestView['items'][number];
interface Shown {
  v: Viewer;
  profileId: string;
  topic: Topic;
}

const LOOK: Record<Topic['outcome'], string> = {
  announced: 'badge status-open',
  'would-be-announced': 'badge status-open',
  missed: 'badge status-withdrawn',
  unknown: 'badge status-closed',
};

function Named({ v, profileId, topic: { topic, call } }: Shown) {
  if (!call) return <strong>{topic}</strong>;
  return (
    <>
      <a href={callPath({ id: profileId }, call.id)} lang={call.language}>
        {call.title}
      </a>
      <span class="row small">
        <StatusBadge v={v} status={call.status} />
        <span class="muted identifier">{call.identifier ?? topic}</span>
      </span>
    </>
  );
}

/** When it was or would be sent, or the rule that excludes it. */
function When({ v, profileId, topic: { outcome, at, notification, missed } }: Shown) {
  if (missed)
    return <span class="small when">{v.t('test.by', { rule: v.t(`why.rule.${missed.rule}`) })}</span>;
  if (outcome === 'announced')
    return (
      <span class="small when">
        <Dots
          parts={[
            at && dayText(v, at),
            notification && (
              <a href={`/institutes/${profileId}/messages/${notification}`}>{v.t('why.the-mail')}</a>
            ),
          ]}
        />
      </span>
    );
  return outcome === 'would-be-announced' ? (
    <span class="small when">
      {at === null ? v.t('test.baseline') : v.t('test.message', { day: dayText(v, at) })}
    </span>
  ) : null;
}

function Unknown({ v, profileId, topic: { nearest, candidates } }: Shown) {
  const others = [
    ...candidates.map(({ id, title, language }) => ({ call: id, text: title, language })),
    ...nearest.map((id) => ({ call: id, text: id, language: undefined })),
  ];
  return (
    <>
      <p>
        {v.t(candidates.length ? 'why.meant.several' : nearest.length ? 'why.meant.alike' : 'test.unknown')}
      </p>
      {others.length > 0 && (
        <ul>
          {others.slice(0, 5).map(({ call, text, language }) => (
            <li key={call}>
              <a href={withQuery(whyPath(profileId), { call })} lang={language}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** The suggested change. It opens in a new tab, because the test is not stored. */
function SuggestionLine({
  v,
  profileId,
  suggestion,
}: {
  v: Viewer;
  profileId: string;
  suggestion: NonNullable<NonNullable<Topic['missed']>['suggestion']>;
}) {
  return (
    <div class="suggestion">
      <p>{suggestion.says}</p>
      {may(v.actor, 'profile.write', profileId) && (
        <p class="row small">
          <a class="button" href={suggestionAddress(profileId, suggestion.change)} target="_blank">
            {v.t('test.suggestion')}
            <span class="hidden-visually"> {v.t('test.new-tab')}</span>
          </a>
          <span class="muted">{v.t('test.suggestion-score', { score: shownScore(suggestion.score) })}</span>
        </p>
      )}
    </div>
  );
}

function Why({ v, profileId, topic }: Shown) {
  const { call, missed } = topic;
  if (!call) return <Unknown v={v} profileId={profileId} topic={topic} />;
  if (!missed) return null;
  const canSuggest = !['status', 'subject', 'reading'].includes(missed.rule);
  return (
    <>
      <p>
        {missed.says}{' '}
        <a class="small" href={withQuery(whyPath(profileId), { call: call.id })}>
          {v.t('why.all-rules')}
          <span class="hidden-visually"> {call.title}</span>
        </a>
      </p>
      {missed.suggestion ? (
        <SuggestionLine v={v} profileId={profileId} suggestion={missed.suggestion} />
      ) : (
        canSuggest && <p class="muted small">{v.t('test.no-suggestion')}</p>
      )}
    </>
  );
}

const Row = (shown: Shown) => (
  <tr role="row">
    <th scope="row" role="rowheader">
      <Named {...shown} />
    </th>
    <td role="cell" class="outcome">
      <span class={LOOK[shown.topic.outcome]}>{shown.v.t(`test.outcome.${shown.topic.outcome}`)}</span>
      <When {...shown} />
    </td>
    <td role="cell" class="score-cell">
      {shown.topic.call && (
        <>
          <Score score={shown.topic.score} /> <BandWord v={shown.v} score={shown.topic.score} />
        </>
      )}
    </td>
    <td role="cell" class="why-cell">
      <Why {...shown} />
    </td>
  </tr>
);

/**
 * The result for each topic, in the order pasted. Table roles are explicit because narrow windows stack the
 * cells.
 */
const TestedTopics = ({ v, profileId, result }: { v: Viewer; profileId: string; result: TopicTestView }) => (
  <section aria-labelledby="result">
    <h2 id="result">{v.t('test.sum', { announced: result.announced, known: result.known })}</h2>
    <p class="muted">
      {v.t('test.basis', {
        missed: result.missed,
        unknown: result.topics - result.known,
        least: result.minScore,
      })}
    </p>
    <table class="tested" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {(['test.topic', 'test.outcome', 'call.score', 'test.why'] as const).map((key) => (
            <th key={key} scope="col" role="columnheader">
              {v.t(key)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {result.items.map((topic, i) => (
          <Row key={i} v={v} profileId={profileId} topic={topic} />
        ))}
      </tbody>
    </table>
  </section>
);

interface TestModel {
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
function TestPage({ v, model }: { v: Viewer; model: TestModel }) {
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

@ApiExcludeController()
@Controller('institutes/:profile/profile/test')
export class TopicTestPages {
  constructor(
    private readonly tests: TopicTest,
    private readonly profiles: Profiles,
  ) {}

  @Needs('match.read', 'profile')
  @Get()
  async form(@View() v: Viewer, @Param('profile') id: string): Promise<string> {
    return shown(v, (await this.profiles.get(id)).profile.content, {});
  }

  /**
   * Responds with the page instead of a redirect: nothing is stored that an address could refer to, and a
   * list of topics is too long for a query.
   */
  @Needs('match.read', 'profile')
  @Post()
  @HttpCode(200)
  async test(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Gone() gone: AbortSignal,
    @Param('profile') id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const { content } = (await this.profiles.get(id)).profile;
    const read = readTopics(v, body);
    if ('error' in read) return pageWith(422, shown(v, content, read));
    const { typed, topics } = read;
    try {
      const tested = await this.tests.run({ profile: content, topics, now: v.now }, actor, gone);
      return shown(v, content, {
        typed,
        result: topicTestView(tested, {
          language: v.language,
          least: await this.tests.leastFor(id, actor),
          now: v.now,
          called: labelsIn(content.competences, v.language),
        }),
      });
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error;
      return pageWith(429, shown(v, content, { typed, overtaken: true }));
    }
  }
}

function readTopics(
  v: Viewer,
  body: unknown,
): { typed: string; topics: string[] } | { typed: string; error: string } {
  const sent = readForm(TopicsInput, body, v.language);
  const typed = sent.ok ? sent.value.topics : (sent.typed['topics'] ?? '');
  if (!sent.ok && typed !== '') return { typed, error: v.t('test.too-long', { most: MOST_LETTERS }) };
  const topics = sent.ok ? pastedTopics(typed) : [];
  if (!topics.length) return { typed, error: v.t('test.none') };
  return topics.length > MOST_TOPICS
    ? { typed, error: v.t('test.too-many', { n: topics.length, most: MOST_TOPICS }) }
    : { typed, topics };
}

const shown = (v: Viewer, profile: Profile, model: Partial<TestModel>): string =>
  page(
    v,
    {
      title: v.t('test.title'),
      place: 'profile',
      institute: headOf(profile),
      styles: ['why'],
      scripts: ['why'],
      wide: true,
    },
    TestPage({ v, model: { profile, typed: '', error: null, overtaken: false, result: null, ...model } }),
  );
