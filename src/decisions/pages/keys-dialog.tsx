import type { MessageKey } from '../../i18n/all.js';
import type { Viewer } from '../../ui/viewer.js';

const KEYS: { key: string; does: MessageKey }[] = [
  { key: 'j', does: 'inbox.key.j' },
  { key: 'k', does: 'inbox.key.k' },
  { key: 's', does: 'inbox.key.s' },
  { key: 't', does: 'inbox.key.t' },
  { key: 'l', does: 'inbox.key.l' },
  { key: 'n', does: 'inbox.key.n' },
  { key: 'u', does: 'inbox.key.u' },
  { key: '⏎', does: 'inbox.key.enter' },
  { key: 'o', does: 'inbox.key.o' },
  { key: '/', does: 'inbox.key.search' },
  { key: '?', does: 'inbox.key.help' },
  { key: 'Esc', does: 'inbox.key.escape' },
];

/** The hint on shortcuts, their list, and the switch that disables them (WCAG 2.1.4). */
export function Keys({ v }: { v: Viewer }) {
  return (
    <div class="script-only no-print keys">
      <p class="small muted">
        <span class="keys-hint">{v.t('inbox.keys-hint')}</span>{' '}
        <button class="plain" type="button" id="keys-open" aria-haspopup="dialog">
          <kbd>?</kbd> {v.t('inbox.keys')}
        </button>
      </p>
      <dialog id="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">{v.t('inbox.keys')}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{v.t('inbox.key')}</th>
              <th scope="col">{v.t('inbox.key-does')}</th>
            </tr>
          </thead>
          <tbody>
            {KEYS.map(({ key, does }) => (
              <tr key={key}>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{v.t(does)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <label class="choice">
          <input type="checkbox" id="keys-on" checked /> {v.t('inbox.keys-on')}
        </label>
        <form method="dialog">
          <button type="submit">{v.t('inbox.keys-close')}</button>
        </form>
      </dialog>
    </div>
  );
}
