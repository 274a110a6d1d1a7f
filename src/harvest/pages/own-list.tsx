import type { ListedDifference, SourceReading } from '../source-readings.js';
import type { SourceView } from '../api/source-views.js';
import { dayText, momentText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import { Reason } from '../../monitoring/pages/state-badge.js';

type List = NonNullable<SourceView['list']>;
type Stated = ListedDifference['search'];

const TONES: Record<string, string> = { good: 'well', new: 'unknown', doubtful: 'doubt' };

/** The age of its topics and, if it is not healthy, that this is not a failed harvest. */
function asOf(v: Viewer, { state, readAt, living, onlyInList }: List): string[] {
  if (readAt === null) return state === 'new' ? [] : [v.t('sources.list-apart')];
  const when = momentText(v, readAt);
  if (state !== 'good') return [v.t('sources.list-kept', { when }), v.t('sources.list-apart')];
  return [v.t('sources.list-read', { when, n: living, alone: onlyInList })];
}

const statedText = (v: Viewer, stated: Stated): string =>
  stated === null
    ? v.t('sources.differs-absent')
    : [v.t(`status.${stated.status}`), ...stated.deadlines.map((at) => dayText(v, at))].join(', ');

function DifferenceRow({ v, item }: { v: Viewer; item: ListedDifference }) {
  const { callId, title, language, reference } = item;
  return (
    <tr>
      <th scope="row">
        {callId === null ? (
          <span lang={language}>{title ?? reference}</span>
        ) : (
          <a href={`/calls/${callId}`} lang={language}>
            {title ?? reference}
          </a>
        )}
        {title !== null && <span class="small muted reference">{reference}</span>}
      </th>
      <td>{v.t(`sources.differs.${item.what}`)}</td>
      <td data-label={v.t('sources.differs-search')}>{statedText(v, item.search)}</td>
      <td data-label={v.t('sources.differs-list')}>{statedText(v, item.list)}</td>
      <td data-label={v.t('sources.differs-since')}>{dayText(v, item.since)}</td>
    </tr>
  );
}

/** The current disagreements between a source's list and its pages. */
function Differences({
  v,
  name,
  differences,
}: {
  v: Viewer;
  name: string;
  differences: NonNullable<SourceReading['differences']>;
}) {
  const { items, total } = differences;
  if (total === 0) return null;
  return (
    <details class="differences">
      <summary>{v.t('sources.differences', { n: total })}</summary>
      <div class="scroll" role="region" tabIndex={0} aria-label={v.t('sources.differences-of', { name })}>
        <table class="small stacked">
          <thead>
            <tr>
              <th scope="col">{v.t('sources.differs-topic')}</th>
              <th scope="col">{v.t('sources.differs-what')}</th>
              <th scope="col">{v.t('sources.differs-search')}</th>
              <th scope="col">{v.t('sources.differs-list')}</th>
              <th scope="col">{v.t('sources.differs-since')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <DifferenceRow key={`${item.reference} ${item.what}`} v={v} item={item} />
            ))}
          </tbody>
        </table>
      </div>
      {total > items.length && (
        <p class="small muted">{v.t('sources.differences-more', { n: total - items.length })}</p>
      )}
    </details>
  );
}

/** The state of a source's own list, which fails independently, and how it differs from the pages. */
export function OwnList({ v, reading: { source, differences } }: { v: Viewer; reading: SourceReading }) {
  const { list, state, name } = source;
  if (list === null) return null;
  return (
    <div class="own-list">
      <h3>
        {v.t('sources.list')}{' '}
        <span class={`badge state ${TONES[list.state] ?? 'trouble'}`}>
          {v.t(`sources.list-state.${list.state}`)}
        </span>
      </h3>
      {asOf(v, list).map((text) => (
        <p key={text} class="small">
          {text}
        </p>
      ))}
      {state === 'blocked' && list.state === 'good' && <p class="notice">{v.t('sources.list-meanwhile')}</p>}
      {list.reason && <Reason v={v} reason={list.reason} />}
      {list.unread ? <p class="small">{v.t('sources.list-unread', { n: list.unread })}</p> : null}
      {list.unread && list.unreadWhy ? <Reason v={v} reason={list.unreadWhy} /> : null}
      {differences && <Differences v={v} name={name} differences={differences} />}
    </div>
  );
}
