import { inboxQueryIn } from '../../decisions/pages/inbox-address.js';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { renderToString } from 'preact-render-to-string';
import { deadlineFacts, type Fact, statusFact, termsOf } from '../../calls/domain/facts/call-facts.js';
import { changeSentences } from '../../calls/domain/facts/change-sentences.js';
import { statusAt } from '../../calls/domain/status.js';
import { summaryOf } from '../../calls/domain/summary.js';
import { translateTo } from '../../i18n/translate.js';
import type { Language } from '../../kernel/language.js';
import { oneLine } from '../../kernel/one-line.js';
import { webAddress } from '../../kernel/web-address.js';
import { reasonSentence } from '../../matching/domain/explanation/reason-sentence.js';
import { AcrossInstitutes, Open } from '../../platform/access/rule.js';
import { Gone } from '../../platform/api/gone.js';
import { HeavyAnswers } from '../../platform/api/heavy-answers.js';
import { answeredUnchanged, tagOfText } from '../../platform/api/unchanged.js';
import { type AtomEntry, writeAtom } from '../../platform/atom/atom-feed.js';
import { View, type Viewer } from '../../ui/viewer.js';
import { Feeds, type ReadFeed } from '../feeds.js';
import { type CallNews, type EventRow, News } from '../news.js';
import { SheetReaders } from '../sheet-readers.js';

const Facts = ({ language, facts }: { language: Language; facts: Fact[] }) =>
  facts.length === 0 ? null : (
    <ul>
      {facts.map(({ label, value }) => (
        <li key={`${label} ${value}`}>{translateTo(language)('text.labelled', { label, value })}</li>
      ))}
    </ul>
  );

/** What a feed reader shows of a call: all of it is text, whoever wrote it. */
function callEntry(
  { call, match, total, changedAt }: CallNews,
  link: string,
  language: Language,
  now: Date,
): AtomEntry {
  const content = { ...call.content, sections: [] };
  const { budget, programme, typeOfAction } = termsOf(content, total, language);
  const source = webAddress(content.url);
  return {
    id: link,
    title: oneLine(content.title),
    link,
    publishedAt: call.firstSeenAt,
    updatedAt: changedAt,
    html: renderToString(
      <>
        {match && <p>{reasonSentence(match, language)}</p>}
        {summaryOf(call, language)?.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <Facts
          language={language}
          facts={[
            ...statusFact(statusAt(call, now), content, language),
            ...deadlineFacts(content, now, language),
            ...[budget, programme, typeOfAction],
          ]}
        />
        {source !== null && (
          <p>
            <a href={source}>{translateTo(language)('message.source-page')}</a>
          </p>
        )}
      </>,
    ),
  };
}

function changeEntry(event: EventRow, link: string, language: Language, now: Date): AtomEntry {
  const { seq, kind, seenAt, title, deadlines, callKind } = event;
  const changes = event.changes.filter((change) => change.kind === kind);
  return {
    id: `${link}#${seq}-${kind}`,
    title: oneLine(title),
    link,
    publishedAt: seenAt,
    updatedAt: seenAt,
    html: renderToString(
      <>
        <Facts
          language={language}
          facts={statusFact(statusAt(event, now), { draft: event.draft ?? undefined }, language)}
        />
        <ul>
          {changeSentences(changes, language, { deadlines, kind: callKind }).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </>,
    ),
  };
}

/** The feeds behind secret links. */
@ApiExcludeController()
@Controller('feeds')
export class AtomPages {
  constructor(
    private readonly feeds: Feeds,
    private readonly news: News,
    private readonly readers: SheetReaders,
    private readonly heavy: HeavyAnswers,
  ) {}

  @AcrossInstitutes('a feed is read by its secret')
  @Open('anyone with the secret link may read its calls: feed readers cannot sign in')
  @Get(':secret.atom')
  async read(
    @View() v: Viewer,
    @Param('secret') secret: string,
    @Gone() gone: AbortSignal,
    @Res() response: Response,
  ): Promise<void> {
    const feed = await this.feeds.read(secret);
    // One provider's readers ask for the feeds of many people from one network.
    const text = await this.heavy.run(feed.id, gone, () => this.written(feed, v.now));
    if (!answeredUnchanged(response, tagOfText(text)))
      response.type('application/atom+xml; charset=utf-8').send(text);
  }

  private async written(feed: ReadFeed, now: Date): Promise<string> {
    const { id, name, content, profileId, language, createdAt } = feed;
    const institute = `${this.readers.home}/institutes/${profileId}`;
    const linkTo = (callId: string): string => `${institute}/calls/${callId}`;
    const entries =
      content === 'changes'
        ? (await this.news.changesOf(feed)).map((e) => changeEntry(e, linkTo(e.callId), language, now))
        : (await this.news.callsOf(feed, inboxQueryIn(feed.query))).map((n) =>
            callEntry(n, linkTo(n.call.id), language, now),
          );
    const page = content === 'changes' ? `${this.readers.home}/changes` : `${institute}/inbox`;
    return writeAtom({ id: `urn:uuid:${id}`, title: name, link: page, createdAt, entries });
  }
}
