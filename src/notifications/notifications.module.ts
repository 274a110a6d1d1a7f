import { AwaitedReadings } from './awaited-readings.js';
import { Module } from '@nestjs/common';
import { AddressCheck } from './addressing/address-check.js';
import { ChannelAddresses } from './addressing/channel-addresses.js';
import { ChannelService } from './addressing/channel-service.js';
import { ChannelTests } from './addressing/channel-tests.js';
import { GroupChannelsController } from './api/group-channels.controller.js';
import { InstituteChannelsController } from './api/institute-channels.controller.js';
import { TestMessages } from './addressing/test-messages.js';
import { Addresses } from './addresses.js';
import { CallItems } from './content/call-items.js';
import { ChannelRegistry } from './channel-registry.js';
import { Followable } from './preferences/followable.js';
import { MyFollowsController } from './api/my-follows.controller.js';
import { MyPreferencesController } from './api/my-preferences.controller.js';
import { MyPreferences } from './my-preferences.js';
import { SettingsLinks } from './preferences/settings-links.js';
import { PreferenceDefaultsController } from './api/preference-defaults.controller.js';
import { PreferenceDefaults } from './preferences/preference-defaults.js';
import { PreferencesOverview } from './preferences/preferences-overview.js';
import { NotificationPreferences } from './preferences/preferences.js';
import { WaitingItems } from './preferences/waiting-items.js';
import { ContactsProcessor } from './contacts.processor.js';
import { DeliverProcessor } from './deliver.processor.js';
import { DigestContent } from './content/digest-content.js';
import { DigestDraft } from './content/digest-draft.js';
import { DigestWriter } from './content/digest-writer.js';
import { FirstContent } from './content/first-content.js';
import { FirstMessage } from './content/first-message.js';
import { MessagePreview } from './content/message-preview.js';
import { MessageWriter } from './content/message-writer.js';
import { NameBook } from './names.js';
import { DeliveryMonitor } from './delivery-monitor.js';
import { DeliveryDue } from './delivery-due.js';
import { NotificationsController } from './api/notifications.controller.js';
import { SentMessages } from './sent-messages.js';
import { OtherContent } from './content/other-content.js';
import { PartnerContent } from './content/partner-content.js';
import { PlanProcessor } from './plan.processor.js';
import { RecipientContexts } from './recipient-context.js';
import { Readiness } from './readiness.js';
import { SearchHits } from './search-hits.js';
import { PreviewRecipients } from './preview-recipient.js';
import { NotifyProcessor } from './notify.processor.js';
import { NotifyDue } from './notify-due.js';
import { UnsubscribeController } from './api/unsubscribe.controller.js';
import { MatchingModule } from '../matching/matching.module.js';

/** Notifications: who receives what, when, through which channel, and whether it was sent. */
@Module({
  imports: [MatchingModule],
  controllers: [
    GroupChannelsController,
    InstituteChannelsController,
    MyFollowsController,
    MyPreferencesController,
    NotificationsController,
    PreferenceDefaultsController,
    UnsubscribeController,
  ],
  providers: [
    AddressCheck,
    Addresses,
    CallItems,
    ChannelAddresses,
    ChannelService,
    ChannelRegistry,
    ChannelTests,
    ContactsProcessor,
    DeliverProcessor,
    DeliveryDue,
    DeliveryMonitor,
    DigestContent,
    DigestDraft,
    DigestWriter,
    FirstContent,
    FirstMessage,
    Followable,
    MessagePreview,
    MessageWriter,
    MyPreferences,
    NameBook,
    OtherContent,
    SentMessages,
    PlanProcessor,
    RecipientContexts,
    AwaitedReadings,
    Readiness,
    SearchHits,
    PreviewRecipients,
    NotifyProcessor,
    NotificationPreferences,
    PreferenceDefaults,
    NotifyDue,
    PreferencesOverview,
    TestMessages,
    WaitingItems,
    PartnerContent,
    SettingsLinks,
  ],
  exports: [
    ChannelRegistry,
    ChannelService,
    ContactsProcessor,
    DeliverProcessor,
    DeliveryDue,
    DeliveryMonitor,
    MyPreferences,
    SentMessages,
    PlanProcessor,
    SettingsLinks,
    NotifyProcessor,
    NotificationPreferences,
    PreferenceDefaults,
    NotifyDue,
    PreferencesOverview,
    WaitingItems,
  ],
})
export class NotificationsModule {}
