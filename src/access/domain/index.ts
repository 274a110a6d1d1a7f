export {
  CLOCK_SKEW_MS,
  MOST_SIGN_IN_LINKS,
  RECENT_SIGN_IN_MINUTES,
  SIGN_IN_LINK_MS,
  dayAfter,
} from './lifetimes.js';
export { ownPath } from './own-path.js';
export { PipelineMails, wantsDates, wantsMentions } from './pipeline-mails.js';
export { type Presence, absence, signedInJustNow } from './presence.js';
export { PasskeyPolicy, policyProblems, STEP_PATHS, type RelyingParty } from './second-factor.js';
export { lastRefusal } from './last-refusal.js';
export { Claims } from './sign-on/claims.js';
export { providerOf, type SignOnProvider } from './sign-on/provider.js';
