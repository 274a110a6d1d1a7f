import { oneLine, shortened } from '../notification/one-line.js';
import type { Language } from '../profile/profile.js';
import type { JointBid, Partner } from './joint-bid.js';

const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;
/** French puts a no-break space before its high marks, and within its quotes. */
const NB = '\u00a0';
/** A statement is quoted with so many of its characters. */
const QUOTED = 220;

export const listOf = (names: string[], language: Language): string => new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(names);

const quoted = (text: string, language: Language): string => {
  const said = shortened(oneLine(text), QUOTED);
  return language === 'fr' ? `«${NB}${said}${NB}»` : `“${said}”`;
};

const nameIn = (bid: JointBid, id: string): string => bid.ranking.find((f) => f.profileId === id)?.name ?? id;

/** What the statements of a call are, where it has so many of them. */
function counted(n: number, named: boolean, language: Language): string {
  if (language === 'fr') return named ? `${n} résultat${n > 1 ? 's' : ''} attendu${n > 1 ? 's' : ''}` : `${n} point${n > 1 ? 's' : ''} demandé${n > 1 ? 's' : ''}`;
  return named ? `${n} expected outcome${n > 1 ? 's' : ''}` : `${n} thing${n > 1 ? 's' : ''} that the call asks for`;
}

/** What the team makes of the call, in one sentence; `named` where its statements are its expected outcomes. */
export function teamSentence(bid: JointBid, named: boolean, language: Language): string {
  const [all, french] = [bid.statements.length, language === 'fr'];
  if (all === 0) return french ? 'Le texte de l’appel ne dit pas en clair ce qu’il attend.' : 'The text of the call does not say in single points what it expects.';
  const of = counted(all, named, language);
  if (bid.level === 'no') return french ? `Aucun institut ne répond, même en partie, à l’un des ${of}.` : `No institute answers any of the ${of}, not even in part.`;
  const answered = bid.team.statements.filter((answers) => answers.length > 0).length;
  const names = listOf(bid.team.members.map((id) => nameIn(bid, id)), language);
  const many = bid.team.members.length > 1;
  if (french) {
    const who = many ? `Ensemble, ${names} répondent` : `À lui seul, ${names} répond`;
    return `${who} ${bid.level === 'well' ? 'bien' : 'en partie'} à ${answered} sur ${of}.`;
  }
  return `${names} ${many ? 'together answer' : 'alone answers'} ${answered} of ${of} ${bid.level === 'well' ? 'well' : 'in part'}.`;
}

/** That the best one is left out, and why: a reader would ask. Null where it is in the team, or there is none. */
export function leftOutSentence(bid: JointBid, language: Language): string | null {
  const [best] = bid.ranking;
  if (!best || bid.team.members.length === 0 || bid.team.members.includes(best.profileId)) return null;
  return language === 'fr'
    ? `${best.name} est premier pour l’appel dans son ensemble, mais n’apporte rien que l’équipe n’ait déjà pour ces points.`
    : `${best.name} ranks first for the call as a whole, and brings nothing to these points that the team does not have.`;
}

/** What partner is to be found, in the statement's own words, and who of the network comes nearest. */
export function partnerSentence(bid: JointBid, { statement, nearest }: Partner, language: Language): string {
  const what = quoted(bid.statements[statement]!.text, language);
  const near = nearest && { name: nameIn(bid, nearest.profileId), terms: listOf(nearest.terms.map((t) => oneLine(t)), language) };
  if (language === 'fr') return `Partenaire à trouver pour ${what}.${near ? ` Le plus proche${NB}: ${near.name} (${near.terms}).` : ''}`;
  return `Partner to find for ${what}.${near ? ` Nearest: ${near.name} (${near.terms}).` : ''}`;
}
