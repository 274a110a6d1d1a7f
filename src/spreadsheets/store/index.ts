export { SheetImportRepository } from './sheet-import.repository.js';
