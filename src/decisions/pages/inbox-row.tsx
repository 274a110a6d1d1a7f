import { daysLeft } from '../../calls/domain/days-left.js';
import { programmeName, typeInWords } from '../../calls/domain/names-in.js';
import { budgetInList } from '../../notifications/domain/facts/budget.js';
import { webAddress } from '../../notifications/domain/facts/web-address.js';
import { VERDICT_REASONS } from '../domain/verdict.js';
import type { InboxItem } from '../api/inbox-views.js';
import { dayText, momentText } from '../../ui/dates.js';
import { identifierText } from '../../ui/identifier.js';
import { BandWord, But, DaysLeft, Dots, Score, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** How rows are shown: whose they are, whether one may decide, and where a form comes back to. */
export interface RowPlace {
  profileId: string;
  decides: boolean;
  back: string;
}

const actionsAt = (profileId: string, callId: string): string =>
  `/institutes/${profileId}/calls/${callId}/verdict`;
/** The script replaces the row that was decided on; without one the page is shown again. */
const swap = (path: string) =>
  ({
    method: 'post',
    action: path,
    'hx-post': path,
    'hx-target': 'closest li',
    'hx-swap': 'outerHTML',
  }) as const;

function Decide({ v, item, place }: { v: Viewer; item: InboxItem; place: RowPlace }) {
  return (
    <form
      class="decide"
      {...swap(actionsAt(place.profileId, item.id))}
      aria-label={v.t('inbox.decide', { title: item.title })}
    >
      <input type="hidden" name="version" value={item.version} />
      <input type="hidden" name="decidedAt" value="none" />
      <input type="hidden" name="back" value={place.back} />
      <button type="submit" name="verdict" value="relevant" class="yes">
        {v.t('inbox.relevant')}
      </button>
      <details class="why">
        <summary>{v.t('inbox.not')}</summary>
        <fieldset class="reasons">
          <legend>{v.t('inbox.not-because')}</legend>
          {VERDICT_REASONS.map((reason, i) => (
            <button key={reason} type="submit" name="reason" value={reason}>
              <kbd class="script-only" aria-hidden="true">
                {i + 1}
              </kbd>
              {v.t(`inbox.reason.${reason}`)}
            </button>
          ))}
        </fieldset>
      </details>
    </form>
  );
}

/** Takes the last decision back, or, where nothing is known of what stood before, the verdict. `alone` it stands in no row that a script could replace. */
export function Undo({
  v,
  item,
  place,
  alone,
}: {
  v: Viewer;
  item: InboxItem;
  place: RowPlace;
  alone?: boolean;
}) {
  const { canUndo, at } = item.review!;
  const verdict = actionsAt(place.profileId, item.id);
  const path = canUndo ? `${verdict}/undo` : verdict;
  return (
    <form class="undo" {...(alone ? { method: 'post', action: path } : swap(path))}>
      <input type="hidden" name="back" value={place.back} />
      <input type="hidden" name="decidedAt" value={at ?? ''} />
      {!canUndo && <input type="hidden" name="verdict" value="none" />}
      <button type="submit">
        {v.t(canUndo ? 'inbox.undo' : 'inbox.reset')}
        <span class="hidden-visually"> {item.title}</span>
      </button>
    </form>
  );
}

/** The reason of a "not"; a sheet from before may have given none. */
const reasonWords = (v: Viewer, { reason }: NonNullable<InboxItem['review']>): string =>
  reason === null ? v.t('inbox.no-reason') : v.t(`inbox.reason.${reason}`);

const verdictWords = (v: Viewer, review: NonNullable<InboxItem['review']>): string =>
  review.verdict === 'not'
    ? v.t('inbox.decided.not', { reason: reasonWords(v, review) })
    : v.t('inbox.decided.relevant');

/** Who decided, and when. */
export function ByWhom({ v, item }: { v: Viewer; item: InboxItem }) {
  const { by, at } = item.review!;
  return by === null || at === null ? null : (
    <p class="muted small">{v.t('inbox.decided-by', { name: by, when: momentText(v, at) })}</p>
  );
}

function Decided({ v, item, place }: { v: Viewer; item: InboxItem; place: RowPlace }) {
  return (
    <div class="decided">
      <p class={`verdict ${item.review!.verdict}`}>{verdictWords(v, item.review!)}</p>
      <ByWhom v={v} item={item} />
      {place.decides && <Undo v={v} item={item} place={place} />}
    </div>
  );
}

/** The days until the next deadline, or until a call that is to come opens, or since the last passed. */
function When({ v, item }: { v: Viewer; item: InboxItem }) {
  const others = item.deadlines.filter((d) => Date.parse(d.at) > v.now.getTime()).length - 1;
  const shown = item.nextDeadline ?? item.deadlines.at(-1)?.at ?? null;
  return (
    <p class="when">
      <DaysLeft v={v} at={shown} />
      {shown !== null && (
        <span class="small muted">
          {dayText(v, shown)} {others > 0 && v.t('inbox.deadlines-more', { n: others })}
        </span>
      )}
      {item.status === 'forthcoming' && item.opensAt !== null && (
        <span class="small">{v.t('days.opens', { days: daysLeft(v.now, item.opensAt) })}</span>
      )}
    </p>
  );
}

function About({ v, item }: { v: Viewer; item: InboxItem }) {
  const source = webAddress(item.url);
  // Small programmes have one type of action, which bears their name.
  const [type] = item.typesOfAction;
  const facts = [
    ...new Set([
      identifierText(v, item),
      item.programme && programmeName(item.programme, v.language),
      item.typeOfAction ?? (type === undefined ? null : typeInWords(type, v.language)),
    ]),
  ].filter((x) => x !== null);
  return (
    <p class="about dotted small muted">
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {source !== null && (
        <a class="source" href={source} target="_blank" rel="noopener noreferrer">
          {v.t('inbox.source')}
          <span class="hidden-visually">
            {' '}
            {item.title} {v.t('new-window')}
          </span>
        </a>
      )}
    </p>
  );
}

/** One call of the inbox. */
export function InboxRow({ v, item, place }: { v: Viewer; item: InboxItem; place: RowPlace }) {
  const { review } = item;
  return (
    <li id={`call-${item.id}`}>
      <article
        class="inbox-row"
        tabIndex={-1}
        aria-labelledby={`title-${item.id}`}
        data-decided={review?.verdict ?? undefined}
      >
        <p class="fit">
          <span class="hidden-visually">{v.t('inbox.score')} </span>
          {item.score === null ? (
            v.t('inbox.no-match')
          ) : (
            <>
              <Score score={item.score} /> <BandWord v={v} score={item.score} />
            </>
          )}
        </p>
        <div class="what">
          <div class="head-line">
            <h3 id={`title-${item.id}`}>
              <a class="open" href={`/institutes/${place.profileId}/calls/${item.id}`} lang={item.language}>
                {item.title}
              </a>
            </h3>
            {review?.new && <span class="badge new">{v.t('inbox.new')}</span>}
            {review?.changed && <span class="badge changed">{v.t('inbox.changed')}</span>}
            {item.status !== 'open' && <StatusBadge v={v} status={item.status} />}
          </div>
          <About v={v} item={item} />
          {item.reason !== null && <p class="reason">{item.reason}</p>}
          <But v={v} says={item.unmet.map((u) => u.says[v.language])} />
          {review && review.changes.length > 0 && (
            <p class="changes">
              <Dots
                parts={review.changes.map((change, i) =>
                  i === 0 ? (
                    <>
                      <strong>{v.t('inbox.changes')}</strong> {change}
                    </>
                  ) : (
                    change
                  ),
                )}
              />
            </p>
          )}
          {item.moved !== null && (
            <p class="changes">
              <strong>{item.moved}</strong>
            </p>
          )}
        </div>
        <div class="facts">
          <When v={v} item={item} />
          <p class="small">
            <span class="muted">{v.t('inbox.budget')}</span> {budgetInList(item, item.budgetFor, v.language)}
          </p>
        </div>
        {review &&
          (review.verdict !== null ? (
            <Decided v={v} item={item} place={place} />
          ) : (
            place.decides && <Decide v={v} item={item} place={place} />
          ))}
      </article>
    </li>
  );
}

/** What was just done, for the place that is read out; the script puts it there. */
export function Said({ v, item }: { v: Viewer; item: InboxItem }) {
  const { title, review } = item;
  if (review!.verdict === 'not')
    return <>{v.t('inbox.said.not', { title, reason: reasonWords(v, review!) })}</>;
  return <>{v.t(review!.verdict === null ? 'inbox.said.undecided' : 'inbox.said.relevant', { title })}</>;
}

/** That somebody else decided first, and what: nothing was stored. The script shows it as a failure, and leaves theirs alone. */
export function Overtaken({ v, item }: { v: Viewer; item: InboxItem }) {
  const { title, review } = item;
  const says =
    review!.verdict === null
      ? v.t('inbox.said.taken-back', { title })
      : v.t('inbox.said.overtaken', { title, name: review!.by ?? '', verdict: verdictWords(v, review!) });
  return <span data-overtaken={`call-${item.id}`}>{says}</span>;
}
