import { Tabs } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

const TABS = [
  { path: '/network', label: 'cockpit.title' },
  { path: '/network/joint', label: 'cockpit.tab.joint' },
  { path: '/network/institutes', label: 'cockpit.institutes' },
  { path: '/network/groups', label: 'cockpit.groups' },
  { path: '/network/papers', label: 'papers.title' },
] as const;
export type CockpitPath = (typeof TABS)[number]['path'];

export const CockpitTabs = ({ v, path }: { v: Viewer; path: CockpitPath }) => (
  <Tabs
    label={v.t('cockpit.tabs')}
    tabs={TABS.map((tab) => ({ path: tab.path, name: v.t(tab.label), isShown: tab.path === path }))}
  />
);

/** The field to choose a group; the choice is part of the address. */
export const GroupField = ({
  v,
  groups,
  chosen,
}: {
  v: Viewer;
  groups: { id: string; name: string }[];
  chosen: string | undefined;
}) => (
  <div class="field">
    <label for="group">{v.t('cockpit.group')}</label>
    <select id="group" name="group">
      <option value="">{v.t('cockpit.all')}</option>
      {groups.map((g) => (
        <option key={g.id} value={g.id} selected={chosen === g.id}>
          {g.name}
        </option>
      ))}
    </select>
  </div>
);
