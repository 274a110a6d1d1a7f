import { Module } from '@nestjs/common';
import { Newsletters } from './newsletters.js';
import { NewsletterPages } from './pages/newsletters.controller.js';
import { NewsletterRepository } from './store/newsletter.repository.js';

/** Newsletters on calls. */
@Module({
  controllers: [NewsletterPages],
  providers: [NewsletterRepository, Newsletters],
})
export class NewslettersModule {}
