import { actionInShort } from '../../calls/domain/facts/call-facts.js';
import { budgetInList, moneyInShort } from '../../calls/domain/facts/budget.js';
import { daysLeft } from '../../kernel/brussels.js';
import { programmeName, typeInWords } from '../../calls/domain/names-in.js';
import { webAddress } from '../../kernel/web-address.js';
import type { InboxItem } from '../api/inbox-views.js';
import { dayText } from '../../ui/dates.js';
import {
  BandWord,
  But,
  DaysLeft,
  Dots,
  DraftWords,
  identifierText,
  Score,
  StatusBadge,
} from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';
import { SummaryText } from '../../calls/pages/summary-text.js';
import { InterestMark } from '../../network/pages/interest.controller.js';
import { Decide, Decided, type RowPlace } from './inbox-decision.js';

/** The days until the next deadline or a forthcoming call's opening, or since the last deadline. */
export function When({ v, item }: { v: Viewer; item: InboxItem }) {
  const others = item.deadlines.filter((d) => Date.parse(d.at) > v.now.getTime()).length - 1;
  const shown = item.nextDeadline ?? item.deadlines.at(-1)?.at ?? null;
  return (
    <p class="when">
      <DaysLeft v={v} at={shown} status={item.status} />
      {shown !== null && (
        <span class="small muted">
          {dayText(v, shown)}{' '}
          {others > 0 && (
            <>
              <span aria-hidden="true" title={v.t('inbox.deadlines-more', { n: others })}>
                +{others}
              </span>
              <span class="hidden-visually">{v.t('inbox.deadlines-more', { n: others })}</span>
            </>
          )}
        </span>
      )}
    </p>
  );
}

export function About({ v, item }: { v: Viewer; item: InboxItem }) {
  const source = webAddress(item.url);
  // Small programmes have one type of action, named after them.
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
          {v.t('calls.source')}
          <span class="hidden-visually">
            {' '}
            {item.title} {v.t('new-window')}
          </span>
        </a>
      )}
    </p>
  );
}

export function Fit({ v, item: { score } }: { v: Viewer; item: InboxItem }) {
  return (
    <p class="fit">
      <span class="hidden-visually">{v.t('call.score')} </span>
      {score === null ? (
        v.t('inbox.no-match')
      ) : (
        <>
          <Score score={score} /> <BandWord v={v} score={score} />
        </>
      )}
    </p>
  );
}

/** The letters of an identifier that a telephone has room for beside the score. */
const MOST_BESIDE_SCORE = 26;

/** Its identifier, what is news about it, and the reasons in two chips, which give way. */
function Chips({ v, item, interested }: { v: Viewer; item: InboxItem; interested: string[] | undefined }) {
  const { terms, reason, unmet, movedBy, review } = item;
  const identifier = identifierText(v, item) ?? '';
  return (
    <p class="chips-line small">
      <span class={`identifier muted${identifier.length > MOST_BESIDE_SCORE ? ' long' : ''}`}>
        {identifier}
      </span>
      {movedBy !== null ? (
        <span class="badge changed">{movedBy}</span>
      ) : (
        review?.changed && <span class="badge changed">{v.t('call.changed')}</span>
      )}
      <InterestMark v={v} names={interested} />
      {terms.length > 0
        ? terms.map((term) => (
            <span key={term} class="term">
              {term}
            </span>
          ))
        : reason !== null && <span class="ellipsis">{reason}</span>}
      {unmet[0] && <span class="but ellipsis">{v.t('fit.but', { what: unmet[0].says[v.language] })}</span>}
    </p>
  );
}

/**
 * What a row has no room for: shown next to it, below it on narrow screens, and inside it without scripts.
 */
function More({ v, item, place }: { v: Viewer; item: InboxItem; place: RowPlace }) {
  const { review } = item;
  return (
    <div class="more">
      <SummaryText v={v} summary={item.summary} />
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
      <p class="small">
        <span class="muted">{v.t('fact.budget')}</span> {budgetInList(item, item.budgetFor, v.language)}
      </p>
      <About v={v} item={item} />
      <p class="small only-pane">
        <a href={`/institutes/${place.profileId}/calls/${item.id}`}>{v.t('inbox.open')}</a>
      </p>
    </div>
  );
}

function Money({ v, item }: { v: Viewer; item: InboxItem }) {
  const money = moneyInShort(item, v.language);
  return (
    <p class="money">
      {money === null ? <span class="small muted none">{v.t('inbox.money.none')}</span> : money.amount}
      {money !== null && money.of !== 'doubtful' && (
        <span class="small muted">{v.t(`inbox.money.${money.of}`)}</span>
      )}
    </p>
  );
}

/** The status, unless it is simply open; for a forthcoming call, when it opens. */
function Status({ v, item: { status, opensAt, draft } }: { v: Viewer; item: InboxItem }) {
  if (status === 'open') return null;
  if (draft) return <DraftWords v={v} draft={draft} />;
  if (status !== 'forthcoming' || opensAt === null) return <StatusBadge v={v} status={status} />;
  return (
    <span class="badge status-forthcoming">{v.t('days.opens', { days: daysLeft(v.now, opensAt) })}</span>
  );
}

/** One call of the inbox, on one line; the details are next to it. */
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
        {place.decides && (!review?.verdict || review.due) && (
          <input
            type="checkbox"
            class="choose script-only no-print"
            tabIndex={-1}
            aria-label={v.t('inbox.choose', { title: item.title })}
          />
        )}
        <Fit v={v} item={item} />
        <div class="what">
          <div class="head-line">
            {review?.new && (
              <span class="badge new">
                <span class="hidden-visually">{v.t('call.new')}</span>
              </span>
            )}
            <h3 id={`title-${item.id}`}>
              <a class="open" href={`/institutes/${place.profileId}/calls/${item.id}`} lang={item.language}>
                {item.title}
              </a>
            </h3>
            {review?.due && <span class="badge changed">{v.t('inbox.back')}</span>}
            <Status v={v} item={item} />
          </div>
          <Chips v={v} item={item} interested={place.interested.get(item.id)} />
        </div>
        <div class="facts">
          <p class="action small" title={actionInShort(item, v.language) ?? undefined}>
            {actionInShort(item, v.language)}
          </p>
          <Money v={v} item={item} />
          <When v={v} item={item} />
        </div>
        {review &&
          (review.verdict !== null && !review.due ? (
            <Decided v={v} item={item} place={place} />
          ) : (
            place.decides && <Decide v={v} item={item} place={place} />
          ))}
        <More v={v} item={item} place={place} />
      </article>
    </li>
  );
}
