import { dateForPeople } from '../../../calls/domain/facts/deadline.js';
import { namedSections } from '../../../matching/domain/explanation/reasons/call-sections.js';
import {
  thresholdSentence,
  suchCallsSentence,
} from '../../../matching/domain/explanation/threshold-sentence.js';
import { readingSaid } from '../../../matching/domain/explanation/reasons/reading-sentence.js';
import { listTo } from '../../../i18n/formats.js';
import { translateTo } from '../../../i18n/translate.js';
import { shownScore } from '../../../kernel/band.js';
import type { Language } from '../../../kernel/language.js';
import type { ContactStanding, WhyNotFacts } from './facts.js';

type Facts<Field extends keyof WhyNotFacts> = Pick<WhyNotFacts, Field>;

/** Rounded as displayed, so that "1 point" goes with a displayed 1. */
const tenths = (points: number): number => Math.round(points * 10) / 10;
const dayOrNone = (at: Date | null, language: Language): string =>
  at === null ? 'none' : dateForPeople(at, language);

/** Rules about the call and the decision on it. */
function ofCall(language: Language) {
  const t = translateTo(language);
  return {
    status: ({ status, passed }: Facts<'status' | 'passed'>): string =>
      status === 'closed' && passed
        ? t('why-not.status.passed', { day: dayOrNone(passed, language) })
        : t(`why-not.status.${status}`),
    subject: ({ scheme }: Facts<'scheme'>): string =>
      scheme === null ? t('why-not.subject.own') : t('why-not.subject.any', { scheme: scheme.toUpperCase() }),
    verdict: ({ verdict }: Facts<'verdict'>): string =>
      verdict
        ? t('why-not.verdict.decided', {
            verdict: verdict.verdict,
            reason: verdict.reason ? t(`why-not.reason.${verdict.reason}`) : 'none',
            day: dayOrNone(verdict.at, language),
          })
        : t('why-not.verdict.none'),
  };
}

/** Rules about the score. */
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
    reading(known: NonNullable<WhyNotFacts['reading']>, { least }: Facts<'least'>): string {
      if (typeof known === 'string') return t(`why-not.reading.${known}`);
      const said = readingSaid(known.said, language);
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

/** Rules about e-mails. */
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
      const { name, notification, at } = announced;
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
export const whyNotText = (language: Language) => ({
  ...ofCall(language),
  ...ofScore(language),
  ...ofMail(language),
});
export type WhyNotText = ReturnType<typeof whyNotText>;
