import { messages } from '../message.js';

/** What institutes open to one another, and the bids that they make together. */
export const together = messages({
  'together.interested': { en: '{name} is interested.', fr: '{name} est intéressé.' },
  'together.would-lead': { en: 'Would lead the bid.', fr: 'Prêt à porter le projet.' },
  'together.brings': { en: 'Could bring: {what}', fr: 'Pourrait apporter\u00a0: {what}' },
  'together.others': {
    en: '{n, plural, one {{name} interested} other {# institutes interested}}',
    fr: '{n, plural, one {{name} intéressé} other {# instituts intéressés}}',
  },
  'together.nobody': {
    en: 'No institute has opened its interest in this call.',
    fr: 'Aucun institut n’a signalé son intérêt pour cet appel.',
  },
  'together.open': { en: 'Open our interest to the network', fr: 'Signaler notre intérêt au réseau' },
  'together.change': { en: 'Change or withdraw', fr: 'Modifier ou retirer' },
  'together.ours': {
    en: 'Your interest is open to all institutes of the network.',
    fr: 'Votre intérêt est visible de tous les instituts du réseau.',
  },
  'together.title': { en: 'Our interest in this call', fr: 'Notre intérêt pour cet appel' },
  'together.says': {
    en: 'All institutes of the network will see your institute’s name and what you enter here. On a joint opportunity, its members also see which points of the call your profile answers. Your decision, notes and proposals stay inside your institute.',
    fr: 'Tous les instituts du réseau verront le nom de votre institut et ce que vous indiquez ici. Dans un projet commun, les membres voient aussi à quels points de l’appel votre profil répond. Votre décision, vos notes et vos propositions restent dans votre institut.',
  },
  'together.brings.label': { en: 'We could bring', fr: 'Nous pourrions apporter' },
  'together.brings.help': {
    en: 'One sentence, up to 500 characters. Optional.',
    fr: 'Une phrase, 500 caractères au plus. Facultatif.',
  },
  'together.competences': { en: 'Competences to name', fr: 'Compétences à citer' },
  'together.competences.help': {
    en: 'Those that match the call are ticked.',
    fr: 'Celles qui correspondent à l’appel sont cochées.',
  },
  'together.leads': { en: 'We would lead the bid', fr: 'Nous pourrions porter le projet' },
  'together.tell': {
    en: 'Tell me by e-mail when other institutes are interested (at most once a day)',
    fr: 'Me prévenir par e-mail quand d’autres instituts sont intéressés (une fois par jour au plus)',
  },
  'together.do-open': { en: 'Open to the network', fr: 'Signaler au réseau' },
  'together.save': { en: 'Save', fr: 'Enregistrer' },
  'together.withdraw': { en: 'Withdraw our interest', fr: 'Retirer notre intérêt' },
  'together.opened-by': { en: 'Opened by {by}, {when}', fr: 'Signalé par {by}, le {when}' },
  'flash.interest-open': {
    en: 'Your interest is open to the network.',
    fr: 'Votre intérêt est signalé au réseau.',
  },
  'flash.interest-withdrawn': { en: 'Your interest was withdrawn.', fr: 'Votre intérêt a été retiré.' },

  'joint.title': { en: 'Joint opportunity', fr: 'Projet commun' },
  'joint.list': { en: 'With other institutes', fr: 'Avec d’autres instituts' },
  'joint.begin': { en: 'Begin a joint opportunity', fr: 'Lancer un projet commun' },
  'joint.begin-says': {
    en: 'All interested institutes become members and find it in their pipeline.',
    fr: 'Tous les instituts intéressés en deviennent membres et le trouvent dans leurs projets.',
  },
  'joint.there': { en: 'Joint opportunity', fr: 'Projet commun' },
  'joint.led-by': { en: 'led by {name}', fr: 'porté par {name}' },
  'joint.no-lead': { en: 'no lead yet', fr: 'sans porteur' },
  'joint.members': { en: 'Members', fr: 'Membres' },
  'joint.members-says': {
    en: 'A member is any institute whose interest in the call is open. To leave, withdraw your interest.',
    fr: 'Est membre tout institut dont l’intérêt pour l’appel est signalé. Pour quitter le projet, retirez votre intérêt.',
  },
  'joint.stage': { en: 'Stage', fr: 'Étape' },
  'joint.stage.forming': { en: 'Building the team', fr: 'Équipe en formation' },
  'joint.stage.preparing': { en: 'Preparing', fr: 'En préparation' },
  'joint.stage.submitted': { en: 'Submitted', fr: 'Déposé' },
  'joint.stage.funded': { en: 'Funded', fr: 'Financé' },
  'joint.stage.rejected': { en: 'Rejected', fr: 'Non retenu' },
  'joint.stage.given-up': { en: 'Given up', fr: 'Abandonné' },
  'joint.lead': { en: 'Lead', fr: 'Porteur' },
  'joint.wanted': { en: 'Decision wanted from the network', fr: 'Décision attendue du réseau' },
  'joint.wanted-by': { en: 'By', fr: 'Avant le' },
  'joint.state': { en: 'State of the bid', fr: 'État du projet' },
  'joint.state-says': {
    en: 'Members and the coordination of the network see this. Your own stage, dates and amounts stay in your pipeline.',
    fr: 'Les membres et la coordination du réseau voient ces informations. Votre étape, vos dates et vos montants restent dans vos projets.',
  },
  'joint.since': { en: 'since {day}', fr: 'depuis le {day}' },
  'joint.deadline': { en: 'Next deadline', fr: 'Prochaine échéance' },
  'joint.no-deadline': { en: 'no deadline to come', fr: 'aucune échéance à venir' },
  'joint.team': { en: 'What the members answer', fr: 'Ce que couvrent les membres' },
  'joint.team-says': {
    en: 'By the words of the profiles. The words themselves are shown to each institute alone.',
    fr: 'D’après les mots des profils. Ces mots ne sont montrés qu’à chaque institut.',
  },
  'joint.no-statements': {
    en: 'The text of the call does not say point by point what it expects.',
    fr: 'Le texte de l’appel ne dit pas point par point ce qu’il attend.',
  },
  'joint.gaps': { en: 'Partners to find', fr: 'Partenaires à trouver' },
  'joint.no-gaps': {
    en: 'A member answers each point well.',
    fr: 'Chaque point est bien couvert par un membre.',
  },
  'joint.no-past': {
    en: 'The funded projects of the members name no past partner for it.',
    fr: 'Les projets financés des membres ne citent aucun partenaire passé sur ce point.',
  },
  'joint.past': { en: 'Past partners: {list}', fr: 'Partenaires passés\u00a0: {list}' },
  'joint.see-own': { en: 'In our pipeline', fr: 'Dans nos projets' },
  'joint.save': { en: 'Save', fr: 'Enregistrer' },
  'joint.none': { en: 'No joint opportunities yet.', fr: 'Aucun projet commun pour l’instant.' },
  'joint.interests': { en: 'Our open interests', fr: 'Nos intérêts signalés' },
  'joint.no-interests': {
    en: 'None yet. Open your interest on the page of a call.',
    fr: 'Aucun pour l’instant. Signalez votre intérêt depuis la page d’un appel.',
  },
  'joint.interest-others': {
    en: '{n, plural, =0 {no other institute} one {# other institute} other {# other institutes}}',
    fr: '{n, plural, =0 {aucun autre institut} one {# autre institut} other {# autres instituts}}',
  },
});
