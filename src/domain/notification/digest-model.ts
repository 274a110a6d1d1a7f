import type { CallContent } from '../call/call-content.js';
import type { MatchScore } from '../matching/match.js';
import type { Contact, Language } from '../profile/profile.js';
import type { SourceAge } from './source-age.js';

/** One call that is told to a contact, as it is when the mail is written. */
export interface DigestItem {
  callId: string;
  call: CallContent;
  match: MatchScore;
  /** What has changed, in sentences of the contact's language; empty for a call that is new to the profile. */
  changes: string[];
  /** It stood in its source already when that was read for the first time: not told before, but not new there. */
  stood?: boolean;
}

/** All that a digest mail is made of. The mail is a snapshot: nothing is looked up while it is rendered. */
export interface Digest {
  /** `first` opens a subscription with the best open calls; `digest` tells what is new or has changed since. */
  kind: 'first' | 'digest';
  contact: Contact & { language: Language };
  profile: { id: string; name: string };
  items: DigestItem[];
  /** Calls of a first mail that are still to open: shortly named, since there is time to find partners for them. */
  coming: DigestItem[];
  /** How many further calls fit and stay untold. */
  more: number;
  /** Says that a `digest` without items is meant. Without it one is refused: nobody wants a mail for no news by mistake. */
  nothing?: boolean;
  /** How old the knowledge from each source is (null where no harvest of it has succeeded yet), and how it does. */
  sources: SourceAge[];
  /** The institute's inbox, for those who can sign in there. */
  inboxUrl?: string;
  unsubscribeUrl: string;
  /** The calls are invented; the mail says so before anything else. */
  sample: boolean;
  now: Date;
}

/** A mail's three texts. */
export interface RenderedDigest {
  subject: string;
  text: string;
  html: string;
}
