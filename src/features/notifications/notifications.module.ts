import { Module } from '@nestjs/common';
import { DeliverStage } from './deliver.stage.js';
import { DeliveryDue } from './delivery-due.js';
import { DigestStage } from './digest.stage.js';
import { LetterWriter } from './letter.js';
import { NewContact } from './new-contact.js';
import { NotificationsController } from './notifications.controller.js';
import { Readiness } from './readiness.js';
import { TellingDue } from './telling-due.js';
import { UnsubscribeController } from './unsubscribe.controller.js';
import { WelcomeStage } from './welcome.stage.js';

/** Telling people: who is written to, what, and whether it left. */
@Module({
  controllers: [NotificationsController, UnsubscribeController],
  providers: [DeliverStage, DeliveryDue, DigestStage, LetterWriter, NewContact, Readiness, TellingDue, WelcomeStage],
  exports: [DeliverStage, DeliveryDue, DigestStage, TellingDue, WelcomeStage],
})
export class NotificationsModule {}
