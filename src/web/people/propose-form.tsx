import type { ProposalView } from '../../features/proposals/proposal-views.js';
import type { ResearcherView } from '../../features/proposals/researcher-views.js';
import { dayText } from '../kit/dates.js';
import { Field } from '../kit/parts.js';
import type { Viewer } from '../kit/viewer.js';

/** A message that is ready or was edited. Its id makes two clicks one message. */
export interface Message { id: string; subject: string; text: string; errors: Record<string, string> }

interface Options { v: Viewer; path: string; chosen: ResearcherView; message: Message; before: ProposalView | null }

/** The message to one researcher, to be edited and sent. As in a mail program the button stands above: it is in sight however long the message is. */
export function ProposeForm({ v, path, chosen, message, before }: Options) {
  const { id, name, email, language } = chosen;
  const { errors } = message;
  return (
    <form method="post" action={path} class="card message" aria-labelledby="message-to">
      <div class="row spread message-head">
        <div>
          <h2 id="message-to">{v.t('propose.message-to', { name })}</h2>
          <p class="muted small">{v.t('propose.to', { name, email, language })}</p>
        </div>
        <button type="submit" class="primary">{v.t(before ? 'propose.send-again' : 'propose.send', { name })}</button>
      </div>
      {before && <p class="notice warn">{v.t('propose.asked-before', { name, day: dayText(v, before.askedAt) })}</p>}
      <input type="hidden" name="id" value={message.id} />
      <input type="hidden" name="researcher" value={id} />
      {before && <input type="hidden" name="again" value="true" />}
      <Field id="subject" label={v.t('propose.subject')} error={errors['subject']}>
        <input id="subject" name="subject" value={message.subject} lang={language} required maxLength={300} aria-describedby={errors['subject'] && 'subject-error'} />
      </Field>
      <Field id="text" label={v.t('propose.text')} help={v.t('propose.link-help', { replies: v.actor?.email ? 'yes' : 'no', email: v.actor?.email ?? '' })} error={errors['text']}>
        <textarea id="text" name="text" rows={22} lang={language} required maxLength={10_000} aria-describedby={errors['text'] ? 'text-error' : 'text-help'}>{message.text}</textarea>
      </Field>
    </form>
  );
}
