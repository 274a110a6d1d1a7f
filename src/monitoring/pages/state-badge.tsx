import { isGood } from '../domain/subject.js';
import type { MessageKey } from '../../i18n/all.js';
import type { Viewer } from '../../ui/viewer.js';

const TONES: Record<string, string> = {
  new: 'unknown',
  quiet: 'doubt',
  doubtful: 'doubt',
  throttled: 'doubt',
  late: 'doubt',
  long: 'doubt',
  hampered: 'doubt',
  'nearly-full': 'doubt',
  overdue: 'doubt',
  unproven: 'doubt',
};

/** A state in words, coloured by severity. */
export function StateBadge({ v, state }: { v: Viewer; state: string }) {
  return (
    <span class={`badge state ${isGood(state) ? 'well' : (TONES[state] ?? 'trouble')}`}>
      {v.t(`sources.state.${state}` as MessageKey)}
    </span>
  );
}

/** The program's own note, which is in English. */
export function Reason({ v, reason }: { v: Viewer; reason: string }) {
  return (
    <p class="reason small">
      <span class="muted">{v.t('sources.detail')}</span> {v.t('text.quote-open')}
      <span class="noted" lang="en">
        {reason}
      </span>
      {v.t('text.quote-close')}
    </p>
  );
}
