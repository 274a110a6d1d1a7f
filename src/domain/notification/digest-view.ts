import { CarnotError } from '../errors.js';
import type { Language } from '../profile/profile.js';
import { comingAndPassed, dateForPeople } from './deadline.js';
import type { Digest } from './digest-model.js';
import { comingView, type ComingView, type ItemView, itemView, type Link } from './item-view.js';
import { oneLine, shortened } from './one-line.js';
import { sourceAge } from './source-age.js';
import type { Texts } from './texts.js';
import { textsIn } from './texts-in.js';
import { ownAddress } from './web-address.js';

/** A digest with every word chosen and every text from outside on one line; what is left is to lay it out. */
export interface DigestView {
  language: Language;
  subject: string;
  banner: string | null;
  greeting: string;
  heading: string;
  intro: string[];
  items: ItemView[];
  coming: { heading: string; items: ComingView[] } | null;
  more: string | null;
  sources: { heading: string; lines: string[] };
  why: string;
  inbox: Link | null;
  unsubscribe: Link;
}

/** Stays the same in every language, so that a rule in a mail program can catch it. */
const SAMPLE_PREFIX = '[SAMPLE] ';
const LONGEST_PROFILE_IN_SUBJECT = 60;

/** Chooses the words of a digest in the contact's language. */
export function digestView(digest: Digest): DigestView {
  const { language } = digest.contact;
  const texts = textsIn(language);
  if (!digest.items.length && digest.kind === 'digest' && !digest.nothing) {
    throw new CarnotError('EmptyDigest', `a digest for ${digest.profile.id} has nothing to tell`, 'never');
  }
  return {
    language,
    subject: subjectOf(digest, texts),
    banner: digest.sample ? texts.sampleBanner : null,
    greeting: texts.greeting(oneLine(digest.contact.name)),
    heading: headingOf(digest, texts),
    intro: introOf(digest, texts),
    items: digest.items.map((item, i) => itemView(item, i + 1, digest)),
    coming: digest.coming.length ? { heading: texts.coming, items: digest.coming.map((item) => comingView(item, digest)) } : null,
    more: digest.more > 0 ? texts.more(digest.more) : null,
    sources: { heading: texts.sources.heading, lines: sourceLines(digest, texts) },
    why: texts.why(oneLine(digest.profile.name)),
    inbox: digest.inboxUrl === undefined ? null : { label: texts.inbox, url: ownAddress(digest.inboxUrl) },
    unsubscribe: { label: texts.unsubscribe, url: ownAddress(digest.unsubscribeUrl) },
  };
}

function subjectOf(digest: Digest, texts: Texts): string {
  const profile = shortened(oneLine(digest.profile.name), LONGEST_PROFILE_IN_SUBJECT);
  const subject = digest.items.length ? whatFits(digest, profile, texts) : whatIsMissing(digest, profile, texts);
  return (digest.sample ? SAMPLE_PREFIX : '') + subject;
}

function whatFits(digest: Digest, profile: string, { subject }: Texts): string {
  const { fresh, changed } = countsOf(digest);
  const said =
    digest.kind === 'first' ? subject.first(profile, digest.items.length) : subject.digest(profile, fresh, changed);
  const closest = comingAndPassed(
    digest.items.flatMap((item) => item.call.deadlines),
    digest.now,
  ).coming[0];
  return closest ? subject.withDeadline(said, dateForPeople(closest.at, digest.contact.language)) : said;
}

function whatIsMissing(digest: Digest, profile: string, { subject }: Texts): string {
  return digest.kind === 'first' ? subject.nothingFits(profile) : subject.nothingNew(profile);
}

function headingOf(digest: Digest, { heading }: Texts): string {
  const { fresh, changed } = countsOf(digest);
  if (!digest.items.length) return heading.nothing;
  return digest.kind === 'first' ? heading.first(digest.items.length) : heading.digest(fresh, changed);
}

function introOf(digest: Digest, texts: Texts): string[] {
  const profile = oneLine(digest.profile.name);
  const count = digest.items.length;
  if (digest.kind === 'digest') return [count ? texts.digestIntro(profile) : texts.nothingNew(profile)];
  return [count ? texts.firstIntro(profile, count) : texts.nothingFits(profile), texts.firstPromise];
}

function countsOf(digest: Digest): { fresh: number; changed: number } {
  const changed = digest.items.filter((item) => item.changes.length).length;
  return { fresh: digest.items.length - changed, changed };
}

function sourceLines(digest: Digest, texts: Texts): string[] {
  return digest.sources.map((source) => texts.labelled(oneLine(source.name), sourceAge(source, digest.now, digest.contact.language)));
}
