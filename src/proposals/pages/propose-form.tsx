import type { ProposalView } from '../api/proposal-views.js';
import type { ResearcherView } from '../api/researcher-views.js';
import { dayText } from '../../ui/dates.js';
import { Field, FormError } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** A ready-made or edited message. Its id keeps a double click from sending it twice. */
export interface Message {
  id: string;
  subject: string;
  text: string;
  errors: Record<string, string>;
  /** Another message was sent from the same form. */
  isSecond: boolean;
}

interface Options {
  v: Viewer;
  path: string;
  chosen: ResearcherView | null;
  everybody: ResearcherView[];
  message: Message;
  before: ProposalView | null;
}

/** The recipient field, shown if the original recipient is gone, so that the typed text is not lost. */
function ToChoose({
  v,
  everybody,
  error,
}: {
  v: Viewer;
  everybody: ResearcherView[];
  error: string | undefined;
}) {
  return (
    <Field id="researcher" label={v.t('propose.recipient')} error={error}>
      <select
        id="researcher"
        name="researcher"
        required
        autofocus
        aria-describedby={error && 'researcher-error'}
      >
        <option value="">{v.t('propose.nobody')}</option>
        {everybody.map((r) => (
          <option key={r.id} value={r.id}>
            {r.name} ({r.email})
          </option>
        ))}
      </select>
    </Field>
  );
}

function MessageHead({ v, chosen, before }: Pick<Options, 'v' | 'chosen' | 'before'>) {
  return (
    <div class="row spread message-head">
      <div>
        <h2 id="message-to">
          {chosen ? v.t('propose.message-to', { name: chosen.name }) : v.t('propose.text')}
        </h2>
        {chosen && (
          <p class="muted small">
            {v.t('propose.to', { name: chosen.name, email: chosen.email, language: chosen.language })}
          </p>
        )}
      </div>
      <button type="submit" class="primary">
        {chosen
          ? v.t(before ? 'propose.send-again' : 'propose.send', { name: chosen.name })
          : v.t('propose.send-any')}
      </button>
    </div>
  );
}

/** Notices before sending. */
function Notices({ v, chosen, message: { errors, isSecond }, before }: Omit<Options, 'path' | 'everybody'>) {
  return (
    <>
      <FormError says={errors['']} />
      {isSecond && (
        <p class="notice warn" role="alert">
          {v.t('propose.first-sent')}
        </p>
      )}
      {chosen && before && (
        <p class="notice warn">
          {v.t('propose.asked-before', { name: chosen.name, day: dayText(v, before.askedAt) })}
        </p>
      )}
    </>
  );
}

/**
 * The message to a researcher, or to one still to be chosen. The button is at the top, as in a mail program,
 * so it stays in sight however long the message is.
 */
export function ProposeForm({ v, path, chosen, everybody, message, before }: Options) {
  const { errors } = message;
  const language = chosen?.language;
  return (
    <form method="post" action={path} class="card message" aria-labelledby="message-to">
      <MessageHead v={v} chosen={chosen} before={before} />
      <Notices v={v} chosen={chosen} message={message} before={before} />
      <input type="hidden" name="id" value={message.id} />
      {chosen ? (
        <input type="hidden" name="researcher" value={chosen.id} />
      ) : (
        <ToChoose v={v} everybody={everybody} error={errors['researcher']} />
      )}
      {before && <input type="hidden" name="again" value="true" />}
      <Field id="subject" label={v.t('propose.subject')} error={errors['subject']}>
        <input
          id="subject"
          name="subject"
          value={message.subject}
          lang={language}
          required
          maxLength={300}
          aria-describedby={errors['subject'] && 'subject-error'}
        />
      </Field>
      <Field
        id="text"
        label={v.t('propose.text')}
        help={v.t('propose.link-help', {
          replies: v.actor?.email ? 'yes' : 'no',
          email: v.actor?.email ?? '',
        })}
        error={errors['text']}
      >
        <textarea
          id="text"
          name="text"
          rows={22}
          lang={language}
          required
          maxLength={10_000}
          aria-describedby={errors['text'] ? 'text-error' : 'text-help'}
        >
          {message.text}
        </textarea>
      </Field>
    </form>
  );
}
