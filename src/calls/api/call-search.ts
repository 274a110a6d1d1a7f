import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FoundWords, type Piece } from '../domain/found-words.js';
import { type SearchedText, type UnresolvedFilter, waysOf } from '../domain/searched-text.js';
import { statusAt } from '../domain/status.js';
import type { Language } from '../../kernel/language.js';
import type { Clock } from '../../kernel/ports.js';
import { CallFinder } from '../../matching/call-finder.js';
import { CallFitRepository, type Choice } from '../../matching/store/call-fit.repository.js';
import type { CallFilter } from '../store/call-filter.js';
import { ListedCalls } from '../store/listed-calls.repository.js';
import { CallRepository } from '../store/call.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { callSummary, type CallSummary } from './call-views.js';

/** `meaning`: whether the previous pages included matches by meaning. */
const Place = z.object({
  key: InCursor.number,
  closes: InCursor.number,
  reference: InCursor.text,
  id: InCursor.id,
  meaning: z.boolean().optional(),
});

/** A page of calls, and how the words were searched for. */
export interface FoundCalls extends Page<CallSummary> {
  /** What was searched for in place of unknown words. */
  meant: string[];
  /** If no call has the words: all ways to write them that were searched for, and words that calls use. */
  tried: string[];
  instead: string[];
}

/** What a search found in a call: the words in its title, and where its text says them. */
export interface FoundIn {
  title: Piece[];
  passage: Piece[] | null;
}

/** Size and position of a page, and the language of its summaries. */
interface Which {
  limit: number;
  cursor?: string | undefined;
  language: Language;
}

/** Searches all stored calls. */
@Injectable()
export class CallSearch {
  constructor(
    private readonly calls: CallRepository,
    private readonly listed: ListedCalls,
    private readonly fit: CallFitRepository,
    private readonly finder: CallFinder,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Returns a page of calls: best first for a search, otherwise most recently first seen. */
  async page(asked: UnresolvedFilter<CallFilter>, which: Which): Promise<FoundCalls> {
    return (await this.find(asked, which)).found;
  }

  /** The same for people: with what was found in each call of a search. */
  async pageWithMarks(
    asked: UnresolvedFilter<CallFilter>,
    which: Which,
  ): Promise<{ found: FoundCalls; marks: ReadonlyMap<string, FoundIn> }> {
    const { found, words } = await this.pageWithWords(asked, which);
    if (!words) return { found, marks: new Map() };
    const texts = await this.calls.texts(found.items.map(({ id }) => id));
    const marks = found.items.map(({ id, title }): [string, FoundIn] => [
      id,
      { title: words.in(title), passage: words.passage(texts.get(id) ?? '') },
    ]);
    return { found, marks: new Map(marks) };
  }

  /** The same without the texts of the calls, which take long to read: `words` marks what was found. */
  async pageWithWords(
    asked: UnresolvedFilter<CallFilter>,
    which: Which,
  ): Promise<{ found: FoundCalls; words: FoundWords | null }> {
    const { found, text } = await this.find(asked, which);
    return { found, words: text ? new FoundWords(text) : null };
  }

  private async find(
    asked: UnresolvedFilter<CallFilter>,
    { limit, cursor, language }: Which,
  ): Promise<{ found: FoundCalls; text: SearchedText | undefined }> {
    const now = this.clock.now();
    const after = placeOf(cursor, Place);
    const filter = await this.finder.resolve(asked, { meaning: after?.meaning !== false });
    const { text } = filter;
    const { items, total } = await this.calls.list(filter, now, ahead(limit), after);
    const shown = items.map(({ call }) => call);
    const near = items.filter((one) => one.near).map(({ call }) => call.id);
    const hasNone = text !== undefined && after === null && near.length === items.length;
    const [seen, totals, phrases, instead] = await Promise.all([
      this.calls.seenAt(shown.map(({ id }) => id)),
      this.fit.statedTotals(shown),
      text?.meaning && near.length > 0 ? this.finder.phrasesNear(text.meaning, near) : null,
      hasNone ? this.finder.wordsNear(asked.q!) : [],
    ]);
    // Whether matches by meaning were included; a search's cursor records it.
    const meaning = asked.q === undefined ? undefined : !!text?.near.size;
    const found = page(
      items,
      limit,
      total,
      (one) =>
        callSummary(one.call, {
          near: one.near,
          nearTo: phrases?.get(one.call.id),
          status: statusAt(one.call, now),
          sourceRecords: seen.get(one.call.id) ?? [],
          total: totals.get(one.call.id),
          language,
        }),
      ({ place }) => ({ ...place, ...(meaning !== undefined && { meaning }) }),
    );
    const tried = hasNone ? waysOf(text) : [];
    return { found: { ...found, meant: text?.meant ?? [], tried, instead }, text };
  }

  /** Returns calls by their titles. */
  async titles(ids: readonly string[]): Promise<{ id: string; title: string; language: string }[]> {
    const calls = await this.listed.byId(ids);
    return [...calls].map(([id, { content }]) => ({ id, title: content.title, language: content.language }));
  }

  /** Returns the programmes that have calls, largest first. */
  programmes(): Promise<Choice[]> {
    return this.fit.programmes();
  }
}
