import { messages } from '../message.js';

/** Meeting packs and offers. */
export const papers = messages({
  'papers.title': { en: 'Packs and offers', fr: 'Dossiers et offres' },
  'papers.none': { en: 'No packs or offers yet.', fr: 'Aucun dossier ni offre pour l’instant.' },
  'papers.pack': { en: 'Meeting pack', fr: 'Dossier de réunion' },
  'papers.offer': { en: 'Offer', fr: 'Offre' },
  'papers.new-pack': { en: 'New meeting pack', fr: 'Nouveau dossier de réunion' },
  'papers.new-pack-says': {
    en: 'New calls that fit two institutes or more, moved deadlines, joint opportunities, upcoming dates, decisions and results: a draft for you to edit.',
    fr: 'Nouveaux appels pour deux instituts ou plus, dates limites déplacées, projets communs, échéances, décisions et résultats\u00a0: une première version à relire.',
  },
  'papers.new-offer': { en: 'New offer for a sector', fr: 'Nouvelle offre pour un secteur' },
  'papers.new-offer-says': {
    en: 'Based on the words of the profiles and the projects won. For an offer on one call, start from the page of the call.',
    fr: 'D’après les mots des profils et les projets remportés. Pour une offre sur un appel, partez de la page de l’appel.',
  },
  'papers.offer-of-call': { en: 'Write a network offer', fr: 'Rédiger une offre du réseau' },
  'papers.month': { en: 'Month', fr: 'Mois' },
  'papers.month-wrong': {
    en: 'Enter a month such as 2026-06.',
    fr: 'Indiquez un mois, par exemple 2026-06.',
  },
  'papers.language': { en: 'Language', fr: 'Langue' },
  'papers.make': { en: 'Write a draft', fr: 'Préparer' },
  'papers.edited': { en: 'edited {when}', fr: 'modifié le {when}' },
  'papers.sent': { en: 'sent {when}', fr: 'envoyé le {when}' },
  'papers.not-sent': { en: 'not sent', fr: 'non envoyé' },
  'papers.title-field': { en: 'Title', fr: 'Titre' },
  'papers.heading': { en: 'Heading {n}', fr: 'Intertitre {n}' },
  'papers.text': { en: 'Text {n}', fr: 'Texte {n}' },
  'papers.help': {
    en: 'A line that begins with a dash and a space is a point of a list; an empty line begins a new paragraph. A section without text is left out of the document; without a heading it is removed.',
    fr: 'Une ligne qui commence par un tiret et une espace devient un point de liste\u00a0; une ligne vide ouvre un paragraphe. Une section sans texte ne figure pas dans le document\u00a0; sans intertitre, elle est supprimée.',
  },
  'papers.new-section': { en: 'New section', fr: 'Nouvelle section' },
  'papers.save': { en: 'Save', fr: 'Enregistrer' },
  'papers.stale': {
    en: 'Someone else has edited this since. Nothing was saved: copy your text and reload the page.',
    fr: 'Une autre personne a modifié ce texte entre-temps. Rien n’a été enregistré\u00a0: copiez votre texte et rechargez la page.',
  },
  'papers.preview': { en: 'How it reads', fr: 'Aperçu' },
  'papers.docx': { en: 'Word (DOCX)', fr: 'Word (DOCX)' },
  'papers.pdf': { en: 'PDF', fr: 'PDF' },
  'papers.send': { en: 'Send to the officers of the group', fr: 'Envoyer aux chargés d’affaires du groupe' },
  'papers.send-says': {
    en: 'They receive a short e-mail with a link to this pack. Save your changes first.',
    fr: 'Ils reçoivent un court e-mail avec un lien vers ce dossier. Enregistrez d’abord vos modifications.',
  },
  'papers.remove': { en: 'Delete', fr: 'Supprimer' },
});
