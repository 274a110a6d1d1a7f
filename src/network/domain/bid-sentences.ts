import { listTo } from '../../i18n/formats.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { oneLine, shortened } from '../../kernel/one-line.js';
import { preferenceTerms } from '../../matching/domain/explanation/reason-sentence.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import type { Fitting, JointBid, Partner } from './joint-bid.js';

/** The longest quotation of a statement, in characters. */
const QUOTED = 220;
const MOST_TERMS = 3;

const nameOf = (bid: JointBid, id: string, language: Language): string =>
  nameIn(bid.ranking.find((f) => f.profileId === id)?.name ?? id, 'name', language);

/** "3 of the 5 expected outcomes", to follow a verb; if `answered` is null, any of them. */
function share(answered: number | null, all: number, named: boolean, language: Language): string {
  const part = all === 1 ? 'one' : answered === null ? 'any' : answered < all ? 'some' : 'all';
  return translateTo(language)(`bid-says.share.${part}`, {
    answered,
    all,
    named: named ? 'outcomes' : 'points',
  });
}

/** Says how the team covers the call; `named` if its statements are its expected outcomes. */
export function teamSentence(bid: JointBid, named: boolean, language: Language): string {
  const t = translateTo(language);
  const all = bid.statements.length;
  if (all === 0) return t('bid-says.no-statement');
  if (bid.level === 'no') return t('bid-says.no-team', { what: share(null, all, named, language) });
  const answered = bid.team.statements.filter((answers) => answers.length > 0).length;
  const names = bid.team.members.map((id) => nameOf(bid, id, language));
  return t('bid-says.team', {
    names: listTo(language, names),
    n: names.length,
    level: bid.level,
    what: share(answered, all, named, language),
  });
}

/**
 * Says why a call matches an institute, for others to read: its strongest competence and the words found.
 * Empty if nothing was found.
 */
export function fitSentence({ shown }: Fitting, language: Language): string {
  const [first] = [...shown.competences].sort((a, b) => b.score - a.score);
  if (!first || first.score <= 0) return '';
  const terms = preferenceTerms(shown.evidence, first.competence).slice(0, MOST_TERMS);
  return translateTo(language)('bid-says.fit', {
    name: shortened(oneLine(first.competence), QUOTED),
    terms: terms.length ? listTo(language, terms) : 'none',
  });
}

/** Says that the best one is left out and why. Null if it is in the team, or if there is none. */
export function leftOutSentence(bid: JointBid, language: Language): string | null {
  const [best] = bid.ranking;
  if (!best || bid.team.members.length === 0 || bid.team.members.includes(best.profileId)) return null;
  return translateTo(language)('bid-says.left-out', { name: nameIn(best.name, 'start', language) });
}

/** Says which partner to look for, in the statement's own words, and who in the network comes nearest. */
export function partnerSentence(bid: JointBid, { statement, nearest }: Partner, language: Language): string {
  return translateTo(language)('bid-says.partner', {
    what: shortened(oneLine(bid.statements[statement]!.text).replace(/[.;,]$/, ''), QUOTED),
    near: nearest ? nameOf(bid, nearest.profileId, language) : 'none',
    terms: listTo(
      language,
      (nearest?.terms ?? []).map((term) => oneLine(term)),
    ),
  });
}
