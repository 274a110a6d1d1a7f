import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/ports.js';
import type { Language } from '../../kernel/language.js';
import { summaryOf, type SummaryView } from '../domain/summary.js';
import { budgetFor } from '../domain/page/budget-comparison.js';
import type { CallEntity } from '../store/call.entity.js';
import { CallNoteRepository, type OfficialNote } from '../store/call-note.repository.js';
import { CallNeighbours, type Neighbour, type WholeNeighbour } from '../store/call-neighbours.repository.js';
import { CallFitRepository } from '../../matching/store/match.repository.js';
import { CallRepository } from '../store/call.repository.js';
import { CLOCK } from '../../platform/tokens.js';
import { CallEvents } from '../call-events.js';
import type { Restriction } from '../domain/requirements.js';
import { callView, type CallView } from './call-views.js';
import { documentUrl, type EventView } from './change-views.js';
import { nationalAnnex, type PartnershipRound } from '../domain/partnership.js';
import {
  neighbourView,
  type CallContext,
  type NeighbourView,
  type PartnershipView,
} from './neighbour-views.js';

/** The most events a page shows; a call rarely changes more than three times. */
const MOST_EVENTS = 30;

interface Gist {
  summary: SummaryView | null;
}

/**
 * Everything known about one call besides its text. Each method throws NotFound if the call does not
 * exist.
 */
@Injectable()
export class CallDossier {
  constructor(
    private readonly calls: CallRepository,
    private readonly official: CallNoteRepository,
    private readonly callEvents: CallEvents,
    private readonly neighbours: CallNeighbours,
    private readonly fit: CallFitRepository,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns the current call and a link to the document behind it; null if it ended without one. */
  async call(
    id: string,
    language: Language,
  ): Promise<CallView & Gist & { document: string | null; binding: Restriction[] }> {
    const call = await this.findCall(id);
    const [sourceRecords, { versions }] = await Promise.all([
      this.calls.sourceRecords(id),
      this.calls.versions(id, 1, null),
    ]);
    const hash = versions[0]?.documentHash ?? null;
    return {
      ...callView(call, sourceRecords, this.clock.now()),
      summary: summaryOf(call, language),
      document: hash && documentUrl(hash),
      binding: call.written?.binding ?? [],
    };
  }

  /** Returns the current call, and what its stated total covers. */
  async brief(id: string, language: Language): Promise<CallView & Gist & ReturnType<typeof budgetFor>> {
    const call = await this.findCall(id);
    const [sourceRecords, totals] = await Promise.all([
      this.calls.sourceRecords(id),
      this.fit.statedTotals([call]),
    ]);
    return {
      ...callView(call, sourceRecords, this.clock.now()),
      summary: summaryOf(call, language),
      ...budgetFor(totals.get(id)),
    };
  }

  /** Returns notes its publisher has added since, newest first. */
  notes(id: string): Promise<OfficialNote[]> {
    return this.official.findByCall(id);
  }

  /** Returns the call's events, newest first. */
  async events(id: string): Promise<EventView[]> {
    await this.findCall(id);
    return (await this.callEvents.page({ callId: id }, { limit: MOST_EVENTS })).items;
  }

  /** Returns its parent topic, sister topics, other editions and similar calls. */
  async context(id: string): Promise<CallContext> {
    const origin = await this.findCall(id);
    const now = this.clock.now();
    const [partnership, parent, sisters, editions, similar] = await Promise.all([
      this.partnership(origin, now),
      this.neighbours.parent(origin),
      this.neighbours.sisters(origin),
      this.neighbours.editions(origin),
      this.neighbours.similar(origin, now),
    ]);
    const totals = await this.fit.statedTotals([
      ...(parent ? [parent] : []),
      ...sisters,
      ...editions,
      ...similar,
    ]);
    const view = (n: Neighbour): NeighbourView => neighbourView(n, totals.get(n.id), now);
    const views = (all: Neighbour[]): NeighbourView[] => all.map(view);
    return {
      partnership,
      parent: parent && view(parent),
      sisters: views(sisters),
      editions: views(editions),
      similar: views(similar),
    };
  }

  private async partnership(origin: CallEntity, now: Date): Promise<PartnershipView | null> {
    const round = await this.neighbours.partnership(origin);
    if (!round) return null;
    const { name, central, national } = round;
    const totals = await this.fit.statedTotals([...(central ? [central] : []), ...national]);
    const view = (one: WholeNeighbour): NeighbourView => neighbourView(one, totals.get(one.id), now);
    return {
      name,
      central: central && view(central),
      national: national.map((one) => ({ call: view(one), ...nationalAnnex(one.content) })),
      parent: await this.foundingTopic(round),
    };
  }

  private async foundingTopic({
    central,
    parent,
    founding,
  }: PartnershipRound<WholeNeighbour>): Promise<PartnershipView['parent']> {
    if (parent) return { ...parent, id: (central && (await this.neighbours.parent(central)))?.id ?? null };
    return (
      founding && { identifier: founding.content.identifier, title: founding.content.title, id: founding.id }
    );
  }

  private async findCall(id: string): Promise<CallEntity> {
    const call = await this.calls.findById(id);
    if (!call) throw new NotFound('no-call', { id });
    return call;
  }
}
