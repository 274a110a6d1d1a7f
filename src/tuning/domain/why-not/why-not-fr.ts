import { translateTo } from '../../../i18n/translate.js';
import { dateForPeople } from '../../../calls/domain/index.js';
import { shownScore } from '../../../kernel/band.js';
import { namedParts, readingSaid } from '../../../matching/domain/index.js';
import type { WhyNotText } from './why-not-text.js';

const NB = '\u00a0';
const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
const quoted = (text: string): string => `«${NB}${text}${NB}»`;
const on = (at: Date | null): string => (at === null ? '' : ` le ${dateForPeople(at, 'fr')}`);
const one = (points: number): string =>
  new Intl.NumberFormat('fr-FR', { maximumFractionDigits: 1 }).format(points);
/** Below two is singular in French. */
const points = (n: number): string =>
  n < 2 ? `il manque ${one(n)}${NB}point` : `il manque ${one(n)}${NB}points`;
const REASONS = {
  topic: 'autre sujet',
  trl: 'TRL',
  role: 'rôle',
  budget: 'budget',
  timing: 'calendrier',
  eligibility: 'éligibilité',
  capacity: 'pas de capacité',
};
const STATUS = {
  open: 'Il est ouvert.',
  forthcoming: 'Il n’est pas encore ouvert, et peut être annoncé.',
  closed: '',
  withdrawn: `Il a été retiré${NB}: sa source ne le montre plus.`,
};

/** Why a call is told or not, in French. */
export const WHY_NOT_FR: WhyNotText = {
  status: ({ status, passed }) =>
    status !== 'closed'
      ? STATUS[status]
      : passed
        ? `Sa date limite est passée${on(passed)}${NB}: un appel clos n’est pas annoncé.`
        : `Sa source le dit clos${NB}: un appel clos n’est pas annoncé.`,
  subject: ({ scheme }) =>
    scheme === null
      ? 'Il a un sujet propre.'
      : `Il est ouvert à tous les sujets (${scheme.toUpperCase()})${NB}: ces appels ont leur propre liste et ne correspondent à aucune compétence.`,
  exclusion: ({ exclusions, freed }, stopped) => {
    if (!exclusions.length) return 'Il ne contient aucun mot qu’une compétence exclut.';
    const places = exclusions.map(
      (e) =>
        `${quoted(e.competence)} ne compte pas à cause de ${quoted(e.term)}${e.kind ? ` dans ${namedParts([e.kind], 'fr')}` : ''} (${quoted(e.passage)})`,
    );
    return `${list.format(places)}. ${stopped ? `Sans cela, il obtiendrait ${one(freed)} et serait annoncé.` : 'Cela ne change rien à son annonce.'}`;
  },
  addressees: ({ addressed, score }, stopped) => {
    if (!addressed) return 'Il ne s’adresse pas surtout à d’autres.';
    const to = `Il s’adresse ${translateTo('fr')(`addressee.${addressed.addressee}`)}`;
    if (addressed.answered) return `${to}${NB}; vous répondez à de tels appels, et il ne perd rien.`;
    const takes = `${to}, et les instituts de recherche y répondent rarement${NB}: cela lui retire ${one(addressed.points)}${NB}${addressed.points < 2 ? 'point' : 'points'}`;
    return stopped
      ? `${takes}. Sans cela, il obtiendrait ${one(score + addressed.points)} et serait annoncé. Si vous répondez à de tels appels, dites-le dans vos préférences.`
      : `${takes}, sans rien changer à son annonce.`;
  },
  reading: (known, { least }) => {
    if (known === 'unread')
      return `Le modèle de langue ne l’a pas lu pour cet institut${NB}: le classement intégré décide.`;
    if (known === 'decided')
      return `L’institut a pris une décision à son sujet${NB}: le modèle de langue n’est pas consulté.`;
    const said = `${readingSaid(known.said, 'fr')}.`;
    if (known.said.grade === 'wanted' && known.builtIn >= least) return said;
    const without = `Avec le seul classement intégré, il obtiendrait ${one(shownScore(known.builtIn, { digits: 1, least }))}`;
    return `${said} ${without} et ${known.builtIn >= least ? 'serait annoncé' : 'ne serait pas annoncé'}.`;
  },
  score: ({ score, least, nearest }) => {
    const shown = shownScore(score, { digits: 1, least });
    if (score >= least)
      return `Il obtient ${one(shown)}${NB}; un appel est annoncé à partir de ${one(least)}.`;
    const near = nearest.length
      ? `au plus près${NB}: ${list.format(nearest.map(quoted))}`
      : 'aucun mot du profil ne s’en approche';
    return `Il obtient ${one(shown)}, et un appel est annoncé à partir de ${one(least)}${NB}: ${points(least - shown)}${NB}; ${near}.`;
  },
  verdict: ({ verdict }) => {
    if (!verdict) return 'Pas encore de décision.';
    const said =
      verdict.verdict === 'relevant'
        ? 'jugé pertinent'
        : verdict.verdict === 'study'
          ? `marqué «${NB}à étudier${NB}»`
          : verdict.verdict === 'later'
            ? 'reporté'
            : `classé «${NB}non retenu${NB}»${verdict.reason ? ` (${REASONS[verdict.reason]})` : ''}`;
    return `Il a été ${said}${on(verdict.at)}${NB}: il ne figure plus parmi les appels à trier${verdict.verdict === 'not' ? ', et il n’est plus annoncé' : ''}.`;
  },
  ready: ({ matched, read }) =>
    !read
      ? `Aucune source n’a encore été lue avec succès${NB}: rien n’est annoncé avant.`
      : matched
        ? 'Le profil a été comparé à tous les appels connus.'
        : `Le profil est en cours de rapprochement${NB}: les e-mails attendent.`,
  contact: ({ contacts }) => {
    if (!contacts.length) return `L’institut n’a pas de destinataire${NB}: rien n’est annoncé à personne.`;
    if (contacts.every((c) => c.state === 'unconfirmed'))
      return 'Aucun destinataire n’a encore confirmé son adresse.';
    return contacts.every((c) => c.state === 'stopped' || c.state === 'unconfirmed')
      ? 'Tous les destinataires ont arrêté les e-mails.'
      : 'Il y a quelqu’un à qui l’annoncer.';
  },
  firstMail: (waiting) =>
    waiting
      ? `Le premier e-mail n’est pas encore parti${NB}: il annonce les meilleurs appels ouverts, et les récapitulatifs commencent ensuite.`
      : 'Il n’attend pas le premier e-mail.',
  announced: (announced) => {
    if (!announced) return 'Il n’a pas été annoncé, ou il a changé depuis.';
    return announced.state === 'announced'
      ? `Il a été annoncé à ${announced.name}${on(announced.at)}, dans l’e-mail ${announced.notification}${NB}; il le sera de nouveau s’il change.`
      : `Il figure dans l’e-mail ${announced.notification} à ${announced.name}, qui attend de partir.`;
  },
  baseline: (baseline) =>
    baseline
      ? `Il était déjà publié lors du premier e-mail à ${baseline.name}${on(baseline.at)}, sans être parmi les meilleurs annoncés alors${NB}: seule une modification sera annoncée.`
      : 'Il a été publié après le premier e-mail.',
  rank: (behind, room) =>
    behind
      ? `Il est numéro ${behind.place} parmi les nouveaux appels, et un e-mail en contient ${room}${NB}: il attend le suivant.`
      : `Il y a de la place${NB}: un e-mail contient ${room}${NB}${room < 2 ? 'appel' : 'appels'}.`,
  digest: (next, due) => {
    if (next) return `Il attend le prochain récapitulatif, à ${next.name}${on(next.at)}.`;
    return due
      ? `Le prochain récapitulatif part${on(due)}${NB}; cet appel ne l’attend pas.`
      : 'Il n’attend pas de récapitulatif.';
  },
};
