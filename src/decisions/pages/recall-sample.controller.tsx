import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Rate } from '../../kernel/statistics.js';
import type { InboxItem } from '../api/inbox-views.js';
import { Empty } from '../../ui/parts.js';
import { View, type Viewer } from '../../ui/viewer.js';
import type { InboxHead } from '../inbox.js';
import { Decide, Decided, type RowPlace } from './inbox-decision.js';
import { About, Fit, When } from './inbox-row.js';
import { type Actor, may } from '../../kernel/actor.js';
import { CurrentActor, Needs } from '../../platform/access/rule.js';
import { page } from '../../ui/page.js';
import { RecallSamples } from '../recall-samples.js';

interface OfInbox {
  v: Viewer;
  head: InboxHead;
}

interface RecallSampleShown {
  v: Viewer;
  profileId: string;
  items: InboxItem[];
  recall: Rate;
  decides: boolean;
}

export const RecallSampleLink = ({ v, head, toAnswer }: OfInbox & { toAnswer: number }) =>
  toAnswer === 0 ? null : (
    <p class="small">
      <a href={`/institutes/${head.id}/untold`}>{v.t('recall-sample.waiting', { n: toAnswer })}</a>
    </p>
  );

/** The recall estimated from all answers; nothing while there are too few. */
function Recall({ v, recall: { rate, low, high } }: RecallSampleShown) {
  if (rate === null || low === null || high === null) return null;
  return <p>{v.t('recall-sample.recall', { rate, low, high })}</p>;
}

function Row({ v, item, place }: { v: Viewer; item: InboxItem; place: RowPlace }) {
  const decided = item.review !== null && item.review.verdict !== null && !item.review.due;
  return (
    <li>
      <article class="card">
        <h2>
          <a href={`/institutes/${place.profileId}/calls/${item.id}`} lang={item.language}>
            {item.title}
          </a>
        </h2>
        <About v={v} item={item} />
        <div class="row">
          <Fit v={v} item={item} />
          <When v={v} item={item} />
        </div>
        {decided ? (
          <Decided v={v} item={item} place={place} alone />
        ) : (
          place.decides && <Decide v={v} item={item} place={place} alone />
        )}
      </article>
    </li>
  );
}

/** Ten calls that were not sent to the institute: should they have been? */
function RecallSamplePage(shown: RecallSampleShown) {
  const { v, profileId, items, decides } = shown;
  const place = {
    profileId,
    decides,
    back: `/institutes/${profileId}/untold`,
    interested: new Map<string, string[]>(),
  };
  return (
    <>
      <h1>{v.t('recall-sample.title')}</h1>
      <p class="lead">{v.t('recall-sample.lead')}</p>
      <Recall {...shown} />
      {items.length === 0 ? (
        <Empty title={v.t('recall-sample.none')}>
          <p>{v.t('recall-sample.none-says')}</p>
        </Empty>
      ) : (
        <ol class="recall-sample-list">
          {items.map((item) => (
            <Row key={item.id} v={v} item={item} place={place} />
          ))}
        </ol>
      )}
    </>
  );
}

/** Calls that were not sent to the institute, which is asked whether they should have been. */
@ApiExcludeController()
@Controller('institutes/:profile/untold')
export class RecallSamplePages {
  constructor(private readonly samples: RecallSamples) {}

  @Needs('decision.read', 'profile')
  @Get()
  async show(
    @CurrentActor() actor: Actor,
    @View() v: Viewer,
    @Param('profile') profileId: string,
  ): Promise<string> {
    const [{ items }, recall] = await Promise.all([
      this.samples.list(actor, profileId, v.language),
      this.samples.recall(profileId),
    ]);
    return page(
      v,
      { title: v.t('recall-sample.title'), wide: true, place: 'inbox', styles: ['inbox'] },
      RecallSamplePage({ v, profileId, items, recall, decides: may(actor, 'decision.write') }),
    );
  }
}
