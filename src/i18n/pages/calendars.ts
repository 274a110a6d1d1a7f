import { messages } from '../message.js';

export const calendars = messages({
  'calendars.title': { en: 'Deadlines in your calendar', fr: 'Les échéances dans votre agenda' },
  'calendars.block': {
    en: 'Show these deadlines in Outlook, Google Calendar or Apple Calendar. They are updated when a deadline moves.',
    fr: 'Affichez ces échéances dans Outlook, Google Agenda ou Calendrier d’Apple. Elles suivent les reports.',
  },
  'calendars.subscribe': { en: 'Subscribe in your calendar', fr: 'S’abonner dans votre agenda' },
  'calendars.lead': {
    en: 'Your calendar reads a secret link. Each deadline is a half-hour event that ends at the deadline. If the deadline moves, so does the event, usually within a day. Anyone with the link can see the deadlines. It stops working when it is revoked, or when the person who created it leaves.',
    fr: 'Votre agenda lit un lien secret. Chaque échéance est un événement d’une demi-heure qui se termine à l’heure limite. Si elle est reportée, l’événement se déplace, en général en moins d’un jour. Toute personne qui a le lien voit les échéances. Il cesse de fonctionner quand il est révoqué, ou quand la personne qui l’a créé s’en va.',
  },
  'calendars.how': { en: 'How to subscribe', fr: 'Comment s’abonner' },
  'calendars.how-outlook': {
    en: 'Outlook (new, and on the web): Calendar > Add calendar > Subscribe from web, then paste the link. Classic Outlook: Home > Open calendar > From internet.',
    fr: 'Outlook (nouveau, et sur le web)\u00a0: Calendrier > Ajouter un calendrier > S’abonner à partir du web, puis collez le lien. Outlook classique\u00a0: Accueil > Ouvrir le calendrier > À partir d’Internet.',
  },
  'calendars.how-google': {
    en: 'Google Calendar, in a browser: Other calendars > + > From URL, then paste the link. Changes may take up to a day to appear: Google decides how often it reads the link.',
    fr: 'Google Agenda, dans un navigateur\u00a0: Autres agendas > + > À partir de l’URL, puis collez le lien. Une modification peut mettre un jour à apparaître\u00a0: c’est Google qui décide quand il relit le lien.',
  },
  'calendars.how-apple': {
    en: 'Apple Calendar: File > New calendar subscription, then paste the link.',
    fr: 'Calendrier d’Apple\u00a0: Fichier > Nouvel abonnement à un calendrier, puis collez le lien.',
  },
  'calendars.own': { en: 'My calls', fr: 'Mes appels' },
  'calendars.own-help': {
    en: 'Calls you marked as relevant or proposed to a researcher.',
    fr: 'Les appels que vous avez jugés pertinents ou proposés à un chercheur.',
  },
  'calendars.own-name': { en: 'My deadlines', fr: 'Mes échéances' },
  'calendars.institute': { en: 'All calls of {name}', fr: 'Tous les appels {name}' },
  'calendars.institute-help': {
    en: 'Calls that fit the institute, and those that it found relevant. Calls marked “not for us” are not in it.',
    fr: 'Les appels qui correspondent à l’institut et ceux qu’il a jugés pertinents. Les appels non retenus n’y figurent pas.',
  },
  'calendars.institute-name': { en: 'Deadlines {name}', fr: 'Échéances {name}' },
  'calendars.group': { en: 'Calls of a group of institutes', fr: 'Appels d’un groupe d’instituts' },
  'calendars.group-help': {
    en: 'Calls that fit at least one institute of the group, with the names of those they fit.',
    fr: 'Les appels qui correspondent à au moins un institut du groupe, avec les noms.',
  },
  'calendars.group-name': { en: 'Deadlines of the group', fr: 'Échéances du groupe' },
  'calendars.which-group': { en: 'Group', fr: 'Groupe' },
  'calendars.name': { en: 'Name in your calendar', fr: 'Nom dans votre agenda' },
  'calendars.make': { en: 'Create a link', fr: 'Créer un lien' },
  'calendars.make-which': { en: 'Create a link: {what}', fr: 'Créer un lien\u00a0: {what}' },
  'calendars.none': { en: 'No link yet.', fr: 'Aucun lien pour l’instant.' },
  'calendars.no-groups': {
    en: 'The network’s calendars are per group, and no group is configured.',
    fr: 'Les agendas du réseau sont ceux des groupes, et aucun groupe n’est configuré.',
  },
  'calendars.by': { en: 'Created by {name} on {day}', fr: 'Créé par {name} le {day}' },
  'calendars.secret': { en: 'Secret starting with', fr: 'Secret commençant par' },
  'calendars.read': { en: 'Last read: {when}', fr: 'Dernière lecture\u00a0: {when}' },
  'calendars.never': { en: 'never', fr: 'jamais' },
  'calendars.revoke': { en: 'Revoke', fr: 'Révoquer' },
  'calendars.revoke-which': { en: 'Revoke “{name}”', fr: 'Révoquer «\u00a0{name}\u00a0»' },
  'calendars.full': {
    en: 'You already have 20 links. Revoke one first.',
    fr: 'Vous avez déjà 20 liens. Révoquez-en un d’abord.',
  },
  'calendars.made': { en: 'Link for “{name}”', fr: 'Lien pour «\u00a0{name}\u00a0»' },
  'calendars.once': {
    en: 'It is shown only once. Copy it now, or open it in the calendar of this device.',
    fr: 'Il n’est affiché qu’une fois. Copiez-le maintenant, ou ouvrez-le dans l’agenda de cet appareil.',
  },
  'calendars.address': { en: 'Link to subscribe to', fr: 'Lien d’abonnement' },
  'calendars.open': { en: 'Open in the calendar of this device', fr: 'Ouvrir dans l’agenda de cet appareil' },
  'calendars.back': { en: 'Back to the links', fr: 'Retour aux liens' },
  'calendars.to-deadlines': { en: 'Back to the deadlines', fr: 'Retour aux échéances' },
});
