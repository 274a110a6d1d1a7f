import type { ComponentChildren } from 'preact';
import type { MessageKey } from '../../../i18n/all.js';
import type { Viewer } from '../../../ui/viewer.js';
import { Budgets, budgetsOf } from './budgets.js';
import { CallHead } from './call-head.js';
import { CallText } from './call-text.js';
import { Changes, toldEvents } from './changes.js';
import { InterestCard } from '../../../together/pages/interest-card.js';
import { Asked, Notes } from './decision.js';
import { Decision } from './verdict-card.js';
import { Facts } from './facts.js';
import { JointBid } from './joint-bid.js';
import type { CallModel } from './model.js';
import { Neighbours } from './neighbours.js';
import { OfficialNotes } from './official-notes.js';
import { Partners } from './partners.js';
import { Fits, Reasons } from './reasons.js';
import { SeenAt } from './seen-at.js';
import { TimeLineCard } from './time-line.js';

interface Part {
  id: string;
  title: MessageKey;
  content: ComponentChildren;
  /** A printed call shows only its content. */ screenOnly?: boolean;
}

function partsOf(v: Viewer, model: CallModel): Part[] {
  const { context } = model;
  const parts: (Part | false)[] = [
    { id: 'facts', title: 'call.facts', content: <Facts v={v} model={model} /> },
    toldEvents(model).length > 0 && {
      id: 'changes',
      title: 'call.changes',
      content: <Changes v={v} model={model} />,
    },
    model.officialNotes.length > 0 && {
      id: 'official-notes',
      title: 'call.official-notes',
      content: <OfficialNotes v={v} model={model} />,
    },
    model.network !== null && {
      id: 'network',
      title: 'call.network',
      content: <JointBid v={v} call={model.call} network={model.network} />,
      screenOnly: true,
    },
    { id: 'text', title: 'call.text', content: <CallText v={v} model={model} /> },
    budgetsOf(model) !== null && {
      id: 'budgets',
      title: 'call.budgets',
      content: <Budgets v={v} model={model} />,
      screenOnly: true,
    },
    model.partners.items.length > 0 && {
      id: 'partners',
      title: 'call.partners',
      content: <Partners v={v} model={model} />,
      screenOnly: true,
    },
    context.editions.length + context.similar.length > 0 && {
      id: 'neighbours',
      title: 'call.neighbours',
      content: <Neighbours v={v} model={model} />,
      screenOnly: true,
    },
    { id: 'seen-at', title: 'call.seen-at', content: <SeenAt v={v} model={model} />, screenOnly: true },
  ];
  return parts.filter((part) => part !== false);
}

/** The page of a call: its dates across the top, then its text next to the reasons and the verdict. */
export function CallPage({ v, model }: { v: Viewer; model: CallModel }) {
  const parts = partsOf(v, model);
  return (
    <article class="call" data-inbox={model.institute ? `/institutes/${model.institute.id}/inbox` : '/calls'}>
      <CallHead v={v} model={model} />
      <TimeLineCard v={v} model={model} />
      <div class="beside">
        <aside class="side" aria-label={v.t('call.side')}>
          <Decision v={v} model={model} />
          {model.institute ? <Reasons v={v} model={model} /> : <Fits v={v} model={model} />}
          <Asked v={v} model={model} />
          <Notes v={v} model={model} />
          <InterestCard
            v={v}
            callId={model.call.id}
            profileId={model.institute?.id ?? null}
            {...model.together}
          />
        </aside>
        <div class="parts">
          <nav class="contents no-print" aria-label={v.t('call.contents')}>
            <ul>
              {parts.map((part) => (
                <li key={part.id}>
                  <a href={`#${part.id}`}>{v.t(part.title)}</a>
                </li>
              ))}
            </ul>
          </nav>
          {parts.map((part) => (
            <section
              key={part.id}
              class={part.screenOnly ? 'card no-print' : 'card'}
              aria-labelledby={part.id}
            >
              <h2 id={part.id}>{v.t(part.title)}</h2>
              {part.content}
            </section>
          ))}
        </div>
      </div>
      {model.institute && <p class="script-only keys no-print muted small">{v.t('call.keys')}</p>}
    </article>
  );
}
