import { z } from 'zod';
import { Fragment } from 'preact';
import { CALLS_FIELDS } from '../domain/calls-query.js';
import { withQuery } from '../../ui/address.js';
import { actionShort } from '../domain/action-code.js';
import { languageOfTypes, programmeName, programmeOfCall, typeInWords } from '../domain/names-in.js';
import { budgetInList, moneyInShort } from '../domain/facts/budget.js';
import { comingAndPassed } from '../domain/facts/deadline.js';
import { typeOfAction } from '../domain/facts/call-facts.js';
import { may } from '../../kernel/actor.js';
import type { CallSummary } from '../api/call-views.js';
import { dayText } from '../../ui/dates.js';
import {
  DaysLeft,
  Downloads,
  DraftWords,
  Empty,
  Field,
  Fold,
  Folds,
  Identifier,
  Pager,
  StatusBadge,
} from '../../ui/parts.js';
import { InterestMark } from '../../network/pages/interest.controller.js';
import type { Viewer } from '../../ui/viewer.js';
import { STATUSES } from '../domain/status.js';
import type { CallSearch, FoldedCalls, FoundIn } from '../api/call-search.js';
import { SavedSearchList, type SearchShown } from '../../decisions/pages/saved-searches.js';
import type { SearchMails } from '../../notifications/my-preferences.js';
import type { UnsavedSearch } from '../../decisions/pages/unsaved-search.js';
import { Pieces } from './find/find-page.js';
import { CallTabs } from './tabs.js';

export { callsFilterOf as filterOf } from '../domain/calls-query.js';

/** The page's query parameters. The days have the same names as the API's instants. */
export const ADDRESS = { ...CALLS_FIELDS, cursor: z.string().max(1_000).optional() };
export type Address = { [K in keyof typeof ADDRESS]: z.output<(typeof ADDRESS)[K]> };

/** Returns the URL of another page of the same list. */
const addressWith = (address: Address, cursor: string | null): string =>
  withQuery('/calls', { ...address, cursor });

/** Returns the filters alone, as a saved search stores them. */
export const filtersIn = (address: Address): string =>
  withQuery('', { ...address, cursor: null }).replace(/^\?/, '');

function Deadline({ v, call }: { v: Viewer; call: CallSummary }) {
  const { coming } = comingAndPassed(call.deadlines, v.now);
  const at = coming[0]?.at ?? call.deadlines.at(-1)?.at ?? null;
  return (
    <>
      <DaysLeft v={v} at={at} status={call.status} />{' '}
      <span class="muted small">
        {at !== null && <time dateTime={at}>{dayText(v, at)}</time>}{' '}
        {coming.length > 1 && v.t('inbox.deadlines-more', { n: coming.length - 1 })}
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

/** Why a search shows a call: where its text says the words, or what it says that is close to them. */
function Why({ v, call, found }: { v: Viewer; call: CallSummary; found: FoundIn | undefined }) {
  if (call.near)
    return call.nearTo?.length ? (
      <span class="passage muted small">{v.t('calls.near-to', { words: call.nearTo.join(', ') })}</span>
    ) : null;
  return found?.passage ? (
    <span class="passage muted small" lang={call.language}>
      <Pieces pieces={found.passage} />
    </span>
  ) : null;
}

/** A button that leaves a call out of a saved search, or takes it back. */
function Drop({ v, drop, call, again }: { v: Viewer; drop: DropShown; call: string; again?: boolean }) {
  return (
    <form method="post" action={drop.action} class="no-print">
      <input type="hidden" name="call" value={call} />
      <input type="hidden" name="back" value={drop.back} />
      {again && <input type="hidden" name="again" value="yes" />}
      <button class="plain small" type="submit">
        {v.t(again ? 'calls.take-back' : 'calls.drop', { name: drop.name })}
      </button>
    </form>
  );
}

/** The calls dropped from the saved search that is shown. */
function Dropped({ v, saved, drop }: { v: Viewer; saved: Shown['saved']; drop: DropShown | null }) {
  if (!saved || !drop || saved.dropped.length === 0) return null;
  return (
    <details class="dropped-calls no-print">
      <summary>{v.t('calls.dropped', { n: saved.dropped.length })}</summary>
      <ul>
        {saved.dropped.map(({ id, title, language }) => (
          <li key={id}>
            <a href={`/calls/${id}`} lang={language}>
              {title}
            </a>{' '}
            <Drop v={v} drop={drop} call={id} again />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What drops a call from the saved search that is shown; null if it is none, or not theirs to change. */
const dropOf = ({ v, address, saved }: Shown): DropShown | null =>
  saved && v.actor && v.actor.profileId !== null && may(v.actor, 'decision.write')
    ? {
        action: `/institutes/${v.actor.profileId}/searches/${saved.id}/drop`,
        name: saved.name,
        back: addressWith(address, null),
      }
    : null;

interface DropShown {
  action: string;
  name: string;
  back: string;
}

interface RowShown {
  drop: DropShown | null;
  v: Viewer;
  call: CallSummary;
  interested: string[] | undefined;
  found: FoundIn | undefined;
  /** The calls folded below it; null if it is one. */
  below: CallSummary[] | null;
}

function Row({ v, call, interested, found, drop, below }: RowShown) {
  return (
    <tr class={below === null ? 'folded' : undefined}>
      <th scope="row">
        <a href={`/calls/${call.id}`} lang={call.language} title={call.title}>
          {found ? <Pieces pieces={found.title} /> : call.title}
        </a>
        <Why v={v} call={call} found={found} />
        <span class="under">
          <Identifier v={v} call={call} />{' '}
          {call.programme && <span>{programmeOfCall(call.programme, v.language)}</span>}{' '}
          <InterestMark v={v} names={interested} />
          {drop && <Drop v={v} drop={drop} call={call.id} />}
        </span>
        {below && <Folds v={v} below={below} />}
      </th>
      <td data-label={v.t('calls.status')}>
        <StatusBadge v={v} status={call.status} /> <DraftWords v={v} draft={call.draft} />
      </td>
      <td data-label={v.t('fact.deadline')}>
        <Deadline v={v} call={call} />
      </td>
      <td data-label={v.t('fact.type-of-action')}>
        <Action v={v} call={call} />
      </td>
      <td data-label={v.t('fact.budget')}>
        <Money v={v} call={call} />
      </td>
    </tr>
  );
}

/** A table of calls; on a narrow screen each is a card. */
function CallTable({ v, found, below, interested, marks, drop }: Shown & { drop: DropShown | null }) {
  const calls = found.items;
  const row = (call: CallSummary, folds: CallSummary[] | null) => (
    <Row
      key={call.id}
      v={v}
      call={call}
      interested={interested.get(call.id)}
      found={marks.get(call.id)}
      drop={drop}
      below={folds}
    />
  );
  return (
    <table class="calls">
      <caption class="hidden-visually">{v.t('calls.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{v.t('calls.call')}</th>
          <th scope="col">{v.t('calls.status')}</th>
          <th scope="col">{v.t('fact.deadline')}</th>
          <th scope="col">{v.t('fact.type-of-action')}</th>
          <th scope="col">{v.t('fact.budget')}</th>
        </tr>
      </thead>
      {calls.map((call, i) => {
        const folds = below.get(call.id) ?? [];
        return (
          <tbody key={call.id} class="with-folds">
            {call.near && !calls[i - 1]?.near && (
              <tr class="near">
                <th scope="rowgroup" colSpan={5}>
                  {v.t('calls.near')}
                </th>
              </tr>
            )}
            {row(call, folds)}
            {folds.map((one) => row(one, null))}
          </tbody>
        );
      })}
    </table>
  );
}

interface CallsModel extends FoldedCalls {
  address: Address;
  /** The other institutes that are interested, by call. */
  interested: ReadonlyMap<string, string[]>;
  programmes: { value: string; count: number }[];
  sources: { id: string; name: string }[];
  /** Null for viewers who keep none. */
  searches: SearchShown[] | null;
  /** The filters as a search keeps them, null for those who keep none; and what it would bring by e-mail. */
  keeps: string | null;
  mails: SearchMails | null;
  /** The saved search that these filters are, if they are one, with the calls dropped from it. */
  saved: { id: string; name: string; dropped: Awaited<ReturnType<CallSearch['titles']>> } | undefined;
  unsaved: UnsavedSearch;
}
type Shown = CallsModel & { v: Viewer };

function Choices({ v, address, programmes, sources }: Shown) {
  return (
    <>
      <Field id="status" label={v.t('calls.status')}>
        <select id="status" name="status">
          <option value="">{v.t('form.any')}</option>
          {STATUSES.map((s) => (
            <option key={s} value={s} selected={address.status === s}>
              {v.t(`status.${s}`)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="programme" label={v.t('fact.programme')}>
        <select id="programme" name="programme">
          <option value="">{v.t('form.any')}</option>
          {programmes.map((p) => (
            <option
              key={p.value}
              value={p.value}
              selected={address.programme === p.value}
            >{`${programmeName(p.value, v.language)} (${p.count})`}</option>
          ))}
        </select>
      </Field>
      {sources.length > 1 && (
        <Field id="source" label={v.t('calls.source')}>
          <select id="source" name="source">
            <option value="">{v.t('form.any')}</option>
            {sources.map((s) => (
              <option key={s.id} value={s.id} selected={address.source === s.id}>
                {s.name}
              </option>
            ))}
          </select>
        </Field>
      )}
    </>
  );
}

function Filters(shown: Shown) {
  const { v, address } = shown;
  return (
    <form
      class="filters"
      method="get"
      action="/calls"
      role="search"
      aria-label={v.t('calls.search')}
      hx-get="/calls"
      hx-trigger="typed changed delay:150ms from:#q"
      hx-target="#list"
      hx-select="#list"
      hx-select-oob="#saved"
      hx-swap="outerHTML"
      hx-replace-url="true"
      hx-sync="this:replace"
    >
      <Field id="q" label={v.t('calls.words')}>
        <input
          id="q"
          name="q"
          type="search"
          value={address.q ?? ''}
          maxLength={500}
          aria-describedby="q-says"
        />
      </Field>
      <Choices {...shown} />
      <Field id="deadlineAfter" label={v.t('calls.from')}>
        <input id="deadlineAfter" name="deadlineAfter" type="date" value={address.deadlineAfter ?? ''} />
      </Field>
      <Field id="deadlineBefore" label={v.t('calls.to')}>
        <input id="deadlineBefore" name="deadlineBefore" type="date" value={address.deadlineBefore ?? ''} />
      </Field>
      <div class="row ends">
        <button class="primary" type="submit">
          {v.t('calls.go')}
        </button>
        {filtersIn(address) !== '' && <a href="/calls">{v.t('form.clear-filters')}</a>}
      </div>
      <p class="help muted small" id="q-says">
        {v.t('calls.words-help')}
      </p>
    </form>
  );
}

const NoCalls = ({ v, address, found }: Pick<Shown, 'v' | 'address' | 'found'>) =>
  filtersIn(address) !== '' ? (
    <Empty title={v.t('calls.none')}>
      <p>{v.t(address.q !== undefined && found.tried.length === 0 ? 'calls.no-word' : 'calls.none-help')}</p>
      <p>
        <a href="/calls">{v.t('form.clear-filters')}</a>
      </p>
    </Empty>
  ) : (
    <Empty title={v.t('calls.none-yet')}>
      <p>{v.t('calls.none-yet-help')}</p>
    </Empty>
  );

/** What was searched for if no call has the words, and words of calls that are close to them. */
function Tried({ v, address, found: { tried, inTitles, instead } }: Pick<Shown, 'v' | 'address' | 'found'>) {
  if (tried.length === 0) return null;
  return (
    <div class="tried">
      <p>{v.t(inTitles ? 'calls.tried-titles' : 'calls.tried', { words: tried.join(', ') })}</p>
      {instead.length > 0 && (
        <p>
          {v.t('calls.instead')}{' '}
          {instead.map((word) => (
            <Fragment key={word}>
              <a href={addressWith({ ...address, q: word }, null)} lang="en">
                {word}
              </a>{' '}
            </Fragment>
          ))}
        </p>
      )}
    </div>
  );
}

const filterCount = ({ cursor: _, ...filters }: Address): number =>
  Object.values(filters).filter((value) => value !== undefined).length;

export function CallsPage(shown: Shown) {
  const { v, address, found, folded, searches, keeps, mails, saved, unsaved } = shown;
  const profileId = v.actor?.profileId ?? null;
  const drop = dropOf(shown);
  return (
    <>
      <CallTabs v={v} path="/calls" />
      <h1>{v.t('calls.title')}</h1>
      <Fold v={v} label={v.t('inbox.tools')} count={filterCount(address)}>
        <Filters {...shown} />
      </Fold>
      {searches && profileId !== null && (
        <SavedSearchList
          v={v}
          profileId={profileId}
          page="calls"
          path="/calls"
          searches={searches}
          keeps={keeps}
          mails={mails}
          back={addressWith(address, null)}
          unsaved={unsaved}
        />
      )}
      <div id="list">
        <div class="row spread list-head">
          <p class="muted" role="status">
            {v.t('calls.total', { n: found.total })} {folded > 0 && v.t('list.folded', { n: folded })}{' '}
            {v.t(address.q === undefined ? 'calls.newest-first' : 'calls.best-first')}{' '}
            {found.meant.length > 0 && v.t('calls.meant', { words: found.meant.join(', ') })}{' '}
            {found.inTitles && v.t('calls.in-titles')}
          </p>
          {found.items.length > 0 && <Downloads v={v} path="/calls" query={filtersIn(address)} />}
        </div>
        <Tried {...shown} />
        <Dropped v={v} saved={saved} drop={drop} />
        {found.items.length ? (
          <div class="beside">
            <CallTable {...shown} drop={drop} />
            <aside
              class="pane script-only no-print"
              id="pane"
              aria-label={v.t('inbox.details')}
              hx-sync="this:replace"
            />
          </div>
        ) : (
          <NoCalls {...shown} />
        )}
        <Pager
          v={v}
          next={found.next}
          first={address.cursor === undefined}
          href={(cursor) => addressWith(address, cursor)}
        />
      </div>
    </>
  );
}
