/** All recorded actions. */
export type Action =
  | 'session.begun'
  | 'session.ended'
  | 'sign-in.failed'
  | 'person.invited'
  | 'person.role'
  | 'person.renamed'
  | 'person.address'
  | 'person.removal-asked'
  | 'person.kept'
  | 'person.let-in'
  | 'person.removed'
  | 'person.erased'
  | 'key.made'
  | 'key.revoked'
  | 'passkey.made'
  | 'passkey.used'
  | 'passkey.failed'
  | 'passkey.removed'
  | 'contact.added'
  | 'contact.confirmed'
  | 'contact.admitted'
  | 'contact.removed'
  | 'channel.added'
  | 'channel.changed'
  | 'channel.removed'
  | 'profile.added'
  | 'profile.changed'
  | 'preferences.changed'
  | 'threshold.set-aside'
  | 'threshold.followed'
  | 'suggestion.declined'
  | 'suggestion.allowed'
  | 'calendar.made'
  | 'calendar.revoked'
  | 'feed.made'
  | 'feed.revoked'
  | 'researcher.added'
  | 'researcher.changed'
  | 'researcher.removed'
  | 'newsletter.sent'
  | 'newsletter-reader.added'
  | 'newsletter-reader.removed'
  | 'newsletter-reader.left'
  | 'newsletter-reader.returned'
  | 'decision.made'
  | 'decision.undone'
  | 'exported'
  | 'personal-data.erased'
  | 'reader.set'
  | 'reader.removed'
  | 'admin-token.made'
  | 'sending.held'
  | 'sending.resumed'
  | 'retention.done';

/**
 * What the network may know of an institute, because it sees its people and its profile anyway; the rest
 * stays internal, except what the network itself did there.
 */
export const SEEN_BY_NETWORK: readonly Action[] = [
  'person.invited',
  'person.role',
  'person.removal-asked',
  'person.kept',
  'person.let-in',
  'person.removed',
  'profile.added',
  'profile.changed',
];
