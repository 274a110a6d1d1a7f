import { Inject, Injectable } from '@nestjs/common';
import type { AnswerItem, TroubleItem } from '../domain/content/message.js';
import { DigestRepository } from '../store/digest.repository.js';
import type { NotificationItemEntity } from '../store/notification-item.entity.js';
import { SOURCE_NAMES } from '../../platform/tokens.js';
import { Addresses } from '../addresses.js';
import type { Names } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';

const WELL_AGAIN = 'the source is read again';
const NOT_FOR_THEM =
  'the answer is taken back, or they follow the institute that asked no more, or are none of its own';

/** An item that is not announced, and why. */
type Dropped = { key: string; why: string };

/** The non-call content of a message: answers of people who were asked, and failing sources. */
@Injectable()
export class OtherContent {
  constructor(
    private readonly digests: DigestRepository,
    private readonly addresses: Addresses,
    @Inject(SOURCE_NAMES) private readonly sourceNames: ReadonlyMap<string, string>,
  ) {}

  /**
   * Returns answers to institutes whose internal information the recipient may see and that they still follow
   * directly: former members no longer hear whom the institute asked.
   */
  async answers(
    { recipient, own, inside }: RecipientContext,
    names: Names,
    waiting: NotificationItemEntity[],
  ): Promise<{ announced: AnswerItem[]; dropped: Dropped[] }> {
    const items = waiting.filter((n) => n.kind === 'answer');
    const rows = (await this.digests.answers(items.map((n) => n.about!))).filter(
      (row) => own.includes(row.profileId) && inside.includes(row.profileId),
    );
    const announced = rows.map(({ id: _, profileId, ...row }) => ({
      ...row,
      profileName: names.profile(profileId),
      pageUrl: this.addresses.call(recipient.profileId, row.callId),
    }));
    const given = new Set(rows.map((row) => row.id));
    return {
      announced,
      dropped: items.filter((n) => !given.has(n.about!)).map(({ key }) => ({ key, why: NOT_FOR_THEM })),
    };
  }

  /** Returns ongoing trouble; resolved trouble is dropped. */
  async troubles(
    waiting: NotificationItemEntity[],
  ): Promise<{ announced: TroubleItem[]; dropped: Dropped[] }> {
    const items = waiting.filter((n) => n.kind === 'source');
    const lasting = await this.digests.troubles(items.map((n) => n.about!));
    const of = new Map(
      [...lasting].flatMap(({ sourceId, ...t }): [string, TroubleItem][] =>
        this.sourceNames.has(sourceId) ? [[sourceId, { ...t, name: this.sourceNames.get(sourceId)! }]] : [],
      ),
    );
    const alarms = new Set(lasting.filter((t) => of.has(t.sourceId)).map((t) => t.alarmId));
    return {
      announced: [...of.values()],
      dropped: items.filter((n) => !alarms.has(n.about!)).map(({ key }) => ({ key, why: WELL_AGAIN })),
    };
  }
}
