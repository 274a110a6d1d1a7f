import { Module } from '@nestjs/common';
import { CallSheets } from './call-sheets.js';
import { ExportsController } from './api/exports.controller.js';
import { Feeds } from './feeds.js';
import { FeedsController } from './api/feeds.controller.js';
import { ImportController } from './api/import.controller.js';
import { MatchSheets } from './match-sheets.js';
import { SheetImport } from './sheet-import.js';
import { SheetReaders } from './sheet-readers.js';
import { MatchingModule } from '../matching/matching.module.js';

/** Excel exports and imports. */
@Module({
  imports: [MatchingModule],
  controllers: [ExportsController, FeedsController, ImportController],
  providers: [CallSheets, Feeds, MatchSheets, SheetImport, SheetReaders],
  exports: [CallSheets, Feeds, MatchSheets, SheetImport],
})
export class SpreadsheetsModule {}
