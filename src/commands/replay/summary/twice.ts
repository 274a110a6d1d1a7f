import type { SentMessage, SentItem } from '../../../notifications/store/notification-log.repository.js';

/** Something that appears in two messages to one reader. */
export interface AnnouncedTwice {
  profile: string;
  what: 'the same version of a call' | 'a call as new' | 'a change';
  key: string;
  messages: [string, string];
}

/**
 * Returns what a reader was told twice. A message that shows a version of a call covers everything up to it,
 * so a later one may not show the same version, announce the call as new, or announce a change up to that
 * version.
 */
export function announcedTwice(messages: SentMessage[], items: SentItem[]): AnnouncedTwice[] {
  const settled = new Map<string, SentItem[]>();
  for (const n of items)
    if (n.notificationId && n.callId)
      settled.set(n.notificationId, [...(settled.get(n.notificationId) ?? []), n]);
  const shown = new Map<string, { version: number; message: string }>();
  return messages.flatMap((message) =>
    message.items.flatMap(({ callId, version }): AnnouncedTwice[] => {
      const place = `${message.recipientId}/${callId}`;
      const earlier = shown.get(place);
      shown.set(place, { version: Math.max(version, earlier?.version ?? 0), message: message.id });
      if (!earlier) return [];
      const twice = (what: AnnouncedTwice['what'], key: string): AnnouncedTwice => ({
        profile: message.profileId!,
        what,
        key,
        messages: [earlier.message, message.id],
      });
      const of = (settled.get(message.id) ?? []).filter((n) => n.callId === callId);
      return [
        ...(version <= earlier.version
          ? [twice('the same version of a call', `call/${callId}/${version}`)]
          : []),
        ...of.filter((n) => n.kind === 'call').map((n) => twice('a call as new', n.key)),
        ...of
          .filter((n) => n.kind === 'change' && n.version! <= earlier.version)
          .map((n) => twice('a change', n.key)),
      ];
    }),
  );
}
