/** Words of permanent refusals that concern us, not the address: a relay, a block list, a policy. */
const OF_US = /relay|block|black-?list|spam|polic|reputation|denied/i;

/** Returns what follows the class in an enhanced status code (RFC 3463); null if there is no code. */
function subjectAndDetail(status: string | null): [number, number] | null {
  const [, subject, detail] = /^5\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? [];
  return subject === undefined ? null : [Number(subject), Number(detail)];
}

/** The sender's address. */
const OF_SENDER = [7, 8];

/** Codes that do not blame the address: the sender's, a full mailbox, a message too long, a loop. */
const OTHERWISE: Record<number, number[]> = { 1: OF_SENDER, 2: [2, 3, 4], 4: [5, 6] };

/**
 * Whether a permanent refusal means that the address does not exist. A server that blocks us, or refuses to
 * relay, must not stop the address of every recipient. `status` is like 5.1.1; if it is missing or general,
 * the words decide.
 */
export function blamesAddress(status: string | null, words: string): boolean {
  const [subject, detail] = subjectAndDetail(status) ?? [0, 0];
  if (subject === 0) return !OF_US.test(words);
  return [1, 2, 4].includes(subject) && !OTHERWISE[subject]?.includes(detail);
}

/** Whether a permanent refusal concerns us, so that every message would meet it until someone intervenes. */
export function blamesUs(status: string | null, words: string): boolean {
  const [subject, detail] = subjectAndDetail(status) ?? [0, 0];
  return (
    subject === 7 || (subject === 1 && OF_SENDER.includes(detail)) || (subject === 0 && OF_US.test(words))
  );
}

/** Returns the enhanced status code of an SMTP reply, as in `550 5.1.1 no such user`; null if none. */
export const statusOfReply = (reply: string): string | null =>
  /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?= |$)/.exec(reply)?.[1] ?? null;
