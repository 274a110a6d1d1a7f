import { Controller, Get, Header, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Response } from 'express';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import {
  AwardedProposal,
  CommitteeDocument,
  documentKey,
  documentPage,
} from '../domain/drafts/committee-document.js';
import { DraftRepository, type ListedDocument } from '../store/drafts/draft.repository.js';
import { issue } from '../../kernel/issues.js';
import { NotFound } from '../../kernel/errors.js';
import { DocumentRepository } from '../store/document.repository.js';
import { RunRepository } from '../store/run.repository.js';
import { documentUrl } from '../../calls/api/change-views.js';

const CommitteeQuery = z.object({
  ...PAGING,
  committee: z.string().trim().min(1).max(20).optional().describe('its code: C70408'),
  type: z
    .string()
    .regex(/^[A-Z]$/)
    .optional()
    .describe('D: draft legal act, V: vote, A: agenda, S: summary record, O: other'),
  names: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('the identifier of a call or topic that its title or its annex names'),
});
type CommitteeQuery = z.infer<typeof CommitteeQuery>;
const CommitteePlace = z.object({ at: InCursor.moment, reference: InCursor.text, version: InCursor.count });

const View = CommitteeDocument.extend({
  changedAt: z.iso.datetime().describe('when it was last seen to be new or changed'),
  topics: z.number().int().describe('how many topics of a draft work programme were read in it'),
  proposals: z.array(AwardedProposal).describe('to be funded by a draft decision, which is not final'),
  names: z.array(z.string()).describe('calls and topics that its title or its annex names, in small letters'),
  url: z.url().describe('its page in the register'),
}).meta({ id: 'CommitteeDocument' });
type View = z.infer<typeof View>;

const viewOf = ({ content, changedAt, topics, proposals, names }: ListedDocument): View => ({
  ...content,
  changedAt: changedAt.toISOString(),
  topics,
  proposals,
  names,
  url: documentPage(documentKey(content)),
});

/** Documents of the register of committees, also those that nobody is told of. */
@ApiTags('documents')
@ApiBearerAuth()
@Needs('source.read')
@Controller('v1/committee-documents')
export class CommitteeDocumentsController {
  constructor(private readonly drafts: DraftRepository) {}

  /** Those that were new or changed last come first. */
  @Get()
  @ApiOperation({ summary: 'Documents of the register of committees' })
  @ApiOkResponse({ standardSchema: pageOf(View) })
  async list(
    @Query({ schema: CommitteeQuery }) { limit, cursor, ...filter }: CommitteeQuery,
  ): Promise<Page<View>> {
    const { documents, total } = await this.drafts.list(
      filter,
      ahead(limit),
      placeOf(cursor, CommitteePlace),
    );
    return page(documents, limit, total, viewOf, ({ content, changedAt }) => ({
      at: changedAt.toISOString(),
      reference: content.reference,
      version: content.version,
    }));
  }
}

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
