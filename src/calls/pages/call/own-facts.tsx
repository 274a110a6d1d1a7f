import type { ComponentChildren } from 'preact';
import { crossCuttingIn } from '../../domain/names-in.js';
import { parentTopicOf } from '../../domain/named-for.js';
import { projectPage, topicPage } from '../../domain/page/outside-pages.js';
import { webAddress } from '../../../kernel/web-address.js';
import type { Viewer } from '../../../ui/viewer.js';
import { Fact, Marked } from './fact.js';
import { callPath, type CallModel } from './model.js';

interface Shown {
  v: Viewer;
  model: CallModel;
}

/** A link to another site; without a URL, its text only. */
const Outside = ({ v, href, children }: { v: Viewer; href: string | null; children: ComponentChildren }) =>
  href === null ? (
    <>{children}</>
  ) : (
    <a href={href} rel="noopener noreferrer" target="_blank">
      {children} <span class="hidden-visually">{v.t('new-window')}</span>
    </a>
  );

/**
 * The topic that funded a cascade call's project: links to our page of it if we have it, otherwise to the
 * portal.
 */
function ParentTopic({ v, model }: Shown) {
  const {
    call,
    context: { parent: held },
    institute,
  } = model;
  const parent = parentTopicOf(call);
  if (!parent) return null;
  const name = (
    <>
      {parent.identifier && <code>{parent.identifier}</code>}{' '}
      {parent.title && <Marked model={model} field="parentTopic" text={parent.title} />}
    </>
  );
  const link = held ? (
    <a href={callPath(institute, held.id)}>{name}</a>
  ) : (
    <Outside v={v} href={parent.identifier && topicPage(parent.identifier)}>
      {name}
    </Outside>
  );
  return <Fact label={v.t('fact.under-topic')}>{link}</Fact>;
}

/** The funded project that runs a cascade call, with its page on CORDIS. */
function RunningProject({ v, model }: Shown) {
  const { project } = model.call;
  if (!project?.acronym && !project?.name) return null;
  const { acronym, name, id } = project;
  return (
    <Fact label={v.t('fact.project')}>
      <Outside v={v} href={projectPage(id)}>
        {acronym && <strong>{acronym}</strong>}
        {acronym && name && ' – '}
        {name && <Marked model={model} field="project" text={name} />}
      </Outside>
    </Fact>
  );
}

/** Facts that only cascade calls and external actions have. */
export function KindFacts({ v, model }: Shown) {
  const { duration, zones, contractType, language } = model.call;
  return (
    <>
      <ParentTopic v={v} model={model} />
      <RunningProject v={v} model={model} />
      {duration && (
        <Fact label={v.t('fact.duration')}>
          <span lang={language}>{duration}</span>
        </Fact>
      )}
      {zones && (
        <Fact label={v.t('fact.zones')}>
          <span lang={language}>{zones.join(', ')}</span>
        </Fact>
      )}
      {contractType && (
        <Fact label={v.t('fact.contract-type')}>
          <span lang={language}>{contractType}</span>
        </Fact>
      )}
    </>
  );
}

/**
 * Documents that the source offers with a call. Those without a valid web address are omitted along with
 * their name.
 */
function Documents({
  v,
  model: {
    call: { documents = [], language },
  },
}: Shown) {
  const links = documents.flatMap(({ title, url }) => {
    const href = webAddress(url);
    return href === null ? [] : [{ title, href }];
  });
  if (links.length === 0) return null;
  return (
    <Fact label={v.t('call.documents')}>
      <ul class="plain-list">
        {links.map(({ title, href }, i) => (
          <li key={i} lang={language}>
            <Outside v={v} href={href}>
              {title}
            </Outside>
          </li>
        ))}
      </ul>
    </Fact>
  );
}

/** Additional facts that some topics state. */
export function TopicFacts({ v, model }: Shown) {
  const { mission, crossCutting, partnerSearch, language } = model.call;
  return (
    <>
      {mission && (
        <Fact label={v.t('call.mission')}>
          <span lang={language}>{mission}</span>
        </Fact>
      )}
      {crossCutting && (
        <Fact label={v.t('call.cross-cutting')}>
          <ul class="chips">
            {crossCutting.map((p) => (
              <li key={p}>{crossCuttingIn(p, v.language)}</li>
            ))}
          </ul>
        </Fact>
      )}
      {partnerSearch !== undefined && (
        <Fact label={v.t('call.partner-search')}>
          {v.t(partnerSearch ? 'call.partner-search-open' : 'call.partner-search-closed')}
        </Fact>
      )}
      <Documents v={v} model={model} />
    </>
  );
}
