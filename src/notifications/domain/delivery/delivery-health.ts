import { momentForPeople } from '../../../calls/domain/facts/deadline.js';

export interface DeliveryFacts {
  channel: string;
  /** How many were accepted within the last day, and when the last one was. */
  accepted: number;
  lastAcceptedAt: Date | null;
  /** Messages written since then of which no try succeeded: their readers, and the most tries of one. */
  refusedReaders: number;
  refusedTries: number;
  refusedSince: Date | null;
  /** Messages that wait after several tries. */
  struggling: number;
  /** Messages that were given up, and came in no later one. */
  givenUp: number;
  /** Addresses to which nothing is sent any more since the last day, because they do not exist. */
  stopped: number;
  /** The last answer to a message that was not accepted. */
  answer: string | null;
}

export type DeliveryState = 'ok' | 'failing' | 'incomplete' | 'hampered';

/** So many readers of whom none could be reached are no accident. */
const READERS = 3;
/** So many tries of an e-mail take half an hour: greylisting is over by then. */
export const SEVERAL_TRIES = 5;
/** More than this share of a day's messages is no matter of single addresses. */
const SHARE = 0.1;

const counted = (n: number, one: string, several = `${one}s`): string => `${n} ${n === 1 ? one : several}`;

/**
 * Judges how a channel delivers; `oneServer` says whether all its messages pass the same server, so that even
 * one that is refused again and again says something about all. The worst is reported first.
 */
export function judgeDelivery(
  facts: DeliveryFacts,
  oneServer: boolean,
  now: Date,
): { state: DeliveryState; reason: string | null; since: Date | null } {
  const { accepted, lastAcceptedAt, refusedReaders, refusedTries, struggling, givenUp, stopped } = facts;
  const judged = (state: DeliveryState, said: string[], since: Date | null = null) => ({
    state,
    reason: [...said, ...(facts.answer === null ? [] : [`the last answer: ${facts.answer}`])].join('; '),
    since,
  });
  if (refusedReaders >= READERS || (oneServer && refusedTries >= SEVERAL_TRIES)) {
    const last = lastAcceptedAt
      ? `the last one was accepted on ${momentForPeople(lastAcceptedAt, now, 'en').moment}`
      : 'none was ever accepted';
    return judged(
      'failing',
      [`messages to ${counted(refusedReaders, 'reader')} wait, ${last}`],
      facts.refusedSince,
    );
  }
  if (givenUp > 0 || stopped > 0)
    return judged('incomplete', [
      ...(givenUp > 0 ? [`${counted(givenUp, 'message was', 'messages were')} given up`] : []),
      ...(stopped > 0
        ? [`${counted(stopped, 'address does', 'addresses do')} not exist, and nothing more is sent there`]
        : []),
    ]);
  if (struggling >= READERS && struggling > SHARE * (struggling + accepted))
    return judged('hampered', [
      `${counted(struggling, 'message waits', 'messages wait')} after several tries, ${accepted} were accepted within a day`,
    ]);
  return { state: 'ok', reason: null, since: null };
}
