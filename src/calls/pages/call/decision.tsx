import { VERDICT_REASONS } from '../../../matching/domain/index.js';
import { nameIn } from '../../../profiles/domain/index.js';
import { LONGEST_NOTE } from '../../../decisions/index.js';
import { momentText } from '../../../ui/dates.js';
import { AskedList } from '../../../proposals/pages/asked-list.js';
import { Dots } from '../../../ui/parts.js';
import type { Viewer } from '../../../ui/viewer.js';
import { callPath, type CallModel, type Own } from './model.js';

interface Shown {
  v: Viewer;
  model: CallModel;
}

function Standing({ v, standing: { verdict, reason, by, at } }: { v: Viewer; standing: Own['standing'] }) {
  if (verdict === null) return <p class="muted">{v.t('call.undecided')}</p>;
  return (
    <p>
      <Dots
        parts={[
          <strong class={`verdict ${verdict}`}>{v.t(`call.verdict.${verdict}`)}</strong>,
          verdict === 'not' && (reason === null ? v.t('inbox.no-reason') : v.t(`inbox.reason.${reason}`)),
        ]}
      />
      {by && at && (
        <>
          <br />
          <span class="muted small">{v.t('call.decided', { by, when: momentText(v, at) })}</span>
        </>
      )}
    </p>
  );
}

function VerdictForms({
  v,
  path,
  version,
  standing,
}: {
  v: Viewer;
  path: string;
  version: number;
  standing: Own['standing'];
}) {
  const sent = (
    <>
      <input type="hidden" name="back" value={path} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="decidedAt" value={standing.at ?? 'none'} />
    </>
  );
  return (
    <div class="verdicts no-print">
      {standing.verdict !== 'relevant' && (
        <form method="post" action={`${path}/verdict`} data-key="s">
          {sent}
          <input type="hidden" name="verdict" value="relevant" />
          <button type="submit" class="primary">
            {v.t('call.say-relevant')}
          </button>
        </form>
      )}
      <form method="post" action={`${path}/verdict`} class="row">
        {sent}
        <input type="hidden" name="verdict" value="not" />
        <label for="reason">{v.t('call.why-not')}</label>
        <select id="reason" name="reason" data-key="n">
          {VERDICT_REASONS.map((reason) => (
            <option key={reason} value={reason} selected={standing.reason === reason}>
              {v.t(`inbox.reason.${reason}`)}
            </option>
          ))}
        </select>
        <button type="submit">{v.t('call.say-not')}</button>
      </form>
      {standing.canUndo && (
        <form method="post" action={`${path}/verdict/undo`} data-key="u">
          <input type="hidden" name="back" value={path} />
          {standing.at !== null && <input type="hidden" name="decidedAt" value={standing.at} />}
          <button type="submit" class="plain">
            {v.t('call.undo')}
          </button>
        </form>
      )}
    </div>
  );
}

/** What the institute decided, and deciding. */
export function Decision({ v, model: { own, institute, call } }: Shown) {
  if (!own || !institute) return null;
  return (
    <section class={own.standing.verdict === null ? 'card no-print' : 'card'} aria-labelledby="decision">
      <h2 id="decision">{v.t('call.decision')}</h2>
      <Standing v={v} standing={own.standing} />
      {v.actor?.writes && (
        <VerdictForms
          v={v}
          path={callPath(institute, call.id)}
          version={call.version}
          standing={own.standing}
        />
      )}
    </section>
  );
}

/** Who was asked, and who answered. */
export function Asked({ v, model: { own, institute, call } }: Shown) {
  if (!own || !institute) return null;
  return (
    <section class="card no-print" aria-labelledby="asked">
      <h2 id="asked">{v.t('call.asked')}</h2>
      {own.asked.length ? (
        <AskedList v={v} asked={own.asked} />
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

/** What people of the institute wrote for each other. */
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
            {/* Above the field: it has the focus, and what stands below may be out of sight in the column. */}
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

/** Other institutes that take an interest: their names alone. */
export function Interest({ v, model: { interest, institute } }: Shown) {
  const others = interest.filter((i) => i.id !== institute?.id);
  return others.length === 0 ? null : (
    <section class="card no-print" aria-labelledby="interest">
      <h2 id="interest">{v.t('call.interest')}</h2>
      <ul class="plain-list">
        {others.map((i) => (
          <li key={i.id}>{v.t('call.interested', { name: nameIn(i.name, 'start', v.language) })}</li>
        ))}
      </ul>
    </section>
  );
}
