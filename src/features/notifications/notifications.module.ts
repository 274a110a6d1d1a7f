import { Module } from '@nestjs/common';
import { Addresses } from './addresses.js';
import { CallItems } from './call-items.js';
import { ChannelRegistry } from './channel-registry.js';
import { ContactsStage } from './contacts.stage.js';
import { DeliverStage } from './deliver.stage.js';
import { DigestContent } from './digest-content.js';
import { DigestDraft } from './digest-draft.js';
import { DigestWriter } from './digest-writer.js';
import { FirstContent } from './first-content.js';
import { FirstMessage } from './first-message.js';
import { MessagePreview } from './message-preview.js';
import { MessageWriter } from './message-writer.js';
import { NameBook } from './names.js';
import { DeliveryDue } from './delivery-due.js';
import { NotificationsController } from './notifications.controller.js';
import { OtherContent } from './other-content.js';
import { PlanStage } from './plan.stage.js';
import { Readers } from './reader.js';
import { Readiness } from './readiness.js';
import { SearchHits } from './search-hits.js';
import { ShownReaders } from './shown-reader.js';
import { TellStage } from './tell.stage.js';
import { TellingDue } from './telling-due.js';
import { UnsubscribeController } from './unsubscribe.controller.js';

/** Telling people: who is told what, when and by which channel, and whether it left. */
@Module({
  controllers: [NotificationsController, UnsubscribeController],
  providers: [
    Addresses, CallItems, ChannelRegistry, ContactsStage, DeliverStage, DeliveryDue, DigestContent, DigestDraft, DigestWriter, FirstContent, FirstMessage, MessagePreview, MessageWriter, NameBook, OtherContent, PlanStage, Readers, Readiness,
    SearchHits, ShownReaders, TellStage, TellingDue,
  ],
  exports: [ContactsStage, DeliverStage, DeliveryDue, PlanStage, TellStage, TellingDue],
})
export class NotificationsModule {}
