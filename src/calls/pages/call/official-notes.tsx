import { dayText } from '../../../ui/dates.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

/** Notes that a call's publisher has added since, verbatim, newest first. */
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
