import type { CallContent } from '../../calls/domain/call-content.js';
import { type Award, awardsOf, namesOf, type NamingDocument } from '../../harvest/domain/drafts/award.js';
import type { AwardedProposal } from '../../harvest/domain/drafts/committee-document.js';
import { brusselsDate } from '../../kernel/brussels.js';
import type { Facts } from './opportunity.js';
import { amountForPeople } from '../../calls/domain/facts/budget.js';
import { dateForPeople } from '../../calls/domain/facts/deadline.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';

/** A draft decision on the awards of the call that a bid answers. */
export interface Result extends Omit<Award, 'proposals'> {
  /** What its annex says of the bid; null if it does not name it, or is in an unknown form. */
  named: AwardedProposal | null;
}

/** What of a bid decides which decisions concern it. */
export interface SubmittedBid extends Pick<Facts, 'acronym' | 'proposalNumber'> {
  id: string;
  deadlineAt: string | null;
  call: Pick<CallContent, 'kind' | 'identifier' | 'callIdentifier'>;
}

const plain = (text: string | null): string => text?.replace(/\s/g, '').toLowerCase() ?? '';

/** A number names one proposal; an acronym may be taken again in another topic. */
function isNamed(
  { number, acronym, topic }: AwardedProposal,
  bid: SubmittedBid,
  names: readonly string[],
): boolean {
  if (plain(bid.proposalNumber) !== '') return plain(bid.proposalNumber) === number;
  return plain(bid.acronym) !== '' && plain(bid.acronym) === plain(acronym) && names.includes(plain(topic));
}

/**
 * Returns what the decisions that name its call say of a submitted bid: those that name it first, then the
 * newest. What was put before the committee before the bid's closing date was about others.
 */
export function resultsOf(bid: SubmittedBid, awards: readonly Award[]): Result[] {
  const names = namesOf(bid.call);
  const results = awards
    .filter(({ day }) => bid.deadlineAt === null || day > brusselsDate(new Date(bid.deadlineAt)))
    .map(({ proposals, ...award }) => ({
      ...award,
      named: proposals.find((proposal) => isNamed(proposal, bid, names)) ?? null,
    }));
  return [...results.filter((r) => r.named), ...results.filter((r) => !r.named)];
}

/** Returns the same for many bids, by bid, from the documents that name any of their calls. */
export const resultsOfBids = (
  bids: readonly SubmittedBid[],
  documents: readonly (NamingDocument & { names: readonly string[] })[],
): Map<string, Result[]> =>
  new Map(
    bids.map((bid) => {
      const names = namesOf(bid.call);
      const own = documents.filter((d) => d.names.some((name) => names.includes(name)));
      return [bid.id, resultsOf(bid, awardsOf(own))];
    }),
  );

/**
 * Says how far the draft decision on the awards is: "Results are near: the committee votes until …"; `known`
 * if the bid has its result.
 */
export function resultText(
  { votesUntil, voted, known }: Pick<Result, 'votesUntil'> & { voted: boolean; known: boolean },
  today: string,
  language: Language,
): string {
  const [t, is] = [translateTo(language), known ? 'yes' : 'no'];
  if (voted) return t('result.voted', { known: is });
  if (votesUntil === null) return t('result.put', { known: is });
  const day = dateForPeople(votesUntil, language);
  return t(votesUntil < today ? 'result.ended' : 'result.votes', { known: is, day });
}

/** Says what the annex of a draft decision has of the bid. */
export function namedText({ number, acronym, grant }: AwardedProposal, language: Language): string {
  return translateTo(language)('result.named', {
    name: acronym === null ? number : `${acronym} (${number})`,
    grant: grant === null ? 'none' : amountForPeople(grant, 'EUR', language),
  });
}
