import { Injectable } from '@nestjs/common';
import { grouped } from '../../domain/grouping.js';
import { changeSentences } from '../../domain/notification/change-sentences.js';
import type { CallItem, ReminderItem } from '../../domain/notification/message.js';
import { remindersOf } from '../../domain/notification/reminders.js';
import { nextDigestAt } from '../../domain/notification/next-message.js';
import { URGENCIES } from '../../domain/notification/urgency.js';
import type { NoticeEntity } from '../../persistence/entities/notice.entity.js';
import { MessageRepository } from '../../persistence/repositories/message.repository.js';
import { TellingRepository } from '../../persistence/repositories/telling.repository.js';
import { CallItems, type TellableCall } from './call-items.js';
import type { Names } from './names.js';
import type { Reading } from './reader.js';
import { SearchHits } from './search-hits.js';

/** A call with the notices that it settles. */
export interface ToldCall { item: CallItem & { matchId: string | null }; notices: NoticeEntity[] }
export interface Dropped { key: string; why: string }

/** A reminder with the notices that keep it from being told again. */
export interface ToldReminder { item: ReminderItem; keys: string[] }

const OVER = 'the call was over before it could be told';
const NO_FIT = 'it does not fit any more';
const REFUSED = 'the institute said that it is not for it';
const CAME_BACK = 'what had changed is as it was before';

/** Turns what waits for somebody into what a message says of calls. */
@Injectable()
export class DigestContent {
  constructor(
    private readonly items: CallItems,
    private readonly telling: TellingRepository,
    private readonly messages: MessageRepository,
    private readonly searches: SearchHits,
  ) {}

  /** What is to be told of calls, the urgent first and then the best, topics of one call together; and what is told no more. */
  async calls(reading: Reading, names: Names, waiting: NoticeEntity[]): Promise<{ told: ToldCall[]; dropped: Dropped[] }> {
    const byCall = grouped(waiting.filter((n) => n.kind === 'call' || n.kind === 'change'), (n) => (n.callId === null ? [] : [n.callId]));
    const searches = await this.searches.among(reading.follows, [...byCall.keys()]);
    const calls = await this.items.of(reading, names, [...byCall.keys()], { least: reading.least, searches });
    // Up to the version that is shown: a later change is an event of its own.
    const changes = await this.telling.changesSince([...byCall].map(([callId, notices]) => (
      { callId, version: Math.min(...notices.map((n) => n.version!)) - 1, upTo: calls.get(callId)?.version ?? 0 })));
    const [told, dropped]: [ToldCall[], Dropped[]] = [[], []];
    for (const [callId, notices] of byCall) {
      const call = calls.get(callId);
      const isNew = notices.some((n) => n.kind === 'call');
      const item = call && { ...call, changes: isNew ? [] : (changes.get(callId) ?? []), urgency: urgencyOf(notices) };
      const why = item ? whyNot(item, isNew) : OVER;
      if (why !== null) dropped.push(...notices.map(({ key }) => ({ key, why })));
      else told.push({ item: item!, notices });
    }
    return { told: sistersTogether(told.sort(byWeight)), dropped };
  }

  /** Deadlines that come before the next digest but one; of calls that the same message tells of they are only noted. */
  async reminders(reading: Reading, names: Names, now: Date): Promise<ToldReminder[]> {
    const ids = await this.telling.reminded(reading.recipient.id, reading, now);
    const [calls, told] = [await this.items.of(reading, names, ids, { least: 0 }), await this.messages.reminded(reading.recipient.id, ids)];
    const next = nextDigestAt(null, reading.wishes, now);
    const all = [...calls.values()].filter((c) => !c.refused).flatMap(({ callId, call, because, pageUrl }) =>
      remindersOf(callId, call.deadlines, reading.wishes.deadlineDays, { now, next, told }).map(({ deadline, left, keys }) => (
        { item: { callId, call, deadline, daysLeft: left, because, pageUrl }, keys })));
    return all.sort((a, b) => Date.parse(a.item.deadline.at) - Date.parse(b.item.deadline.at));
  }
}

/** Why a call is not told after all; null where it is. */
function whyNot({ status, refused, because, changes, call }: TellableCall & { changes: CallItem['changes'] }, isNew: boolean): string | null {
  const followed = because.some((b) => b.kind === 'call');
  if (refused && !followed) return REFUSED;
  if (isNew) return status === 'closed' || status === 'withdrawn' ? OVER : because.length ? null : NO_FIT;
  if (status === 'closed') return OVER;
  return changeSentences(changes, 'en', call).length ? null : CAME_BACK;
}

/** The gravest of what is urgent. */
const urgencyOf = (notices: NoticeEntity[]): CallItem['urgency'] => URGENCIES.find((u) => notices.some((n) => n.urgency === u)) ?? null;

const scoreOf = ({ item }: ToldCall): number => item.match?.score ?? 0;
const byWeight = (a: ToldCall, b: ToldCall): number =>
  Number(b.item.urgency !== null) - Number(a.item.urgency !== null) || scoreOf(b) - scoreOf(a) || (a.item.callId < b.item.callId ? -1 : 1);

/** Topics of one call stand behind the best of them. */
function sistersTogether(told: ToldCall[]): ToldCall[] {
  const families = grouped(told, ({ item }) => [item.call.callIdentifier ?? item.callId]);
  return [...families.values()].flat();
}
