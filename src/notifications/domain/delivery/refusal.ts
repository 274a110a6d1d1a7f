/**
 * Where what was said permanently speaks of us and not of the address: of a relay, a block list, a policy.
 */
const OF_US = /relay|block|black-?list|spam|polic|reputation|denied/i;

/** What an enhanced status code (RFC 3463) holds behind its class; null where there is none. */
function subjectAndDetail(status: string | null): [number, number] | null {
  const [, subject, detail] = /^5\.(\d{1,3})\.(\d{1,3})$/.exec(status ?? '') ?? [];
  return subject === undefined ? null : [Number(subject), Number(detail)];
}

/** Of the sender's address. */
const OF_SENDER = [7, 8];

/**
 * Codes that say nothing of the address although they are of its kind: the sender's, a mailbox that is full,
 * a message too long, a loop.
 */
const OTHERWISE: Record<number, number[]> = { 1: OF_SENDER, 2: [2, 3, 4], 4: [5, 6] };

/**
 * Whether a refusal for good says that there is nobody at the address. That a server blocks us, or that we
 * may not relay, must not stop the address of everybody whom we write to. `status` is as 5.1.1; without it,
 * and where it is general, the words decide.
 */
export function blamesAddress(status: string | null, words: string): boolean {
  const [subject, detail] = subjectAndDetail(status) ?? [0, 0];
  if (subject === 0) return !OF_US.test(words);
  return [1, 2, 4].includes(subject) && !OTHERWISE[subject]?.includes(detail);
}

/** Whether a refusal for good speaks of us, so that every message would meet it until a person has looked. */
export function blamesUs(status: string | null, words: string): boolean {
  const [subject, detail] = subjectAndDetail(status) ?? [0, 0];
  return (
    subject === 7 || (subject === 1 && OF_SENDER.includes(detail)) || (subject === 0 && OF_US.test(words))
  );
}

/** The enhanced status code of an SMTP reply, as in `550 5.1.1 no such user`; null where it has none. */
export const statusOfReply = (reply: string): string | null =>
  /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})(?= |$)/.exec(reply)?.[1] ?? null;
