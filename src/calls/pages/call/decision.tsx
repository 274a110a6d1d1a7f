import { LONGEST_NOTE } from '../../../decisions/notes.js';
import { momentText } from '../../../ui/dates.js';
import { AskedList } from '../../../proposals/pages/asked-list.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel, type Own } from './model.js';

interface Shown {
  v: Viewer;
  model: CallModel;
}

/** Who was asked, and who replied. */
export function Asked({ v, model: { own, institute, call } }: Shown) {
  if (!own || !institute) return null;
  return (
    <section class="card no-print" aria-labelledby="asked">
      <h2 id="asked">{v.t('call.asked')}</h2>
      {own.asked.length ? (
        <AskedList v={v} profileId={institute.id} asked={own.asked} />
      ) : (
        <p class="muted">{v.t('call.nobody-asked')}</p>
      )}
      {v.actor?.writes && (
        <p class="no-print">
          <a class="button" href={`${callPath(institute, call.id)}/propose`}>
            {v.t('call.propose')}
          </a>
        </p>
      )}
    </section>
  );
}

function Note({ v, note, path }: { v: Viewer; note: Own['notes'][number]; path: string }) {
  return (
    <li>
      <p class="note">{note.text}</p>
      <p class="row muted small">
        {v.t('call.note-by', { by: note.author, when: momentText(v, note.createdAt) })}
        {note.own && v.actor?.writes && (
          <form method="post" action={`${path}/notes/${note.id}/remove`} class="no-print">
            <input type="hidden" name="back" value={path} />
            <button type="submit" class="plain">
              {v.t('call.note-remove')}
            </button>
          </form>
        )}
      </p>
    </li>
  );
}

/** Notes by people of the institute for each other. */
export function Notes({ v, model: { own, institute, call, note: draft } }: Shown) {
  if (!own || !institute) return null;
  const path = callPath(institute, call.id);
  return (
    <section class="card no-print" aria-labelledby="notes">
      <h2 id="notes">{v.t('call.notes')}</h2>
      {own.notes.length ? (
        <ul class="plain-list notes">
          {own.notes.map((note) => (
            <Note key={note.id} v={v} note={note} path={path} />
          ))}
        </ul>
      ) : (
        <p class="muted">{v.t('call.no-notes')}</p>
      )}
      {v.actor?.writes && (
        <form method="post" action={`${path}/notes`} class="no-print">
          <input type="hidden" name="back" value={path} />
          <div class={draft ? 'field wrong' : 'field'}>
            <label for="note">{v.t('call.note-new')}</label>
            {/* Above the field: it has the focus, and anything below may be off screen in the column. */}
            {draft && (
              <p class="error" id="note-error">
                {draft.error}
              </p>
            )}
            <textarea
              id="note"
              name="text"
              required
              maxLength={LONGEST_NOTE}
              rows={3}
              autofocus={draft !== null}
              aria-invalid={draft ? true : undefined}
              aria-describedby={draft ? 'note-error' : undefined}
            >
              {draft?.text}
            </textarea>
          </div>
          <button type="submit">{v.t('call.note-add')}</button>
        </form>
      )}
    </section>
  );
}
