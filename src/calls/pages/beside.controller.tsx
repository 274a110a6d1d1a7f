import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import type { SummaryView } from '../domain/summary.js';
import type { StatedTotal } from '../domain/page/budget-comparison.js';
import { deadlineFacts, openingFact, termsOf } from '../domain/facts/call-facts.js';
import { webAddress } from '../../kernel/web-address.js';
import type { InboxItem } from '../../decisions/api/inbox-views.js';
import { VerdictLine } from '../../decisions/pages/inbox-decision.js';
import { BandWord, But, DraftWords, Identifier, Score, StatusBadge } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { CallView } from '../api/call-views.js';
import { Fact } from './call/facts.js';
import { SummaryText } from './summary-text.js';
import type { Actor } from '../../kernel/actor.js';
import { CallDossier } from '../api/call-dossier.js';
import { Inbox } from '../../decisions/inbox.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page, part } from '../../ui/page.js';

interface BesideShown {
  v: Viewer;
  call: CallView & { budgetFor: StatedTotal; summary: SummaryView | null };
  /** The call's status for the reader's institute; null if it is no match, or if they have none. */
  item: InboxItem | null;
}

/** Why it fits the reader's institute, what speaks against it, and the verdict. */
function Fit({ v, item }: { v: Viewer; item: InboxItem }) {
  return (
    <>
      {item.score !== null && (
        <p>
          <Score score={item.score} /> <BandWord v={v} score={item.score} />
        </p>
      )}
      {item.reason !== null && <p>{item.reason}</p>}
      <But v={v} says={item.unmet.map((u) => u.says[v.language])} />
      {item.review?.verdict && (
        <p class="small">
          <VerdictLine v={v} item={item} />
        </p>
      )}
    </>
  );
}

/** A call previewed next to the list of all calls: what its row has no room for. */
function Beside({ v, call, item }: BesideShown) {
  // As a page of its own, this is the main heading.
  const Heading = v.part ? 'h2' : 'h1';
  const source = webAddress(call.url);
  const terms = termsOf(call, call.budgetFor, v.language);
  const facts = [
    ...deadlineFacts(call, v.now, v.language, 'said'),
    ...openingFact(call, v.now, v.language),
    terms.budget,
    terms.programme,
    terms.typeOfAction,
  ];
  return (
    <>
      <Heading lang={call.language}>{call.title}</Heading>
      <p class="row small">
        <StatusBadge v={v} status={call.status} /> <DraftWords v={v} draft={call.draft} />
        <Identifier v={v} call={call} />
      </p>
      <SummaryText v={v} summary={call.summary} />
      {item && <Fit v={v} item={item} />}
      <dl class="facts small">
        {facts.map(({ label, value }) => (
          <Fact key={label + value} label={label}>
            {value}
          </Fact>
        ))}
      </dl>
      <p class="row small">
        <a href={`/calls/${call.id}`}>{v.t('inbox.open')}</a>
        {source !== null && (
          <a href={source} target="_blank" rel="noopener noreferrer">
            {v.t('call.portal')} <span class="hidden-visually">{v.t('new-window')}</span>
          </a>
        )}
      </p>
    </>
  );
}

const Id = z.uuid();

/** The preview panel of a call in the list of all calls; without scripts, users follow the row's link. */
@ApiExcludeController()
@Needs('call.read')
@Controller('calls/:call/beside')
export class BesidePages {
  constructor(
    private readonly dossier: CallDossier,
    private readonly inbox: Inbox,
  ) {}

  @Get()
  async show(
    @View() v: Viewer,
    @CurrentActor() actor: Actor,
    @Param('call', { schema: Id }) id: string,
  ): Promise<string> {
    const { profileId } = actor;
    const [call, item] = await Promise.all([
      this.dossier.brief(id, v.language),
      profileId === null ? null : this.inbox.findItem(actor, profileId, id, v.language),
    ]);
    const beside = Beside({ v, call, item });
    return v.part ? part(beside) : page(v, { title: call.title }, beside);
  }
}
