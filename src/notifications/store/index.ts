export { FollowRepository } from './follow.repository.js';
export { PastCallRepository } from './past-call.repository.js';
export { RecipientRepository } from './recipient.repository.js';
