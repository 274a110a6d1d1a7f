import type { InboxQuery } from '../domain/inbox-filters.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import type { InboxItem } from '../api/inbox-views.js';
import type { InboxHead, InboxPage } from '../inbox.js';
import { Downloads } from '../../ui/downloads.js';
import { Empty, Fold, Pager } from '../../ui/parts.js';
import { withQuery } from '../../ui/query.js';
import type { Viewer } from '../../ui/viewer.js';
import { WhyLinks } from '../../tuning/pages/why-links.js';
import { activeFilters, filtersIn, inboxAddress, inboxPath } from './inbox-address.js';
import { Chips, Filters } from './inbox-filters.js';
import { ByWhom, VerdictLine, Undo, type RowPlace } from './inbox-decision.js';
import { InboxRow } from './inbox-row.js';
import { States } from './inbox-states.js';
import { KeysTour } from './keys-tour.js';
import { Keys } from './keys-dialog.js';
import { SavedSearchList, type SearchShown } from './saved-searches.js';
import { Glance, RecallSampleLink } from './recall-sample-page.js';
import type { UnsavedSearch } from './unsaved-search.js';

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
  unsaved: UnsavedSearch;
  decided: InboxItem | null;
  /** Titles of matches just below those listed. */
  glance: { id: string; title: string; language: string }[];
  /** How many calls of the month's sample have no verdict yet. */
  toAnswer: number;
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

function Rows(shown: InboxShown) {
  const { v, head, query, found, place, first } = shown;
  if (found.items.length === 0) return <Nothing {...shown} />;
  return (
    <section aria-labelledby="inbox-list-title">
      <h2 class="hidden-visually" id="inbox-list-title">
        {v.t('inbox.list')}
      </h2>
      <div class="beside">
        <ol class="inbox-list">
          {found.items.map((item) => (
            <InboxRow key={item.id} v={v} item={item} place={place} />
          ))}
        </ol>
        <aside class="pane script-only no-print" id="pane" aria-label={v.t('inbox.details')} />
      </div>
      <Pager
        v={v}
        next={found.next}
        first={first}
        href={(cursor) => inboxAddress(head.id, query, { cursor })}
      />
    </section>
  );
}

/** Search, filters and saved searches, collapsed to one line until one is opened. */
function Tools({ v, head, query, found, place, searches, unsaved }: InboxShown) {
  return (
    <Fold v={v} label={v.t('inbox.tools')} count={activeFilters(query).length}>
      <Filters v={v} head={head} query={query} inside={found.counts !== null} />
      {searches && (
        <SavedSearchList
          v={v}
          profileId={head.id}
          page="inbox"
          path={inboxPath(head.id)}
          searches={searches}
          keeps={place.decides ? filtersIn(query) : null}
          back={place.back}
          unsaved={unsaved}
        />
      )}
    </Fold>
  );
}

/** The total, the last action, the shortcuts, and the list as a file. */
function ListHead({ v, head, query, found, place }: InboxShown) {
  const some = found.items.length > 0;
  return (
    <div class="list-head">
      <p class="muted small" title={found.counts ? v.t('inbox.lead') : undefined}>
        {v.t('list.total', { n: found.total })}
      </p>
      <Chips v={v} head={head} query={query} inside={found.counts !== null} />
      {place.decides && some && <Keys v={v} />}
      <p class="flash-here" id="inbox-flash" role="status" data-failed={v.t('inbox.failed')} />
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
      {found.counts !== null && found.counts.changed > 0 && !query.changed && (
        <p class="small changed-too">
          <a href={inboxAddress(head.id, query, { state: 'all', changed: 'true' })}>
            {v.t('inbox.changed-decided', { n: found.counts.changed })}
          </a>
        </p>
      )}
      <RecallSampleLink {...shown} />
      <Tools {...shown} />
      <ListHead {...shown} />
      {shown.place.decides && found.items.length > 0 && <KeysTour v={v} />}
      <Rows {...shown} />
      <Glance {...shown} />
      <WhyLinks v={v} profileId={head.id} />
    </>
  );
}
