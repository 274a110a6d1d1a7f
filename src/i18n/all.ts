import { beginnings } from './documents/beginnings.js';
import { briefTexts } from './documents/brief.js';
import { calendarTexts } from './documents/calendar.js';
import { paperTexts } from './documents/papers.js';
import { actionTypes } from './facts/action-types.js';
import { besideFields } from './facts/beside.js';
import { changes } from './facts/changes.js';
import { dates } from './facts/dates.js';
import { facts } from './facts/facts.js';
import { money } from './facts/money.js';
import { names } from './facts/names.js';
import { programmes } from './facts/programmes.js';
import { sourceAges } from './facts/source-age.js';
import { verdicts } from './facts/verdicts.js';
import { alarmMails } from './mails/alarms.js';
import { accessMails } from './mails/access.js';
import { departureMail } from './mails/departure.js';
import { passkeyMails } from './mails/passkeys.js';
import { pipelineMails } from './mails/pipeline.js';
import { proposalMails } from './mails/proposals.js';
import { recipientMails } from './mails/recipients.js';
import { togetherMails } from './mails/together.js';
import { messageFrame } from './messages/frame.js';
import { messageItems } from './messages/items.js';
import { messageSubjects } from './messages/subject.js';
import { issues } from './problems/issues.js';
import { problems } from './problems/problems.js';
import { bidSentences } from './reasons/joint-bid.js';
import { learnedReasons } from './reasons/learned.js';
import { reasons } from './reasons/reasons.js';
import { unmet } from './reasons/unmet.js';
import { sheetColumns } from './sheets/columns.js';
import { sheetWords } from './sheets/words.js';
import { whyNotOfCall } from './why-not/call.js';
import { whyNotOfMail } from './why-not/mail.js';
import { account } from './pages/people/account.js';
import { answer } from './pages/answer.js';
import { call } from './pages/call/call.js';
import { callChanges } from './pages/call/changes.js';
import { callDecision } from './pages/call/decision.js';
import { callFacts } from './pages/call/facts.js';
import { callMatch } from './pages/call/match.js';
import { audit } from './pages/people/audit.js';
import { auditWords } from './pages/people/audit-words.js';
import { calendars } from './pages/calendars.js';
import { calls } from './pages/calls.js';
import { channels } from './pages/channels.js';
import { cockpit } from './pages/cockpit.js';
import { papers } from './pages/papers.js';
import { deadlines } from './pages/deadlines.js';
import { forAnyone } from './pages/people/for-anyone.js';
import { figures } from './pages/figures.js';
import { inbox } from './pages/inbox.js';
import { jointBid } from './pages/joint-bid.js';
import { learned } from './pages/learned.js';
import { layout } from './pages/layout.js';
import { network } from './pages/network.js';
import { outbox } from './pages/outbox.js';
import { passkeys } from './pages/people/passkeys.js';
import { people } from './pages/people/people.js';
import { pipeline } from './pages/pipeline.js';
import { pipelineTogether } from './pages/pipeline-together.js';
import { contacts } from './pages/profile/contacts.js';
import { preferences } from './pages/profile/preferences.js';
import { profile } from './pages/profile/profile.js';
import { profileConfirm } from './pages/profile/confirm.js';
import { profilePreview } from './pages/profile/preview.js';
import { profileMistakes } from './pages/profile/mistakes.js';
import { suggestions } from './pages/profile/suggestions.js';
import { start } from './pages/profile/start.js';
import { versions } from './pages/profile/versions.js';
import { privacy } from './pages/people/privacy.js';
import { reader } from './pages/reader.js';
import { sheetFields } from './pages/sheet-fields.js';
import { sheets } from './pages/sheets.js';
import { signIn } from './pages/people/sign-in.js';
import { sources } from './pages/sources.js';
import { team } from './pages/people/team.js';
import { together } from './pages/together.js';
import { recallSample } from './pages/recall-sample.js';
import { notificationPreferences } from './pages/notification-preferences.js';
import { trackRecord } from './pages/track-record.js';
import { why } from './pages/why.js';

/**
 * All texts of pages, mails, notifications, documents, sheets and reasons except those of plug-ins. The check
 * compares the two languages and verifies that each key is used.
 */
export const ALL = {
  ...actionTypes,
  ...besideFields,
  ...changes,
  ...dates,
  ...facts,
  ...money,
  ...names,
  ...programmes,
  ...sourceAges,
  ...verdicts,
  ...alarmMails,
  ...accessMails,
  ...beginnings,
  ...issues,
  ...problems,
  ...bidSentences,
  ...unmet,
  ...suggestions,
  ...briefTexts,
  ...calendarTexts,
  ...paperTexts,
  ...departureMail,
  ...passkeyMails,
  ...pipelineMails,
  ...proposalMails,
  ...recipientMails,
  ...messageFrame,
  ...messageItems,
  ...messageSubjects,
  ...learnedReasons,
  ...reasons,
  ...sheetColumns,
  ...sheetWords,
  ...togetherMails,
  ...whyNotOfCall,
  ...whyNotOfMail,
  ...account,
  ...answer,
  ...audit,
  ...auditWords,
  ...call,
  ...callChanges,
  ...callDecision,
  ...callFacts,
  ...callMatch,
  ...calendars,
  ...calls,
  ...channels,
  ...cockpit,
  ...papers,
  ...deadlines,
  ...forAnyone,
  ...figures,
  ...inbox,
  ...jointBid,
  ...layout,
  ...learned,
  ...network,
  ...outbox,
  ...passkeys,
  ...people,
  ...pipeline,
  ...pipelineTogether,
  ...contacts,
  ...preferences,
  ...profile,
  ...profileConfirm,
  ...profilePreview,
  ...profileMistakes,
  ...start,
  ...versions,
  ...privacy,
  ...reader,
  ...sheetFields,
  ...sheets,
  ...signIn,
  ...sources,
  ...team,
  ...recallSample,
  ...together,
  ...notificationPreferences,
  ...trackRecord,
  ...why,
};
export type MessageKey = keyof typeof ALL;
