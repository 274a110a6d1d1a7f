import { may } from '../../kernel/actor.js';
import { ThresholdForm } from '../../matching/pages/learned.js';
import type { WhyNotRule } from '../domain/why-not/rules.js';
import type { ExplainView } from '../api/explain-views.js';
import { dayText } from '../../ui/dates.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

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

const LOOK = {
  passed: 'badge status-closed',
  stopped: 'badge status-withdrawn',
  inbox: 'badge changed',
  announced: 'badge status-open',
  waits: 'badge status-forthcoming',
};

/** The sentence of a rule, with a link in place of the id of an e-mail. */
export function RuleSentence({ v, profileId, rule }: { v: Viewer; profileId: string; rule: WhyNotRule }) {
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
        <span class={LOOK[outcome]}>{v.t(`why.outcome.${outcome}`)}</span>
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
export const Rules = ({
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

/** The state of the call for each contact. */
export const Contacts = ({
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
