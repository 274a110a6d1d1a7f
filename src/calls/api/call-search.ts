import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { FoundWords, type Piece } from '../domain/found-words.js';
import { type SearchedText, type UnresolvedFilter, waysOf } from '../domain/searched-text.js';
import { statusAt } from '../domain/status.js';
import type { Language } from '../../kernel/language.js';
import type { Clock } from '../../kernel/ports.js';
import { CallFinder } from '../../matching/call-finder.js';
import { CallFitRepository, type Choice } from '../../matching/store/match.repository.js';
import type { CallFilter } from '../store/call-filter.js';
import { type ListedCall, ListedCalls, CallRepository } from '../store/call.repository.js';
import { ahead, InCursor, page, type Page, placeOf } from '../../platform/api/paging.js';
import { CLOCK } from '../../platform/tokens.js';
import { callSummary, type CallSummary } from './call-views.js';

/** `meaning`: whether the meaning of the words was read for the previous pages, and half words completed. */
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
  /** Whether they were searched for in titles and identifiers alone. */
  inTitles: boolean;
  /** If no call has the words: all ways to write them that were searched for, and words that calls use. */
  tried: string[];
  instead: string[];
}

/** What a search found in a call: the words in its title, and where its text says them. */
export interface FoundIn {
  title: Piece[];
  passage: Piece[] | null;
}

/** A page of calls for people: a topic under two identifiers, or in two editions, is one row. */
export interface FoldedCalls {
  found: FoundCalls;
  /** How many calls of all that were found stand below another. */
  folded: number;
  /** The calls below those of the page. */
  below: ReadonlyMap<string, CallSummary[]>;
  marks: ReadonlyMap<string, FoundIn>;
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
    return (await this.find(asked, which, false)).found;
  }

  /** The same for people: folded, and with what was found in each call of a search. */
  async foldedPage(asked: UnresolvedFilter<CallFilter>, which: Which): Promise<FoldedCalls> {
    const { text, ...found } = await this.find(asked, which, true);
    if (!text) return { ...found, marks: new Map() };
    const words = new FoundWords(text);
    const calls = found.found.items.flatMap((call) => [call, ...(found.below.get(call.id) ?? [])]);
    const texts = await this.calls.texts(calls.map(({ id }) => id));
    const marks = calls.map(({ id, title }): [string, FoundIn] => [
      id,
      { title: words.in(title), passage: words.passage(texts.get(id) ?? '') },
    ]);
    return { ...found, marks: new Map(marks) };
  }

  /** Returns a page with what marks the words that were searched for. */
  async pageWithWords(
    asked: UnresolvedFilter<CallFilter>,
    which: Which,
  ): Promise<{ found: FoundCalls; words: FoundWords | null }> {
    const { found, text } = await this.find(asked, which, false);
    return { found, words: text ? new FoundWords(text) : null };
  }

  private async find(
    asked: UnresolvedFilter<CallFilter>,
    { limit, cursor, language }: Which,
    folds: boolean,
  ): Promise<Omit<FoldedCalls, 'marks'> & { text: SearchedText | undefined }> {
    const now = this.clock.now();
    const after = placeOf(cursor, Place);
    const filter = await this.finder.resolve(asked, { meaning: after?.meaning !== false });
    const { text } = filter;
    const { items, total, folded } = await (folds
      ? this.calls.listFolded(filter, now, ahead(limit), after)
      : this.calls.list(filter, now, ahead(limit), after));
    const shown = items.flatMap(({ call, below }) => [call, ...below]);
    const near = items
      .filter((one) => one.near)
      .flatMap(({ call, below }) => [call, ...below].map(({ id }) => id));
    const hasNone = text !== undefined && after === null && items.every((one) => one.near);
    const [seen, totals, phrases, instead] = await Promise.all([
      this.calls.seenAt(shown.map(({ id }) => id)),
      this.fit.statedTotals(shown),
      text?.meaning && near.length > 0 ? this.finder.phrasesNear(text.meaning, near) : null,
      hasNone ? this.finder.wordsNear(asked.q!) : [],
    ]);
    const meaning = text && text.meaning !== null;
    const view = (call: ListedCall, isNear: boolean): CallSummary =>
      callSummary(call, {
        near: isNear,
        nearTo: phrases?.get(call.id),
        status: statusAt(call, now),
        sourceRecords: seen.get(call.id) ?? [],
        total: totals.get(call.id),
        language,
      });
    const found = page(
      items,
      limit,
      total,
      (one) => view(one.call, one.near),
      ({ place }) => ({ ...place, ...(meaning !== undefined && { meaning }) }),
    );
    const tried = hasNone ? waysOf(text) : [];
    return {
      found: { ...found, meant: text?.meant ?? [], inTitles: text?.inTitles ?? false, tried, instead },
      folded,
      below: new Map(items.map(({ call, near, below }) => [call.id, below.map((one) => view(one, near))])),
      text,
    };
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
