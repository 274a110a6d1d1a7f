import type { Preview, PreviewedCall, PreviewList } from '../../explain/preview.js';
import { manyMessages } from '../../explain/domain/many-messages.js';
import { shownScore } from '../../kernel/band.js';
import type { Preferences } from '../domain/preferences.js';
import { unmetPreferences } from '../domain/preferences.js';
import { unmetSentence } from '../domain/preference-sentences.js';
import { termText } from '../../calls/pages/call/reasons.js';
import { But } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

type ListName = 'gained' | 'lost' | 'changed';
/** The preview of a form: what it would change, or null if something must be corrected first. */
export interface Previewed {
  preview: Preview | null;
  preferences: Preferences | undefined;
}

const points = (x: number): number => Math.round(x);
/** Weeks in the year covered. */
const WEEKS = 52;

function Terms({ v, c }: { v: Viewer; c: PreviewedCall }) {
  if (!c.terms.length) return null;
  return (
    <p class="small muted">
      {c.terms.map((t, i) => (
        <span key={i}>
          {i > 0 && ', '}
          {termText(v, t.signal, t.term)}{' '}
          <span class="nowrap">
            ({t.points > 0 ? '+' : '−'}
            {Math.max(1, Math.abs(points(t.points)))})
          </span>
        </span>
      ))}
      <span class="hidden-visually"> {v.t('profile.preview.points')}</span>
    </p>
  );
}

function Item({
  v,
  c,
  profileId,
  preferences,
}: {
  v: Viewer;
  c: PreviewedCall;
  profileId: string;
  preferences: Preferences | undefined;
}) {
  const unmet = unmetPreferences(preferences, c.call.content, v.now);
  return (
    <li>
      <a href={`/institutes/${profileId}/calls/${c.call.id}`} lang={c.call.content.language}>
        {c.call.content.title}
      </a>{' '}
      <span class="nowrap moved">
        {v.t('profile.preview.score', { before: shownScore(c.before), after: shownScore(c.after) })}
      </span>
      <Terms v={v} c={c} />
      <But v={v} says={unmet.map((u) => unmetSentence(u, v.language))} />
    </li>
  );
}

function List({
  v,
  name,
  list,
  profileId,
  preferences,
}: {
  v: Viewer;
  name: ListName;
  list: PreviewList;
  profileId: string;
  preferences: Preferences | undefined;
}) {
  if (list.total === 0) return null;
  return (
    <details class={`preview-list ${name}`} open={name !== 'changed'} id={`preview-${name}`}>
      <summary>{v.t(`profile.preview.${name}`, { n: list.total })}</summary>
      <ul>
        {list.calls.map((c) => (
          <Item key={c.id} v={v} c={c} profileId={profileId} preferences={preferences} />
        ))}
      </ul>
      {list.total > list.calls.length && (
        <p class="small muted">{v.t('profile.preview.more', { n: list.total - list.calls.length })}</p>
      )}
    </details>
  );
}

/** The change in one line; announced by screen readers when it changes. */
function PreviewSaid({ v, preview }: { v: Viewer; preview: Preview | null }) {
  if (!preview) return <>{v.t('profile.preview.to-correct')}</>;
  const { gained, lost, changed } = preview;
  if (gained.total + lost.total + changed.total === 0)
    return <>{v.t('profile.preview.same', { n: preview.after })}</>;
  return (
    <>
      <strong>{v.t('profile.preview.sum', { gained: gained.total, lost: lost.total })}</strong>{' '}
      {v.t('profile.preview.totals', { before: preview.before, after: preview.after })}
    </>
  );
}

/** Rounds to a tenth: forecasts are no more precise. */
const tenth = (x: number): number => Math.round(x * 10) / 10;

/** How often readers would get messages, once that is known. */
function Messages({ v, messages }: { v: Viewer; messages: Preview['messages'] }) {
  if (!messages) return null;
  const { weeks, digests, urgent, aWeek, before, warnAbove } = messages;
  const warning = manyMessages(messages, warnAbove);
  return (
    <>
      <p id="preview-messages">
        {v.t('profile.preview.messages', {
          weeks,
          aWeek: tenth(aWeek),
          digests: tenth(digests / weeks),
          urgent: tenth(urgent / weeks),
          before: tenth(before),
        })}
      </p>
      {warning && (
        <p class="notice warn" id="preview-flood">
          {warning.says[v.language]}
        </p>
      )}
    </>
  );
}

/** What a form would gain and lose. */
function PreviewLists({
  v,
  profileId,
  previewed: { preview, preferences },
}: {
  v: Viewer;
  profileId: string;
  previewed: Previewed;
}) {
  if (!preview) return null;
  return (
    <>
      <Messages v={v} messages={preview.messages} />
      {(['gained', 'lost', 'changed'] as const).map((name) => (
        <List
          key={name}
          v={v}
          name={name}
          list={preview[name]}
          profileId={profileId}
          preferences={preferences}
        />
      ))}
      <p class="small muted">
        {v.t('profile.preview.basis', {
          calls: preview.calls,
          minScore: preview.minScore,
          weekly: Math.round((preview.after / WEEKS) * 10) / 10,
        })}
        {preview.unread && ` ${v.t('profile.preview.unread')}`}
      </p>
    </>
  );
}

/** The panel of the preview, which reloads after each input; `atOnce` if the form comes with a change. */
export function PreviewPanel({
  v,
  profileId,
  previewed,
  atOnce,
}: {
  v: Viewer;
  profileId: string;
  previewed: Previewed | null;
  atOnce: boolean;
}) {
  return (
    <aside
      class="preview card"
      aria-labelledby="preview-title"
      hx-post={`/institutes/${profileId}/profile/preview`}
      hx-include="#editor"
      hx-target="#preview-lists"
      hx-sync="this:replace"
      hx-trigger={`input delay:300ms from:#bench, change delay:300ms from:#bench, htmx:afterSettle delay:50ms from:#bench${atOnce ? ', load' : ''}`}
    >
      <h2 id="preview-title">{v.t('profile.preview')}</h2>
      <p id="preview-said" aria-live="polite">
        {previewed ? <PreviewSaid v={v} preview={previewed.preview} /> : v.t('profile.preview.help')}
      </p>
      <div id="preview-lists">
        {previewed && <PreviewLists v={v} profileId={profileId} previewed={previewed} />}
      </div>
    </aside>
  );
}

/** The response to the script: the lists, and the line above them. */
export const PreviewAnswer = ({
  v,
  profileId,
  previewed,
}: {
  v: Viewer;
  profileId: string;
  previewed: Previewed;
}) => (
  <>
    <PreviewLists v={v} profileId={profileId} previewed={previewed} />
    <div hx-swap-oob="innerHTML:#preview-said">
      <PreviewSaid v={v} preview={previewed.preview} />
    </div>
  </>
);
