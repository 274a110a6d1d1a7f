import { z } from 'zod';
import { dateForPeople } from '../../../calls/domain/facts/deadline.js';
import { namedSections } from '../../../matching/domain/explanation/reasons/reason-kinds.js';
import {
  suchCallsSentence,
  thresholdSentence,
  readingSaid,
} from '../../../matching/domain/explanation/reason-sentence.js';
import { listTo } from '../../../i18n/message.js';
import { translateTo } from '../../../i18n/translate.js';
import { shownScore } from '../../../kernel/band.js';
import type { Language } from '../../../kernel/language.js';
import type { ContactStanding, KnownReading, KnownVerdict, WhyNotFacts } from './facts.js';
import { ADDRESSEES } from '../../../calls/domain/addressee.js';
import { GRADES } from '../../../matching/domain/reader/reading.js';

type Facts<Field extends keyof WhyNotFacts> = Pick<WhyNotFacts, Field>;

/** Rounded as displayed, so that "1 point" goes with a displayed 1. */
const tenths = (points: number): number => Math.round(points * 10) / 10;
const dayOrNone = (at: Date | null, language: Language): string =>
  at === null ? 'none' : dateForPeople(at, language);

/** Where a refused call waits for somebody's e-mail, they follow it, or do not see what was decided. */
function announcedAfter(
  { verdict, refused }: KnownVerdict,
  contacts: ContactStanding[],
): 'yes' | 'bid' | 'some' | 'no' {
  if (verdict !== 'not') return 'yes';
  if (!refused) return 'bid';
  return contacts.some(({ place }) => place !== null) ? 'some' : 'no';
}

function ofCall(language: Language) {
  const t = translateTo(language);
  return {
    status: ({ status, passed }: Facts<'status' | 'passed'>): string =>
      status === 'closed' && passed
        ? t('why-not.status.passed', { day: dayOrNone(passed, language) })
        : t(`why-not.status.${status}`),
    subject: ({ scheme }: Facts<'scheme'>): string =>
      scheme === null ? t('why-not.subject.own') : t('why-not.subject.any', { scheme: scheme.toUpperCase() }),
    verdict: ({ verdict, contacts }: Facts<'verdict' | 'contacts'>): string =>
      verdict
        ? t('why-not.verdict.decided', {
            verdict: verdict.verdict,
            reason: verdict.reason ? t(`why-not.reason.${verdict.reason}`) : 'none',
            day: dayOrNone(verdict.at, language),
            announced: announcedAfter(verdict, contacts),
          })
        : t('call.undecided'),
  };
}

function ofScore(language: Language) {
  const t = translateTo(language);
  const excluded = (e: WhyNotFacts['exclusions'][number]): string =>
    t('why-not.exclusion.place', {
      competence: e.competence,
      term: e.term,
      sections: e.kind ? namedSections([e.kind], language) : 'none',
      passage: e.passage,
    });
  return {
    exclusion({ exclusions, freed }: Facts<'exclusions' | 'freed'>, stopped: boolean): string {
      if (!exclusions.length) return t('why-not.exclusion.none');
      const places = listTo(language, exclusions.map(excluded));
      return stopped
        ? t('why-not.exclusion.stopped', { places, n: freed })
        : t('why-not.exclusion.passed', { places });
    },
    addressees({ addressed, score }: Facts<'addressed' | 'score'>, stopped: boolean): string {
      if (!addressed) return t('why-not.addressees.none');
      const to = t(`addressee.${addressed.addressee}`);
      if (addressed.answered) return t('why-not.addressees.answered', { to });
      const loses = t('why-not.addressees.loses', { to, n: tenths(addressed.points) });
      return stopped
        ? t('why-not.addressees.stopped', { loses, n: score + addressed.points })
        : t('why-not.addressees.passed', { loses });
    },
    reading(known: NonNullable<WhyNotFacts['reading']>): string {
      if (typeof known === 'string') return t(`why-not.reading.${known}`);
      const said = readingSaid(known.said, language);
      const least = known.leastBuiltIn;
      const announced = known.builtIn >= least;
      if (known.said.grade === 'wanted' && announced) return t('why-not.reading.said', { said });
      return t('why-not.reading.without', {
        said,
        n: shownScore(known.builtIn, { digits: 1, least }),
        announced: announced ? 'yes' : 'no',
      });
    },
    threshold: (threshold: NonNullable<WhyNotFacts['threshold']>): string =>
      `${thresholdSentence(threshold, language)} ${suchCallsSentence({ likely: threshold.likely, ...threshold.near }, language)}`,
    score({ score, least, nearest }: Facts<'score' | 'least' | 'nearest'>): string {
      const n = shownScore(score, { digits: 1, least });
      if (score >= least) return t('why-not.score.enough', { n, least });
      const words = nearest.map((text) => t('text.quote', { text }));
      return t('why-not.score.short', {
        n,
        least,
        lacking: tenths(least - n),
        near: words.length ? listTo(language, words) : 'none',
      });
    },
  };
}

function ofMail(language: Language) {
  const t = translateTo(language);
  const day = (at: Date | null): string => dayOrNone(at, language);
  return {
    ready: ({ matched, read }: Facts<'matched' | 'read'>): string =>
      t(!read ? 'why-not.ready.unread' : matched ? 'why-not.ready.matched' : 'why-not.ready.matching'),
    contact({ contacts }: Facts<'contacts'>): string {
      if (!contacts.length) return t('why-not.contact.none');
      if (contacts.every((c) => c.state === 'unconfirmed')) return t('why-not.contact.unconfirmed');
      const silent = contacts.every((c) => c.state === 'stopped' || c.state === 'unconfirmed');
      return t(silent ? 'why-not.contact.stopped' : 'why-not.contact.some');
    },
    firstMail: (waiting: boolean): string =>
      t(waiting ? 'why-not.first-mail.waiting' : 'why-not.first-mail.passed'),
    /** Null if the rule does not stop it. */
    announced(announced: ContactStanding | null): string {
      if (!announced) return t('why-not.announced.not');
      const { name, at } = announced;
      const notification = announced.notification ?? 'none';
      return announced.state === 'announced'
        ? t('why-not.announced.sent', { name, notification, day: day(at) })
        : t('why-not.announced.waits', { name, notification });
    },
    baseline: (baseline: ContactStanding | null): string =>
      baseline
        ? t('why-not.baseline.before', { name: baseline.name, day: day(baseline.at) })
        : t('why-not.baseline.after'),
    rank: (behind: ContactStanding | null, room: number): string =>
      behind ? t('why-not.rank.behind', { place: behind.place, room }) : t('why-not.rank.room', { room }),
    /** `due` is when the next digest is sent, with other calls. */
    digest(next: ContactStanding | null, due: Date | null): string {
      if (next) return t('why-not.digest.next', { name: next.name, day: day(next.at) });
      return due ? t('why-not.digest.without', { day: day(due) }) : t('why-not.digest.none');
    },
  };
}

/** The sentence for each rule and outcome, in one language. */
const whyNotText = (language: Language) => ({
  ...ofCall(language),
  ...ofScore(language),
  ...ofMail(language),
});
type WhyNotText = ReturnType<typeof whyNotText>;

const base = {
  outcome: z.enum(['passed', 'stopped']),
  concerns: z
    .enum(['mail', 'inbox', 'both'])
    .describe('where the rule leaves a call out: e-mails, the undecided calls of the inbox, or both'),
  says: z.string(),
};
const when = z.iso.datetime().nullable();
const rule = <N extends string, S extends z.ZodRawShape>(name: N, more: S) =>
  z.object({ rule: z.literal(name), ...base, ...more });

/** Every rule that decides whether a call is sent, in order of application. */
export const WhyNotRule = z.discriminatedUnion('rule', [
  rule('status', { status: z.string() }),
  rule('subject', { scheme: z.string().nullable() }),
  rule('exclusion', {
    places: z.array(
      z.object({ competence: z.string(), term: z.string(), field: z.string(), passage: z.string() }),
    ),
  }),
  rule('addressees', {
    addressee: z.enum(ADDRESSEES).nullable(),
    points: z.number().describe('points deducted from a call addressed to others'),
  }),
  rule('reading', {
    grade: z.enum(GRADES).nullable().describe('null if the language model has not read it'),
    model: z.string().nullable(),
    builtIn: z.number().nullable().describe('the score without the language model'),
  }),
  rule('threshold', {
    usual: z.number().describe('the score from which calls are sent to institutes'),
    threshold: z.number().describe('the score from which calls are sent to this one, by its decisions'),
    follows: z.boolean().describe('false if the decisions were set aside'),
    decisions: z.number().int(),
    kept: z.number().int(),
  }),
  rule('score', { score: z.number(), least: z.number(), lacking: z.number(), nearest: z.array(z.string()) }),
  rule('verdict', { at: when }),
  rule('ready', {}),
  rule('contact', { contacts: z.number().int() }),
  rule('first-mail', {}),
  rule('announced', { at: when, notification: z.uuid().nullable() }),
  rule('baseline', { at: when }),
  rule('rank', { place: z.number().int().nullable(), room: z.number().int() }),
  rule('digest', { at: when }),
]);
export type WhyNotRule = z.infer<typeof WhyNotRule>;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
const outcome = (stopped: boolean): WhyNotRule['outcome'] => (stopped ? 'stopped' : 'passed');

const knownOf = (reading: WhyNotFacts['reading']): KnownReading | null =>
  typeof reading === 'string' ? null : reading;

/**
 * What keeps a call below the score for notifications: the factor without which it would be sent, or else the
 * score as a whole; null if the score is sufficient.
 */
export function keptLowBy({
  score,
  freed,
  addressed,
  reading,
  least,
}: Pick<WhyNotFacts, 'score' | 'freed' | 'addressed' | 'reading' | 'least'>):
  'exclusion' | 'addressees' | 'reading' | 'score' | null {
  if (score >= least) return null;
  // These grades cap the score, so no other factor could get the call sent.
  if (knownOf(reading)?.said.grade === 'partly' || knownOf(reading)?.said.grade === 'not') return 'reading';
  if (freed >= least) return 'exclusion';
  return addressed && score + addressed.points >= least ? 'addressees' : 'score';
}

/** The rule about the language model, if one is used. */
function ofReading({ reading }: WhyNotFacts, text: WhyNotText, stopped: boolean): WhyNotRule[] {
  if (reading === null) return [];
  const known = knownOf(reading);
  return [
    {
      rule: 'reading',
      outcome: outcome(stopped),
      concerns: 'both',
      says: text.reading(reading),
      grade: known?.said.grade ?? null,
      model: known?.said.model ?? null,
      builtIn: known?.builtIn ?? null,
    },
  ];
}

/** The rule about the threshold, if decisions move it. */
const ofThreshold = ({ threshold }: WhyNotFacts, text: WhyNotText): WhyNotRule[] =>
  threshold
    ? [
        {
          rule: 'threshold',
          outcome: 'passed',
          concerns: 'both',
          says: text.threshold(threshold),
          usual: threshold.usual,
          threshold: threshold.score,
          follows: !threshold.aside,
          decisions: threshold.decisions,
          kept: threshold.kept,
        },
      ]
    : [];

function callRules(f: WhyNotFacts, text: WhyNotText): WhyNotRule[] {
  // A draft is announced as a call once it is published.
  const [unsent, by] = [['draft', 'closed', 'withdrawn'].includes(f.status), keptLowBy(f)];
  const places = f.exclusions.map(({ kind: _, ...place }) => place);
  return [
    { rule: 'status', outcome: outcome(unsent), concerns: 'both', says: text.status(f), status: f.status },
    {
      rule: 'subject',
      outcome: outcome(f.scheme !== null),
      concerns: 'both',
      says: text.subject(f),
      scheme: f.scheme,
    },
    {
      rule: 'exclusion',
      outcome: outcome(by === 'exclusion'),
      concerns: 'both',
      says: text.exclusion(f, by === 'exclusion'),
      places,
    },
    {
      rule: 'addressees',
      outcome: outcome(by === 'addressees'),
      concerns: 'both',
      says: text.addressees(f, by === 'addressees'),
      addressee: f.addressed?.addressee ?? null,
      points: f.addressed?.points ?? 0,
    },
    ...ofReading(f, text, by === 'reading'),
    ...ofThreshold(f, text),
    {
      rule: 'score',
      outcome: outcome(by === 'score'),
      concerns: 'both',
      says: text.score(f),
      score: f.score,
      least: f.least,
      lacking: Math.max(0, f.least - f.score),
      nearest: f.nearest,
    },
    {
      rule: 'verdict',
      outcome: outcome(f.verdict !== null),
      concerns: f.verdict && announcedAfter(f.verdict, f.contacts) === 'no' ? 'both' : 'inbox',
      says: text.verdict(f),
      at: iso(f.verdict?.at ?? null),
    },
  ];
}

const nearest = (contacts: ContactStanding[]): Date | null =>
  contacts
    .flatMap((c) => c.next ?? [])
    .reduce<Date | null>((first, at) => (first === null || at < first ? at : first), null);

/** The rules about e-mails. If contacts differ, one who was or will be notified stands for all. */
function mailRules(f: WhyNotFacts, text: WhyNotText): WhyNotRule[] {
  const active = f.contacts.filter((c) => c.state !== 'stopped' && c.state !== 'unconfirmed');
  const first = (state: ContactStanding['state']): ContactStanding | null =>
    active.find((c) => c.state === state) ?? null;
  const [announced, next, behind, baseline] = [
    first('announced') ?? first('on-its-way'),
    first('digest'),
    first('rank'),
    first('baseline'),
  ];
  const waiting = active.length > 0 && active.every((c) => c.state === 'first-mail');
  // A rule that stops only some contacts counts only if no earlier rule applies to the others.
  const [isBehind, isBaseline] = [
    !announced && !next && behind !== null,
    !announced && !next && !behind && baseline !== null,
  ];
  return [
    { rule: 'ready', outcome: outcome(!f.matched || !f.read), concerns: 'mail', says: text.ready(f) },
    {
      rule: 'contact',
      outcome: outcome(active.length === 0),
      concerns: 'mail',
      says: text.contact(f),
      contacts: active.length,
    },
    { rule: 'first-mail', outcome: outcome(waiting), concerns: 'mail', says: text.firstMail(waiting) },
    {
      rule: 'announced',
      outcome: outcome(announced !== null),
      concerns: 'mail',
      says: text.announced(announced),
      at: iso(announced?.at ?? null),
      notification: announced?.notification ?? null,
    },
    {
      rule: 'baseline',
      outcome: outcome(isBaseline),
      concerns: 'mail',
      says: text.baseline(isBaseline ? baseline : null),
      at: iso(isBaseline ? baseline!.at : null),
    },
    {
      rule: 'rank',
      outcome: outcome(isBehind),
      concerns: 'mail',
      says: text.rank(isBehind ? behind : null, f.room),
      place: isBehind ? behind!.place : null,
      room: f.room,
    },
    {
      rule: 'digest',
      outcome: outcome(next !== null),
      concerns: 'mail',
      says: text.digest(next, nearest(active)),
      at: iso(next?.at ?? null),
    },
  ];
}

/** What was or will be sent: readers outside the institute do not learn it. */
const SENT: WhyNotRule['rule'][] = ['announced', 'baseline', 'rank', 'digest'];

/** All rules with their outcomes, each with a sentence, as far as the reader may see them. */
export const rulesOf = (
  facts: WhyNotFacts,
  { language, inside }: { language: Language; inside: boolean },
): WhyNotRule[] => {
  const text = whyNotText(language);
  return [...callRules(facts, text), ...mailRules(facts, text)].filter(
    ({ rule }) => inside || !SENT.includes(rule),
  );
};

/**
 * The rule that best explains why a call was or was not sent: it was sent, it will be, or the first rule that
 * stops it; null if none is known.
 */
export function decidingRule(rules: WhyNotRule[]): WhyNotRule | null {
  const stopped = rules.filter((r) => r.outcome === 'stopped' && r.concerns !== 'inbox');
  return (
    stopped.find((r) => r.rule === 'announced') ??
    stopped.find((r) => r.rule === 'digest') ??
    stopped[0] ??
    null
  );
}
