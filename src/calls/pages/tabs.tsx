import type { MessageKey } from '../../i18n/all.js';
import { Tabs } from '../../ui/parts.js';
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
export const CallTabs = ({ v, path }: { v: Viewer; path: string }) => (
  <Tabs
    label={v.t('calls.tabs')}
    tabs={TABS.map((tab) => ({ path: tab.path, name: v.t(tab.label), isShown: tab.path === path }))}
  />
);
