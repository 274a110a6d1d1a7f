import { INBOX_STATES } from '../../decisions/domain/inbox-filters.js';
import type { LabelsIn } from '../../profiles/domain/label-in.js';
import type { SearchView } from '../../decisions/saved-searches.js';
import type { FeedView, MadeFeed } from '../feeds.js';
import { filterWords } from '../../decisions/pages/filter-words.js';
import { activeFilters, inboxQueryIn } from '../../decisions/pages/inbox-address.js';
import { ConfirmFirst } from '../../ui/confirm.js';
import { dayText, momentText } from '../../ui/dates.js';
import { Dots, Field } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** The values typed into the form for a new link, and their errors. */
export interface FeedForm {
  values: Record<string, string>;
  errors: Record<string, string>;
}

/** The filters of a query string, in words; null if none is set. */
function filtersInWords(v: Viewer, called: LabelsIn, filters: string): string | null {
  const query = inboxQueryIn(filters);
  const words = activeFilters(query).map((name) => filterWords(v, called, query, name));
  return words.length ? v.t('sheets.feed-filters', { filters: words.join(', ') }) : null;
}

/** What a link shows, in words. */
function whatItShows(v: Viewer, called: LabelsIn, { content, query, notes }: FeedView): string {
  if (content !== 'matches') return v.t(`sheets.feed-content.${content}`);
  const state = INBOX_STATES.find((s) => s === new URLSearchParams(query).get('state')) ?? 'all';
  return [
    v.t(`sheets.feed-state.${state}`),
    filtersInWords(v, called, query),
    notes ? v.t('sheets.feed-with-notes') : null,
  ]
    .filter((words) => words !== null)
    .join(', ');
}

/** The viewer, the institute, and the names of its competences in the reader's language. */
interface Shown {
  v: Viewer;
  profile: string;
  called: LabelsIn;
}

function FeedItem({ v, profile, called, feed, writes }: Shown & { feed: FeedView; writes: boolean }) {
  return (
    <li>
      <div>
        <h3>{feed.name}</h3>
        <p>{whatItShows(v, called, feed)}</p>
        <p class="muted small">
          <Dots
            parts={[
              v.t('sheets.feed-by', { name: feed.madeBy ?? '–', day: dayText(v, feed.createdAt) }),
              <>
                {v.t('sheets.feed-secret')} <code>{feed.hint}…</code>
              </>,
              v.t('sheets.feed-read', {
                when: feed.lastReadAt === null ? v.t('sheets.feed-never') : momentText(v, feed.lastReadAt),
              }),
            ]}
          />
        </p>
      </div>
      {writes && (
        <form method="post" action={`/institutes/${profile}/sheets/feeds/${feed.id}/revoke`}>
          <button
            class="danger"
            type="submit"
            aria-label={v.t('sheets.feed-revoke-which', { name: feed.name })}
          >
            {v.t('sheets.feed-revoke')}
          </button>
        </form>
      )}
    </li>
  );
}

const FeedList = ({ feeds, ...shown }: Shown & { feeds: FeedView[]; writes: boolean }) =>
  feeds.length === 0 ? (
    <p class="muted">{shown.v.t('sheets.feeds-none')}</p>
  ) : (
    <ul class="feeds">
      {feeds.map((feed) => (
        <FeedItem key={feed.id} {...shown} feed={feed} />
      ))}
    </ul>
  );

function NewFeed({
  v,
  profile,
  called,
  searches,
  form: { values, errors },
}: Shown & { searches: SearchView[]; form: FeedForm }) {
  return (
    <form method="post" action={`/institutes/${profile}/sheets/feeds`} class="feed-form">
      <ConfirmFirst v={v} />
      <Field
        id="feed-name"
        label={v.t('sheets.feed-name')}
        help={v.t('sheets.feed-name-help')}
        error={errors['name']}
      >
        <input
          id="feed-name"
          name="name"
          required
          maxLength={100}
          value={values['name']}
          aria-describedby={errors['name'] ? 'feed-name-error' : 'feed-name-help'}
          aria-invalid={errors['name'] ? 'true' : undefined}
        />
      </Field>
      <Field id="feed-content" label={v.t('sheets.feed-what')} error={errors['content']}>
        <select id="feed-content" name="content">
          {[...INBOX_STATES, 'changes' as const].map((content) => (
            <option key={content} value={content} selected={values['content'] === content}>
              {v.t(content === 'changes' ? 'sheets.feed-content.changes' : `sheets.feed-state.${content}`)}
            </option>
          ))}
          {searches.length > 0 && (
            <optgroup label={v.t('sheets.feed-searches')}>
              {searches.map(({ id, name }) => (
                <option key={id} value={id} selected={values['content'] === id}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </Field>
      {values['filters'] && (
        <p>
          <input type="hidden" name="filters" value={values['filters']} />
          {filtersInWords(v, called, values['filters'])}
        </p>
      )}
      <label class="choice">
        <input type="checkbox" name="notes" value="true" checked={values['notes'] === 'true'} />
        {v.t('sheets.feed-notes')}
      </label>
      <button type="submit">{v.t('sheets.feed-make')}</button>
    </form>
  );
}

/** How to enter the link in Excel. */
const HowTo = ({ v }: { v: Viewer }) => (
  <details>
    <summary>{v.t('sheets.feeds-how')}</summary>
    <ol>
      {(
        ['sheets.feeds-how-1', 'sheets.feeds-how-2', 'sheets.feeds-how-3', 'sheets.feeds-how-4'] as const
      ).map((key) => (
        <li key={key}>{v.t(key)}</li>
      ))}
    </ol>
  </details>
);

/** The secret links to an institute's list, and the form to create another. */
export const FeedsCard = ({
  feeds,
  searches,
  form,
  writes,
  ...shown
}: Shown & { feeds: FeedView[]; searches: SearchView[]; form: FeedForm; writes: boolean }) => (
  <section class="card" aria-labelledby="feeds">
    <h2 id="feeds">{shown.v.t('sheets.feeds')}</h2>
    <p>{shown.v.t('sheets.feeds-help')}</p>
    <HowTo v={shown.v} />
    <FeedList {...shown} feeds={feeds} writes={writes} />
    {writes && <NewFeed {...shown} searches={searches} form={form} />}
  </section>
);

/** The links just created: only this page shows them. */
export function FeedMade({ v, profile, feed }: { v: Viewer; profile: string; feed: MadeFeed }) {
  return (
    <section class="narrow">
      <h1>{v.t('sheets.feed-made', { name: feed.name })}</h1>
      <p class="notice warn" role="status">
        {v.t('sheets.feed-once')}
      </p>
      {(['html', 'xlsx', 'csv', 'atom'] as const).map(
        (format) =>
          feed.addresses[format] !== undefined && (
            <Field key={format} id={`feed-${format}`} label={v.t(`sheets.feed-${format}`)}>
              <input id={`feed-${format}`} class="address" readOnly value={feed.addresses[format]} />
            </Field>
          ),
      )}
      {feed.content === 'matches' && <HowTo v={v} />}
      <p>
        <a class="button" href={`/institutes/${profile}/sheets`}>
          {v.t('sheets.feed-back')}
        </a>
      </p>
    </section>
  );
}
