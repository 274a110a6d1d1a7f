import { operatorTexts } from '../message.js';

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
    'Its {n, plural, one {{n} call was} other {{n} calls were}} last confirmed on {moment}, {age}.',
  'alarm.users.stays':
    'Its {n, plural, one {{n} call stays as it was} other {{n} calls stay as they were}}, last confirmed on {moment}, {age}. Later changes are not known, and the e-mails say so.',
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
  'alarm.called.away': 'away',
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
  'alarm.meaning.away':
    'It did not respond, and it does again. Meanwhile pages and the API answered 503, and nothing was read, matched or sent.',
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
    'In DATA_DIR, what grows are the embedded database, e-mails as files (outbox) and backups that were left there.',
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
