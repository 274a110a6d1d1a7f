import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Institutes } from '../../access/institutes.js';
import type { Actor } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { InCursor, page as pageOfRows, PAGING, placeOf } from '../../platform/api/paging.js';
import { PageQuery } from '../../ui/form.js';
import { page } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { auditView } from '../api/audit-view.js';
import { Audit } from '../audit.js';
import { AuditPage } from './audit-page.js';

const PAGE_SIZE = 50;

/** The page of the audit log. */
@ApiExcludeController()
@Needs('audit.review')
@Controller('audit')
export class AuditPages {
  constructor(
    private readonly audit: Audit,
    private readonly institutes: Institutes,
  ) {}

  @Get()
  async list(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @PageQuery({ cursor: PAGING.cursor }) { cursor }: { cursor?: string },
  ): Promise<string> {
    const { rows, total } = await this.audit.list(actor, {
      before: placeOf(cursor, InCursor.sequence),
      limit: PAGE_SIZE,
    });
    const found = pageOfRows(rows, PAGE_SIZE, total, auditView, (row) => Number(row.position));
    return page(
      v,
      { title: v.t('audit.title'), wide: true },
      AuditPage({ v, found, names: await this.institutes.names() }),
    );
  }
}
