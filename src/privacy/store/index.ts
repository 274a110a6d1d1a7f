export type { ErasedText, Untouched } from './erased-texts.js';
export { ErasureRepository } from './erasure.repository.js';
export { PersonalDataRepository, type PersonalData, TOLD } from './personal-data.repository.js';
export { daysBefore, RetentionRepository } from './retention.repository.js';
export { PLACES } from './texts.js';
export type { Whose } from './whose.js';
