import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { type Actor, may, seesAllInside } from '../../kernel/actor.js';
import { ThresholdForm } from '../../matching/pages/learned.js';
import type { WhyNotRule } from '../domain/why-not/rules.js';
import { explainView, type ExplainView } from '../api/explain-views.js';
import { dayText } from '../../ui/dates.js';
import { BandWord, Dots, Field, Score, StatusBadge } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { Profile } from '../../profiles/domain/profile.js';
import { callPath } from '../../calls/pages/call/model.js';
import { withQuery } from '../../ui/address.js';
import { testPath, whyPath } from './why-links.js';
import { Profiles } from '../../profiles/profiles.js';
import { CallSearch } from '../../calls/api/call-search.js';
import { type Explained, Explaining, type Wanted } from '../explaining.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { headOf } from '../../profiles/pages/profile-page.js';
import { type Answer, pageWith } from '../../ui/answer.js';

/**
 * Formally, a call that was or will be sent is also stopped, as there is nothing more to send; readers would
 * not call that an obstacle.
 */
const outcomeOf = ({
  rule,
  outcome,
  concerns,
}: WhyNotRule): 'passed' | 'stopped' | 'inbox' | 'announced' | 'waits' =>
  outcome === 'passed'
    ? 'passed'
    : rule === 'announced'
      ? 'announced'
      : rule === 'digest'
        ? 'waits'
        : concerns === 'inbox'
          ? 'inbox'
          : 'stopped';

const OUTCOME_LOOK = {
  passed: 'badge status-closed',
  stopped: 'badge status-withdrawn',
  inbox: 'badge changed',
  announced: 'badge status-open',
  waits: 'badge status-forthcoming',
};

/** The sentence of a rule, with a link in place of the id of an e-mail. */
function RuleSentence({ v, profileId, rule }: { v: Viewer; profileId: string; rule: WhyNotRule }) {
  const mail = 'notification' in rule ? rule.notification : null;
  const [before, after] = mail === null ? [rule.says] : rule.says.split(mail);
  if (mail === null || after === undefined) return <>{rule.says}</>;
  return (
    <>
      {before}
      <a href={`/institutes/${profileId}/messages/${mail}`}>{v.t('why.mail')}</a>
      {after}
    </>
  );
}

function Rule({
  v,
  profileId,
  rule,
  decides,
}: {
  v: Viewer;
  profileId: string;
  rule: WhyNotRule;
  decides: boolean;
}) {
  const outcome = outcomeOf(rule);
  return (
    <li class={decides ? 'rule decides' : 'rule'}>
      <h3>{v.t(`why.rule.${rule.rule}`)}</h3>
      <p class="rule-outcome">
        <span class={OUTCOME_LOOK[outcome]}>{v.t(`why.outcome.${outcome}`)}</span>
        {decides && <strong class="small"> {v.t('why.decides')}</strong>}
      </p>
      <p class="rule-says">
        <RuleSentence v={v} profileId={profileId} rule={rule} />
      </p>
      {rule.rule === 'threshold' && v.actor && may(v.actor, 'decision.write', profileId) && (
        <ThresholdForm v={v} profileId={profileId} threshold={{ aside: !rule.follows }} />
      )}
    </li>
  );
}

/** All rules in order of application; folded, since the sentence above says which decides. */
const Rules = ({
  v,
  profileId,
  answer: { answer, rules },
}: {
  v: Viewer;
  profileId: string;
  answer: ExplainView;
}) => (
  <details class="card rules-fold" open={answer.rule === 'threshold'}>
    <summary>
      <h2 id="rules">{v.t('why.rules')}</h2>
    </summary>
    <ol class="rules">
      {rules.map((rule) => (
        <Rule key={rule.rule} v={v} profileId={profileId} rule={rule} decides={rule.rule === answer.rule} />
      ))}
    </ol>
  </details>
);

function Contact({
  v,
  profileId,
  contact: { name, email, state, at, notification, place },
}: {
  v: Viewer;
  profileId: string;
  contact: ExplainView['contacts'][number];
}) {
  const mail = notification && (
    <a href={`/institutes/${profileId}/messages/${notification}`}>{v.t('why.the-mail')}</a>
  );
  return (
    <li>
      <Dots
        parts={[
          <>
            {name} <span class="muted">({email})</span>
          </>,
          v.t(`why.contact.${state}`, { when: at === null ? '' : dayText(v, at), place }),
          mail,
        ]}
      />
    </li>
  );
}

const Contacts = ({
  v,
  profileId,
  contacts,
}: {
  v: Viewer;
  profileId: string;
  contacts: ExplainView['contacts'];
}) =>
  contacts.length === 0 ? null : (
    <section class="card" aria-labelledby="contacts">
      <h2 id="contacts">{v.t('profile.contacts')}</h2>
      <ul>
        {contacts.map((contact) => (
          <Contact key={contact.email} v={v} profileId={profileId} contact={contact} />
        ))}
      </ul>
    </section>
  );

/** Candidates for a text that names no call, or several. `call` identifies each. */
interface Meant {
  why: 'several' | 'alike' | 'words' | 'none';
  calls: {
    call: string;
    identifier: string | null;
    title: string | null;
    /** The title's language; null if unknown. */ language: string | null;
    days: string[];
  }[];
}

interface WhyModel {
  profile: Profile;
  /** The text that was asked for; once a call is found, its unique name. */
  asked: string;
  answer: ExplainView | null;
  meant: Meant | null;
}

interface Shown {
  v: Viewer;
  model: WhyModel;
}

function Ask({ v, model: { profile, asked, meant } }: Shown) {
  const found = meant === null || meant.why === 'several' || meant.why === 'words';
  const error = found ? undefined : v.t('why.unknown', { text: asked });
  return (
    <form method="get" action={whyPath(profile.id)} role="search" class="card why-ask">
      <Field id="call" label={v.t('why.call')} help={v.t('why.call.help')} error={error}>
        <input
          id="call"
          name="call"
          value={asked}
          required
          maxLength={500}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={error ? 'call-error call-help' : 'call-help'}
        />
      </Field>
      <p class="row">
        <button type="submit" class="primary">
          {v.t('why.ask')}
        </button>
      </p>
    </form>
  );
}

function MeantList({ v, model: { profile, asked }, meant: { why, calls } }: Shown & { meant: Meant }) {
  return (
    <section class="card" aria-labelledby="meant">
      <h2 id="meant">{v.t(`why.meant.${why}`)}</h2>
      {calls.length > 0 && (
        <ul class="meant">
          {calls.map(({ call, identifier, title, language, days }) => (
            <li key={call}>
              <a href={withQuery(whyPath(profile.id), { call })}>
                {identifier && <code>{identifier}</code>}{' '}
                {title !== null && <span lang={language ?? undefined}>{title}</span>}
              </a>
              {days.length > 0 && (
                <span class="muted small"> {days.map((day) => dayText(v, day)).join(', ')}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {why !== 'several' && (
        <p>
          <a href={withQuery('/calls', { q: why === 'words' ? asked : null })}>{v.t('why.look')}</a>
        </p>
      )}
    </section>
  );
}

const ANSWER_LOOK: Record<ExplainView['answer']['kind'], string> = {
  announced: 'badge status-open',
  'on-its-way': 'badge status-open',
  waits: 'badge status-forthcoming',
  passes: 'badge status-forthcoming',
  stopped: 'badge status-withdrawn',
};

/** Finds what the profile lacks by testing this one topic. */
function WhatToChange({ v, model: { profile, asked } }: Shown) {
  return (
    <form method="post" action={testPath(profile.id)} data-busy>
      <input type="hidden" name="topics" value={asked} />
      <button type="submit">{v.t('why.change')}</button>
      <p class="small muted busy-says" role="status" data-says={v.t('test.busy')} />
    </form>
  );
}

/** What whoever wants such calls can change; null where it is nothing. */
const TODO: Record<WhyNotRule['rule'], 'profile' | 'call' | null> = {
  status: null,
  subject: null,
  exclusion: 'profile',
  addressees: 'call',
  reading: 'call',
  threshold: null,
  score: 'profile',
  verdict: 'call',
  ready: null,
  contact: 'profile',
  'first-mail': null,
  announced: null,
  baseline: null,
  rank: null,
  digest: null,
};

/** One sentence, and where to do it; for the profile, what would help can be tried. */
function Todo({ v, model, rule, call }: Shown & { rule: WhyNotRule['rule']; call: string }) {
  const { profile } = model;
  const where = TODO[rule];
  const path = {
    profile: `/institutes/${profile.id}/profile`,
    call: callPath(profile, call),
  };
  const changes = v.actor && may(v.actor, 'profile.write', profile.id);
  return (
    <>
      <p class="todo">
        {v.t(`why.todo.${rule}`)} {where && <a href={path[where]}>{v.t(`why.todo-at.${where}`)}</a>}
      </p>
      {changes && ['exclusion', 'addressees', 'score'].includes(rule) && <WhatToChange v={v} model={model} />}
    </>
  );
}

function Answer({
  v,
  model,
  answer: { call, score, answer, remarks, rules },
}: Shown & { answer: ExplainView }) {
  const { profile } = model;
  const deciding = rules.find((r) => r.rule === (answer.rule ?? 'score'))!;
  return (
    <section class="card why-answer" aria-labelledby="answer">
      <p class="row small">
        <StatusBadge v={v} status={call.status} />
        {call.identifier && <code>{call.identifier}</code>}
        <Score score={score} />
        <BandWord v={v} score={score} />
      </p>
      <h2 id="answer">
        <a href={callPath(profile, call.id)} lang={call.language}>
          {call.title}
        </a>
      </h2>
      <p class="lead">
        <strong class={ANSWER_LOOK[answer.kind]}>{v.t(`why.answer.${answer.kind}`)}</strong>{' '}
        <RuleSentence v={v} profileId={profile.id} rule={deciding} />
      </p>
      {remarks.map((remark) => (
        <p key={remark} class="but">
          {remark}
        </p>
      ))}
      {answer.kind === 'stopped' && <Todo v={v} model={model} rule={deciding.rule} call={call.id} />}
    </section>
  );
}

const Reasons = ({ v, reasons }: { v: Viewer; reasons: ExplainView['reasons'] }) =>
  reasons.length === 0 ? null : (
    <section class="card" aria-labelledby="reasons">
      <h2 id="reasons">{v.t('call.reasons')}</h2>
      <ul class="reasons">
        {reasons.map((reason, i) => (
          <li key={i}>{reason.says}</li>
        ))}
      </ul>
    </section>
  );

/** The page that explains why a call was sent or not: the call, the deciding rule, and all others. */
function WhyPage({ v, model }: Shown) {
  const { profile, answer, meant } = model;
  return (
    <>
      <p>
        <a href={`/institutes/${profile.id}/profile`}>{v.t('versions.back')}</a>
      </p>
      <h1>{v.t('why.link')}</h1>
      <Ask v={v} model={model} />
      {meant && <MeantList v={v} model={model} meant={meant} />}
      {answer && (
        <>
          <Answer v={v} model={model} answer={answer} />
          <Rules v={v} profileId={profile.id} answer={answer} />
          {v.actor && !seesAllInside(v.actor, profile.id) && <p class="muted small">{v.t('why.outside')}</p>}
          <Contacts v={v} profileId={profile.id} contacts={answer.contacts} />
          <Reasons v={v} reasons={answer.reasons} />
        </>
      )}
      <p class="small">
        <a href={testPath(profile.id)}>{v.t('test.link')}</a>
      </p>
    </>
  );
}

const QUERY = { call: z.string().trim().min(1).max(500).optional() };
const MOST_MEANT = 8;

/** The pages that explain why an institute was notified of a call, or not. */
@ApiExcludeController()
@Controller('institutes/:profile/why')
export class WhyPages {
  constructor(
    private readonly explaining: Explaining,
    private readonly profiles: Profiles,
    private readonly search: CallSearch,
  ) {}

  @Needs('match.read', 'profile')
  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') id: string,
    @PageQuery(QUERY) { call: asked }: { call?: string },
  ): Promise<Answer> {
    const { content } = (await this.profiles.get(id)).profile;
    if (asked === undefined) return shown(v, content, { asked: '', answer: null, meant: null });
    const wanted = await this.explaining.findCall(asked);
    if (wanted.call) {
      const inside = seesAllInside(actor, id);
      const explained = await this.explaining.explain(content, wanted.call, inside, v.now);
      const name = await this.nameOf(explained);
      return shown(v, content, {
        asked: name,
        answer: explainView(explained, content, { language: v.language, inside, now: v.now }),
        meant: null,
      });
    }
    const meant = await this.meant(v, asked, wanted);
    return pageWith(wanted.candidates.length ? 200 : 404, shown(v, content, { asked, answer: null, meant }));
  }

  /** The identifier, or the id if several calls share the identifier. */
  private async nameOf({
    call: {
      id,
      content: { identifier },
    },
  }: Explained): Promise<string> {
    const named = identifier === null ? null : (await this.explaining.findCall(identifier)).call;
    return named?.id === id ? identifier! : id;
  }

  /**
   * Candidates for a text: the calls that it names, else calls that contain its words (such as the identifier
   * of a call with several topics), else similar identifiers.
   */
  private async meant(v: Viewer, text: string, { candidates, nearest }: Wanted): Promise<Meant> {
    if (candidates.length)
      return {
        why: 'several',
        calls: candidates.slice(0, MOST_MEANT).map(({ id, identifier, title, language, days }) => ({
          call: id,
          identifier,
          title,
          language,
          days,
        })),
      };
    const { items } = await this.search.page({ q: text }, { limit: MOST_MEANT, language: v.language });
    if (items.length)
      return {
        why: 'words',
        calls: items.map(({ id, identifier, title }) => ({
          call: id,
          identifier,
          title,
          language: null,
          days: [],
        })),
      };
    return {
      why: nearest.length ? 'alike' : 'none',
      calls: nearest.map((identifier) => ({
        call: identifier,
        identifier,
        title: null,
        language: null,
        days: [],
      })),
    };
  }
}

const shown = (v: Viewer, profile: Profile, model: Omit<WhyModel, 'profile'>): string =>
  page(
    v,
    {
      title: v.t('why.link'),
      place: 'profile',
      institute: headOf(profile),
      styles: ['why'],
      scripts: ['why'],
    },
    WhyPage({ v, model: { profile, ...model } }),
  );
