import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ACTION_SHORTS, actionShort } from '../calls/domain/action-code.js';
import { Deadline } from '../calls/domain/call-content.js';
import { OPEN_SCHEMES, openSchemeOf } from '../calls/domain/bottom-up.js';
import { budgetFor, BudgetFor, type StatedTotal } from '../calls/domain/page/budget-comparison.js';
import { ParsedCall } from '../calls/domain/parsed-call.js';
import { statusAt, STATUSES } from '../calls/domain/status.js';
import { CallFitRepository } from '../matching/store/match.repository.js';
import type { ListedCall } from '../calls/store/call.repository.js';
import { oneLine } from '../kernel/one-line.js';
import type { Clock } from '../kernel/ports.js';
import { BottomUpRepository } from './store/bottom-up.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';

export const OpenCall = z
  .object({
    id: z.uuid(),
    scheme: z.enum(OPEN_SCHEMES),
    title: z.string(),
    kind: ParsedCall.shape.kind,
    identifier: z.string().nullable(),
    language: z.string(),
    url: z.string().nullable(),
    typesOfAction: z.array(z.string()),
    typeOfAction: z.enum(ACTION_SHORTS).nullable(),
    status: z.enum(STATUSES),
    opensAt: z.iso.datetime().nullable(),
    deadlines: z.array(Deadline),
    budget: ParsedCall.shape.budget,
    ...BudgetFor,
  })
  .meta({ id: 'OpenCall' });
export type OpenCall = z.infer<typeof OpenCall>;

const Place = z.object({ lastDeadlineAt: InCursor.moment.nullable(), id: InCursor.id });

function view(call: ListedCall, total: StatedTotal | undefined, now: Date): OpenCall {
  const { title, kind, identifier, language, url, typesOfAction, opensAt, deadlines, budget } = call.content;
  const types = typesOfAction.map(oneLine);
  return {
    id: call.id,
    scheme: openSchemeOf(call.content)!,
    title: oneLine(title),
    kind,
    identifier,
    language,
    url,
    typesOfAction: types,
    typeOfAction: types[0] === undefined ? null : actionShort(types[0]),
    status: statusAt(call, now),
    opensAt,
    deadlines,
    budget,
    ...budgetFor(total),
  };
}

/** Calls that are open to any subject: a calendar of them is more useful than matches. */
@Injectable()
export class BottomUp {
  constructor(
    private readonly calls: BottomUpRepository,
    private readonly fit: CallFitRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of those that are open or forthcoming, earliest closing first. */
  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<OpenCall>> {
    const now = this.clock.now();
    const { calls, total } = await this.calls.list(now, ahead(limit), placeOf(cursor, Place));
    const totals = await this.fit.statedTotals(calls);
    return page(
      calls,
      limit,
      total,
      (call) => view(call, totals.get(call.id), now),
      (call) => ({ lastDeadlineAt: call.lastDeadlineAt?.toISOString() ?? null, id: call.id }),
    );
  }
}
