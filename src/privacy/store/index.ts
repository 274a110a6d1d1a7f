export { PersonalDataRepository, type PersonalData, TOLD, type Whose } from './personal-data.repository.js';
export { daysBefore, RetentionRepository } from './retention.repository.js';
