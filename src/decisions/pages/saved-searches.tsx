import { MOST_SEARCHES, type SearchView } from '../saved-searches.js';
import type { SearchMails } from '../../notifications/my-preferences.js';
import { Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { FollowButton } from '../../notifications/pages/preferences/follow-button.js';
import type { UnsavedSearch } from './unsaved-search.js';

/** A search, and whether its owner is notified of new results. */
export type SearchShown = SearchView & { following: boolean };

interface Shown {
  v: Viewer;
  profileId: string;
  /** `inbox` or `calls`, and that page's path. */
  page: SearchView['page'];
  path: string;
  searches: SearchShown[];
  /** The current filters; null if the viewer may not save any. */
  keeps: string | null;
  back: string;
  /** Where and how often new results of these filters would be e-mailed; null if no e-mail is. */
  mails: SearchMails | null;
  unsaved: UnsavedSearch;
}

const actionOf = (profileId: string): string => `/institutes/${profileId}/searches`;

function SavedSearch({
  v,
  profileId,
  path,
  keeps,
  back,
  search: { id, name, query, following },
}: Shown & { search: SearchShown }) {
  return (
    <li>
      <a href={query === '' ? path : `${path}?${query}`}>{name}</a>
      <FollowButton
        v={v}
        shown={{ kind: 'search', target: id, name: name, following: following, back }}
        plain
      />
      {keeps !== null && (
        <form method="post" action={`${actionOf(profileId)}/${id}/remove`}>
          <input type="hidden" name="back" value={back} />
          <button class="plain" type="submit" aria-label={v.t('inbox.search-remove', { name: name })}>
            {v.t('form.remove')}
          </button>
        </form>
      )}
    </li>
  );
}

function KeepForm({
  v,
  profileId,
  page,
  keeps,
  back,
  mails,
  unsaved: { unsaved, unsavedName },
}: Shown & { keeps: string }) {
  const error = unsaved && v.t(`inbox.search-wrong.${unsaved}`, { most: MOST_SEARCHES });
  return (
    <form class="search-line" method="post" action={actionOf(profileId)}>
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
      {mails && (
        <div class="search-mails">
          <label class="choice">
            <input type="checkbox" name="mail" value="yes" checked />{' '}
            {v.t('inbox.search-mails', {
              address: mails.address,
              frequency: v.t(`preferences.frequency.${mails.frequency}`),
            })}
          </label>
          <p class="muted small">{v.t('inbox.search-month', { n: mails.lastMonth })}</p>
        </div>
      )}
      <button type="submit">{v.t('form.save')}</button>
    </form>
  );
}

/** A person's saved searches, and a form to save the current filters. */
export function SavedSearchList(shown: Shown) {
  const { v, searches, keeps, unsaved } = shown;
  return (
    <details class="saved drop no-print" id="saved" open={unsaved.unsaved !== undefined}>
      <summary>
        {v.t('inbox.searches')} ({searches.length})
      </summary>
      <div class="dropped">
        {searches.length === 0 ? (
          <p class="muted">{v.t('inbox.searches-none')}</p>
        ) : (
          <ul class="saved-list">
            {searches.map((s) => (
              <SavedSearch key={s.id} {...shown} search={s} />
            ))}
          </ul>
        )}
        {keeps !== null && <KeepForm {...shown} keeps={keeps} />}
      </div>
    </details>
  );
}
