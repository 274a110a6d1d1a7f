import type { MessageKey } from '../../i18n/all.js';
import type { Viewer } from '../../ui/viewer.js';

const TABS: { path: string; label: MessageKey }[] = [
  { path: '/calls', label: 'calls.tab' },
  { path: '/changes', label: 'calls.tab-changes' },
  { path: '/calls/like', label: 'like.tab' },
  { path: '/bottom-up', label: 'layout.bottom-up' },
];

/**
 * The views of all calls: the list, the changes, calls like a project idea, and those open to any subject.
 */
export const Tabs = ({ v, path }: { v: Viewer; path: string }) => (
  <nav class="tabs no-print" aria-label={v.t('calls.tabs')}>
    <ul>
      {TABS.map((tab) => (
        <li key={tab.path}>
          <a href={tab.path} aria-current={tab.path === path ? 'page' : undefined}>
            {v.t(tab.label)}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
