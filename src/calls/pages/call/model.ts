import { z } from 'zod';
import type { SummaryView } from '../../domain/summary.js';
import type { InstituteHead } from '../../../ui/page.js';
import type { Restriction } from '../../domain/requirements.js';
import type { CallView } from '../../api/call-views.js';
import type { EventView } from '../../api/change-views.js';
import type { CallContext } from '../../api/neighbour-views.js';
import type { QuestionsOfCall } from '../../../harvest/questions.js';
import type { PartnersOfCall } from '../../../harvest/api/partner-search-views.js';
import type { ShownMatch } from '../../../matching/match-of-call.js';
import type { Reasons } from '../../../matching/domain/explanation/marked-reasons.js';
import type { SharedOfCall } from '../../../network/pages/interest.controller.js';
import type { CallProjects } from '../../../funded-projects/api/won-views.js';
import type {
  DraftedChange,
  MergedInto,
  DraftHistory,
} from '../../../harvest/domain/drafts/draft-history.js';
import type { InstituteCallContext, NetworkModel } from './institute-context.js';

export type Own = Awaited<ReturnType<InstituteCallContext['forCall']>>;

/** Of words looked for in the questions on a call. */
export const LONGEST_SEARCH = 200;

export const CALL_QUERY = { questions: z.string().trim().max(LONGEST_SEARCH).optional() };
export type CallQuery = { [K in keyof typeof CALL_QUERY]: z.output<(typeof CALL_QUERY)[K]> };

/** A rejected note, and why. */
export interface NoteDraft {
  text: string;
  error: string;
}

export interface CallModel {
  /** With the sentences that a language model found to bind who answers. */
  call: CallView & { summary: SummaryView | null; document: string | null; binding: Restriction[] };
  /** Newest first. */
  events: EventView[];
  context: CallContext;
  /** Notes by its publisher, newest first. */
  officialNotes: { day: string; text: string }[];
  /** What the newest draft would change in it, if it is published. */
  drafted: DraftedChange | null;
  mergedInto: MergedInto | null;
  /** Who won before under the topics that it continues. */
  won: CallProjects;
  /** From its first draft on; null if it never was in one, or has not changed since. */
  draftHistory: DraftHistory | null;
  /** Its newest partner searches. */
  partners: PartnersOfCall;
  /** What others asked about its topic. */
  questions: QuestionsOfCall;
  /** The institute whose page of the call it is; null if the network views it for none. */
  institute: InstituteHead | null;
  match: ShownMatch | null;
  reasons: Reasons | null;
  /** Null for viewers outside the institute. */
  own: Own | null;
  note: NoteDraft | null;
  /** What institutes have shared with each other. */
  shared: SharedOfCall;
  following: boolean;
  /** For the network, if it views the call for no institute. */
  network: NetworkModel | null;
  sources: Map<string, string>;
}

export const callPath = (institute: { id: string } | null, callId: string): string =>
  institute ? `/institutes/${institute.id}/calls/${callId}` : `/calls/${callId}`;
