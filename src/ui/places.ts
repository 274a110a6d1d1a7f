import { may, seesAllInside } from '../kernel/actor.js';
import type { MessageKey } from '../i18n/all.js';
import type { Viewer } from './viewer.js';

/** The section that a page belongs to. */
export type Place =
  | 'inbox'
  | 'pipeline'
  | 'calls'
  | 'deadlines'
  | 'profile'
  | 'people'
  | 'team'
  | 'sheets'
  | 'newsletters'
  | 'sources'
  | 'cockpit'
  | 'institutes'
  | 'account'
  | 'notification-preferences'
  | 'messages'
  | 'channels'
  | 'like'
  | 'changes'
  | 'bottom-up'
  | 'invite'
  | 'why'
  | 'funded-projects'
  | 'joint'
  | 'participation'
  | 'groups'
  | 'papers'
  | 'audit'
  | 'privacy';

export interface Entry {
  place: Place;
  href: string;
  label: MessageKey;
}

const CALLS: Entry = { place: 'calls', href: '/calls', label: 'layout.calls' };
const DEADLINES: Entry = { place: 'deadlines', href: '/deadlines', label: 'deadlines.title' };
const SOURCES: Entry = { place: 'sources', href: '/sources', label: 'sources.title' };
const COCKPIT: Entry = { place: 'cockpit', href: '/network', label: 'cockpit.menu' };
const INSTITUTES: Entry = { place: 'institutes', href: '/institutes', label: 'network.title' };

/** The main menu: the pages of daily work. Everything else is under settings. */
export function placesOf({ actor }: Viewer, institute: { id: string } | undefined): Entry[] {
  if (!actor) return [];
  const id = institute?.id ?? actor.profileId;
  const of = (name: string): string => `/institutes/${id}/${name}`;
  const inside: Entry[] =
    id !== null && actor.profileId === id
      ? [
          { place: 'pipeline', href: of('pipeline'), label: 'pipeline.title' },
          { place: 'people', href: of('people'), label: 'people.title' },
        ]
      : [];
  return [
    ...(may(actor, 'network.read') ? [COCKPIT] : []),
    ...(may(actor, 'institute.read') ? [INSTITUTES] : []),
    ...(id === null
      ? []
      : [
          {
            place: 'inbox',
            href: of('inbox'),
            label: actor.profileId === id ? 'layout.inbox' : 'layout.matches',
          } as Entry,
        ]),
    ...inside.slice(0, 1),
    CALLS,
    DEADLINES,
    ...inside.slice(1),
  ];
}

/** Pages and actions that stand in no menu of their own, but are looked for by their name. */
export function actionsOf({ actor }: Viewer): Entry[] {
  if (!actor) return [];
  const of = (name: string): string => `/institutes/${actor.profileId}/${name}`;
  const inside: Entry[] =
    actor.profileId === null
      ? []
      : [
          { place: 'why', href: of('why'), label: 'why.link' },
          { place: 'funded-projects', href: of('profile/track-record'), label: 'record.title' },
        ];
  const network: Entry[] = may(actor, 'network.read')
    ? [
        { place: 'joint', href: '/network/joint', label: 'cockpit.tab.joint' },
        { place: 'participation', href: '/network/institutes', label: 'cockpit.institutes' },
        { place: 'groups', href: '/network/groups', label: 'cockpit.groups' },
        { place: 'papers', href: '/network/papers', label: 'papers.title' },
      ]
    : [];
  const invite =
    actor.profileId === null
      ? may(actor, 'coordinator.write') && '/coordinators'
      : may(actor, 'team.write') && of('team');
  return [
    { place: 'like', href: '/calls/like', label: 'like.tab' },
    { place: 'changes', href: '/changes', label: 'calls.tab-changes' },
    { place: 'bottom-up', href: '/bottom-up', label: 'layout.bottom-up' },
    ...inside,
    ...network,
    ...(invite ? [{ place: 'invite', href: invite, label: 'team.invite' } as const] : []),
    ...(may(actor, 'audit.review')
      ? [{ place: 'audit', href: '/audit', label: 'audit.title' } as const]
      : []),
    { place: 'privacy', href: '/privacy', label: 'privacy.title' },
  ];
}

/** The other pages, behind one button. */
export function settingsOf({ actor }: Viewer, institute: { id: string } | undefined): Entry[] {
  if (!actor) return [];
  const id = institute?.id ?? actor.profileId;
  const of = (name: string): string => `/institutes/${id}/${name}`;
  const channels: Entry = { place: 'channels', href: of('channels'), label: 'channels.title' };
  const ofInstitute: Entry[] =
    id === null
      ? []
      : [
          { place: 'profile', href: of('profile'), label: 'layout.profile' },
          { place: 'team', href: of('team'), label: 'team.title' },
          { place: 'messages', href: of('messages'), label: 'outbox.menu' },
          // Channels are closed to those whom the network let in after others.
          ...(seesAllInside(actor, id) ? [channels] : []),
          ...(actor.profileId === id
            ? ([
                { place: 'sheets', href: of('sheets'), label: 'sheets.title' },
                { place: 'newsletters', href: of('newsletters'), label: 'newsletters.title' },
              ] as Entry[])
            : []),
        ];
  const own: Entry[] =
    actor.personId === null
      ? []
      : [
          {
            place: 'notification-preferences',
            href: '/account/notification-preferences',
            label: 'preferences.title',
          },
          { place: 'account', href: '/account', label: 'account.title' },
        ];
  return [...ofInstitute, SOURCES, ...own];
}
