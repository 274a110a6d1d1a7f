import type { CallContent } from '../../../calls/domain/call-content.js';
import { callOfTopic, ownIdentifier } from '../../../calls/domain/related-calls.js';
import { brusselsDate } from '../../../kernel/brussels.js';
import {
  documentKey,
  isLegalAct,
  type AwardedProposal,
  type CommitteeDocument,
} from './committee-document.js';

const lower = (text: string): string => text.trim().toLowerCase();

/** Returns the calls and topics that a document's title or annex names, in small letters. */
export function namesIn(
  { title }: Pick<CommitteeDocument, 'title'>,
  proposals: readonly AwardedProposal[],
): string[] {
  const words = title.match(/[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*/g) ?? [];
  const inTitle = words.flatMap((word, i) => {
    if (!/[a-z]-/i.test(word)) return [];
    const next = words[i + 1] ?? '';
    // Titles tear the last word of some identifiers: `HORIZON-EIC-2025-PATHFINDER CHALLENGES`.
    return /^[A-Z]+$/.test(next) ? [lower(word), lower(word + next)] : [lower(word)];
  });
  return [...new Set([...inTitle, ...proposals.flatMap(({ topic }) => (topic ? [lower(topic)] : []))])];
}

type Named = Pick<CallContent, 'kind' | 'identifier' | 'callIdentifier'>;

/**
 * Returns how documents may name a call: as its topic, its call, or its call without the number that the
 * portal adds (`HORIZON-MSCA-2025-DN` is `HORIZON-MSCA-2025-DN-01` there). A year alone is no call's name.
 */
export function namesOf(call: Named): string[] {
  const whole = callOfTopic(call);
  const [, family] = /^(.*[a-z])-\d\d$/.exec(lower(whole ?? '')) ?? [];
  return [ownIdentifier(call), whole, family].flatMap((name) => (name ? [lower(name)] : []));
}

/** A draft decision to award grants, with the vote on it if there was one. */
export interface Award {
  document: string;
  title: string;
  /** The day in Brussels on which it was put before its committee. */
  day: string;
  /** Until when the committee votes; null if the register does not say. */
  votesUntil: string | null;
  /** The document with the result of the vote; null if there is none yet. */
  vote: string | null;
  proposals: AwardedProposal[];
}

/** What of a document says whether it is about an award. */
export interface NamingDocument {
  content: CommitteeDocument;
  proposals: AwardedProposal[];
}

/**
 * Returns the draft decisions among documents that name a call, newest first, each in its last version and
 * with its vote, which has the same meeting and repeats the title.
 */
export function awardsOf(documents: readonly NamingDocument[]): Award[] {
  const isLast = ({ content: { reference, version } }: NamingDocument): boolean =>
    !documents.some((d) => d.content.reference === reference && d.content.version > version);
  const votes = documents.map(({ content }) => content).filter(({ type }) => type === 'V');
  const voteOn = ({ meeting, committee, title }: CommitteeDocument): CommitteeDocument | undefined =>
    votes.find(
      (vote) =>
        vote.meeting === meeting && vote.committee === committee && lower(vote.title).includes(lower(title)),
    );
  return documents
    .filter((d) => isLegalAct(d.content) && isLast(d))
    .map(({ content, proposals }) => {
      const vote = voteOn(content);
      return {
        document: documentKey(content),
        title: content.title,
        day: brusselsDate(new Date(content.createdAt)),
        votesUntil: content.meetingEnds,
        vote: vote ? documentKey(vote) : null,
        proposals,
      };
    })
    .sort((a, b) => b.day.localeCompare(a.day) || b.document.localeCompare(a.document));
}
