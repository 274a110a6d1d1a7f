import { Module } from '@nestjs/common';
import { NewsletterReaders } from './newsletter-readers.js';
import { NewsletterSender } from './newsletter-sender.js';
import { Newsletters } from './newsletters.js';
import { LeavePages } from './pages/leave.controller.js';
import { NewsletterPages } from './pages/newsletters.controller.js';
import { ReadersPages } from './pages/readers.controller.js';
import { SendNewsletterJob } from './send-newsletter.job.js';
import { NewsletterCopyRepository } from './store/newsletter-copy.repository.js';
import { NewsletterReaderRepository } from './store/newsletter-reader.repository.js';
import { NewsletterRepository } from './store/newsletter.repository.js';

const STORES = [NewsletterCopyRepository, NewsletterReaderRepository, NewsletterRepository];
const SERVICES = [NewsletterReaders, Newsletters, NewsletterSender];
const JOBS = [SendNewsletterJob];

/** Newsletters on calls, and who reads them. */
@Module({
  // `readers` stands before what is the id of a newsletter.
  controllers: [LeavePages, ReadersPages, NewsletterPages],
  providers: [...STORES, ...SERVICES, ...JOBS],
})
export class NewslettersModule {}
