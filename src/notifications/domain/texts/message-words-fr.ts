import { ADDRESSEE_NAMES } from '../../../calls/domain/index.js';
import type { Band } from '../../../kernel/band.js';
import { nameIn } from '../../../profiles/domain/index.js';
import type { MessageWords } from './message-words.js';

/** The no-break space that French wants before : ; ? ! » and after «, and between a number and what it counts. */
const NB = '\u00a0';
const BANDS: Record<Band, string> = { strong: 'fort', possible: 'possible', weak: 'faible' };
const list = new Intl.ListFormat('fr-FR', { type: 'conjunction' });
/** Zero and one are singular in French. */
const plural = (n: number, one: string, many = `${one}s`): string => `${n}${NB}${n < 2 ? one : many}`;
const quoted = (text: string): string => `«${NB}${text}${NB}»`;
const score = (points: number, band: Band): string => `${points} sur 100 (${BANDS[band]})`;
const best = (n: number): string =>
  n === 1
    ? 'votre meilleur appel ouvert en ce moment'
    : `vos ${n === 10 ? 'dix' : n} meilleurs appels ouverts en ce moment`;
const days = (n: number): string => (n === 0 ? 'aujourd’hui' : n === 1 ? 'demain' : `dans ${n}${NB}jours`);
/** Where people say its name otherwise than the zone is called. */
const ZONES: Record<string, string> = {
  'Europe/Brussels': 'heure de Bruxelles',
  'Europe/Paris': 'heure de Paris',
};

/** French, as France writes it. */
export const wordsFr: MessageWords = {
  count: {
    fresh: (n) => plural(n, 'nouvel appel', 'nouveaux appels'),
    changed: (n) => plural(n, 'modification'),
    opened: (n) => `${plural(n, 'appel')} désormais ${n < 2 ? 'ouvert' : 'ouverts'}`,
    baseline: (n) => `${plural(n, 'appel')} pas encore ${n < 2 ? 'annoncé' : 'annoncés'}`,
    deadlines: (n) => plural(n, 'échéance proche', 'échéances proches'),
    answers: (n) => plural(n, 'réponse'),
    troubles: (n) => `${plural(n, 'source')} en difficulté`,
    partners: (n) => plural(n, 'nouvelle recherche de partenaires', 'nouvelles recherches de partenaires'),
  },
  following: (name, others) => `${name} et ${plural(others, 'autre')}`,
  subject: {
    line: (what, whose, deadline) =>
      `Carnot Europe${NB}: ${what}${whose === null ? '' : ` pour ${nameIn(whose, 'name', 'fr')}`}${deadline === null ? '' : `, prochaine échéance le ${deadline}`}`,
    first: best,
    best: (title, closes, others) =>
      `${title}${closes === null ? '' : ` (${closes})`}${others ? ` et ${plural(others, 'autre appel ouvert', 'autres appels ouverts')}` : ''}`,
    nothingFits: 'aucun appel ouvert ne correspond en ce moment',
    urgent: (mark, title, deadline) => `[${mark}] ${title}${deadline === null ? '' : ` — ${deadline}`}`,
    more: (title, others) => `${title} et ${plural(others, 'autre')}`,
    closes: (date) => `clôture le ${date}`,
    now: (date) => `désormais le ${date}`,
  },
  sampleBanner: `EXEMPLE${NB}: les appels de ce message sont inventés. Ils montrent à quoi un message ressemble${NB}; personne ne peut y répondre.`,
  heading: {
    first: (n) => best(n).replace(/^v/, 'V'),
    nothingFits: 'Aucun appel ouvert ne correspond en ce moment',
  },
  intro: {
    first: (n) =>
      `Voici ${best(n)}, ${n === 1 ? 'avec ses raisons' : 'le meilleur en premier, chacun avec ses raisons'}.`,
    firstPromise:
      'Les appels déjà publiés ne seront pas annoncés de nouveau. Désormais, vous recevez ce qui est nouveau ou a changé.',
    nothingFits:
      'Aucun appel ouvert en ce moment ne correspond à ce que vous suivez. Nous vous écrirons dès qu’il en paraîtra un.',
    digest: 'Voici ce qui est nouveau ou a changé depuis le dernier message.',
    reminders: 'Rien de nouveau depuis le dernier message, mais des échéances approchent.',
    urgent: 'Ceci ne pouvait pas attendre le prochain récapitulatif.',
    atOnce: 'Vous avez demandé à tout recevoir sans attendre.',
  },
  choose: {
    heading: 'Choisissez ce que vous recevez',
    says:
      `Correspondances fortes seulement ou possibles aussi${NB}; ce que vous suivez${NB}; le jour et l’heure d’envoi${NB}; le délai avant chaque échéance${NB}; le canal. ` +
      'Une minute suffit, sans connexion.',
    button: 'Réglages des notifications',
  },
  badge: { fresh: 'Nouveau', changed: 'Modifié', baseline: 'Pas encore annoncé' },
  urgency: {
    'brought-forward': 'Échéance avancée',
    'extended-late': 'Prolongé au dernier moment',
    withdrawn: 'Retiré',
  },
  closesIn: (n) => `Clôture ${days(n)}`,
  addressed: (to) => `Il s’adresse surtout ${ADDRESSEE_NAMES.fr[to]}.`,
  topics: (n, call) => `${plural(n, 'sujet')} de l’appel ${call}`,
  changes: 'Ce qui a changé',
  restOnPage: 'Toutes les différences sont sur sa page',
  fits: (name, points, band) => `Correspond ${nameIn(name, 'to', 'fr')}${NB}: ${score(points, band)}`,
  score: (points, band) => `Score${NB}: ${score(points, band)}`,
  fitsAlso: (others, more) =>
    `Correspond aussi à${NB}: ${others.map((o) => `${o.name} (${o.points}, ${BANDS[o.band]})`).join(', ')}${more ? ` et ${plural(more, 'autre')}` : ''}`,
  because: (all) => `Parce que vous suivez ${list.format(all)}`,
  competence: (name) => `compétence «${NB}${name}${NB}»`,
  opened: 'Ouverts maintenant',
  andMore: (n) => plural(n, 'autre'),
  notHere: (n) =>
    `Et ${plural(n, 'autre appel', 'autres appels')} de ce message, pour lesquels il n’y a pas la place ici.`,
  followed: (kind, name, through) =>
    ({
      profile: name === null ? 'cet institut' : nameIn(name, 'name', 'fr'),
      group: `le groupe ${name}${through === null ? '' : ` (via ${nameIn(through, 'name', 'fr')})`}`,
      call: name === null ? 'cet appel' : `l’appel ${quoted(name)}`,
      search: `la recherche ${quoted(name ?? '')}`,
    })[kind],
  openCall: 'Ouvrir dans Carnot Europe',
  decide: { relevant: 'Pertinent', not: 'Non retenu' },
  points: (points, band, of) => `${of === null ? '' : `${of} `}${points} (${BANDS[band]})`,
  sourcePage: 'Page officielle',
  more: {
    digest: (n) =>
      n === 1
        ? `1${NB}autre appel correspond et attend le prochain message.`
        : `${n}${NB}autres appels correspondent et attendent le prochain message.`,
    first: (n, inInbox) => {
      const there = inInbox ? 'la liste à trier' : 'la liste des appels';
      return n === 1
        ? `1${NB}autre appel ouvert correspond${NB}: il est dans ${there}.`
        : `${n}${NB}autres appels ouverts correspondent${NB}: ils sont dans ${there}.`;
    },
  },
  unread: (n, all) =>
    `${all ? (n === 1 ? 'Cet appel n’a' : 'Ces appels n’ont') : n === 1 ? 'L’un de ces appels n’a' : `${n}${NB}de ces appels n’ont`} pas été ${n === 1 ? 'lu' : 'lus'} par le modèle de langue${NB}: ${n === 1 ? 'il est annoncé' : 'ils sont annoncés'} d’après le classement intégré.`,
  held: (n, dailyLimit) =>
    `${plural(n, 'de ces nouvelles a été retenue', 'de ces nouvelles ont été retenues')} par votre maximum de ${plural(dailyLimit, 'message')} par jour.`,
  deadlines: {
    heading: 'Échéances proches',
    left: days,
    more: (n) => `Et ${plural(n, 'autre échéance', 'autres échéances')}`,
  },
  answers: {
    heading: 'Réponses de chercheurs',
    says: {
      interested: (name) => `${name}${NB}: cela m’intéresse`,
      'not-for-me': (name) => `${name}${NB}: pas pour moi`,
      'ask-other': (name) => `${name} propose de voir avec quelqu’un d’autre`,
    },
    asked: (profile) => `demande ${nameIn(profile, 'of', 'fr')}`,
  },
  partners: { heading: 'Nouvelles recherches de partenaires', wants: { offer: 'Offre', request: 'Demande' } },
  troubles: { heading: 'Sources en difficulté', since: (name, date) => `${name}, depuis le ${date}` },
  coming: 'Ouverture prochaine',
  glance: 'Également publiés, en un coup d’œil',
  foot: {
    why: (all) => `Vous recevez ce message parce que vous suivez ${list.format(all)}.`,
    next: (when) => `Le prochain récapitulatif part le ${when}, s’il y a du nouveau.`,
    when: (weekday, date, time, zone) => `${weekday} ${date} à ${time} (${ZONES[zone] ?? `fuseau ${zone}`})`,
    noNext: 'Aucun récapitulatif n’est prévu pour l’instant.',
    sources: 'Dernière lecture des sources',
    inbox: 'Trier les appels, les proposer à des chercheurs',
    calls: 'Voir tous les appels',
    settings: 'Réglages des notifications\u00a0: quoi, quand et où',
    unsubscribe: 'Se désabonner',
  },
};
