import type { INestApplicationContext } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ProfileRepository } from '../../../profiles/store/profile.repository.js';
import { NotificationLog } from '../../../notifications/store/notification-log.repository.js';
import type { ReplayOptions } from '../options.js';
import { writeWhole } from '../progress-file.js';
import type { DuePlan, TrueEvent } from './forward.js';
import type { Spread } from '../../../kernel/spread.js';
import { type Summary, summaryOf } from './summary.js';
import { say } from '../../../platform/say.js';

const Line = z.object({ day: z.iso.date(), kind: z.string(), reference: z.string() });

/** Reads the events about deadlines brought forward. */
function eventsBroughtForward(file: string, { from, to }: { from: string; to: string }): TrueEvent[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => Line.parse(JSON.parse(line)));
  return lines.filter((l) => l.kind === 'forward' && l.day > from && l.day <= to);
}

const spread = ({ median, p90, most, mean }: Spread): string =>
  `median ${median ?? '-'}, 90th percentile ${p90 ?? '-'}, most ${most ?? '-'}, mean ${mean ?? '-'}`;
const late = ({ day, reference, profile, late: why }: DuePlan): string =>
  `    not in time: ${day} ${reference} to ${profile}: ${why}`;

function print(
  { messages, weeks, calls, reminders, held, forward, twice, items, profiles }: Summary,
  truth: string,
): void {
  const { waiting } = items;
  [
    `  messages: ${messages.all} to ${profiles} profiles (${messages.first} first, ${messages.digest} digests, ${messages.urgent} urgent), ${messages.notSent} not sent`,
    `  per profile and week, over ${weeks.counted.length} weeks without first messages: ${spread(weeks.all)}`,
    `    digests: ${spread(weeks.digest)}`,
    `    urgent: ${spread(weeks.urgent)}`,
    `  calls in a first message: ${spread(calls.first)}`,
    `    in a digest: ${spread(calls.digest)}, with reminders: ${spread(reminders)}`,
    `    in an urgent message: ${spread(calls.urgent)}`,
    `  held back by the daily limit: ${held.items} items to ${held.profiles} profiles`,
    `  forward: ${forward.events} events by ${truth}, ${forward.due} recipient deliveries due, ${forward.inTime} in time (${forward.byDigest} of them in a digest); ${forward.unseen.length} not seen, ${forward.over.length} over by then, ${forward.ofNobody} of no profile`,
    ...forward.late.map(late),
    `  told twice: ${twice.length}`,
    ...twice.map((t) => `    ${t.profile}: ${t.what}, ${t.key}, in ${t.messages.join(' and ')}`),
    `  items: ${items.written} announced, ${Object.values(items.dropped).reduce((a, b) => a + b, 0)} dropped, ${waiting.all} wait (${waiting.sinceTheDigest} since the last digest, ${waiting.leftOver} had no room in it, ${waiting.atOnce} to be sent at once)`,
    ...Object.entries(items.dropped).map(([why, n]) => `    dropped ${n}: ${why}`),
  ].forEach(say);
}

/** Prints what was sent over the replayed days, and writes it next to the e-mails as `summary.json`. */
export async function reportNotifications(
  app: INestApplicationContext,
  { truth, eventsFile, notify }: ReplayOptions,
  days: { from: string; to: string },
  folder: string,
): Promise<void> {
  const log = app.get(NotificationLog);
  const profiles = (await app.get(ProfileRepository).findAll()).map((p) => p.id);
  const facts = {
    messages: await log.messages(),
    items: await log.items(),
    fits: await log.fits(),
    seen: await log.changes('forward'),
  };
  const summary = summaryOf(days, profiles, eventsBroughtForward(truth ?? eventsFile, days), facts);
  print(summary, truth ?? 'what the replay found');
  writeWhole(
    join(folder, 'summary.json'),
    `${JSON.stringify({ notify, truth: truth ?? eventsFile, ...summary }, null, 2)}\n`,
  );
}
