export { withoutLinks } from './content/without-links.js';
export { ADDRESS_GONE } from './delivery/channel.js';
export { type DeliveryReport, outcomesIn } from './delivery/delivery-report.js';
export { blameOf, statusOfReply, type Blame } from './delivery/refusal.js';
export { sourceAge } from './facts/source-age.js';
export { type MessageRate, messageRate, periodOf } from './preferences/message-rate.js';
export {
  PreferenceValues,
  Preferences,
  TimeOfDay,
  installationPreferences,
  leastScoreOf,
  preferencesOf,
} from './preferences/preferences.js';
export { nextDigestAt } from './schedule/next-message.js';
export { pastDigests } from './schedule/past-digests.js';
export type { PastProfile } from './schedule/past-recipient.js';
export { WEEKDAYS } from './schedule/digest-times.js';
