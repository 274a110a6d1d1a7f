import { momentText } from '../../ui/dates.js';
import { may } from '../../kernel/actor.js';
import type { Viewer } from '../../ui/viewer.js';
import type { Page } from '../../platform/api/paging.js';
import { LONGEST_COMMENT, type CommentView } from '../api/comment-views.js';
import { piecesOf } from '../domain/mentions.js';
import type { Person } from './milestones-form.js';
import { opportunityPath } from './move-form.js';

/** A comment that failed validation, as typed; `id` is the comment being edited, if any. */
export interface CommentDraft {
  id: string | null;
  text: string;
}
export interface ThreadShown {
  v: Viewer;
  profileId: string;
  opportunityId: string;
  people: Person[];
  thread: Page<CommentView> & { isLatest: boolean };
  draft: CommentDraft | null;
}

/** How many names the help text lists; colleagues beyond that can still be mentioned. */
const NAMES = 8;

const Words = ({ text, people }: { text: string; people: Person[] }) => (
  <p class="comment-text">
    {piecesOf(text, people).map((piece, i) =>
      piece.person === null ? piece.text : <strong key={i}>{piece.text}</strong>,
    )}
  </p>
);

interface FormShown extends Pick<ThreadShown, 'v'> {
  action: string;
  id: string;
  label: string;
  text: string;
  wrong: boolean;
  send: string;
  help?: string;
}

function CommentForm({ v, action, id, label, text, wrong, send, help }: FormShown) {
  const described = [wrong && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ');
  return (
    <form method="post" action={action} class="no-print">
      <div class={wrong ? 'field wrong' : 'field'}>
        <label for={id}>{label}</label>
        {wrong && (
          <p class="error" id={`${id}-error`}>
            {v.t('comments.wrong', { most: LONGEST_COMMENT })}
          </p>
        )}
        <textarea
          id={id}
          name="text"
          required
          rows={3}
          maxLength={LONGEST_COMMENT}
          autofocus={wrong}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={described || undefined}
        >
          {text}
        </textarea>
        {help && (
          <p class="help" id={`${id}-help`}>
            {help}
          </p>
        )}
      </div>
      <button type="submit">{send}</button>
    </form>
  );
}

function One({ shown, comment }: { shown: ThreadShown; comment: CommentView }) {
  const { v, profileId, opportunityId, people, draft } = shown;
  const action = `${opportunityPath(profileId, opportunityId)}/comments/${comment.id}`;
  const when = momentText(v, comment.createdAt);
  const mine = draft?.id === comment.id ? draft : null;
  return (
    <li id={`comment-${comment.id}`} aria-label={v.t('comments.of', { by: comment.author, when })}>
      <p class="small">
        <strong>{comment.author}</strong>{' '}
        <span class="muted">
          {v.t('comments.by', { when })}
          {comment.editedAt !== null && comment.deletedAt === null && ` (${v.t('comments.edited')})`}
        </span>
      </p>
      {comment.deletedAt === null ? (
        <Words text={comment.text} people={people} />
      ) : (
        <p class="muted">{v.t('comments.deleted')}</p>
      )}
      {comment.own && comment.deletedAt === null && may(v.actor, 'pipeline.write') && (
        <div class="comment-own no-print">
          <details open={mine !== null}>
            <summary class="small">{v.t('form.edit')}</summary>
            <CommentForm
              v={v}
              action={action}
              id={`text-${comment.id}`}
              label={v.t('comments.new')}
              text={mine?.text ?? comment.text}
              wrong={mine !== null}
              send={v.t('form.save')}
            />
          </details>
          <form method="post" action={`${action}/remove`}>
            <button type="submit" class="plain small">
              {v.t('form.delete')}
            </button>
          </form>
        </div>
      )}
    </li>
  );
}

/** The comments of the institute's people on an opportunity, latest last. */
export function CommentThread(shown: ThreadShown) {
  const { v, profileId, opportunityId, people, thread, draft } = shown;
  const path = opportunityPath(profileId, opportunityId);
  const others = people.filter((p) => p.id !== v.actor?.personId).slice(0, NAMES);
  const help = [
    ...(others.length === 0
      ? []
      : [v.t('comments.help', { names: others.map((p) => `@${p.name}`).join(', ') })]),
    v.t('comments.inside'),
  ].join(' ');
  return (
    <section class="card" aria-labelledby="comments">
      <h2 id="comments">{v.t('comments.title')}</h2>
      {thread.next !== null && (
        <p class="small no-print">
          <a href={`${path}?earlier=${thread.next}#comments`}>{v.t('comments.earlier')}</a>
        </p>
      )}
      {thread.items.length === 0 ? (
        <p class="muted">{v.t('comments.none')}</p>
      ) : (
        <ol class="plain-list comments">
          {[...thread.items].reverse().map((comment) => (
            <One key={comment.id} shown={shown} comment={comment} />
          ))}
        </ol>
      )}
      {!thread.isLatest && (
        <p class="small no-print">
          <a href={`${path}#comments`}>{v.t('comments.latest')}</a>
        </p>
      )}
      {may(v.actor, 'pipeline.write') && (
        <CommentForm
          v={v}
          action={`${path}/comments`}
          id="comment"
          label={v.t('comments.new')}
          text={draft?.id === null ? draft.text : ''}
          wrong={draft?.id === null}
          send={v.t('comments.add')}
          help={help}
        />
      )}
    </section>
  );
}
