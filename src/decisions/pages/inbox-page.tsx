import type { ComponentChildren } from 'preact';
import { inboxPath } from '../../access/domain/landing.js';
import { ACTION_SHORTS } from '../../calls/domain/action-code.js';
import { LISTED_FROM } from '../../kernel/band.js';
import { STATUSES } from '../../calls/domain/status.js';
import { labelsIn, nameIn } from '../../profiles/domain/names-in.js';
import type { InboxQuery } from '../domain/inbox-filters.js';
import type { InboxHead, InboxPage } from '../inbox.js';
import { Downloads, Empty, Field, Fold, Folds, type Key, Keys, Pager } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import {
  activeFilters,
  type FilterName,
  filtersIn,
  filterText,
  filterWords,
  inboxAddress,
  valueWords,
} from './inbox-address.js';
import type { InboxItem } from '../api/inbox-views.js';
import { withQuery } from '../../ui/address.js';
import { WhyLinks } from '../../explain/pages/why-links.js';
import { ByWhom, type RowPlace, Undo, VerdictLine } from './inbox-decision.js';
import { InboxRow } from './inbox-row.js';
import { States } from './inbox-states.js';
import { closingNextFirst, groupRelated } from '../../calls/domain/related-calls.js';
import type { SearchMails } from '../../notifications/my-preferences.js';
import { SavedSearchList, type SearchShown } from './saved-searches.js';
import { FirstDecisionsLink } from './first-decisions.controller.js';
import { RecallSampleLink } from './recall-sample.controller.js';
import type { UnsavedSearch } from './unsaved-search.js';

interface Shown {
  v: Viewer;
  head: InboxHead;
  query: InboxQuery;
  inside: boolean;
}
interface Choice {
  value: string;
  label: string;
}

const SCORES = [LISTED_FROM, 40, 60, 80];
const DAYS = [14, 30, 60, 90, 180, 365];
const BUDGETS = [500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];

function choicesOf(v: Viewer, name: FilterName, { head }: Shown): Choice[] {
  const values: Partial<Record<FilterName, readonly (string | number)[]>> = {
    minScore: SCORES,
    status: [...STATUSES, 'any'],
    programme: head.programmes,
    typeOfAction: ACTION_SHORTS,
    competence: head.competences.map((c) => c.label),
    days: DAYS,
    budgetMin: BUDGETS,
  };
  return values[name]!.map((value) => ({
    value: String(value),
    label: valueWords(v, labelsIn(head.competences, v.language), name, String(value)),
  }));
}

/** A select; a value from the URL that is not an option is added. */
function Select({ name, shown, usual }: { name: FilterName; shown: Shown; usual?: string }) {
  const { v, head, query } = shown;
  const [value, choices] = [filterText(query, name), choicesOf(v, name, shown)];
  const all =
    value === '' || choices.some((c) => c.value === value)
      ? choices
      : [...choices, { value, label: valueWords(v, labelsIn(head.competences, v.language), name, value) }];
  return (
    <Field id={`f-${name}`} label={v.t(`inbox.filter.${name}`)}>
      <select id={`f-${name}`} name={name}>
        <option value="" selected={value === ''}>
          {usual ?? v.t('form.any')}
        </option>
        {all.map((c) => (
          <option key={c.value} value={c.value} selected={c.value === value}>
            {c.label}
          </option>
        ))}
      </select>
    </Field>
  );
}

const Day = ({ name, shown: { v, query } }: { name: 'deadlineAfter' | 'deadlineBefore'; shown: Shown }) => (
  <Field id={`f-${name}`} label={v.t(`inbox.filter.${name}`)}>
    <input id={`f-${name}`} type="date" name={name} value={filterText(query, name)} />
  </Field>
);

/** The active filters, each removable. */
function Chips({ v, head, query }: Shown) {
  const active = activeFilters(query);
  if (active.length === 0) return null;
  return (
    <nav class="chips no-print" aria-label={v.t('inbox.active')}>
      <ul>
        {active.map((name) => (
          <li key={name}>
            <a class="chip" href={inboxAddress(head.id, query, { [name]: null })}>
              {filterWords(v, labelsIn(head.competences, v.language), query, name)}{' '}
              <span aria-hidden="true">×</span>
              <span class="hidden-visually">, {v.t('inbox.chip-remove')}</span>
            </a>
          </li>
        ))}
        {active.length > 1 && (
          <li>
            <a href={inboxAddress(head.id, { state: query.state })}>{v.t('inbox.chips-clear')}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

const Row = ({ children }: { children: ComponentChildren }) => <div class="filter-grid">{children}</div>;

function Filters(shown: Shown) {
  const { v, head, query, inside } = shown;
  const set = activeFilters(query).filter((name) => name !== 'q').length;
  return (
    <form class="filters" method="get" action={inboxPath(head.id)} role="search">
      {query.state !== 'undecided' && <input type="hidden" name="state" value={query.state} />}
      <input
        id="f-q"
        type="search"
        name="q"
        value={filterText(query, 'q')}
        maxLength={500}
        aria-label={v.t('inbox.filter.q')}
        placeholder={v.t('inbox.filter.q')}
      />
      <button class="no-script" type="submit">
        {v.t('form.show')}
      </button>
      <details class="drop">
        <summary>
          {v.t('form.filters')}
          {set > 0 && ` (${set})`}
        </summary>
        <div class="dropped">
          <Row>
            <Select name="minScore" shown={shown} usual={v.t('inbox.least-usual', { n: head.minScore })} />
            <Select name="days" shown={shown} />
            <Select name="typeOfAction" shown={shown} />
            <Select name="budgetMin" shown={shown} />
            <Select name="programme" shown={shown} />
            <Select name="competence" shown={shown} />
            <Select name="status" shown={shown} usual={v.t('inbox.status-usual')} />
            <Day name="deadlineAfter" shown={shown} />
            <Day name="deadlineBefore" shown={shown} />
          </Row>
          {inside && (
            <label class="choice">
              <input type="checkbox" name="changed" value="true" checked={query.changed === true} />{' '}
              {v.t('inbox.filter.changed')}
            </label>
          )}
        </div>
      </details>
    </form>
  );
}

const KEYS: Key[] = [
  { key: 'j', does: 'inbox.key.j' },
  { key: 'k', does: 'inbox.key.k' },
  { key: 's', does: 'inbox.key.s' },
  { key: 't', does: 'inbox.key.t' },
  { key: 'l', does: 'inbox.key.l' },
  { key: 'n', does: 'inbox.key.n' },
  { key: 'u', does: 'inbox.key.u' },
  { key: 'x', does: 'inbox.key.x' },
  { key: '→', does: 'inbox.key.unfold' },
  { key: '⏎', does: 'inbox.key.enter' },
  { key: 'o', does: 'inbox.key.o' },
  { key: '/', does: 'inbox.key.search' },
  { key: '?', does: 'inbox.key.help' },
  { key: 'Esc', does: 'inbox.key.escape' },
];

/** The keys for working through a list. */
const SIX: Key[] = [
  { key: 'j', does: 'inbox.tour.j' },
  { key: 's', does: 'inbox.tour.s' },
  { key: 't', does: 'inbox.tour.t' },
  { key: 'l', does: 'inbox.tour.l' },
  { key: 'n', does: 'inbox.tour.n' },
  { key: 'u', does: 'inbox.tour.u' },
];

/**
 * Six keys to try on the first calls: each is ticked once pressed, and after trying all of them, or closing
 * the list, the user does not see it again in this browser. Without scripts it is a list behind a question
 * mark.
 */
const KeysTour = ({ v }: { v: Viewer }) => (
  <details class="tour no-print" id="tour">
    <summary>
      <kbd>?</kbd> {v.t('inbox.tour')}
    </summary>
    <div class="tour-row small">
      <ol>
        {SIX.map(({ key, does }) => (
          <li key={key} data-key={key}>
            <kbd>{key}</kbd> {v.t(does)} <span class="hidden-visually tried">{v.t('inbox.tour.tried')}</span>
          </li>
        ))}
      </ol>
      <button type="button" class="plain script-only" id="tour-close">
        {v.t('form.close')}
      </button>
    </div>
  </details>
);

/**
 * Everything the page shows. `searches` is null if the reader has none, `decided` is the call just decided on
 * without a script.
 */
export interface InboxShown {
  v: Viewer;
  head: InboxHead;
  query: InboxQuery;
  found: InboxPage;
  place: RowPlace;
  first: boolean;
  searches: SearchShown[] | null;
  /** The filters as a search keeps them, null for those who keep none; and what it would bring by e-mail. */
  keeps: string | null;
  mails: SearchMails | null;
  unsaved: UnsavedSearch;
  decided: InboxItem | null;
  /** Matches just below those listed. */
  weaker: InboxItem[];
  /** Topics of drafts that fit. */
  coming: InboxItem[];
  /** How many calls of the month's sample have no verdict yet. */
  toAnswer: number;
  /** How many of the first calls to decide on are left. */
  toBegin: number;
}

function JustDecided({ v, decided, place }: InboxShown) {
  if (!decided?.review) return null;
  return (
    <div class="flash just-decided" role="status">
      <p>
        <VerdictLine v={v} item={decided} />
      </p>
      {v.flash === 'flash.overtaken' && <ByWhom v={v} item={decided} />}
      {decided.review.verdict !== null && place.decides && <Undo v={v} item={decided} place={place} alone />}
    </div>
  );
}

/** For a state without calls: what is in the others. */
function NothingHere({
  v,
  profileId,
  query,
  counts,
}: {
  v: Viewer;
  profileId: string;
  query: InboxQuery;
  counts: NonNullable<InboxPage['counts']>;
}) {
  const { state } = query;
  const named =
    (state !== 'undecided' && state !== 'all' && state !== 'new') ||
    (state === 'new' && counts.undecided > 0);
  return (
    <Empty title={v.t(named ? `inbox.empty.${state}` : 'inbox.empty.done')}>
      <p>
        {counts.undecided > 0
          ? v.t('inbox.empty.waiting', { n: counts.undecided })
          : v.t('inbox.empty.done-says')}
      </p>
      {counts.undecided > 0 && (
        <p>
          <a href={inboxAddress(profileId, query, { state: null })}>{v.t('inbox.empty.waiting-link')}</a>
        </p>
      )}
      {counts.undecided === 0 && counts.relevant > 0 && (
        <p>
          <a href={inboxAddress(profileId, query, { state: 'relevant' })}>
            {v.t('inbox.empty.done-relevant')}
          </a>
        </p>
      )}
    </Empty>
  );
}

/** Why nothing is shown, and what to do about it. */
function Nothing({ v, head, query, found: { counts } }: InboxShown) {
  if (!head.matched)
    return (
      <Empty title={v.t('inbox.empty.matching')}>
        <p>{v.t('inbox.empty.matching-says')}</p>
      </Empty>
    );
  if (activeFilters(query).length)
    return (
      <Empty title={v.t('inbox.empty.filtered')}>
        <p>
          <a href={inboxAddress(head.id, { state: query.state })}>{v.t('inbox.chips-clear')}</a>
        </p>
      </Empty>
    );
  if (counts && counts.all > 0)
    return <NothingHere v={v} profileId={head.id} query={query} counts={counts} />;
  return (
    <Empty title={v.t('inbox.empty.nothing')}>
      <p>{v.t('inbox.empty.nothing-says')}</p>
      <p>
        <a href={`/institutes/${head.id}/profile`}>{v.t('inbox.empty.nothing-profile')}</a>
      </p>
    </Empty>
  );
}

/** The calls of a list, with those that are read as one folded below what closes next of them. */
const foldedRows = (items: readonly InboxItem[]): InboxItem[][] =>
  groupRelated(items).map((group) =>
    closingNextFirst(group, ({ status, nextDeadline }) => (status === 'withdrawn' ? null : nextDeadline)),
  );

function Rows(shown: InboxShown) {
  const { v, head, query, found, place, first } = shown;
  if (found.items.length === 0)
    return (
      <>
        <Also {...shown} />
        <Nothing {...shown} />
        <Coming {...shown} />
        <Weaker {...shown} />
      </>
    );
  return (
    <section aria-labelledby="inbox-list-title">
      <h2 class="hidden-visually" id="inbox-list-title">
        {v.t('layout.calls')}
      </h2>
      <div class="beside">
        <Also {...shown} />
        <div id="inbox-rows">
          <ol class="inbox-list">
            {foldedRows(found.items).map((group) => (
              <Group key={group[0]!.id} v={v} group={group} place={place} />
            ))}
          </ol>
          <Pager
            v={v}
            next={found.next}
            first={first}
            href={(cursor) => inboxAddress(head.id, query, { cursor })}
          />
          <Coming {...shown} />
          <Weaker {...shown} />
          {place.decides && <KeysTour v={v} />}
        </div>
        <aside class="pane script-only no-print" id="pane" aria-label={v.t('inbox.details')} />
      </div>
    </section>
  );
}

/** A call with those that are read as one with it, folded below its row. */
function Group({ v, group: [first, ...others], place }: { v: Viewer; group: InboxItem[]; place: RowPlace }) {
  return (
    <>
      <InboxRow v={v} item={first!} place={place} />
      {others.length > 0 && (
        <li class="siblings">
          <Folds
            v={v}
            below={others}
            note={place.decides && <span class="script-only muted"> {v.t('inbox.siblings-too')}</span>}
          >
            <ol>
              {others.map((item) => (
                <InboxRow key={item.id} v={v} item={item} place={place} />
              ))}
            </ol>
          </Folds>
        </li>
      )}
    </>
  );
}

/** What else waits for the institute: beside the list, so that its rows begin high. */
function Also(shown: InboxShown) {
  const { v, head, query, found, toBegin, toAnswer } = shown;
  const changed = query.changed ? 0 : (found.counts?.changed ?? 0);
  return changed + toBegin + toAnswer === 0 ? null : (
    <div class="also">
      {changed > 0 && (
        <p class="small">
          <a href={inboxAddress(head.id, query, { state: 'all', changed: 'true' })}>
            {v.t('inbox.changed-decided', { n: changed })}
          </a>
        </p>
      )}
      <FirstDecisionsLink {...shown} left={toBegin} />
      <RecallSampleLink {...shown} />
    </div>
  );
}

/** Topics of drafts, apart from what one can answer to. */
function Coming({ v, head, query, coming, place }: InboxShown) {
  if (coming.length === 0) return null;
  return (
    <section class="weaker" aria-labelledby="coming-title">
      <h2 class="small" id="coming-title">
        {v.t('inbox.coming')}{' '}
        <a href={inboxAddress(head.id, query, { status: 'draft' })}>{v.t('inbox.coming-all')}</a>
      </h2>
      <ol class="inbox-list">
        {foldedRows(coming).map((group) => (
          <Group key={group[0]!.id} v={v} group={group} place={place} />
        ))}
      </ol>
    </section>
  );
}

/** Calls that may be wanted after all: rows like the others, below a line that says what they are. */
function Weaker({ v, weaker, place }: InboxShown) {
  if (weaker.length === 0) return null;
  return (
    <section class="weaker" aria-labelledby="weaker-title">
      <h2 class="small" id="weaker-title">
        {v.t('inbox.weaker', { n: weaker.length })}
      </h2>
      <ol class="inbox-list">
        {foldedRows(weaker).map((group) => (
          <Group key={group[0]!.id} v={v} group={group} place={place} />
        ))}
      </ol>
    </section>
  );
}

/**
 * Search, filters, saved searches, what is shown and how: one line above the list. On a telephone search and
 * filters stand behind one button.
 */
function Toolbar({ v, head, query, found, place, searches, keeps, mails, unsaved }: InboxShown) {
  const some = found.items.length > 0;
  const inside = found.counts !== null;
  const folded = found.items.length - foldedRows(found.items).length;
  return (
    <div class="toolbar">
      <Fold v={v} label={v.t('form.filter')} count={activeFilters(query).length}>
        <Filters v={v} head={head} query={query} inside={inside} />
        {searches && (
          <SavedSearchList
            v={v}
            profileId={head.id}
            page="inbox"
            path={inboxPath(head.id)}
            searches={searches}
            keeps={keeps}
            mails={mails}
            back={place.back}
            unsaved={unsaved}
          />
        )}
      </Fold>
      <p class="total muted small" title={inside ? v.t('inbox.lead') : undefined}>
        {v.t('list.total', { n: found.total })}
        {folded > 0 && v.t('inbox.folded', { n: folded })}
      </p>
      <Chips v={v} head={head} query={query} inside={inside} />
      <p
        class="flash-here"
        id="inbox-flash"
        role="status"
        data-failed={v.t('inbox.failed')}
        data-chosen={v.t('inbox.chosen')}
      />
      {place.decides && some && <Keys v={v} keys={KEYS} />}
      {some && (
        <Downloads v={v} path={inboxPath(head.id)} query={filtersIn(query)}>
          {place.decides && (
            <a
              href={`${withQuery(`/institutes/${head.id}/sheets`, { filters: filtersIn(query, { state: query.state }) })}#feeds`}
            >
              {v.t('inbox.address')}
            </a>
          )}
        </Downloads>
      )}
    </div>
  );
}

/** An institute's matches, to decide on one after the other. */
export function InboxView(shown: InboxShown) {
  const { v, head, query, found } = shown;
  const inside = found.counts !== null;
  return (
    <>
      <div class="page-head">
        <h1>
          {inside
            ? v.t(`inbox.title.${query.state}`)
            : v.t('inbox.title-of', { name: nameIn(head.name, 'of', v.language) })}
        </h1>
        {found.counts && <States v={v} profileId={head.id} query={query} counts={found.counts} />}
      </div>
      {!inside && <p class="muted small lead">{v.t('inbox.lead-network')}</p>}
      {!head.confirmed && (
        <div class="notice warn slim no-print">
          <p>
            {v.t('layout.unconfirmed')}{' '}
            <a href={`/institutes/${head.id}/profile`}>{v.t('layout.unconfirmed-link')}</a>
          </p>
        </div>
      )}
      <JustDecided {...shown} />
      <Toolbar {...shown} />
      <Rows {...shown} />
      <WhyLinks v={v} profileId={head.id} />
    </>
  );
}
