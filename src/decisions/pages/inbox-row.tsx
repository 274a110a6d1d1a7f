import { daysLeft, programmeName, typeInWords, budgetInList } from '../../calls/domain/index.js';
import { webAddress } from '../../kernel/web-address.js';
import type { InboxItem } from '../api/inbox-views.js';
import { dayText } from '../../ui/dates.js';
import { identifierText } from '../../ui/identifier.js';
import { BandWord, But, DaysLeft, Dots, Score, StatusBadge } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { Decide, Decided, type RowPlace } from './inbox-decision.js';

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
        data-decided={review?.due ? undefined : (review?.verdict ?? undefined)}
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
            {review?.due && <span class="badge changed">{v.t('inbox.back')}</span>}
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
          (review.verdict !== null && !review.due ? (
            <Decided v={v} item={item} place={place} />
          ) : (
            place.decides && <Decide v={v} item={item} place={place} />
          ))}
      </article>
    </li>
  );
}
