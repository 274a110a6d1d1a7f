import { Global, Module } from '@nestjs/common';
import { ExportsController } from './api/exports.controller.js';
import { FeedsController } from './api/feeds.controller.js';
import { ImportController } from './api/import.controller.js';
import { CallSheets } from './call-sheets.js';
import { Feeds } from './feeds.js';
import { MatchSheets } from './match-sheets.js';
import { AtomPages, FeedPages } from './pages/feed.controller.js';
import { SheetImportPages } from './pages/import.controller.js';
import { SheetExportPages, SheetsPages } from './pages/sheets.controller.js';
import { SheetImport } from './sheet-import.js';
import { SheetReaders } from './sheet-readers.js';
import { News } from './news.js';
import { FeedRepository } from './store/feed.repository.js';
import { SheetBidRepository } from './store/sheet-bid.repository.js';
import { SheetImportRepository } from './store/sheet-import.repository.js';
import { SheetRepository } from './store/sheet.repository.js';

const STORES = [FeedRepository, SheetBidRepository, SheetImportRepository, SheetRepository];
const SERVICES = [CallSheets, Feeds, MatchSheets, News, SheetImport, SheetReaders];

/** Excel exports and imports, and feeds. */
@Global()
@Module({
  controllers: [
    ExportsController,
    FeedsController,
    ImportController,
    AtomPages,
    FeedPages,
    SheetExportPages,
    SheetImportPages,
    SheetsPages,
  ],
  providers: [...STORES, ...SERVICES],
  exports: [...STORES, ...SERVICES],
})
export class SpreadsheetsModule {}
