import { z } from 'zod';
import { Language } from '../../kernel/language.js';
import { NewsletterItem } from '../domain/newsletter.js';
import { type LeftOut, ORIGINS } from '../domain/reader.js';
import type { NewsletterReader } from '../newsletter-readers.js';
import type { Reached } from '../newsletter-sender.js';
import type { Newsletter } from '../newsletters.js';

export const NewsletterView = z
  .object({
    id: z.uuid(),
    list: z.string().describe('the name of the list that it is for'),
    title: z.string(),
    language: Language,
    calls: z.number().int().describe('how many calls it names'),
    version: z.number().int(),
    updatedBy: z.string(),
    updatedAt: z.iso.datetime(),
    issuedAt: z.iso.datetime().nullable().describe('when its list had it; null: it is being written'),
    sentAt: z.iso
      .datetime()
      .nullable()
      .describe('when it was sent from here to its readers; null if it was not'),
  })
  .meta({ id: 'Newsletter' });
export type NewsletterView = z.infer<typeof NewsletterView>;

export const newsletterView = (newsletter: Newsletter): NewsletterView => ({
  id: newsletter.id,
  list: newsletter.list,
  title: newsletter.title,
  language: newsletter.language,
  calls: newsletter.items.length,
  version: newsletter.version,
  updatedBy: newsletter.updatedBy,
  updatedAt: newsletter.updatedAt.toISOString(),
  issuedAt: newsletter.issuedAt?.toISOString() ?? null,
  sentAt: newsletter.sentAt?.toISOString() ?? null,
});

const Count = z.number().int();
/** One newsletter, and whom it reached. */
export const OneNewsletterView = NewsletterView.extend({
  intro: z.string(),
  items: z.array(NewsletterItem),
  reached: z
    .object({
      had: Count.describe('how many have it'),
      waiting: Count.describe('how many copies are still to leave'),
      failed: Count.describe('how many copies did not arrive'),
      leftOut: z
        .object({
          left: Count.describe('by their own click'),
          stopped: Count.describe('a mail server said that the address does not exist'),
          objects: Count.describe('they want no calls from the institute'),
          removed: Count.describe('while it was being sent'),
          skipped: Count.describe('when the installation was restored from a backup'),
        } satisfies Record<LeftOut, z.ZodType>)
        .describe('who was not written to, and why'),
    })
    .nullable()
    .describe('null: it was not sent from here'),
}).meta({ id: 'OneNewsletter' });
export type OneNewsletterView = z.infer<typeof OneNewsletterView>;

const NOBODY: Record<LeftOut, number> = { left: 0, stopped: 0, objects: 0, removed: 0, skipped: 0 };

export const oneNewsletterView = (newsletter: Newsletter, reached: Reached): OneNewsletterView => ({
  ...newsletterView(newsletter),
  intro: newsletter.intro,
  items: newsletter.items,
  reached: newsletter.sentAt === null ? null : { ...reached, leftOut: { ...NOBODY, ...reached.leftOut } },
});

export const SendInput = z
  .strictObject({ version: z.int32().min(1).describe('the version that was looked at') })
  .meta({ id: 'SendNewsletterInput' });

/** Somebody on a list. */
export const NewsletterReaderView = z
  .object({
    id: z.uuid(),
    list: z.string(),
    address: z.string(),
    name: z.string().nullable(),
    origin: z.enum(ORIGINS).describe('typed, or taken from the researchers or the contacts of the institute'),
    addedBy: z.string(),
    addedAt: z.iso.datetime(),
    leftAt: z.iso.datetime().nullable().describe('when they left by their own click'),
    stoppedAt: z.iso
      .datetime()
      .nullable()
      .describe('when a mail server said that the address does not exist'),
    stoppedWhy: z.string().nullable().describe('in which words'),
  })
  .meta({ id: 'NewsletterReader' });
export type NewsletterReaderView = z.infer<typeof NewsletterReaderView>;

export const newsletterReaderView = (reader: NewsletterReader): NewsletterReaderView => ({
  id: reader.id,
  list: reader.list,
  address: reader.address,
  name: reader.name,
  origin: reader.origin,
  addedBy: reader.addedBy,
  addedAt: reader.addedAt.toISOString(),
  leftAt: reader.leftAt?.toISOString() ?? null,
  stoppedAt: reader.stoppedAt?.toISOString() ?? null,
  stoppedWhy: reader.stoppedWhy,
});

/** What became of people who were to be put on a list. */
export const AddedView = z
  .object({
    added: Count,
    already: Count.describe('how many were on it'),
    refused: z.array(
      z.object({
        address: z.string(),
        why: z
          .enum(['left', 'objects'])
          .describe('they left a list of the institute, or want no calls from it'),
      }),
    ),
  })
  .meta({ id: 'NewsletterReadersAdded' });
