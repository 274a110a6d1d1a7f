import type { TopicChange } from '../../../harvest/domain/drafts/draft-difference.js';
import { amountForPeople } from '../../domain/facts/budget.js';
import { dayText } from '../../../ui/dates.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { CallModel } from './model.js';

/** What a field would become, in words. */
function afterText(v: Viewer, { field, after }: TopicChange): string {
  if (field === 'deadlineDate') return (after as string[]).map((day) => dayText(v, day)).join(', ');
  if (field === 'budgetEur') return amountForPeople(after as number, 'EUR', v.language);
  return String(after);
}

/** What a draft would change in a published call; the rest of the page is what its publisher says. */
export function DraftNote({ v, model: { drafted } }: { v: Viewer; model: CallModel }) {
  if (!drafted) return null;
  return (
    <section class="card draft-note" aria-labelledby="draft-note">
      <h2 id="draft-note">{v.t('draft-note.heading')}</h2>
      <p>{v.t('draft-note.says', { day: dayText(v, drafted.day), version: drafted.version })}</p>
      <ul>
        {drafted.changes.map((change) => (
          <li key={change.field}>
            {change.field === 'text'
              ? v.t('draft-note.text')
              : v.t(`draft-note.${change.field}`, { to: afterText(v, change) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
