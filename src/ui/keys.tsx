import type { MessageKey } from '../i18n/all.js';
import type { Viewer } from './viewer.js';

/** A shortcut, and what it does on its page. */
export interface Key {
  key: string;
  does: MessageKey;
}

/** The hint on shortcuts, their list, and the switch that disables them (WCAG 2.1.4). */
export function Keys({ v, keys }: { v: Viewer; keys: readonly Key[] }) {
  return (
    <div class="script-only no-print keys">
      <button class="plain small" type="button" id="keys-open" aria-haspopup="dialog">
        <kbd>?</kbd> {v.t('inbox.keys')}
      </button>
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
            {keys.map(({ key, does }) => (
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
