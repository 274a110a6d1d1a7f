import { oneLine, shortened } from '../../kernel/one-line.js';
import { nameIn } from '../../profiles/domain/index.js';
import type { Language } from '../../kernel/language.js';
import { preferenceTerms } from '../../matching/domain/index.js';
import type { Fitting, JointBid, Partner } from './joint-bid.js';

const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;
/** French puts a no-break space before its high marks, and within its quotes. */
const NB = '\u00a0';
/** A statement is quoted with so many of its characters. */
const QUOTED = 220;
const MOST_TERMS = 3;

const listOf = (names: string[], language: Language): string =>
  new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(names);

const quoted = (text: string, language: Language): string => {
  const said = shortened(oneLine(text).replace(/[.;,]$/, ''), QUOTED);
  return language === 'fr' ? `«${NB}${said}${NB}»` : `“${said}”`;
};

const nameOf = (bid: JointBid, id: string, language: Language): string =>
  nameIn(bid.ranking.find((f) => f.profileId === id)?.name ?? id, 'name', language);

/** "3 of the 5 expected outcomes", to follow a verb. */
function share(answered: number, all: number, named: boolean, language: Language): string {
  if (language === 'fr') {
    if (all === 1) return named ? 'au seul résultat attendu' : 'au seul point demandé';
    const part = answered < all ? `à ${answered} des ${all}` : `aux ${all === 2 ? 'deux' : all}`;
    return `${part} ${named ? 'résultats attendus' : 'points demandés'}`;
  }
  if (all === 1) return named ? 'the one expected outcome' : 'the one thing that the call asks for';
  const part = answered < all ? `${answered} of the ${all}` : all === 2 ? 'both' : `all ${all}`;
  return `${part} ${named ? 'expected outcomes' : 'things that the call asks for'}`;
}

function noTeam(all: number, named: boolean, language: Language): string {
  if (language === 'fr') {
    const what =
      all === 1
        ? share(1, 1, named, 'fr')
        : `à l’un des ${all} ${named ? 'résultats attendus' : 'points demandés'}`;
    return `D’après les mots des profils, aucun institut ne répond ${what}.`;
  }
  const what =
    all === 1
      ? share(1, 1, named, 'en')
      : `any of the ${all} ${named ? 'expected outcomes' : 'things that the call asks for'}`;
  return `By the words of the profiles, no institute answers ${what}.`;
}

/** What the team makes of the call, in one sentence; `named` where its statements are its expected outcomes. */
export function teamSentence(bid: JointBid, named: boolean, language: Language): string {
  const [all, french] = [bid.statements.length, language === 'fr'];
  if (all === 0)
    return french
      ? 'Le texte de l’appel ne dit pas point par point ce qu’il attend.'
      : 'The text of the call does not say point by point what it expects.';
  if (bid.level === 'no') return noTeam(all, named, language);
  const what = share(
    bid.team.statements.filter((answers) => answers.length > 0).length,
    all,
    named,
    language,
  );
  const names = listOf(
    bid.team.members.map((id) => nameOf(bid, id, language)),
    language,
  );
  const many = bid.team.members.length > 1;
  if (french)
    return `${many ? `Ensemble, ${names} répondent` : `À lui seul, ${names} répond`} ${bid.level === 'well' ? 'bien' : 'en partie'} ${what}.`;
  return `${names} ${many ? 'together answer' : 'alone answers'} ${what} ${bid.level === 'well' ? 'well' : 'in part'}.`;
}

/** Why a call fits an institute, told to others: its strongest competence, and the words that were found. Empty where nothing was. */
export function fitSentence({ match }: Fitting, language: Language): string {
  const [first] = [...match.competences].sort((a, b) => b.score - a.score);
  if (!first || first.score <= 0) return '';
  const name = shortened(oneLine(first.competence), QUOTED);
  const terms = preferenceTerms(match.evidence, first.competence).slice(0, MOST_TERMS);
  const end = terms.length ? `${language === 'fr' ? NB : ''}: ${listOf(terms, language)}.` : '.';
  return language === 'fr'
    ? `Par sa compétence «${NB}${name}${NB}»${end}`
    : `Through its competence “${name}”${end}`;
}

/** That the best one is left out, and why: a reader would ask. Null where it is in the team, or there is none. */
export function leftOutSentence(bid: JointBid, language: Language): string | null {
  const [best] = bid.ranking;
  if (!best || bid.team.members.length === 0 || bid.team.members.includes(best.profileId)) return null;
  return language === 'fr'
    ? `${nameIn(best.name, 'start', 'fr')} est premier pour l’appel dans son ensemble${NB}; d’après les mots de son profil, il ne répond bien à aucun point de plus que l’équipe.`
    : `${best.name} ranks first for the call as a whole; by the words of its profile it answers no point well that the team does not.`;
}

/** What partner is to be found, in the statement's own words, and who of the network comes nearest. */
export function partnerSentence(bid: JointBid, { statement, nearest }: Partner, language: Language): string {
  const what = quoted(bid.statements[statement]!.text, language);
  const near = nearest && {
    name: nameOf(bid, nearest.profileId, language),
    terms: listOf(
      nearest.terms.map((t) => oneLine(t)),
      language,
    ),
  };
  if (language === 'fr')
    return `Partenaire à trouver pour ${what}.${near ? ` Le plus proche${NB}: ${near.name} (${near.terms}).` : ''}`;
  return `Partner to find for ${what}.${near ? ` Nearest: ${near.name} (${near.terms}).` : ''}`;
}
