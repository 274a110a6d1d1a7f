import { Injectable } from '@nestjs/common';
import type { NotificationItemEntity } from '../store/notification.entity.js';
import { MessageRepository } from '../store/message.repository.js';
import { RecentCallRepository } from '../../calls/store/recent-call.repository.js';
import { behindCursor, InCursor, page, type Page } from '../../platform/api/paging.js';
import type { ListQuery, WaitingView } from '../api/preferences-views.js';

/** The items waiting for a recipient's next message. */
@Injectable()
export class WaitingItems {
  constructor(
    private readonly messages: MessageRepository,
    private readonly calls: RecentCallRepository,
  ) {}

  /** Returns a page of them, oldest first. */
  async forRecipient(recipientId: string, { limit, cursor }: ListQuery): Promise<Page<WaitingView>> {
    const all = await this.messages.waiting(recipientId);
    const rest = behindCursor(all, cursor, InCursor.text, (n) => n.key);
    const calls = await this.calls.byIds(rest.slice(0, limit).flatMap((n) => n.callId ?? []));
    const view = ({ key, kind, callId, place, urgency, madeAt }: NotificationItemEntity): WaitingView => ({
      key,
      kind,
      call: callId === null ? null : { id: callId, title: calls.get(callId)?.content.title ?? callId },
      leaves: place,
      urgency,
      since: madeAt.toISOString(),
    });
    return page(rest, limit, all.length, view, (n) => n.key);
  }
}
