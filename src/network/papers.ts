import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { pageFromMail } from '../access/domain/landing.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import { translateTo } from '../i18n/translate.js';
import type { Clock } from '../kernel/ports.js';
import { Groups, membersOf } from './groups.js';
import { renderLinkMail } from '../outbox/domain/mail-page.js';
import { newTransactionalMail } from '../outbox/store/transactional-mail.repository.js';
import type { Environment } from '../platform/config/environment.js';
import { Queues, job } from '../platform/queue/job.js';
import { CLOCK, ENVIRONMENT } from '../platform/tokens.js';
import { type PaperEntity, PaperRepository } from './store/paper.repository.js';
import { MAIL } from '../outbox/mail.job.js';
import { type Actor, ofNetwork } from '../kernel/actor.js';
import type { Document } from '../kernel/document.js';
import { type Language, namedIn } from '../kernel/language.js';
import { ahead, InCursor, page, type Page, placeOf } from '../platform/api/paging.js';
import { offerSections } from './domain/offer.js';
import { monthName, packSections } from './domain/pack.js';
import { documentOf, type PaperContent, type PaperKind } from './domain/paper.js';
import { OfferMaker } from './offer-maker.js';
import { PackMaker } from './pack-maker.js';

/**
 * Sends a meeting pack to the officers of its group: a short e-mail with a link, as the pack itself requires
 * a sign-in.
 */
@Injectable()
export class PaperSending {
  constructor(
    private readonly papers: PaperRepository,
    private readonly groups: Groups,
    private readonly queues: Queues,
    @Inject(ENVIRONMENT) private readonly env: Environment,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Once per edit. Throws if it is not a pack, or was not edited since it was sent (409). */
  async send({ id, kind, groupId, title }: PaperEntity, by: string): Promise<void> {
    const group = groupId === null ? null : this.groups.findById(groupId);
    if (kind !== 'pack') throw new Conflict('only-packs-are-sent');
    const now = this.clock.now();
    const mailIds = await this.papers.send(id, group && membersOf(group), now, (person) => {
      const t = translateTo(person.language);
      return newTransactionalMail(this.env, {
        kind: 'paper',
        profileId: person.profileId,
        toName: person.name,
        toAddress: person.email,
        ...renderLinkMail({
          language: person.language,
          subject: title,
          greeting: translateTo(person.language)('text.greeting', { name: person.name }),
          before: [t('mail.paper.says')],
          label: t('mail.paper.label'),
          url: pageFromMail(this.env, person, `/papers/${id}`),
          after: [t('mail.paper.by', { by })],
        }),
        createdAt: now,
      });
    });
    if (mailIds.length === 0) throw new Conflict('paper-not-edited');
    await this.queues.hurry(mailIds.map((mailId) => job(MAIL, { mailId })));
  }
}

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
  async list({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<PaperEntity>> {
    const { papers, total } = await this.papers.list(ahead(limit), placeOf(cursor, Place));
    return page(
      papers,
      limit,
      total,
      (p) => p,
      ({ updatedAt: at, id }) => ({ at, id }),
    );
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
    const name = group ? namedIn(group.name, language) : translateTo(language)('layout.network');
    return this.add('pack', language, {
      ...{ groupId: group?.id ?? null, month, callId: null },
      title: translateTo(language)('pack.title', { month: monthName(month, language), group: name }),
      sections: packSections(material, language),
    });
  }

  async makeOffer(callId: string, language: Language): Promise<string> {
    const material = await this.offers.forCall(callId, language);
    return this.add('offer', language, {
      ...{ groupId: null, month: null, callId },
      title: translateTo(language)('offer.title', { of: material.call!.identifier ?? material.call!.title }),
      sections: offerSections(material, language),
    });
  }

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
      { language, above: t(`paper.above.${kind}`), foot: t('layout.network') },
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
