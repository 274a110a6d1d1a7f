import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { NotFound } from '../kernel/errors.js';
import { CallRepository } from '../calls/store/call.repository.js';
import {
  type PartnerCount,
  partnerPlace,
  PartnerSearchRepository,
} from './store/partners/partner-search.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import {
  partnerSearchView,
  type PartnersOfCall,
  type PartnerSearchView,
} from './api/partner-search-views.js';

const Place = z.object({ at: InCursor.date, sourceId: InCursor.text, id: InCursor.text });

/** The partner searches of calls, the same for all users. */
@Injectable()
export class PartnerSearchesOfCalls {
  constructor(
    private readonly calls: CallRepository,
    private readonly searches: PartnerSearchRepository,
  ) {}

  count(callId: string): Promise<PartnerCount> {
    return this.searches.count(callId);
  }

  async newest(callId: string, most: number): Promise<PartnersOfCall> {
    const [count, rows] = await Promise.all([
      this.searches.count(callId),
      this.searches.list(callId, most, null),
    ]);
    return { ...count, items: rows.map(partnerSearchView) };
  }

  /** Returns a page of them, newest first. Throws NotFound if there is no such call. */
  async page(
    callId: string,
    { limit, cursor }: { limit: number; cursor?: string },
  ): Promise<Page<PartnerSearchView>> {
    if (!(await this.calls.findById(callId))) throw new NotFound('no-call', { id: callId });
    const rows = await this.searches.list(callId, ahead(limit), placeOf(cursor, Place));
    const { offers, requests } = await this.searches.count(callId);
    return page(rows, limit, offers + requests, partnerSearchView, partnerPlace);
  }
}
