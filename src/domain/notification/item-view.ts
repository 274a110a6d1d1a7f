import { statusAt, statusFacts } from '../call/status.js';
import type { CallContent } from '../call/call-content.js';
import { bandOf } from '../matching/band.js';
import type { Language } from '../profile/profile.js';
import { budgetForPeople } from './budget.js';
import { comingAndPassed, dateForPeople, deadlineForPeople } from './deadline.js';
import type { Digest, DigestItem } from './digest-model.js';
import { oneLine } from './one-line.js';
import { quotedPassage, type Passage } from './passage.js';
import { reasonSentence } from './reason.js';
import { textsIn } from './texts-in.js';
import { webAddress } from './web-address.js';

export interface Link {
  label: string;
  url: string;
}

export interface Fact {
  label: string;
  value: string;
}

/** A call in a mail, every word chosen. */
export interface ItemView {
  number: number;
  /** "New" or "Changed"; null in a first mail, where neither is meant. */
  badge: string | null;
  /** The language that the call is written in: a screen reader has to change its voice for it. */
  language: string;
  title: string;
  identifier: string | null;
  reason: string;
  passage: Passage | null;
  facts: Fact[];
  changes: { label: string; lines: string[] };
  link: Link | null;
}

/** Chooses the words for one call of a digest. */
export function itemView(item: DigestItem, number: number, digest: Pick<Digest, 'kind' | 'contact' | 'now'>): ItemView {
  const { language } = digest.contact;
  const texts = textsIn(language);
  const page = webAddress(item.call.url);
  const badge = item.changes.length ? texts.badge.changed : item.stood ? texts.badge.stood : texts.badge.fresh;
  return {
    number,
    badge: digest.kind === 'first' ? null : badge,
    language: item.call.language,
    title: oneLine(item.call.title),
    identifier: item.call.identifier === null ? null : oneLine(item.call.identifier),
    reason: reasonSentence(item.match, language),
    passage: quotedPassage(item.call, item.match),
    facts: [
      { label: texts.label.fit, value: texts.score(Math.round(item.match.score), bandOf(item.match.score)) },
      ...deadlineFacts(item.call, digest.now, language),
      ...openingFact(item.call, digest.now, language),
      { label: texts.label.budget, value: budgetForPeople(item.call.budget, language) },
      { label: texts.label.programme, value: programmeOf(item.call) ?? texts.notStated },
      { label: texts.label.typeOfAction, value: typeOfAction(item.call, language) },
    ],
    changes: { label: texts.label.changes, lines: item.changes.map(oneLine) },
    link: page === null ? null : { label: texts.openCall, url: page },
  };
}

/** A call that is still to open, on a line or two. */
export interface ComingView {
  language: string;
  title: string;
  /** When it opens, its next deadline and how well it fits. */
  facts: string;
  link: Link | null;
}

/** Chooses the words for a call that is still to open. */
export function comingView({ call, match }: DigestItem, { contact, now }: Pick<Digest, 'contact' | 'now'>): ComingView {
  const texts = textsIn(contact.language);
  const [page, score] = [webAddress(call.url), { label: texts.label.fit, value: texts.score(Math.round(match.score), bandOf(match.score)) }];
  const facts = [...openingFact(call, now, contact.language), ...deadlineFacts(call, now, contact.language).slice(0, 1), score];
  return {
    language: call.language,
    title: oneLine(call.title),
    facts: facts.map((f) => texts.labelled(f.label, f.value)).join(texts.semicolon),
    link: page === null ? null : { label: texts.openCall, url: page },
  };
}

/** The next deadline first; the others after it, so that a two-stage call shows both and a passed one is not hidden. */
export function deadlineFacts(call: CallContent, now: Date, language: Language): Fact[] {
  const { label, noDeadline } = textsIn(language);
  const { coming, passed } = comingAndPassed(call.deadlines, now);
  if (!call.deadlines.length) return [{ label: label.deadline, value: noDeadline }];
  return [
    ...coming.map((d, i) => ({ label: i ? label.thenDeadline : label.deadline, value: deadlineForPeople(d, language) })),
    ...passed.map((d) => ({ label: label.passedDeadline, value: deadlineForPeople(d, language) })),
  ];
}

function openingFact(call: CallContent, now: Date, language: Language): Fact[] {
  const texts = textsIn(language);
  if (statusAt(statusFacts(call), now) !== 'forthcoming') return [];
  const value = call.opensAt === null ? texts.notStated : dateForPeople(call.opensAt, language);
  return [{ label: texts.label.opens, value }];
}

function programmeOf(call: CallContent): string | null {
  return call.programme && oneLine(call.programme.name ?? call.programme.code);
}

/** Cascade funding and external actions have no type of action: what they are is told instead. */
export function typeOfAction(call: Pick<CallContent, 'typesOfAction' | 'kind'>, language: Language): string {
  const texts = textsIn(language);
  if (call.typesOfAction.length) return call.typesOfAction.map(oneLine).join(', ');
  return call.kind === 'grant' ? texts.notStated : texts.callKind[call.kind];
}
