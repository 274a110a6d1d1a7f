import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { InCursor, page, type Page, pageOf, PAGING, placeOf } from '../../platform/api/paging.js';
import { Audit } from '../audit.js';
import { AuditView, auditView } from './audit-view.js';

const ListQuery = z.object(PAGING);
type ListQuery = z.infer<typeof ListQuery>;

/** The audit log, newest first. */
@ApiTags('audit')
@ApiBearerAuth()
@Needs('audit.review')
@Controller('v1/audit')
export class AuditController {
  constructor(private readonly audit: Audit) {}

  /** Officers see what concerns their institute; coordinators what concerns the network, and what it did. */
  @Get()
  @ApiOperation({ summary: 'The audit log' })
  @ApiOkResponse({ standardSchema: pageOf(AuditView) })
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: ListQuery }) { limit, cursor }: ListQuery,
  ): Promise<Page<AuditView>> {
    const { rows, total } = await this.audit.list(actor, {
      before: placeOf(cursor, InCursor.sequence),
      limit,
    });
    return page(rows, limit, total, auditView, (row) => Number(row.position));
  }
}
