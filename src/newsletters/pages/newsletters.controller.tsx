import { Body, Controller, Get, Header, Param, Post, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { type Actor, may, senderOf } from '../../kernel/actor.js';
import { Conflict } from '../../kernel/errors.js';
import { issue } from '../../kernel/issues.js';
import { sayProblem } from '../../i18n/sentences.js';
import { TooOften } from '../../platform/access/rate-limit.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/problem.js';
import { HeavyAnswers } from '../../platform/api/limits.js';
import { sendDocument } from '../../platform/documents/send-document.js';
import { MOST_SEARCHES, SavedSearches } from '../../decisions/saved-searches.js';
import { withQuery } from '../../ui/address.js';
import {
  NOTHING_TYPED,
  numberIn,
  PageQuery,
  readForm,
  readQuery,
  severalIn,
  textIn,
  type Typed,
} from '../../ui/form.js';
import { comeBack, page, type PageOptions } from '../../ui/page.js';
import { View, type Viewer } from '../../ui/viewer.js';
import {
  MOST_ITEMS,
  newsletterDocument,
  sameList,
  NewNewsletter,
  NewsletterContent,
  type NewsletterItem,
} from '../domain/newsletter.js';
import { newsletterMail, withoutLink } from '../domain/newsletter-mail.js';
import { NewsletterReaders } from '../newsletter-readers.js';
import { NewsletterSender } from '../newsletter-sender.js';
import { Newsletters, PickedFrom } from '../newsletters.js';
import { NewsletterPage, NewslettersPage } from './newsletters-page.js';
import { type Answer, pageWith, redirectTo } from '../../ui/answer.js';

const Id = z.uuid();
const NewsletterFormat = z.enum(['html', 'txt', 'docx'], issue('newsletter-format'));
type NewsletterFormat = z.infer<typeof NewsletterFormat>;
const FROM_QUERY = { from: PickedFrom.default('relevant') };
const Sent = NewsletterContent.extend({ version: z.int32().min(1) });
/** The version that was looked at. */
const SendForm = Sent.pick({ version: true });
const PLACE: Pick<PageOptions, 'place' | 'styles'> = {
  place: 'newsletters',
  styles: ['newsletters', 'outbox'],
};

/**
 * Returns the calls of a form: those whose number was changed at that place, the others around them as they
 * were, and after them those that were ticked.
 */
function itemsIn(fields: Record<string, unknown>): NewsletterItem[] {
  // A body may name a hundred thousand: one too many is enough to refuse them.
  const once = (ids: unknown): string[] => [...new Set(severalIn(ids).map(textIn))].slice(0, MOST_ITEMS + 1);
  const shown = once(fields['call']);
  const removed = new Set(severalIn(fields['remove']).map(textIn));
  const items: NewsletterItem[] = [];
  const moved: { at: number; item: NewsletterItem }[] = [];
  for (const [i, callId] of shown.entries()) {
    if (removed.has(callId)) continue;
    const item = { callId, line: textIn(fields[`line-${callId}`]) };
    const at = Number(numberIn(textIn(fields[`place-${callId}`])));
    if (at > 0 && at !== i + 1) moved.push({ at, item });
    else items.push(item);
  }
  for (const { at, item } of moved.sort((a, b) => a.at - b.at)) items.splice(at - 1, 0, item);
  const added = once(fields['add']).filter((callId) => !items.some((item) => item.callId === callId));
  return [...items, ...added.map((callId) => ({ callId, line: '' }))].slice(0, MOST_ITEMS + 1);
}

/** Names the field of a call's line in what is wrong with it. */
const atTheirCalls = (errors: Record<string, string>, items: NewsletterItem[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([path, says]) => {
      const at = /^items\.(\d{1,3})\.line$/.exec(path)?.[1];
      return [at === undefined ? path : `line-${items[Number(at)]?.callId}`, says];
    }),
  );

/** Newsletters of calls: picked, ordered, commented, looked at, and taken away. */
@ApiExcludeController()
@Controller('institutes/:profile/newsletters')
export class NewsletterPages {
  constructor(
    private readonly newsletters: Newsletters,
    private readonly sender: NewsletterSender,
    private readonly readers: NewsletterReaders,
    private readonly searches: SavedSearches,
    private readonly heavy: HeavyAnswers,
  ) {}

  @Needs('proposal.read', 'profile')
  @Get()
  show(@View() v: Viewer, @Param('profile') profile: string): Promise<string> {
    return this.list(v, profile, NOTHING_TYPED);
  }

  @Needs('proposal.write', 'profile')
  @Post()
  async make(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(NewNewsletter, body, v.language);
    if (sent.ok) {
      const id = await this.newsletters.make(actor, profile, sent.value);
      return redirectTo(`/institutes/${profile}/newsletters/${id}`);
    }
    return pageWith(422, await this.list(v, profile, sent));
  }

  @Needs('proposal.read', 'profile')
  @Get(':newsletter')
  edit(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
    @PageQuery(FROM_QUERY) { from }: { from: PickedFrom },
  ): Promise<string> {
    return this.one(v, actor, { profile, id, from }, NOTHING_TYPED);
  }

  @Needs('proposal.write', 'profile')
  @Post(':newsletter')
  async save(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
    @Body() body: unknown,
  ): Promise<Answer> {
    const sent = readForm(Sent, body, v.language, (fields) => ({
      ...{ title: fields['title'], intro: fields['intro'], language: fields['language'] },
      version: numberIn(fields['version']),
      items: itemsIn(fields),
    }));
    const { from } = readQuery(FROM_QUERY, sent.typed);
    const items = itemsIn(body as Record<string, unknown>).filter(
      ({ callId }) => Id.safeParse(callId).success,
    );
    const refuse = async (typed: Typed): Promise<Answer> =>
      pageWith(422, await this.one(v, actor, { profile, id, from }, typed, items));
    if (!sent.ok) return refuse({ ...sent, errors: atTheirCalls(sent.errors, items) });
    const { version, ...content } = sent.value;
    try {
      await this.newsletters.save(actor, { profileId: profile, id, version }, content);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      return refuse({ typed: sent.typed, errors: { '': v.t('newsletter.changed-since') } });
    }
    return redirectTo(withQuery(`/institutes/${profile}/newsletters/${id}`, { from }), 'flash.saved');
  }

  @Needs('proposal.write', 'profile')
  @Post(':newsletter/issue')
  async issue(
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
  ): Promise<Answer> {
    await this.newsletters.issue(profile, id);
    return redirectTo(`/institutes/${profile}/newsletters/${id}`, 'flash.saved');
  }

  /** Sends what was looked at, to each reader of the list. */
  @Needs('proposal.write', 'profile')
  @Post(':newsletter/send')
  async send(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answer> {
    const sent = readForm(SendForm, body, v.language, ({ version }) => ({ version: numberIn(version) }));
    const refuse = async (status: number, says: string): Promise<Answer> => {
      const typed = { typed: {}, errors: { send: says } };
      const { from } = readQuery(FROM_QUERY, {});
      return pageWith(status, await this.one(v, actor, { profile, id, from }, typed));
    };
    if (!sent.ok) return refuse(422, v.t('newsletter.changed-since'));
    try {
      await this.sender.send(actor, { profileId: profile, id, version: sent.value.version });
    } catch (error) {
      if (error instanceof TooOften) return refuse(429, comeBack(v, response, error));
      if (!(error instanceof Conflict)) throw error;
      return refuse(409, sayProblem(v.language, error));
    }
    return redirectTo(`/institutes/${profile}/newsletters/${id}`, 'flash.newsletter-leaves');
  }

  @Needs('proposal.write', 'profile')
  @Post(':newsletter/remove')
  async remove(
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
  ): Promise<Answer> {
    await this.newsletters.remove(profile, id);
    return redirectTo(`/institutes/${profile}/newsletters`, 'flash.removed');
  }

  /** What its readers see, in a frame that may neither run nor load anything. */
  @Needs('proposal.read', 'profile')
  @Get(':newsletter/mail')
  @Header(
    'Content-Security-Policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox",
  )
  @Header('Content-Type', 'text/html; charset=utf-8')
  async mail(
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
  ): Promise<string> {
    return (await this.sender.mail(actor, await this.newsletters.get(profile, id))).html;
  }

  @Needs('proposal.read', 'profile')
  @Get(':newsletter/newsletter.:format')
  async take(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('profile') profile: string,
    @Param('newsletter', { schema: Id }) id: string,
    @Param('format', { schema: NewsletterFormat }) format: NewsletterFormat,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const newsletter = await this.newsletters.get(profile, id);
    const written = await this.newsletters.written(newsletter);
    if (format === 'docx') {
      const document = newsletterDocument(written, v.now);
      await this.heavy.run(senderOf(actor), gone, () =>
        sendDocument(response, written.title, 'docx', document),
      );
      return;
    }
    const mail =
      newsletter.sentAt === null
        ? newsletterMail(written, v.now)
        : withoutLink(await this.sender.mail(actor, newsletter), id);
    response.attachment(`newsletter.${format}`);
    if (format === 'html') response.type('html').send(mail.html);
    else response.type('text/plain; charset=utf-8').send(mail.text);
  }

  private async list(v: Viewer, profile: string, form: Typed): Promise<string> {
    return page(
      v,
      { title: v.t('newsletters.title'), ...PLACE },
      NewslettersPage({
        v,
        profile,
        newsletters: await this.newsletters.list(profile),
        lists: await this.readers.lists(profile),
        form,
        writes: may(v.actor, 'proposal.write'),
      }),
    );
  }

  private async one(
    v: Viewer,
    actor: Actor,
    { profile, id, from }: { profile: string; id: string; from: PickedFrom },
    form: Typed,
    typed?: NewsletterItem[],
  ): Promise<string> {
    const stored = await this.newsletters.get(profile, id);
    const newsletter = { ...stored, items: typed ?? stored.items };
    const writes = may(actor, 'proposal.write') && newsletter.issuedAt === null;
    const [written, had, searches, lists, reached, offered] = await Promise.all([
      this.newsletters.written(newsletter),
      this.newsletters.had(newsletter),
      actor.personId === null ? null : this.searches.list(actor, profile, { limit: MOST_SEARCHES }),
      this.readers.lists(profile),
      this.sender.reached(id),
      writes && (actor.personId !== null || !Id.safeParse(from).success)
        ? this.newsletters.offered(actor, newsletter, from, v.language)
        : [],
    ]);
    return page(
      v,
      { title: newsletter.title, ...PLACE },
      NewsletterPage({
        ...{ v, newsletter, written, had, offered, from, form, writes },
        searches: searches?.items ?? [],
        reached,
        readers: lists.find(({ list }) => sameList(list, newsletter.list))?.readers ?? 0,
        removes: may(actor, 'proposal.write'),
      }),
    );
  }
}
