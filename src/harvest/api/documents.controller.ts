import { Controller, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiBearerAuth, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { issue } from '../../kernel/issues.js';
import { NotFound } from '../../kernel/errors.js';
import { DocumentRepository } from '../store/document.repository.js';
import { RunRepository } from '../store/run.repository.js';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { documentUrl } from '../../calls/api/change-views.js';

const RunDocument = z
  .object({
    scan: z.number().int().describe('which of the two scans, which must agree'),
    key: z.string().describe("the source's name for the request"),
    fetchedAt: z.iso.datetime().nullable(),
    hash: z.string(),
    url: z.string(),
  })
  .meta({ id: 'RunDocument' });
type RunDocument = z.infer<typeof RunDocument>;

const ListQuery = z.object(PAGING);
const Hash = z.string().regex(/^[0-9a-f]{64}$/, issue('sha-256'));
/** Media types that can be read in a text editor. */
const TEXT = /^(text\/|[\w.+-]+\/([\w.-]+\+)?(json|xml)\b)/i;
const Place = z.object({ scan: InCursor.count, key: InCursor.text });

/** Documents as fetched from their sources: every call and every change is parsed from these. */
@ApiTags('documents')
@ApiBearerAuth()
@Needs('source.read')
@Controller('v1')
export class DocumentsController {
  constructor(
    private readonly documents: DocumentRepository,
    private readonly runs: RunRepository,
  ) {}

  /** Returns the bytes, never under their own media type: foreign pages must not run in our origin. */
  @Get('documents/:hash')
  @ApiOperation({ summary: 'A document as it was fetched' })
  @ApiProduces('text/plain', 'application/octet-stream')
  @ApiOkResponse({
    description: 'The original bytes; `x-media-type` is the type stated by the source.',
    schema: { type: 'string', format: 'binary' },
  })
  @Header('x-content-type-options', 'nosniff')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  async findOne(
    @Param('hash', { schema: Hash }) hash: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const found = (await this.documents.get([hash])).get(hash);
    if (!found) throw new NotFound('no-document', { hash });
    const text = TEXT.test(found.mediaType);
    // Our header must be valid whatever the source sent: printable ASCII only, and limited in length.
    response.setHeader('x-media-type', found.mediaType.replace(/[^ -~]/g, '').slice(0, 200));
    return new StreamableFile(found.bytes, {
      type: text ? 'text/plain' : 'application/octet-stream',
      disposition: `attachment; filename="${hash}.${text ? 'txt' : 'bin'}"`,
      length: found.bytes.length,
    });
  }

  /** All documents that a run read: a call a source no longer shows is in none of them. */
  @Get('runs/:id/documents')
  @ApiOperation({ summary: 'The documents of a run' })
  @ApiOkResponse({ standardSchema: pageOf(RunDocument) })
  async ofRun(
    @Param('id', { schema: z.uuid() }) id: string,
    @Query({ schema: ListQuery }) { limit, cursor }: z.infer<typeof ListQuery>,
  ): Promise<Page<RunDocument>> {
    if (!(await this.runs.findById(id))) throw new NotFound('no-run', { id });
    const { requests, total } = await this.documents.ofRun(id, ahead(limit), placeOf(cursor, Place));
    return page(
      requests,
      limit,
      total,
      ({ scan, key, documentHash, fetchedAt }) => ({
        scan,
        key,
        fetchedAt: fetchedAt?.toISOString() ?? null,
        hash: documentHash!,
        url: documentUrl(documentHash!),
      }),
      ({ scan, key }) => ({ scan, key }),
    );
  }
}
