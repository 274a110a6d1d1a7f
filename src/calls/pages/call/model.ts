import type { InstituteHead } from '../../../ui/layout.js';
import type { CallView } from '../../api/call-views.js';
import type { EventView } from '../../api/change-views.js';
import type { CallContext } from '../../api/neighbour-views.js';
import type { PartnersOfCall } from '../../../harvest/api/partner-search-views.js';
import type { ShownMatch } from '../../../matching/index.js';
import type { Reasons } from '../../../matching/domain/index.js';
import type { TogetherOfCall } from '../../../together/pages/interest-card.js';
import type { NetworkModel } from './network-side.js';
import type { OwnSide } from './own-side.js';

/** What an institute has of its own on a call. */
export type Own = Awaited<ReturnType<OwnSide['of']>>;

/** A note that could not be taken, and why. */
export interface NoteDraft {
  text: string;
  error: string;
}

/** All that the page of a call shows. */
export interface CallModel {
  call: CallView & { document: string | null };
  /** Newest first. */
  events: EventView[];
  context: CallContext;
  /** What its publisher wrote on it, the newest first. */
  officialNotes: { day: string; text: string }[];
  /** The newest partner searches for it. */
  partners: PartnersOfCall;
  /** Whose page of the call it is; null where the network looks at it for no institute. */
  institute: InstituteHead | null;
  match: ShownMatch | null;
  reasons: Reasons | null;
  /** Null for whoever is not of the institute. */
  own: Own | null;
  note: NoteDraft | null;
  /** What institutes opened to one another. */
  together: TogetherOfCall;
  /** Whether the viewer follows it. */
  following: boolean;
  /** For the network, where it looks at it for no institute. */
  network: NetworkModel | null;
  /** The names of sources by id. */
  sources: Map<string, string>;
}

/** Where a call stands for the institute whose page this is. */
export const callPath = (institute: { id: string } | null, callId: string): string =>
  institute ? `/institutes/${institute.id}/calls/${callId}` : `/calls/${callId}`;
