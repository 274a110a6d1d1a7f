export { MessagesOfPerson } from './messages-of-person.js';
export { PersonEntity } from './person.entity.js';
export { PersonRepository } from './person.repository.js';
