export { PersonalDataRepository, type PersonalData, type Whose } from './personal-data.repository.js';
export { daysBefore, RetentionRepository } from './retention.repository.js';
