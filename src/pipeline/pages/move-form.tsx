import type { OpportunityView } from '../api/opportunity-views.js';
import type { Viewer } from '../../ui/viewer.js';
import { opportunityPath, stageName } from './bid-words.js';

interface Shown {
  v: Viewer;
  profileId: string;
  opportunity: OpportunityView;
  back: string;
  /** Whether to show a field for the reason. */
  why?: boolean;
}

/** The form that moves an opportunity to one of the next stages. */
export function MoveForm({ v, profileId, opportunity: o, back, why }: Shown) {
  return (
    <form
      method="post"
      action={`${opportunityPath(profileId, o.id)}/stage`}
      class={why ? 'move' : 'move row'}
      aria-label={v.t('pipeline.move-one', { title: o.call.title })}
    >
      <input type="hidden" name="from" value={o.stage} />
      <input type="hidden" name="back" value={back} />
      <label>
        {why ? v.t('pipeline.move') : <span class="hidden-visually">{v.t('pipeline.move')}</span>}{' '}
        <select name="stage">
          {o.next.map((stage) => (
            <option key={stage} value={stage}>
              {stageName(v, stage)}
            </option>
          ))}
        </select>
      </label>
      {why && (
        <label>
          {v.t('pipeline.why')} <input name="why" maxLength={2_000} />
        </label>
      )}
      <button type="submit">{v.t('pipeline.move-do')}</button>
    </form>
  );
}
