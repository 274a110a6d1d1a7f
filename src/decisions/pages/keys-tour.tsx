import type { MessageKey } from '../../i18n/all.js';
import type { Viewer } from '../../ui/viewer.js';

/** The keys for working through a list. */
const SIX: { key: string; does: MessageKey }[] = [
  { key: 'j', does: 'inbox.tour.j' },
  { key: 's', does: 'inbox.tour.s' },
  { key: 't', does: 'inbox.tour.t' },
  { key: 'l', does: 'inbox.tour.l' },
  { key: 'n', does: 'inbox.tour.n' },
  { key: 'u', does: 'inbox.tour.u' },
];

/**
 * Six keys to try on the first calls: each is ticked once pressed, and after trying all of them, or closing
 * the list, the user does not see it again in this browser. Without scripts it is a list behind a question
 * mark.
 */
export const KeysTour = ({ v }: { v: Viewer }) => (
  <details class="tour no-print" id="tour">
    <summary>
      <kbd>?</kbd> {v.t('inbox.tour')}
    </summary>
    <div class="tour-row small">
      <ol>
        {SIX.map(({ key, does }) => (
          <li key={key} data-key={key}>
            <kbd>{key}</kbd> {v.t(does)} <span class="hidden-visually tried">{v.t('inbox.tour.tried')}</span>
          </li>
        ))}
      </ol>
      <button type="button" class="plain script-only" id="tour-close">
        {v.t('inbox.tour.close')}
      </button>
    </div>
  </details>
);
