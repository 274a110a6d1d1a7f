import { z } from 'zod';
import { ADDRESSEES } from '../../../calls/domain/addressee.js';
import { GRADES } from '../../../matching/domain/reader/reading.js';
import type { Language } from '../../../kernel/language.js';
import type { ContactStanding, KnownReading, WhyNotFacts } from './facts.js';
import { whyNotText, type WhyNotText } from './why-not-text.js';

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
function ofReading(f: WhyNotFacts, text: WhyNotText, stopped: boolean): WhyNotRule[] {
  const { reading } = f;
  if (reading === null) return [];
  const known = knownOf(reading);
  return [
    {
      rule: 'reading',
      outcome: outcome(stopped),
      concerns: 'both',
      says: text.reading(reading, f),
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

/** The rules about the call and the profile. */
function ofCall(f: WhyNotFacts, text: WhyNotText): WhyNotRule[] {
  const [over, by] = [f.status === 'closed' || f.status === 'withdrawn', keptLowBy(f)];
  const places = f.exclusions.map(({ kind: _, ...place }) => place);
  return [
    { rule: 'status', outcome: outcome(over), concerns: 'both', says: text.status(f), status: f.status },
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
      concerns: f.verdict?.verdict === 'not' ? 'both' : 'inbox',
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
function ofMail(f: WhyNotFacts, text: WhyNotText): WhyNotRule[] {
  const active = f.contacts.filter((c) => c.state !== 'stopped' && c.state !== 'unconfirmed');
  const first = (...states: ContactStanding['state'][]): ContactStanding | null =>
    active.find((c) => states.includes(c.state)) ?? null;
  const [announced, next, behind, baseline] = [
    first('announced', 'on-its-way'),
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
  return [...ofCall(facts, text), ...ofMail(facts, text)].filter(
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
