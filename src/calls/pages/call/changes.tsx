import { shortDiff } from '../../domain/page/short-diff.js';
import type { Piece } from '../../domain/versions/text-diff.js';
import type { EventView } from '../../api/change-views.js';
import { momentText, isoDay } from '../../../ui/dates.js';
import { Dots } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

/** The longest diff shown on the page; a rewritten text can be read below in its current form. */
const LONGEST = 2_500;

/** "New" is not a change. */
export const toldEvents = ({ events }: CallModel): EventView[] => events.filter((e) => e.kind !== 'new');

function DiffPiece({ piece: { op, text } }: { piece: Piece }) {
  if (op === 'removed') return <del>{text}</del>;
  return op === 'added' ? <ins>{text}</ins> : <>{text}</>;
}

function Diff({ v, language, pieces }: { v: Viewer; language: string; pieces: Piece[] }) {
  const { pieces: shown, whole } = shortDiff(pieces, LONGEST);
  return (
    <>
      <p class="diff" lang={language}>
        {shown.map((piece, i) => (
          <DiffPiece key={i} piece={piece} />
        ))}
      </p>
      {!whole && <p class="muted small">{v.t('call.diff-cut')}</p>}
    </>
  );
}

function Event({
  v,
  model: { call, sources },
  event,
  fresh,
}: {
  v: Viewer;
  model: CallModel;
  event: EventView;
  fresh: boolean;
}) {
  return (
    <details class="event" open={fresh}>
      <summary>
        <Dots
          parts={[
            <time dateTime={isoDay(event.seenAt)}>{momentText(v, event.seenAt)}</time>,
            <>
              {v.t(`call.kind.${event.kind}`)}
              {fresh && (
                <>
                  {' '}
                  <span class="badge changed">{v.t('call.since-seen')}</span>
                </>
              )}
            </>,
          ]}
        />
      </summary>
      <ul>
        {event.says[v.language].map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      {event.changes.map(
        (change, i) => change.diff && <Diff key={i} v={v} language={call.language} pieces={change.diff} />,
      )}
      <p class="muted small">
        {v.t('call.seen-in', { source: sources.get(event.source ?? '') ?? event.source ?? '' })}{' '}
        <a href={event.document.url}>{v.t('call.document')}</a>
      </p>
    </details>
  );
}

/** A call's events, newest first; those nobody at the institute has seen yet are expanded. */
export function Changes({ v, model }: { v: Viewer; model: CallModel }) {
  const { seenVersion = null, version: decidedVersion = null } = model.own?.standing ?? {};
  // A call with a verdict has been looked at, in a list or here.
  const seen =
    seenVersion === null && decidedVersion === null ? null : Math.max(seenVersion ?? 0, decidedVersion ?? 0);
  const events = toldEvents(model);
  const isFresh = (event: EventView): boolean => seen !== null && event.version > seen;
  return (
    <div class="events">
      {events.map((event, i) => (
        <Event
          key={event.id}
          v={v}
          model={model}
          event={event}
          fresh={isFresh(event) || (i === 0 && !events.some(isFresh) && seen === null)}
        />
      ))}
    </div>
  );
}
