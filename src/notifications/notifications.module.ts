import { Global, Module } from '@nestjs/common';
import { Addresses, NameBook, RecipientContexts } from './recipient-context.js';
import { AddressCheck } from './addressing/address-check.js';
import { ChannelService } from './addressing/channel-service.js';
import { ChannelTests } from './addressing/test-messages.js';
import { GroupChannelsController, InstituteChannelsController } from './api/channels.controller.js';
import {
  MyFollowsController,
  MyPreferencesController,
  PreferenceDefaultsController,
  UnsubscribeController,
} from './api/preferences.controller.js';
import { NotificationsController } from './api/notifications.controller.js';
import { AwaitedReadings, Readiness } from './readiness.js';
import { ChannelRegistry } from './channel-registry.js';
import { ContactsJob } from './contacts.job.js';
import { CallItems, DigestContent, MessageWriter } from './content/digest-content.js';
import {
  DigestDraft,
  DigestWriter,
  FirstContent,
  FirstMessage,
  MessagePreview,
} from './content/digest-writer.js';
import {
  PostponedContent,
  CallNewsContent,
  OtherContent,
  ResultContent,
  DraftContent,
} from './content/other-content.js';
import { DeliverJob } from './deliver.job.js';
import { DeliveryMonitor } from './delivery-monitor.js';
import { MailLinks } from './mail-links.js';
import { MyPreferences } from './my-preferences.js';
import { NotifyJob } from './notify.job.js';
import { ChannelsPages } from './pages/channels/channels.controller.js';
import { OutboxPages } from './pages/outbox/outbox.controller.js';
import { MyPreferencesPages } from './pages/preferences/my-preferences.controller.js';
import { PreferencesLinkPages } from './pages/preferences/preferences-link.controller.js';
import { PreferencesScreen } from './pages/preferences/preferences-screen.js';
import { PlanJob } from './plan.job.js';
import { Followable, PreferenceDefaults, NotificationPreferences } from './preferences/preferences.js';
import { PreferencesOverview } from './preferences/preferences-overview.js';
import { SettingsLinks } from './preferences/settings-links.js';
import { PreviewRecipients } from './new-recipient.js';
import { SearchHits } from './search-hits.js';
import { SentMessages } from './sent-messages.js';
import { DeliveryHealthRepository, DeliveryRepository } from './store/delivery.repository.js';
import { DigestRepository, RecipientFitRepository } from './store/digest.repository.js';
import { FollowRepository, MessagesOfLeaver, RecipientRepository } from './store/recipient.repository.js';
import {
  MessageRepository,
  NotificationLog,
  NotificationRepository,
} from './store/notification.repository.js';
import { PastCallRepository } from './store/past-call.repository.js';
import { PlanRepository } from './store/plan.repository.js';
import { StoredSecrets } from './store/recipient-secrets.js';
import { MessagesOfPerson } from '../access/store/messages-of-person.js';

const STORES = [
  DeliveryHealthRepository,
  DeliveryRepository,
  DigestRepository,
  FollowRepository,
  MessageRepository,
  NotificationLog,
  NotificationRepository,
  PastCallRepository,
  PlanRepository,
  RecipientFitRepository,
  RecipientRepository,
  StoredSecrets,
];
const SERVICES = [
  AddressCheck,
  Addresses,
  AwaitedReadings,
  CallItems,
  ChannelRegistry,
  ChannelService,
  ChannelTests,
  DeliveryMonitor,
  DigestContent,
  DigestDraft,
  DigestWriter,
  FirstContent,
  FirstMessage,
  Followable,
  MailLinks,
  MessagePreview,
  MessageWriter,
  MyPreferences,
  NameBook,
  NotificationPreferences,
  OtherContent,
  CallNewsContent,
  ResultContent,
  DraftContent,
  PostponedContent,
  PreferenceDefaults,
  PreferencesOverview,
  PreferencesScreen,
  PreviewRecipients,
  Readiness,
  RecipientContexts,
  SearchHits,
  SentMessages,
  SettingsLinks,
];
const JOBS = [ContactsJob, PlanJob, NotifyJob, DeliverJob];

/** Notifications: who receives what, when, through which channel, and whether it was sent. */
@Global()
@Module({
  controllers: [
    GroupChannelsController,
    InstituteChannelsController,
    MyFollowsController,
    MyPreferencesController,
    NotificationsController,
    PreferenceDefaultsController,
    UnsubscribeController,
    ChannelsPages,
    MyPreferencesPages,
    OutboxPages,
    PreferencesLinkPages,
  ],
  providers: [...STORES, ...SERVICES, ...JOBS, { provide: MessagesOfPerson, useClass: MessagesOfLeaver }],
  exports: [...STORES, ...SERVICES, MessagesOfPerson],
})
export class NotificationsModule {}
