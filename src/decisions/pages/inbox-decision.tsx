import { DateTime } from 'luxon';
import { dayText, isoDay, momentText } from '../../ui/dates.js';
import type { Viewer } from '../../ui/viewer.js';
import { type Verdict, VERDICT_REASONS } from '../../matching/domain/verdict.js';
import type { InboxItem } from '../api/inbox-views.js';

/** The default day to postpone a call to: in a month. */
export const usualDay = (now: Date): string =>
  isoDay(DateTime.fromJSDate(now).plus({ months: 1 }).toJSDate());
const tomorrow = (now: Date): string => isoDay(DateTime.fromJSDate(now).plus({ days: 1 }).toJSDate());

/** The day to postpone a call to, and the button that does it. */
const PutOff = ({ v }: { v: Viewer }) => (
  <p class="row">
    <label>
      {v.t('inbox.later-until')}{' '}
      <input type="date" name="until" value={usualDay(v.now)} min={tomorrow(v.now)} />
    </label>
    <button type="submit" name="verdict" value="later">
      {v.t('inbox.put-off')}
    </button>
  </p>
);

/** The context of rows: whose they are, whether the viewer may decide, and where a form returns to. */
export interface RowPlace {
  profileId: string;
  decides: boolean;
  back: string;
  /** The other institutes that are interested, by call. */
  interested: ReadonlyMap<string, string[]>;
}

const actionsAt = (profileId: string, callId: string): string =>
  `/institutes/${profileId}/calls/${callId}/verdict`;
/** The script replaces the row decided on; without it the page reloads. */
const swap = (path: string) =>
  ({
    method: 'post',
    action: path,
    'hx-post': path,
    'hx-target': 'closest li',
    'hx-swap': 'outerHTML',
  }) as const;

/** How many calls are decided on by the same press, which the script counts. */
const Together = () => <input type="hidden" name="together" value="1" />;

interface DecisionShown {
  v: Viewer;
  item: InboxItem;
  place: RowPlace;
  /** Not in a row that a script could replace: the page reloads. */
  alone?: boolean;
}
const sending = (path: string, alone = false) => (alone ? { method: 'post', action: path } : swap(path));

/** The buttons of a form that decides, without the one for what is decided already. */
export const Choices = ({ v, decided = null }: { v: Viewer; decided?: Verdict | null }) => (
  <>
    {/* Enter in the field for the day presses the form's first button. */}
    <button
      type="submit"
      name="verdict"
      value="later"
      class="hidden-visually"
      tabIndex={-1}
      aria-hidden="true"
    >
      {v.t('inbox.put-off')}
    </button>
    {decided !== 'relevant' && (
      <button type="submit" name="verdict" value="relevant" class="yes">
        {v.t('verdict.relevant')}
      </button>
    )}
    {decided !== 'study' && (
      <button type="submit" name="verdict" value="study">
        {v.t('verdict.study')}
      </button>
    )}
    <details class="why" name="decide">
      <summary>{v.t('verdict.not')}</summary>
      <fieldset class="reasons">
        <legend>{v.t('inbox.not-because')}</legend>
        {VERDICT_REASONS.map((reason, i) => (
          <button key={reason} type="submit" name="reason" value={reason}>
            <kbd class="script-only" aria-hidden="true">
              {i + 1}
            </kbd>
            {v.t(`verdict-reason.${reason}`)}
          </button>
        ))}
      </fieldset>
    </details>
    <details class="put-off" name="decide">
      <summary>{v.t('verdict.later')}</summary>
      <PutOff v={v} />
    </details>
  </>
);

/** Marks a call as relevant, to be studied, postponed, or not relevant with a reason. */
export function Decide({ v, item, place, alone }: DecisionShown) {
  return (
    <form
      class="decide"
      {...sending(actionsAt(place.profileId, item.id), alone)}
      aria-label={v.t('inbox.decide', { title: item.title })}
    >
      <input type="hidden" name="version" value={item.version} />
      <input type="hidden" name="decidedAt" value={item.review?.at ?? 'none'} />
      <input type="hidden" name="back" value={place.back} />
      <Together />
      <Choices v={v} />
    </form>
  );
}

/** Undoes the last decision or, if the previous state is unknown, removes the verdict. */
export function Undo({ v, item, place, alone }: DecisionShown) {
  const { canUndo, at } = item.review!;
  const verdict = actionsAt(place.profileId, item.id);
  const path = canUndo ? `${verdict}/undo` : verdict;
  return (
    <form class="undo" {...sending(path, alone)}>
      <input type="hidden" name="back" value={place.back} />
      <input type="hidden" name="decidedAt" value={at ?? ''} />
      <Together />
      {!canUndo && <input type="hidden" name="verdict" value="none" />}
      <button type="submit">
        {v.t(canUndo ? 'inbox.undo' : 'inbox.reset')}
        <span class="hidden-visually"> {item.title}</span>
      </button>
    </form>
  );
}

/** The reason for a "not"; older spreadsheets may have given none. */
const reasonWords = (v: Viewer, { reason }: NonNullable<InboxItem['review']>): string =>
  reason === null ? v.t('inbox.no-reason') : v.t(`verdict-reason.${reason}`);

function verdictWords(v: Viewer, review: NonNullable<InboxItem['review']>): string {
  if (review.verdict === 'not') return v.t('inbox.decided.not', { reason: reasonWords(v, review) });
  if (review.verdict === 'later') return v.t('inbox.decided.later', { day: dayText(v, review.until!) });
  return v.t(review.verdict === 'study' ? 'verdict.study' : 'verdict.relevant');
}

/** Who decided, and when. */
export function ByWhom({ v, item }: { v: Viewer; item: InboxItem }) {
  const { by, byLink, at } = item.review!;
  return by === null || at === null ? null : (
    <p class="muted small">
      {v.t(byLink ? 'inbox.decided-by-link' : 'inbox.decided-by', { name: by, when: momentText(v, at) })}
    </p>
  );
}

/** The verdict, and undoing it. */
export function Decided({ v, item, place, alone = false }: DecisionShown) {
  return (
    <div class="decided">
      <p class={`verdict ${item.review!.verdict}`}>{verdictWords(v, item.review!)}</p>
      <ByWhom v={v} item={item} />
      {place.decides && <Undo v={v} item={item} place={place} alone={alone} />}
    </div>
  );
}

/** The last action, for the live region; the script puts it there. `n`: how many calls it was for. */
export function VerdictLine({ v, item, n = 1 }: { v: Viewer; item: InboxItem; n?: number }) {
  const { title, review } = item;
  const said = { title, n };
  if (review!.verdict === 'not')
    return <>{v.t('inbox.flash.not', { ...said, reason: reasonWords(v, review!) })}</>;
  if (review!.verdict === 'later')
    return <>{v.t('inbox.flash.later', { ...said, day: dayText(v, review!.until!) })}</>;
  return <>{v.t(`inbox.flash.${review!.verdict ?? 'undecided'}`, said)}</>;
}

/**
 * Reports that somebody else decided first, and what: nothing was stored. The script shows it as a failure,
 * and keeps their verdict.
 */
export function Overtaken({ v, item }: { v: Viewer; item: InboxItem }) {
  const { title, review } = item;
  const says =
    review!.verdict === null
      ? v.t('inbox.flash.taken-back', { title })
      : v.t('inbox.flash.overtaken', { title, name: review!.by ?? '', verdict: verdictWords(v, review!) });
  return <span data-overtaken={`call-${item.id}`}>{says}</span>;
}
