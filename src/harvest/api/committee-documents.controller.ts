import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Needs } from '../../platform/access/rule.js';
import { ahead, InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import {
  AwardedProposal,
  CommitteeDocument,
  documentKey,
  documentPage,
} from '../domain/drafts/committee-document.js';
import { DraftRepository, type ListedDocument } from '../store/drafts/draft.repository.js';

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
const Place = z.object({ at: InCursor.moment, reference: InCursor.text, version: InCursor.count });

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
    const { documents, total } = await this.drafts.list(filter, ahead(limit), placeOf(cursor, Place));
    return page(documents, limit, total, viewOf, ({ content, changedAt }) => ({
      at: changedAt.toISOString(),
      reference: content.reference,
      version: content.version,
    }));
  }
}
