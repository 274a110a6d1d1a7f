import { messages, operatorTexts } from './message.js';

/**
 * E-mails to operators about problems with sources, queues, workers, delivery, disks and the database: what a
 * state is called, what it means, and what to do about it.
 */
export const alarmMails = operatorTexts({
  'alarm.headline': '{name} is {called} ({was, select, none {at the first look} other {was {was}}})',
  'alarm.headline.well': '{name} is {state} again after {lasted} (was {was})',
  'alarm.headline.still': '{name} is still {called}, for {lasted} now',
  'alarm.reason': 'Reason: {reason}',
  'alarm.since': 'Since {moment}, {age}.',
  'alarm.lasting': 'The problem has lasted {lasted}.',
  'alarm.well': 'Back to normal since {moment}, {age}. The problem lasted {lasted}.',
  'alarm.relapses':
    '{n, plural, one {It seemed to be over once in between.} other {It seemed to be over {n} times in between.}}',
  'alarm.users.never': 'It has never been read, so none of its calls are shown yet.',
  'alarm.users.confirmed':
    '{n, plural, =0 {What it holds was} one {Its {n} call was} other {Its {n} calls were}} last confirmed on {moment}, {age}.',
  'alarm.users.stays':
    '{n, plural, =0 {What it holds stays as it was} one {Its {n} call stays as it was} other {Its {n} calls stay as they were}}, last confirmed on {moment}, {age}. Later changes are not known, and the e-mails say so.',
  'alarm.heading.happened': 'What happened',
  'alarm.heading.users': 'What it means for the users',
  'alarm.heading.todo': 'What to do',
  'alarm.nothing-to-do': 'Nothing. Any acknowledgement has ended: the next problem is announced by e-mail.',
  'alarm.foot.read': 'This alarm, and the present state of all (with the admin token):',
  'alarm.foot.acknowledge':
    'There is one reminder a day, and one e-mail when it is over. To stop the reminders, acknowledge it; /rearm instead of /acknowledge undoes this:',
  'duration.day': '{n, plural, one {{n} day} other {{n} days}}',
  'duration.hour': '{n, plural, one {{n} hour} other {{n} hours}}',
  'duration.minute': '{n, plural, one {{n} minute} other {{n} minutes}}',
  'duration.less': 'less than a minute',
  'alarm.called.doubtful': 'doubtful',
  'alarm.called.broken': 'broken',
  'alarm.called.blocked': 'blocked',
  'alarm.called.refused': 'refused',
  'alarm.called.throttled': 'throttled',
  'alarm.called.unreachable': 'unreachable',
  'alarm.called.quiet': 'quiet',
  'alarm.called.differs': 'not as expected',
  'alarm.called.late': 'late',
  'alarm.called.long': 'too long',
  'alarm.called.stopped': 'stopped',
  'alarm.called.failing': 'failing',
  'alarm.called.incomplete': 'incomplete',
  'alarm.called.hampered': 'hampered',
  'alarm.called.full': 'full',
  'alarm.called.nearly-full': 'nearly full',
  'alarm.called.unreadable': 'unreadable',
  'alarm.called.away': 'away',
  'alarm.called.overdue': 'overdue',
  'alarm.called.unproven': 'not proven',
  'alarm.meaning.doubtful': 'It answers, but its answers are contradictory, so none of them was accepted.',
  'alarm.meaning.broken':
    'What it sends is not in the expected format: its page or interface has probably changed.',
  'alarm.meaning.blocked':
    'It blocks the program: with a browser check, a robots.txt rule, or an invalid certificate.',
  'alarm.meaning.refused':
    'It answers 403: it recognises the program by its headers or address and denies it access.',
  'alarm.meaning.throttled': 'It says that we read it too often.',
  'alarm.meaning.unreachable': 'It does not respond, or only with errors.',
  'alarm.meaning.quiet':
    'It answers normally, but nothing has been new or changed for longer than ever before.',
  'alarm.meaning.differs':
    'It answers, but one of the program’s assumptions about it is wrong. Calls may be incomplete or misread.',
  'alarm.meaning.late':
    'Its jobs are waiting and not being processed. New calls, matches or e-mails will be late.',
  'alarm.meaning.long':
    'Jobs arrive faster than they are processed. New calls, matches or e-mails will be late.',
  'alarm.meaning.stopped':
    'No worker can reach the database and the queue. Until one does, nothing is read, matched or sent; stored data can still be viewed.',
  'alarm.meaning.failing': 'No message is accepted any more. They wait, and are retried for three days.',
  'alarm.meaning.incomplete': 'Some messages did not arrive, and are not retried by themselves.',
  'alarm.meaning.hampered': 'Many messages are not accepted. They wait, and are retried for three days.',
  'alarm.meaning.full': 'There is no space left. Changes are refused, and nothing new can be stored or sent.',
  'alarm.meaning.nearly-full': 'There is little space left. Once it is used up, changes are refused.',
  'alarm.meaning.unreadable':
    'The program cannot look into the folder, so nothing can be read from it or written to it.',
  'alarm.meaning.away':
    'It did not respond, and it does again. Meanwhile pages and the API answered 503, and nothing was read, matched or sent.',
  'alarm.meaning.overdue':
    'No backup was made for a day and a half. What is stored since the last one would be lost with the disk.',
  'alarm.meaning.unproven':
    'A backup was made, but its restoration as a trial failed, or the audit log in it was changed. The trial is made again every night.',
  'alarm.todo.backup-log':
    'The reason above, or the log of what makes them (a worker, or the service “backup”), says what failed; it is tried again every hour. If it says nothing, see whether that process runs.',
  'alarm.todo.back-up-now': 'To make one now, in the program’s folder:',
  'alarm.todo.verify-audit': 'If the reason is its audit log, see whether the log itself is the same:',
  'alarm.todo.try-backup':
    'To try one yourself, here or on another machine (with --identity FILE if it is encrypted):',
  'alarm.todo.see-answer':
    'See what the other side answered: above, and for each message in GET /v1/notifications.',
  'alarm.todo.test-mail': 'For e-mails, ask the SMTP server now. In the program’s folder:',
  'alarm.todo.check-filters':
    'If filters refuse them, check the SPF, DKIM and DMARC records of the domain in MAIL_FROM, and block lists.',
  'alarm.todo.send-given-up': 'When the cause is gone, send again what was given up:',
  'alarm.todo.next-digest': 'Otherwise its calls come with the next digest of each reader.',
  'alarm.todo.stopped-addresses':
    'An address that does not exist any more is corrected by its institute: contacts in the profile, people in the team, or a channel.',
  'alarm.todo.free-space': 'Free or add space; the program continues by itself.',
  'alarm.todo.restart-postgres':
    'If your own PostgreSQL stopped for lack of space, start it again; the embedded one is started by itself.',
  'alarm.todo.what-grows':
    'In DATA_DIR, what grows are the embedded database, e-mails as files (outbox) and backups. How many backups are kept is set in config/local.yaml (backup).',
  'alarm.todo.open-folder':
    'The reason above names the error. Let the program’s user enter DATA_DIR and every folder above it, and see whether its disk is mounted.',
  'alarm.todo.server-log': 'Its own log says why: a restart, an update, a crash, or no space left.',
  'alarm.todo.database-caught-up': 'Pending work is done now; nothing is lost.',
  'alarm.todo.try-now':
    'It is retried automatically, at intervals growing to twelve hours. To read it now: POST /v1/sources/{source}/runs',
  'alarm.todo.wait-for-consistent':
    'Usually the source was being updated at that moment, and the next reading is consistent.',
  'alarm.todo.compare-reason': 'If it lasts for a day, compare the reason above with the source’s own page.',
  'alarm.todo.documents-kept':
    'The documents it sent are kept. The reason above says which part was not understood.',
  'alarm.todo.fix-and-reparse':
    'Update the program, or fix the parser in src/harvest/sources/{source}; then replay the kept documents. In the program’s folder:',
  'alarm.todo.in-worker': 'or, in containers, after docker compose exec worker:',
  'alarm.todo.blocks-whom':
    'Open it in a browser on the same network to see whether it blocks the program or everyone.',
  'alarm.todo.name-contact':
    'Name a contact in config/local.yaml (http.contact), read it less often in config/sources.yaml (requestsPerMinute, everyHours), and write to the operators of the site.',
  'alarm.todo.check-refusal': 'Check what it refuses. In the program’s folder:',
  'alarm.todo.in-containers': 'or, in containers:',
  'alarm.todo.set-headers':
    'Set headers for {source} in config/sources.yaml (user-agent, referer, origin) and restart, or read it from another address.',
  'alarm.todo.waits-as-asked': 'The program waits as long as the source asks, then tries again.',
  'alarm.todo.read-less-often':
    'If it happens again, lower requestsPerMinute or raise everyHours of {source} in config/sources.yaml.',
  'alarm.todo.down-for-everyone': 'Open it in a browser: if it is down for everyone, all you can do is wait.',
  'alarm.todo.check-network':
    'If it is not, check the network, the proxy and the name resolution of this machine.',
  'alarm.todo.compare-list':
    'Compare it with the source’s own page: the list may have moved, and this address may no longer be updated.',
  'alarm.todo.quiet-period':
    'If it is just a quiet period, acknowledge this alarm, or raise quietAfterDays of {source} in config/sources.yaml.',
  'alarm.todo.see-differences': 'See what differs and what it means. In the program’s folder:',
  'alarm.todo.keep-answers': 'Keep the answers as fixtures, and fix src/harvest/sources/{source} with them:',
  'alarm.todo.acknowledge-difference':
    'If nothing needs to be done, acknowledge this alarm. It is checked again every week.',
  'alarm.todo.follow-progress': 'Follow its progress: GET /v1/queues',
  'alarm.todo.check-workers': 'Check whether workers are running, and what they log:',
  'alarm.todo.start-worker': 'If none is running, start one:',
  'alarm.todo.start-more': 'If they are running and busy, start more.',
  'alarm.todo.more-workers': 'Start more workers:',
  'alarm.todo.failing-job': 'Look in their log for a job that keeps failing.',
  'alarm.todo.worker-anywhere': 'Start a worker, in a container or without:',
  'alarm.todo.or': 'or:',
  'alarm.todo.worker-log': 'If one is running, its log says what it cannot reach.',
  'alarm.todo.nothing-lost': 'Pending work is done when it is back; nothing is lost.',
});

/** E-mails of one occasion each. */
export const mailsTexts = messages({
  // E-mails about sign-in and about people who leave.
  'mail.sign-in.subject': {
    en: 'Your link to sign in to Carnot Europe',
    fr: 'Votre lien de connexion à Carnot Europe',
  },
  'mail.sign-in.asked': {
    en: 'You asked to sign in to Carnot Europe. Open this link, then press the button on the page:',
    fr: 'Vous avez demandé à vous connecter à Carnot Europe. Ouvrez ce lien, puis appuyez sur le bouton de la page\u00a0:',
  },
  'mail.sign-in.once': {
    en: 'The link is valid for {minutes} minutes and works once.',
    fr: 'Le lien est valable {minutes} minutes et ne sert qu’une fois.',
  },
  'mail.sign-in.not-you': {
    en: 'If you did not ask for it, do nothing: without the button, nobody is signed in.',
    fr: 'Si vous n’avez rien demandé, ne faites rien\u00a0: sans le bouton, personne n’est connecté.',
  },
  'mail.invitation.subject': {
    en: '{by} invites you to Carnot Europe',
    fr: '{by} vous invite sur Carnot Europe',
  },
  'mail.invitation.label': {
    en: 'Accept the invitation',
    fr: 'Accepter l’invitation',
  },
  'mail.invitation.says': {
    en: '{by} invites you to Carnot Europe, for {institute}.',
    fr: '{by} vous invite sur Carnot Europe, pour {institute}.',
  },
  'mail.invitation.network': {
    en: 'the coordination of the Carnot network',
    fr: 'la coordination du réseau Carnot',
  },
  'mail.invitation.what': {
    en: 'Carnot Europe watches the European calls for the Carnot institutes and says which ones fit, with reasons.',
    fr: 'Carnot Europe surveille les appels européens pour les instituts Carnot et indique lesquels leur correspondent, avec les raisons.',
  },
  'mail.invitation.role.coordinator': {
    en: 'You will see all institutes and can invite them.',
    fr: 'Vous verrez tous les instituts et pourrez les inviter.',
  },
  'mail.invitation.role.officer': {
    en: 'As an officer you see the calls that fit your institute and why, decide on them, propose them to researchers, and keep the profile up to date.',
    fr: 'En tant que chargé d’affaires, vous voyez les appels qui correspondent à votre institut, et pourquoi. Vous décidez de leur suite, les proposez aux chercheurs et tenez le profil à jour.',
  },
  'mail.invitation.role.reader': {
    en: 'As a reader you see the calls that fit your institute, and why.',
    fr: 'En tant que lecteur, vous voyez les appels qui correspondent à votre institut, et pourquoi.',
  },
  'mail.invitation.open': {
    en: 'Open this link, then press the button on the page:',
    fr: 'Ouvrez ce lien, puis appuyez sur le bouton de la page\u00a0:',
  },
  'mail.invitation.account': {
    en: 'Open this link and sign in with your {name} account:',
    fr: 'Ouvrez ce lien et connectez-vous avec votre compte {name}\u00a0:',
  },
  'mail.invitation.once': {
    en: 'The link is valid for {days} days and works once. After that, enter your e-mail address here to get a new one: {url}',
    fr: 'Le lien est valable {days} jours et ne sert qu’une fois. Passé ce délai, saisissez votre adresse e-mail ici pour en recevoir un nouveau\u00a0: {url}',
  },
  'mail.removal.subject': {
    en: 'Your access to {institute} ends on {day}',
    fr: 'Votre accès {institute} prend fin le {day}',
  },
  'mail.removal.notice.subject': {
    en: '{officer} is to leave {institute} on {day}',
    fr: 'Le {day}, {officer} doit quitter l’équipe ({institute})',
  },
  'mail.removal.notice.says': {
    en: '{by}, from the network’s coordination, wants to remove the access of {officer} ({institute}). It ends on {day}.',
    fr: '{by}, de la coordination du réseau, souhaite retirer l’accès de {officer} ({institute}). Il prendra fin le {day}.',
  },
  'mail.removal.notice.keep': {
    en: 'Until then, any officer of the institute can press “Keep my access” on the team page. Is this news to you? Ask your colleague, or the coordination.',
    fr: 'D’ici là, tout chargé d’affaires de l’institut peut appuyer sur «\u00a0Garder mon accès\u00a0» sur la page de l’équipe. Vous n’êtes pas au courant\u00a0? Parlez-en à votre collègue ou à la coordination.',
  },
  'mail.removal.says': {
    en: '{by}, from the network’s coordination, wants to remove your access to {institute} on Carnot Europe. It ends on {day}.',
    fr: '{by}, de la coordination du réseau, souhaite retirer votre accès {institute} sur Carnot Europe. Il prendra fin le {day}.',
  },
  'mail.removal.still': {
    en: 'Are you still an officer of this institute? Sign in with this link and press “Keep my access”:',
    fr: 'Vous êtes toujours chargé d’affaires de cet institut\u00a0? Connectez-vous par ce lien et appuyez sur «\u00a0Garder mon accès\u00a0»\u00a0:',
  },
  'mail.removal.else': {
    en: 'If you do nothing, your access ends after {days} days. What you wrote stays with the institute.',
    fr: 'Sans réponse de votre part, votre accès prend fin après {days} jours. Ce que vous avez écrit reste à l’institut.',
  },
  // E-mails to those who stay when somebody has left or lost a role.
  'mail.departure.label': {
    en: 'Open the team page',
    fr: 'Ouvrir la page de l’équipe',
  },
  'mail.departure.subject.removed': {
    en: '{person} was removed{what, select, ended {: what no longer works} channels {: channels to check} other {}}',
    fr: 'Accès de {person} retiré{what, select, ended {\u00a0: ce qui ne fonctionne plus} channels {\u00a0: canaux à vérifier} other {}}',
  },
  'mail.departure.subject.self': {
    en: '{person} has left{what, select, ended {: what no longer works} channels {: channels to check} other {}}',
    fr: '{person} a quitté l’équipe{what, select, ended {\u00a0: ce qui ne fonctionne plus} channels {\u00a0: canaux à vérifier} other {}}',
  },
  'mail.departure.subject.role': {
    en: '{person} has a new role{what, select, ended {: what no longer works} channels {: channels to check} other {}}',
    fr: 'Rôle de {person} modifié{what, select, ended {\u00a0: ce qui ne fonctionne plus} channels {\u00a0: canaux à vérifier} other {}}',
  },
  'mail.departure.subject.erased': {
    en: 'A colleague’s data were erased{what, select, ended {: what no longer works} channels {: channels to check} other {}}',
    fr: 'Données d’une personne de l’équipe effacées{what, select, ended {\u00a0: ce qui ne fonctionne plus} channels {\u00a0: canaux à vérifier} other {}}',
  },
  'mail.departure.says.removed': {
    en: '{by} removed {person} ({institute}).',
    fr: '{by} a retiré l’accès de {person} ({institute}).',
  },
  'mail.departure.says.self': {
    en: '{person} has left Carnot Europe ({institute}).',
    fr: '{person} a quitté Carnot Europe ({institute}).',
  },
  'mail.departure.says.role': {
    en: '{by} changed the role of {person} ({institute}).',
    fr: '{by} a modifié le rôle de {person} ({institute}).',
  },
  'mail.departure.says.erased': {
    en: 'The personal data of a colleague were erased ({institute}), and their access has ended.',
    fr: 'Les données personnelles d’une personne de l’équipe ont été effacées ({institute}), et son accès a pris fin.',
  },
  'mail.departure.operator': {
    en: 'The operator of Carnot Europe',
    fr: 'L’exploitant de Carnot Europe',
  },
  'mail.departure.network': {
    en: 'coordination of the network',
    fr: 'coordination du réseau',
  },
  'mail.departure.ended': {
    en: 'What they had created no longer works:',
    fr: 'Ce que cette personne avait créé ne fonctionne plus\u00a0:',
  },
  'mail.departure.again': {
    en: 'If someone still needs one of these, create it again.',
    fr: 'Si quelqu’un en a encore besoin, il faut les recréer.',
  },
  'mail.departure.serviceKeys': {
    en: 'Service keys: {names}',
    fr: 'Clés de service\u00a0: {names}',
  },
  'mail.departure.feeds': {
    en: 'Links for Excel and feed readers: {names}',
    fr: 'Liens pour Excel et les lecteurs de flux\u00a0: {names}',
  },
  'mail.departure.calendars': {
    en: 'Calendars: {names}',
    fr: 'Agendas\u00a0: {names}',
  },
  'mail.departure.channels': {
    en: 'The institute’s channels stay active: {names}. On the page “Notification channels”, remove those you do not know.',
    fr: 'Les canaux de l’institut restent actifs\u00a0: {names}. Retirez sur la page «\u00a0Canaux de notification\u00a0» ceux que vous ne connaissez pas.',
  },
  // E-mails about passkeys added or removed.
  'mail.passkey.name': { en: '“{name}”', fr: '«\u00a0{name}\u00a0»' },
  'mail.operator': { en: 'The operator of this service', fr: 'L’exploitant du service' },
  'mail.passkey.subject.made': {
    en: 'New passkey for Carnot Europe',
    fr: 'Nouvelle clé d’accès à Carnot Europe',
  },
  'mail.passkey.subject.removed': {
    en: 'Passkey for Carnot Europe removed',
    fr: 'Clé d’accès à Carnot Europe supprimée',
  },
  'mail.passkey.label': { en: 'Open my account', fr: 'Voir mon compte' },
  'mail.passkey.made': {
    en: 'The passkey {names} was added to your Carnot Europe account. You will be asked for it whenever you sign in.',
    fr: 'La clé d’accès {names} a été ajoutée à votre compte Carnot Europe. Elle vous sera demandée à chaque connexion.',
  },
  'mail.passkey.removed': {
    en: 'The passkey {names} was removed from your Carnot Europe account.',
    fr: 'La clé d’accès {names} de votre compte Carnot Europe a été supprimée.',
  },
  'mail.passkey.removed-by': {
    en: '{who} removed your passkeys for Carnot Europe ({names}). You were signed out everywhere: sign in again, then create a new passkey.',
    fr: '{who} a supprimé vos clés d’accès à Carnot Europe ({names}). Toutes vos sessions ont été fermées\u00a0: reconnectez-vous, puis créez une nouvelle clé d’accès.',
  },
  'mail.passkey.not-you': {
    en: 'If you did not expect this, tell the network’s coordinator right away.',
    fr: 'Si vous n’êtes pas à l’origine de ce changement, prévenez sans attendre la coordination du réseau.',
  },
  // E-mails about people's own dates, and about comments that mention them.
  'mail.and-more': {
    en: '{first}, and {n} more',
    fr: '{first}, et {n, plural, one {{n} autre} other {{n} autres}}',
  },
  'mail.reminder.heading': { en: 'Your dates', fr: 'Vos dates' },
  'mail.reminder.intro': {
    en: 'In your pipeline:',
    fr: 'Dans vos projets\u00a0:',
  },
  'mail.reminder.milestone': {
    en: '{label}: {day} ({title})',
    fr: '{label}\u00a0: le {day} ({title})',
  },
  'mail.reminder.task': {
    en: '{label}: due {day} ({title})',
    fr: '{label}\u00a0: à faire pour le {day} ({title})',
  },
  'mail.reminder.overdue': {
    en: '{label}: overdue since {day} ({title})',
    fr: '{label}\u00a0: en retard depuis le {day} ({title})',
  },
  'mail.reminder.moved': {
    en: 'The deadline moved to {day}: should your dates move too? ({title})',
    fr: 'La date limite a été déplacée au {day}\u00a0: faut-il décaler vos dates\u00a0? ({title})',
  },
  'mail.reminder.result': {
    en: 'The result was expected by {day}: is it known? ({title})',
    fr: 'Le résultat était attendu avant le {day}\u00a0: est-il connu\u00a0? ({title})',
  },
  'mail.reminder.contract': {
    en: 'The agreement was expected by {day}: is it signed? ({title})',
    fr: 'La convention était attendue avant le {day}\u00a0: est-elle signée\u00a0? ({title})',
  },
  'mail.pipeline-settings': {
    en: 'Choose which of these e-mails you get',
    fr: 'Choisir les e-mails que vous recevez sur vos projets',
  },
  'mail.mention.subject': {
    en: '{author} mentions you: {title}',
    fr: '{author} vous mentionne\u00a0: {title}',
  },
  'mail.mention.heading': {
    en: '{author} mentions you',
    fr: '{author} vous mentionne',
  },
  'mail.mention.says': {
    en: '{author} writes about “{title}”:',
    fr: '{author} écrit à propos de «\u00a0{title}\u00a0»\u00a0:',
  },
  'mail.mention.open': {
    en: 'See the comments',
    fr: 'Voir les commentaires',
  },
  // E-mails to researchers about proposed calls, and to officers about the answers.
  'mail.proposal.subject': {
    en: 'A call for you? {title}',
    fr: 'Un appel pour vous\u00a0? {title}',
  },
  'mail.proposal.subject-deadline': {
    en: 'A call for you? {title} – deadline {deadline}',
    fr: 'Un appel pour vous\u00a0? {title} – échéance le {deadline}',
  },
  'mail.proposal.heading': {
    en: 'A call proposed by {officer}',
    fr: 'Un appel proposé par {officer}',
  },
  'mail.greeting': { en: 'Hello,', fr: 'Bonjour,' },
  'mail.proposal.opening': {
    en: 'I have come across a European call that may suit you:',
    fr: 'J’ai repéré un appel à projets européen qui pourrait vous convenir\u00a0:',
  },
  'mail.proposal.why': {
    en: 'Why you: the call matches {n, plural, one {your competence} other {your competences}} {competences}.',
    fr: 'Pourquoi vous\u00a0: l’appel rejoint {n, plural, one {votre compétence} other {vos compétences}} {competences}.',
  },
  'mail.proposal.competence-terms': {
    en: '{competence} (it mentions {terms})',
    fr: '{competence} (il y est question de {terms})',
  },
  'mail.proposal.no-why': {
    en: 'Why you: ',
    fr: 'Pourquoi vous\u00a0: ',
  },
  'mail.proposal.says': {
    en: 'What it says:',
    fr: 'Ce que dit l’appel\u00a0:',
  },
  'mail.proposal.says-in': {
    en: 'What it says, in {language}:',
    fr: 'Ce que dit l’appel, en {language}\u00a0:',
  },
  'mail.proposal.lump-sum': {
    en: 'Lump sum',
    fr: 'Forfait (lump sum)',
  },
  'mail.proposal.lump-sum.yes': {
    en: 'yes, the call says so',
    fr: 'oui, l’appel le précise',
  },
  'mail.proposal.lump-sum.no': {
    en: 'no, according to the model grant agreement it names',
    fr: 'non, d’après la convention type citée',
  },
  'mail.proposal.page': {
    en: 'The call’s page',
    fr: 'Page de l’appel',
  },
  'mail.proposal.question': {
    en: 'Would this interest you?',
    fr: 'Est-ce que cela pourrait vous intéresser\u00a0?',
  },
  'mail.proposal.closing': {
    en: 'Best regards,',
    fr: 'Bien cordialement,',
  },
  'mail.proposal.answer-here': {
    en: 'To answer, open this page (no sign-in needed):',
    fr: 'Pour répondre, ouvrez cette page, sans avoir à vous connecter\u00a0:',
  },
  'mail.proposal.answer': {
    en: 'Answer',
    fr: 'Répondre',
  },
  'mail.proposal.sent-by': {
    en: 'Sent by {officer}, {institute}.',
    fr: 'Envoyé par {officer}, {institute}.',
  },
  'mail.proposal.reply-goes': {
    en: 'You can also simply reply to this e-mail.',
    fr: 'Vous pouvez aussi répondre simplement à ce message.',
  },
  'mail.proposal.data': {
    en: 'Your name, address and competences were entered by your institute’s European team.',
    fr: 'Vos nom, adresse et compétences ont été saisis par l’équipe Europe de votre institut.',
  },
  'mail.proposal-reminder.subject': {
    en: 'Reminder: {title}',
    fr: 'Rappel\u00a0: {title}',
  },
  'mail.proposal-reminder.heading': {
    en: 'A call is waiting for your answer',
    fr: 'Un appel attend votre réponse',
  },
  'mail.proposal-reminder.says': {
    en: 'On {day} I wrote to you about this call:',
    fr: 'Je vous ai écrit le {day} au sujet de cet appel\u00a0:',
  },
  'mail.proposal-reminder.deadline': {
    en: 'Deadline: {day}',
    fr: 'Date limite\u00a0: {day}',
  },
  'mail.proposal-reminder.question': {
    en: 'Would it interest you? One click is enough, even to say no.',
    fr: 'Pourrait-il vous intéresser\u00a0? Un clic suffit, même pour dire non.',
  },
  'mail.answer.given.interested': { en: 'interested', fr: 'cela m’intéresse' },
  'mail.answer.given.not-for-me': { en: 'not for me', fr: 'pas pour moi' },
  'mail.answer.given.ask-other': { en: 'ask someone else', fr: 'voir avec quelqu’un d’autre' },
  'mail.answer.subject': { en: '{name}: {answer} – {title}', fr: '{name}\u00a0: {answer} – {title}' },
  'mail.answer.heading': { en: '{name}: {answer}', fr: '{name}\u00a0: {answer}' },
  'mail.answer.says': {
    en: '{name} answered your proposal of {day}: “{answer}”.',
    fr: '{name} a répondu à votre proposition du {day}\u00a0: «\u00a0{answer}\u00a0».',
  },
  'mail.answer.word': {
    en: 'Their comment',
    fr: 'Son commentaire',
  },
  'mail.answer.other': {
    en: 'Person to ask',
    fr: 'À contacter',
  },
  'mail.answer.open': {
    en: 'See the call and all answers',
    fr: 'Voir l’appel et toutes les réponses',
  },
  'mail.answer.changed': {
    en: 'This replaces their earlier answer.',
    fr: 'Cette réponse remplace la précédente.',
  },
  // E-mails to people who receive calls, and to those responsible for them.
  'mail.contact-change.subject': {
    en: 'Recipients of {institute}: a change needs your approval',
    fr: 'Destinataires {institute}\u00a0: un changement attend votre accord',
  },
  'mail.contact-change.label': {
    en: 'See the change',
    fr: 'Voir le changement',
  },
  'mail.contact-change.says': {
    en: '{by} wants to change who receives the e-mails of {institute}.',
    fr: '{by} souhaite modifier les destinataires des e-mails {institute}.',
  },
  'mail.contact-change.file': {
    en: 'The configuration file',
    fr: 'Le fichier de configuration',
  },
  'mail.contact-change.added': {
    en: 'To add: {names}',
    fr: 'À ajouter\u00a0: {names}',
  },
  'mail.contact-change.gone': {
    en: 'To remove: {names}',
    fr: 'À retirer\u00a0: {names}',
  },
  'mail.contact-change.until': {
    en: 'Nothing changes until an officer of the institute accepts:',
    fr: 'Rien ne change avant qu’un chargé d’affaires de l’institut n’accepte\u00a0:',
  },
  'mail.confirmation.subject': {
    en: 'Confirm your address for {institute}',
    fr: 'Confirmez votre adresse pour {institute}',
  },
  'mail.confirmation.label': {
    en: 'Confirm my address',
    fr: 'Confirmer mon adresse',
  },
  'mail.confirmation.given': {
    en: 'Your address was given as a recipient of the European calls that fit {institute}.',
    fr: 'Votre adresse a été indiquée comme destinataire des appels européens qui correspondent {institute}.',
  },
  'mail.confirmation.open': {
    en: 'To receive them, open this link, then press the button on the page:',
    fr: 'Pour les recevoir, ouvrez ce lien, puis appuyez sur le bouton de la page\u00a0:',
  },
  'mail.confirmation.days': {
    en: 'The link is valid for {days} days.',
    fr: 'Le lien est valable {days} jours.',
  },
  'mail.confirmation.else': {
    en: 'If you are not interested, do nothing: without the button, no calls are sent to you.',
    fr: 'Si vous ne souhaitez rien recevoir, ne faites rien\u00a0: sans le bouton, aucun appel ne vous est envoyé.',
  },
  'mail.settings.subject': {
    en: 'Your link to “Notification settings”',
    fr: 'Votre lien vers «\u00a0Réglages des notifications\u00a0»',
  },
  'mail.settings.label': {
    en: 'Open notification settings',
    fr: 'Ouvrir les réglages',
  },
  'mail.settings.asked': {
    en: 'You asked for a new link to the notification settings of Carnot Europe, since the previous one had expired. Here it is:',
    fr: 'Vous avez demandé un nouveau lien vers les réglages des notifications de Carnot Europe, car le précédent avait expiré. Le voici\u00a0:',
  },
  'mail.settings.days': {
    en: 'It works for {days} days, without signing in: do not forward it.',
    fr: 'Il est valable {days} jours, sans connexion\u00a0: ne le transmettez à personne.',
  },
  'mail.settings.not-you': {
    en: 'If you did not ask for it, do nothing: nothing has changed.',
    fr: 'Si vous n’avez rien demandé, ne faites rien\u00a0: rien n’a changé.',
  },
  // E-mails to institutes about joint activities in the network.
  'mail.interest.heading': { en: 'News from the network', fr: 'Du nouveau dans le réseau' },
  'mail.interest.intro': {
    en: 'On calls you are interested in:',
    fr: 'Sur des appels qui vous intéressent\u00a0:',
  },
  'mail.interest.interest': {
    en: '{name} is also interested in “{title}”',
    fr: '{name} s’intéresse aussi à «\u00a0{title}\u00a0»',
  },
  'mail.interest.brings': {
    en: 'It could bring: {sentence}',
    fr: 'Apport possible\u00a0: {sentence}',
  },
  'mail.interest.joint': {
    en: 'A joint opportunity has been started for “{title}”',
    fr: 'Un projet commun a été lancé pour «\u00a0{title}\u00a0»',
  },
  'mail.interest.foot': {
    en: 'To stop these e-mails, untick “Tell me” on the page of your interest in the call.',
    fr: 'Pour ne plus recevoir ces e-mails, décochez «\u00a0Me prévenir\u00a0» sur la page de votre intérêt pour l’appel.',
  },
  'mail.joining.asks': {
    en: '{name} asks to join the joint opportunity “{title}”',
    fr: '{name} demande à rejoindre le projet commun «\u00a0{title}\u00a0»',
  },
  'mail.joining.joined': {
    en: 'Your institute has joined the joint opportunity “{title}”',
    fr: 'Votre institut a rejoint le projet commun «\u00a0{title}\u00a0»',
  },
  'mail.joining.declined': {
    en: 'The members of the joint opportunity “{title}” declined your request to join',
    fr: 'Les membres du projet commun «\u00a0{title}\u00a0» ont décliné votre demande',
  },
  'mail.joining.left': {
    en: '{name} has left the joint opportunity “{title}”',
    fr: '{name} a quitté le projet commun «\u00a0{title}\u00a0»',
  },
  // What was answered comes first: phones cut a subject at its title.
  'mail.joining.subject.joined': {
    en: 'Request accepted: joint opportunity “{title}”',
    fr: 'Demande acceptée\u00a0: projet commun «\u00a0{title}\u00a0»',
  },
  'mail.joining.subject.declined': {
    en: 'Request declined: joint opportunity “{title}”',
    fr: 'Demande déclinée\u00a0: projet commun «\u00a0{title}\u00a0»',
  },
  'mail.joining.says.asks': {
    en: 'Until an officer of one of its members accepts, it sees nothing of the joint opportunity. Once accepted, it sees what happens from then on, not what was there before.',
    fr: 'Tant qu’aucun chargé d’affaires d’un institut membre n’a accepté, il ne voit rien du projet commun. Une fois accepté, il voit ce qui s’y passe à partir de ce moment, et non ce qui précède.',
  },
  'mail.joining.says.joined': {
    en: 'You will find it in your pipeline. You see what happens there from now on, not what was there before.',
    fr: 'Vous le trouverez dans vos projets. Vous y voyez ce qui se passe à partir de maintenant, et non ce qui précède.',
  },
  'mail.joining.says.declined': {
    en: 'Your interest in the call is still visible to the network. To ask again, withdraw it and share it again.',
    fr: 'Votre intérêt pour l’appel reste visible dans le réseau. Pour demander à nouveau, retirez-le puis signalez-le de nouveau.',
  },
  'mail.joining.says.left': {
    en: 'It withdrew its interest in the call.{lead, select, yes { It was the lead: choose another one.} other {}}',
    fr: 'Il a retiré son intérêt pour l’appel.{lead, select, yes { Il était le porteur\u00a0: choisissez-en un autre.} other {}}',
  },
  'mail.joining.label.asks': { en: 'Accept or decline', fr: 'Accepter ou décliner' },
  'mail.joining.label.joined': { en: 'Open the joint opportunity', fr: 'Ouvrir le projet commun' },
  'mail.joining.label.left': { en: 'Open the joint opportunity', fr: 'Ouvrir le projet commun' },
  'mail.joining.label.declined': {
    en: 'Calls you are interested in',
    fr: 'Appels qui vous intéressent',
  },
  'mail.paper.says': {
    en: 'The pack for the next meeting is ready. You can read it online, or download it as a Word or PDF file.',
    fr: 'Le dossier de la prochaine réunion est prêt. Vous pouvez le lire en ligne, ou le télécharger au format Word ou PDF.',
  },
  'mail.paper.label': {
    en: 'Read the pack',
    fr: 'Lire le dossier',
  },
  'mail.paper.by': {
    en: 'Sent by {by}, coordination of the Carnot network.',
    fr: 'Envoyé par {by}, coordination du réseau Carnot.',
  },
});
