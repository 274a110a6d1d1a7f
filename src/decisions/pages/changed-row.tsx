import type { InboxQuery } from '../domain/inbox-filters.js';
import type { InboxItem } from '../api/inbox-views.js';
import type { InboxPage } from '../inbox.js';
import { part } from '../../ui/page.js';
import type { Viewer } from '../../ui/viewer.js';
import { Overtaken, VerdictLine, type RowPlace } from './inbox-decision.js';
import { InboxRow } from './inbox-row.js';
import { States } from './inbox-states.js';

interface Changed {
  v: Viewer;
  item: InboxItem;
  /** Whether somebody else decided first. */ late: boolean;
  place: RowPlace;
  query: InboxQuery;
  counts: NonNullable<InboxPage['counts']>;
}

/** A row after a decision, the text announced for it, and the updated count of each state. */
export const changedRow = ({ v, item, late, place, query, counts }: Changed): string =>
  part(
    <>
      <InboxRow v={v} item={item} place={place} />
      <p id="inbox-flash" hx-swap-oob="innerHTML">
        {late ? <Overtaken v={v} item={item} /> : <VerdictLine v={v} item={item} />}
      </p>
      <States v={v} profileId={place.profileId} query={query} counts={counts} again />
    </>,
  );
