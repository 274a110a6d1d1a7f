import type { InboxQuery } from '../domain/inbox-filters.js';
import type { InboxPage } from '../inbox.js';
import { numberTo } from '../../i18n/message.js';
import type { Viewer } from '../../ui/viewer.js';
import { inboxAddress } from './inbox-address.js';

const STATES = ['undecided', 'new', 'relevant', 'study', 'later', 'not', 'all'] as const;

interface Shown {
  v: Viewer;
  profileId: string;
  query: InboxQuery;
  counts: NonNullable<InboxPage['counts']>;
  /** Whether it replaces the one already on the page. */ again?: boolean;
}

/** Links to the states of calls, with their numbers. */
export function States({ v, profileId, query, counts, again }: Shown) {
  return (
    <nav
      class="states no-print"
      id="inbox-states"
      aria-label={v.t('inbox.states')}
      {...(again && { 'hx-swap-oob': 'true' })}
    >
      <ul>
        {STATES.map((state) => (
          <li key={state}>
            <a
              href={inboxAddress(profileId, query, { state: state === 'undecided' ? null : state })}
              aria-current={state === query.state ? 'page' : undefined}
            >
              {v.t(`inbox.state.${state}`)} <span class="count">{numberTo(v.language, counts[state])}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
