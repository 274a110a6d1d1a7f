import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Conflict, NotFound } from '../kernel/errors.js';
import { type Actor, ofNetwork } from '../kernel/actor.js';
import { translateTo } from '../i18n/translate.js';
import type { Document } from '../kernel/document.js';
import type { Clock } from '../kernel/ports.js';
import { type Language, namedIn } from '../kernel/language.js';
import { Groups, membersOf } from '../network/groups.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import { CLOCK } from '../platform/tokens.js';
import { paperSummary, type PaperSummary } from './api/paper-views.js';
import { offerSections } from './domain/offer.js';
import { monthName, packSections } from './domain/pack.js';
import { documentOf, type PaperContent, type PaperKind } from './domain/paper.js';
import { OfferMaker } from './offer-maker.js';
import { PackMaker } from './pack-maker.js';
import type { PaperEntity } from './store/paper.entity.js';
import { PaperRepository } from './store/paper.repository.js';

const Place = z.object({ at: InCursor.date, id: InCursor.id });

/** Meeting packs and offers: drafted from data, edited by people, exported as documents. */
@Injectable()
export class Papers {
  constructor(
    private readonly papers: PaperRepository,
    private readonly groups: Groups,
    private readonly packs: PackMaker,
    private readonly offers: OfferMaker,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Last edited first. */
  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<PaperSummary>> {
    const { papers, total } = await this.papers.list(ahead(limit), placeOf(cursor, Place));
    return page(papers, limit, total, paperSummary, ({ updatedAt: at, id }) => ({ at, id }));
  }

  /**
   * Throws if it does not exist or the actor may not read it: an institute reads the packs that were sent to
   * it.
   */
  async get(actor: Actor, id: string): Promise<PaperEntity> {
    const paper = await this.papers.findById(id);
    if (!paper || !(ofNetwork(actor) || paper.sentTo?.includes(actor.profileId!)))
      throw new NotFound('no-paper', { id });
    return paper;
  }

  /** A pack for a month and a group; for all institutes if no group is given. */
  async makePack(month: string, groupId: string | undefined, language: Language): Promise<string> {
    const group = this.groups.asked(groupId);
    const material = await this.packs.material({ members: group && membersOf(group), month, language });
    const name = group ? namedIn(group.name, language) : translateTo(language)('paper.foot');
    return this.add('pack', language, {
      ...{ groupId: group?.id ?? null, month, callId: null },
      title: translateTo(language)('pack.title', { month: monthName(month, language), group: name }),
      sections: packSections(material, language),
    });
  }

  /** An offer for a call. */
  async makeOffer(callId: string, language: Language): Promise<string> {
    const material = await this.offers.forCall(callId, language);
    return this.add('offer', language, {
      ...{ groupId: null, month: null, callId },
      title: translateTo(language)('offer.title', { of: material.call!.identifier ?? material.call!.title }),
      sections: offerSections(material, language),
    });
  }

  /** An offer of a group for its sector. */
  async makeSectorOffer(groupId: string, language: Language): Promise<string> {
    const group = this.groups.asked(groupId)!;
    const material = await this.offers.forGroup(membersOf(group), language);
    return this.add('offer', language, {
      ...{ groupId, month: null, callId: null },
      title: translateTo(language)('offer.title', { of: namedIn(group.name, language) }),
      sections: offerSections(material, language),
    });
  }

  /** Throws if it was edited since that version (409). */
  async save(id: string, version: number, content: PaperContent): Promise<void> {
    if (!(await this.papers.save(id, version, content, this.clock.now())))
      throw new Conflict('paper-edited-since');
  }

  remove(id: string): Promise<void> {
    return this.papers.remove(id);
  }

  document({ kind, language, title, sections }: PaperEntity): Document {
    const t = translateTo(language);
    return documentOf(
      { title, sections },
      { language, above: t(`paper.above.${kind}`), foot: t('paper.foot') },
    );
  }

  private async add(
    kind: PaperKind,
    language: Language,
    made: Pick<PaperEntity, 'groupId' | 'month' | 'callId' | 'title' | 'sections'>,
  ): Promise<string> {
    const [id, at] = [randomUUID(), this.clock.now()];
    await this.papers.add({
      ...{ id, kind, language, version: 1, createdAt: at, updatedAt: at, sentAt: null, sentTo: null },
      ...made,
      title: made.title.slice(0, 300),
    });
    return id;
  }
}
