import { Injectable } from '@nestjs/common';
import type { Message } from '../domain/content/message.js';
import type { Profile } from '../../profiles/domain/index.js';
import type { Language } from '../../kernel/language.js';
import { DigestDraft } from './digest-draft.js';
import { FirstContent } from './first-content.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';
import { PreviewRecipients } from '../preview-recipient.js';

/** A message that would be, and for whom: null for somebody who begins to follow the profile. */
export interface PreviewedMessage {
  message: Message;
  address: string | null;
}

/**
 * What is asked: in a language, else in the reader's own; `first` asks for the first message whatever waits.
 */
export interface Asked {
  language: Language | null;
  first: boolean;
}

/** Shows the next message to a reader of a profile. Writes nothing and settles nothing. */
@Injectable()
export class MessagePreview {
  constructor(
    private readonly shown: PreviewRecipients,
    private readonly digests: DigestDraft,
    private readonly first: FirstContent,
    private readonly writer: MessageWriter,
    private readonly names: NameBook,
  ) {}

  /**
   * The digest where there is something to tell to one of its readers; else the first message, as whoever
   * joined now would get it.
   */
  async next(profile: Profile, { language, first }: Asked): Promise<PreviewedMessage> {
    const reader = first ? null : await this.shown.of(profile, language);
    if (reader?.isNew)
      return { message: await this.firstOf(reader.context), address: reader.context.recipient.address };
    const waits = reader && (await this.digest(reader.context, reader.waiting));
    if (waits) return { message: waits, address: reader.context.recipient.address };
    return { message: await this.firstOf(await this.shown.newcomer(profile, language)), address: null };
  }

  private async digest(
    context: RecipientContext,
    waiting: Parameters<DigestDraft['of']>[2],
  ): Promise<Message | null> {
    const names = await this.names.of(context);
    const { parts, announced } = await this.digests.of(context, names, waiting, true);
    return announced ? this.writer.message(context, names, parts) : null;
  }

  private async firstOf(context: RecipientContext): Promise<Message> {
    const names = await this.names.of(context);
    return this.writer.message(context, names, await this.first.parts(context, names));
  }
}
