import { messages } from '../../message.js';

export const team = messages({
  'team.title': { en: 'Team', fr: 'Équipe' },
  'team.title-of': { en: 'Team of {institute}', fr: 'Équipe : {institute}' },
  'team.coordinators': { en: 'Coordinators', fr: 'Coordination' },
  'team.coordinators.intro': {
    en: 'They see all institutes and invite them; what an institute decides and writes stays inside it.',
    fr: 'Elle voit tous les instituts et les invite ; ce qu’un institut décide et écrit reste chez lui.',
  },
  'team.none': { en: 'Nobody yet', fr: 'Personne pour l’instant' },
  'team.none.says': {
    en: 'Invite the first officer below: they will receive an e-mail with a link.',
    fr: 'Invitez ci-dessous le premier chargé d’affaires\u00a0: il recevra un lien par e-mail.',
  },
  'team.you': { en: 'you', fr: 'vous' },
  'team.role.coordinator': { en: 'Coordinator', fr: 'Coordinateur' },
  'team.role.officer': { en: 'Officer', fr: 'Chargé d’affaires' },
  'team.role.reader': { en: 'Reader', fr: 'Lecteur' },
  'team.role.officer.may': {
    en: 'decides, proposes calls, edits the profile, invites',
    fr: 'décide, propose des appels, modifie le profil, invite',
  },
  'team.role.reader.may': {
    en: 'sees everything of the institute, changes nothing',
    fr: 'voit tout ce qui concerne l’institut, ne modifie rien',
  },
  'team.seen': { en: 'last seen {when}', fr: 'dernière visite le {when}' },
  'team.invited': { en: 'invited on {when}, not signed in yet', fr: 'invité le {when}, pas encore connecté' },
  'team.invited-by': { en: 'invited by {who}', fr: 'invité par {who}' },
  'team.role': { en: 'Role', fr: 'Rôle' },
  'team.change': { en: 'Edit', fr: 'Modifier' },
  'team.change-who': {
    en: 'Edit the role of {name} or remove them',
    fr: 'Modifier le rôle de {name} ou retirer la personne',
  },
  'team.role-of': { en: 'Role of {name}', fr: 'Rôle de {name}' },
  'team.sessions': { en: 'Sessions of {name}', fr: 'Connexions de {name}' },
  'team.sessions.revoke-which': {
    en: 'Sign out {name}: {browser}, signed in on {since}',
    fr: 'Déconnecter {name}\u00a0: {browser}, connexion du {since}',
  },
  'team.remove': { en: 'Remove {name}', fr: 'Retirer {name}' },
  'team.remove.says': {
    en: 'They are signed out everywhere immediately and their keys stop working. What they wrote stays.',
    fr: 'La personne est aussitôt déconnectée partout et ses clés ne fonctionnent plus. Ce qu’elle a écrit reste.',
  },
  'team.remove.says-network': {
    en: 'They receive an e-mail, and are removed after seven days unless they keep their access.',
    fr: 'La personne reçoit un e-mail et perd son accès après sept jours, sauf si elle le garde.',
  },
  'team.leaves': {
    en: 'The network wants to remove this officer: their access ends on {day}.',
    fr: 'Le réseau souhaite retirer ce chargé d’affaires : son accès prend fin le {day}.',
  },
  'team.keep': { en: 'Keep my access', fr: 'Garder mon accès' },
  'flash.leaving': {
    en: 'They will receive an e-mail and have seven days to keep their access.',
    fr: 'La personne est prévenue par e-mail et a sept jours pour garder son accès.',
  },
  'flash.kept': { en: 'Your access is kept.', fr: 'Votre accès est conservé.' },
  'team.invite': { en: 'Invite a colleague', fr: 'Inviter un collègue' },
  'team.invite.coordinator': { en: 'Invite a coordinator', fr: 'Inviter un coordinateur' },
  'team.invite.says': {
    en: 'They will receive an e-mail with a link valid for {days} days. Someone who already has an account gets a new link.',
    fr: 'La personne reçoit par e-mail un lien valable {days} jours. Si elle a déjà un compte, elle reçoit un nouveau lien.',
  },
  'team.invite.says-network': {
    en: 'If the institute had people before, the person you invite sees what is new inside it. What was there before stays closed until an officer who was there, or the operator, opens it.',
    fr: 'Si l’institut avait déjà une équipe, la personne que vous invitez voit ce qui y est nouveau. Ce qui précède lui reste fermé tant qu’un chargé d’affaires déjà présent, ou l’exploitant, ne l’a pas ouvert.',
  },
  'team.not-let-in': {
    en: 'Invited by the network: {name} sees what is new inside the institute since {day}, and nothing from before.',
    fr: 'Invitation du réseau\u00a0: {name} voit ce qui est nouveau dans l’institut depuis le {day}, et rien de ce qui précède.',
  },
  'team.let-in': { en: 'Open what was there before', fr: 'Ouvrir ce qui précède' },
  'flash.let-in': {
    en: 'They now see everything inside the institute.',
    fr: 'Cette personne voit désormais tout ce qui est interne à l’institut.',
  },
  'team.last.network': {
    en: 'This is the institute’s last officer, whom the network cannot remove. If they are gone, ask the operator.',
    fr: 'C’est le dernier chargé d’affaires de l’institut\u00a0: le réseau ne peut pas le retirer. S’il est parti, adressez-vous à l’exploitant.',
  },
  'layout.inside-from': {
    en: 'You see what is new inside your institute since {day}. What was there before is closed to you until an officer who was there, or the operator, opens it.',
    fr: 'Vous voyez ce qui est nouveau dans votre institut depuis le {day}. Ce qui précède vous est fermé tant qu’un chargé d’affaires déjà présent, ou l’exploitant, ne l’a pas ouvert.',
  },
  'team.name': { en: 'Name', fr: 'Nom' },
  'team.email': { en: 'E-mail address', fr: 'Adresse e-mail' },
  'team.language': { en: 'Language', fr: 'Langue' },
  'team.send': { en: 'Send the invitation', fr: 'Envoyer l’invitation' },
  'team.officers-invite': {
    en: 'The institute has officers: they invite their colleagues.',
    fr: 'L’institut a ses chargés d’affaires : ce sont eux qui invitent leurs collègues.',
  },
  'team.taken': {
    en: 'This address already has an account elsewhere. Use another one, or ask the coordinator.',
    fr: 'Cette adresse a déjà un compte ailleurs. Choisissez-en une autre, ou demandez à la coordination.',
  },
  'team.last': {
    en: 'The institute needs at least one officer: give someone else this role first.',
    fr: 'L’institut doit garder au moins un chargé d’affaires\u00a0: donnez d’abord ce rôle à quelqu’un d’autre.',
  },
  'team.last.coordinator': {
    en: 'The network needs at least one coordinator.',
    fr: 'Le réseau doit garder au moins un coordinateur.',
  },
  'team.keys': { en: 'Service keys', fr: 'Clés de service' },
  'team.keys.help': {
    en: 'For programs that work for the institute and not for one person. They stop working when the person who created them leaves or is no longer an officer.',
    fr: 'Pour des programmes qui travaillent pour l’institut et non pour une personne. Elles cessent de fonctionner quand la personne qui les a créées part ou n’est plus chargée d’affaires.',
  },
  'team.keys.network-help': {
    en: 'For programs of the network. They give access to all institutes, but to nothing internal to one.',
    fr: 'Pour les programmes du réseau. Elles donnent accès à tous les instituts, mais à rien d’interne.',
  },
  'flash.invited': { en: 'The invitation is on its way.', fr: 'L’invitation est en route.' },
});
