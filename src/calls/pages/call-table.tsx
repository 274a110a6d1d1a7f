import { actionShort } from '../domain/action-code.js';
import { languageOfTypes, programmeOfCall, typeInWords } from '../domain/names-in.js';
import { budgetInList, moneyInShort } from '../domain/facts/budget.js';
import { comingAndPassed } from '../domain/facts/deadline.js';
import { typeOfAction } from '../domain/facts/call-facts.js';
import type { CallSummary } from '../api/call-views.js';
import { dayText } from '../../ui/dates.js';
import { Identifier } from '../../ui/identifier.js';
import { DaysLeft, StatusBadge } from '../../ui/parts.js';
import { InterestMark } from '../../together/pages/interest-card.js';
import type { Viewer } from '../../ui/viewer.js';

function Deadline({ v, call }: { v: Viewer; call: CallSummary }) {
  const { coming } = comingAndPassed(call.deadlines, v.now);
  const at = coming[0]?.at ?? call.deadlines.at(-1)?.at ?? null;
  return (
    <>
      <DaysLeft v={v} at={at} />{' '}
      <span class="muted small">
        {at !== null && <time dateTime={at}>{dayText(v, at)}</time>}{' '}
        {coming.length > 1 && v.t('calls.more-deadlines', { n: coming.length - 1 })}
      </span>
    </>
  );
}

function Action({ v, call }: { v: Viewer; call: CallSummary }) {
  const types = call.typesOfAction;
  const shorts = [...new Set(types.map((type) => actionShort(type) ?? typeInWords(type, v.language)))];
  return shorts.length ? (
    <span
      class="action"
      lang={languageOfTypes(types, call.language, v.language)}
      title={typeOfAction(call, v.language)}
    >
      {shorts.join(', ')}
    </span>
  ) : (
    <span class="action unstated">{typeOfAction(call, v.language)}</span>
  );
}

/** The amount per project in short; the cell's title and the call's page show everything stated. */
function Money({ v, call }: { v: Viewer; call: CallSummary }) {
  const money = moneyInShort(call, v.language);
  return (
    <span title={budgetInList(call, call.budgetFor, v.language)}>
      {money === null ? <span class="unstated">{v.t('not-stated')}</span> : money.amount}{' '}
      {money !== null && money.of !== 'doubtful' && (
        <span class="muted small">{v.t(`inbox.money.${money.of}`)}</span>
      )}
    </span>
  );
}

function Row({ v, call, interested }: { v: Viewer; call: CallSummary; interested: string[] | undefined }) {
  return (
    <tr>
      <th scope="row">
        <a href={`/calls/${call.id}`} lang={call.language} title={call.title}>
          {call.title}
        </a>
        <span class="under">
          <Identifier v={v} call={call} />{' '}
          {call.programme && <span>{programmeOfCall(call.programme, v.language)}</span>}{' '}
          <InterestMark v={v} names={interested} />
        </span>
      </th>
      <td data-label={v.t('calls.status')}>
        <StatusBadge v={v} status={call.status} />
      </td>
      <td data-label={v.t('calls.deadline')}>
        <Deadline v={v} call={call} />
      </td>
      <td data-label={v.t('calls.action')}>
        <Action v={v} call={call} />
      </td>
      <td data-label={v.t('calls.budget')}>
        <Money v={v} call={call} />
      </td>
    </tr>
  );
}

/** A table of calls; on a narrow screen each is a card. */
export function CallTable({
  v,
  calls,
  interested,
}: {
  v: Viewer;
  calls: CallSummary[];
  /** The other institutes that are interested, by call. */
  interested: ReadonlyMap<string, string[]>;
}) {
  return (
    <table class="calls">
      <caption class="hidden-visually">{v.t('calls.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{v.t('calls.call')}</th>
          <th scope="col">{v.t('calls.status')}</th>
          <th scope="col">{v.t('calls.deadline')}</th>
          <th scope="col">{v.t('calls.action')}</th>
          <th scope="col">{v.t('calls.budget')}</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <Row key={call.id} v={v} call={call} interested={interested.get(call.id)} />
        ))}
      </tbody>
    </table>
  );
}
