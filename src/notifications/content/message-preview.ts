import { Injectable } from '@nestjs/common';
import type { Message } from '../domain/content/message.js';
import type { Profile } from '../../profiles/domain/profile.js';
import type { Language } from '../../kernel/language.js';
import { DigestDraft } from './digest-writer.js';
import { FirstContent } from './first-message.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from '../names.js';
import type { RecipientContext } from '../recipient-context.js';
import { PreviewRecipients } from '../preview-recipient.js';

/** A preview, and its reader's address; null for a hypothetical new follower of the profile. */
export interface PreviewedMessage {
  message: Message;
  address: string | null;
}

/** Options: the language (null: the reader's own); `first` forces the first message. */
export interface PreviewOptions {
  language: Language | null;
  first: boolean;
}

/** Previews the next message to a reader of a profile. Writes and settles nothing. */
@Injectable()
export class MessagePreview {
  constructor(
    private readonly shown: PreviewRecipients,
    private readonly digests: DigestDraft,
    private readonly first: FirstContent,
    private readonly writer: MessageWriter,
    private readonly names: NameBook,
  ) {}

  /** Returns the digest of a reader with waiting news, or else the first message of a new follower. */
  async next(profile: Profile, { language, first }: PreviewOptions): Promise<PreviewedMessage> {
    const reader = first ? null : await this.shown.forProfile(profile, language);
    if (reader?.isNew)
      return { message: await this.firstOf(reader.context), address: reader.context.recipient.address };
    const waits = reader && (await this.digest(reader.context, reader.waiting));
    if (waits) return { message: waits, address: reader.context.recipient.address };
    return { message: await this.firstOf(await this.shown.newcomer(profile, language)), address: null };
  }

  private async digest(
    context: RecipientContext,
    waiting: Parameters<DigestDraft['forRecipient']>[2],
  ): Promise<Message | null> {
    const names = await this.names.forRecipient(context);
    const { parts, announced } = await this.digests.forRecipient(context, names, waiting, true);
    return announced ? this.writer.message(context, names, parts) : null;
  }

  private async firstOf(context: RecipientContext): Promise<Message> {
    const names = await this.names.forRecipient(context);
    return this.writer.message(context, names, await this.first.parts(context, names));
  }
}
