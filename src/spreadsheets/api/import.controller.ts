import {
  BadRequestException,
  Controller,
  HttpCode,
  Param,
  PayloadTooLargeException,
  Post,
  Query,
  Req,
  UnsupportedMediaTypeException,
  UploadedFile,
  UseInterceptors,
  type HttpException,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiOperation, ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import type { ReadSheet } from '../domain/read-sheet.js';
import { CurrentActor, InsideInstitute } from '../../platform/access/rule.js';
import { MOST_LINES } from '../../platform/sheets/sheet-reader.js';
import { SheetRefusal, type SheetRefusalKind } from '../../platform/sheets/sheet-refusal.js';
import { IN_MEMORY, uploadOf, type FormFile, type Upload } from '../../platform/sheets/upload.js';
import { ImportView, importView } from './import-views.js';
import { SheetImport } from '../sheet-import.js';

const Flag = (standard: 'true' | 'false') =>
  z
    .enum(['true', 'false'])
    .default(standard)
    .transform((x) => x === 'true');
const ImportQuery = z.object({
  dryRun: Flag('true').describe('whether to only report what would be saved'),
  overwrite: Flag('false').describe('whether the sheet overrides existing verdicts'),
});

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const UPLOAD = { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } as const;

const WHY: Record<SheetRefusalKind, string> = {
  empty: 'The file is empty.',
  'too-large': 'The file is larger than 2 MB, or too large once unpacked.',
  'too-many-lines': `The sheet has more than ${MOST_LINES} lines. Send it in parts.`,
  'old-excel': 'This file is in an old Excel format (.xls). Save it as .xlsx.',
  encrypted: 'The file is protected by a password. Save it without one.',
  'web-page': 'This file is a web page. Open it in Excel and save it as .xlsx.',
  'other-file': 'This file is neither an Excel workbook (.xlsx) nor a CSV file.',
  broken: 'The file is damaged and cannot be read.',
};

function refused({ kind }: SheetRefusal): HttpException {
  if (kind === 'too-large' || kind === 'too-many-lines') return new PayloadTooLargeException(WHY[kind]);
  return kind === 'empty' || kind === 'broken'
    ? new BadRequestException(WHY[kind])
    : new UnsupportedMediaTypeException(WHY[kind]);
}

/** Imports an institute's old spreadsheet as verdicts and notes. */
@ApiTags('sheets')
@ApiBearerAuth()
@Controller('v1/profiles/:id/import')
export class ImportController {
  constructor(private readonly sheets: SheetImport) {}

  /**
   * Reports how each line is understood, and writes it if `dryRun` is false. Importing the same sheet again
   * changes nothing.
   */
  @InsideInstitute('id', 'write')
  @Post()
  @ApiOperation({ summary: 'Import a sheet of decided calls' })
  @HttpCode(200)
  @UseInterceptors(FileInterceptor('file', IN_MEMORY))
  @ApiConsumes('multipart/form-data', 'text/csv', XLSX)
  @ApiBody({ schema: UPLOAD })
  @ApiOkResponse({ standardSchema: ImportView })
  async take(
    @CurrentActor() actor: Actor,
    @Param('id') id: string,
    @Query({ schema: ImportQuery }) { dryRun, overwrite }: z.infer<typeof ImportQuery>,
    @UploadedFile() file: FormFile | undefined,
    @Req() request: Request,
  ): Promise<ImportView> {
    const sheet = await this.sheets.locate(await this.read(request, file));
    const plan = await this.sheets.plan(id, sheet);
    return importView(
      sheet,
      plan,
      dryRun ? null : await this.sheets.apply(actor, id, sheet, overwrite ? 'all' : new Set()),
    );
  }

  private async read(request: Request, file: FormFile | undefined): Promise<ReadSheet> {
    try {
      const upload: Upload = await uploadOf(request, file);
      const read = await this.sheets.read(upload);
      if ('rows' in read) return read;
      throw new BadRequestException(
        `No column identifies a call. Add one such as "Identifier", "Title" or "Link". The first line says: ${read.headings.join(' | ') || 'nothing'}.`,
      );
    } catch (error) {
      throw error instanceof SheetRefusal ? refused(error) : error;
    }
  }
}
