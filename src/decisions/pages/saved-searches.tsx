import { MOST_SEARCHES, type SearchView } from '../saved-searches.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { FollowButton } from '../../notifications/pages/preferences/follow-button.js';
import type { UnsavedSearch } from './unsaved-search.js';

/** A search, and whether its owner is told what it finds. */
export type SearchShown = SearchView & { following: boolean };

interface Shown {
  v: Viewer;
  profileId: string;
  /** `inbox` or `calls`, and where that page is. */ page: SearchView['page'];
  path: string;
  searches: SearchShown[];
  /** The filters as they stand now; null where one may not keep any. */ keeps: string | null;
  back: string;
  /** What could not be kept just now. */ unsaved: UnsavedSearch;
}

/** The filters that somebody comes back to, and a form to keep the present ones. */
export function SavedSearchList({
  v,
  profileId,
  page,
  path,
  searches,
  keeps,
  back,
  unsaved: { unsaved, unsavedName },
}: Shown) {
  const error = unsaved && v.t(`inbox.search-wrong.${unsaved}`, { most: MOST_SEARCHES });
  const action = `/institutes/${profileId}/searches`;
  return (
    <details class="saved no-print" open={unsaved !== undefined}>
      <summary>
        {v.t('inbox.searches')} ({searches.length})
      </summary>
      {searches.length === 0 ? (
        <p class="muted">{v.t('inbox.searches-none')}</p>
      ) : (
        <ul class="saved-list">
          {searches.map((s) => (
            <li key={s.id}>
              <a href={s.query === '' ? path : `${path}?${s.query}`}>{s.name}</a>
              <FollowButton
                v={v}
                shown={{ kind: 'search', target: s.id, name: s.name, following: s.following, back }}
                plain
              />
              {keeps !== null && (
                <form method="post" action={`${action}/${s.id}/remove`}>
                  <input type="hidden" name="back" value={back} />
                  <button
                    class="plain"
                    type="submit"
                    aria-label={v.t('inbox.search-remove', { name: s.name })}
                  >
                    {v.t('form.remove')}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {keeps !== null && (
        <form class="search-line" method="post" action={action}>
          <input type="hidden" name="page" value={page} />
          <input type="hidden" name="query" value={keeps} />
          <input type="hidden" name="back" value={back} />
          <Field id="search-name" label={v.t('inbox.search-name')} error={error}>
            <input
              id="search-name"
              name="name"
              value={unsavedName}
              required
              maxLength={100}
              autofocus={unsaved !== undefined}
              aria-invalid={error ? true : undefined}
              aria-describedby={error && 'search-name-error'}
            />
          </Field>
          <button type="submit">{v.t('inbox.search-keep')}</button>
        </form>
      )}
    </details>
  );
}
