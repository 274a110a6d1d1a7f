import { Module } from '@nestjs/common';
import { AddressCheck } from './addressing/address-check.js';
import { ChannelAddresses } from './addressing/channel-addresses.js';
import { ChannelDesk } from './addressing/channel-desk.js';
import { ChannelTests } from './addressing/channel-tests.js';
import { GroupChannelsController } from './addressing/group-channels.controller.js';
import { InstituteChannelsController } from './addressing/institute-channels.controller.js';
import { TestMessages } from './addressing/test-messages.js';
import { Addresses } from './addresses.js';
import { CallItems } from './content/call-items.js';
import { ChannelRegistry } from './channel-registry.js';
import { Followable } from './choosing/followable.js';
import { MyFollowsController } from './choosing/my-follows.controller.js';
import { MyTellingController } from './choosing/my-telling.controller.js';
import { MyTelling } from './choosing/my-telling.js';
import { SettingsLinks } from './choosing/settings-links.js';
import { TellingDefaultsController } from './choosing/telling-defaults.controller.js';
import { TellingDefaults } from './choosing/telling-defaults.js';
import { TellingOverview } from './choosing/telling-overview.js';
import { Telling } from './choosing/telling.js';
import { WaitingNotices } from './choosing/waiting-notices.js';
import { ContactsStage } from './contacts.stage.js';
import { DeliverStage } from './deliver.stage.js';
import { DigestContent } from './content/digest-content.js';
import { DigestDraft } from './content/digest-draft.js';
import { DigestWriter } from './content/digest-writer.js';
import { FirstContent } from './content/first-content.js';
import { FirstMessage } from './content/first-message.js';
import { MessagePreview } from './content/message-preview.js';
import { MessageWriter } from './content/message-writer.js';
import { NameBook } from './names.js';
import { DeliveryDue } from './delivery-due.js';
import { NotificationsController } from './api/notifications.controller.js';
import { Outbox } from './outbox.js';
import { OtherContent } from './content/other-content.js';
import { PartnerContent } from './content/partner-content.js';
import { PlanStage } from './plan.stage.js';
import { Readers } from './reader.js';
import { Readiness } from './readiness.js';
import { SearchHits } from './search-hits.js';
import { ShownReaders } from './shown-reader.js';
import { TellStage } from './tell.stage.js';
import { TellingDue } from './telling-due.js';
import { UnsubscribeController } from './api/unsubscribe.controller.js';

/** Telling people: who is told what, when and by which channel, and whether it left. */
@Module({
  controllers: [GroupChannelsController, InstituteChannelsController, MyFollowsController, MyTellingController, NotificationsController, TellingDefaultsController, UnsubscribeController],
  providers: [
    AddressCheck, Addresses, CallItems, ChannelAddresses, ChannelDesk, ChannelRegistry, ChannelTests, ContactsStage, DeliverStage, DeliveryDue, DigestContent, DigestDraft, DigestWriter, FirstContent, FirstMessage,
    Followable, MessagePreview, MessageWriter, MyTelling, NameBook, OtherContent, Outbox, PlanStage, Readers, Readiness, SearchHits, ShownReaders, TellStage, Telling, TellingDefaults, TellingDue, TellingOverview, TestMessages,
    WaitingNotices, PartnerContent, SettingsLinks,
  ],
  exports: [ChannelDesk, ContactsStage, DeliverStage, DeliveryDue, MyTelling, Outbox, PlanStage, SettingsLinks, TellStage, Telling, TellingDefaults, TellingDue, TellingOverview, WaitingNotices],
})
export class NotificationsModule {}
