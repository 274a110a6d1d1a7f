import { dayText } from '../../../ui/dates.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

/** What the publisher of a call wrote on it since, in its own words, the newest first. */
export function OfficialNotes({ v, model: { call, officialNotes } }: { v: Viewer; model: CallModel }) {
  return (
    <ul class="plain-list neighbours">
      {officialNotes.map(({ day, text }) => (
        <li key={`${day} ${text}`}>
          <p class="small muted">
            <time dateTime={day}>{dayText(v, day)}</time>
          </p>
          <blockquote class="small" lang={call.language} dir="auto">
            {text}
          </blockquote>
        </li>
      ))}
    </ul>
  );
}
