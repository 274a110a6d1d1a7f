import { sha256 } from '../../kernel/hash.js';
import type { DeliveryState } from '../../outbox/domain/tries.js';

/** An e-mail to one operator about an alarm, and its state. */
interface OperatorMail {
  toAddress: string;
  state: DeliveryState;
  attempts: number;
  error: string | null;
  nextTryAt: Date | null;
  sentAt: Date | null;
  sentWhere: string | null;
}

/** The delivery of an alarm to all operators. */
export interface AlarmDelivery {
  delivery: DeliveryState | 'none' | 'silenced' | 'incident' | 'settling';
  attempts: number;
  error: string | null;
  nextTryAt: Date | null;
  sentAt: Date | null;
  sentTo: string[];
  sentWhere: string | null;
}

/** Returns the id of an operator's e-mail about an alarm: the same for every process that writes it. */
export function mailIdOf(alarmId: string, address: string): string {
  const hash = sha256(`${alarmId}/${address}`);
  return [8, 12, 16, 20, 32].map((end, i, ends) => hash.slice(ends[i - 1] ?? 0, end)).join('-');
}

const isWaiting = ({ state }: OperatorMail): boolean => state === 'pending' || state === 'sending';

/**
 * Returns `sent` if nothing is waiting and at least one operator has it. `mails` are in the order in which
 * they were accepted; if empty, the state is `otherwise`.
 */
export function deliveryOf(
  mails: readonly OperatorMail[],
  otherwise: AlarmDelivery['delivery'],
): AlarmDelivery {
  const sent = mails.filter(({ state }) => state === 'sent');
  const waiting = mails.filter(isWaiting);
  const over = sent.length ? 'sent' : mails.length ? 'failed' : otherwise;
  const delivery = waiting.find(({ state }) => state === 'sending')?.state ?? waiting[0]?.state ?? over;
  const nextTries = waiting.flatMap(({ nextTryAt }) => nextTryAt ?? []);
  return {
    delivery,
    attempts: Math.max(0, ...mails.map((mail) => mail.attempts)),
    error: mails.flatMap((m) => (m.error === null ? [] : `${m.toAddress}: ${m.error}`)).join('; ') || null,
    nextTryAt: nextTries.sort((a, b) => a.getTime() - b.getTime())[0] ?? null,
    sentAt: delivery === 'sent' ? sent.at(-1)!.sentAt : null,
    sentTo: sent.map(({ toAddress }) => toAddress),
    sentWhere: sent.at(-1)?.sentWhere ?? null,
  };
}
