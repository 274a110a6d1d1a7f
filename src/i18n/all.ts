import { factsTexts, programmes } from './facts.js';
import { documentsTexts } from './documents.js';
import { notificationsTexts } from './notifications.js';
import { mailsTexts, alarmMails } from './mails.js';
import { fixTexts, issuesTexts } from './issues.js';
import { problemsTexts, problemTitles } from './problems.js';
import { reasonsTexts } from './reasons.js';
import { sheetsTexts } from './sheets.js';
import { whyTexts } from './why.js';
import { callTexts, wonTexts } from './call.js';
import { callsTexts } from './calls.js';
import { profileTexts } from './profile.js';
import { peopleTexts } from './people.js';
import { signInTexts } from './sign-in.js';
import { pipelineTexts } from './pipeline.js';
import { networkTexts } from './network.js';
import { notificationSettingsTexts } from './notification-settings.js';
import { sourcesTexts } from './sources.js';
import { layoutTexts } from './layout.js';

/**
 * All texts of pages, mails, notifications, documents, sheets and reasons except those of plug-ins. The check
 * compares the two languages and verifies that each key is used.
 */
export const ALL = {
  ...factsTexts,
  ...documentsTexts,
  ...notificationsTexts,
  ...mailsTexts,
  ...problemsTexts,
  ...problemTitles,
  ...issuesTexts,
  ...fixTexts,
  ...reasonsTexts,
  ...sheetsTexts,
  ...whyTexts,
  ...wonTexts,
  ...callTexts,
  ...callsTexts,
  ...profileTexts,
  ...peopleTexts,
  ...signInTexts,
  ...pipelineTexts,
  ...networkTexts,
  ...notificationSettingsTexts,
  ...sourcesTexts,
  ...layoutTexts,
  ...programmes,
  ...alarmMails,
};
export type MessageKey = keyof typeof ALL;
