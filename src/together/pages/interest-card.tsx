import type { ComponentChildren } from 'preact';
import { may } from '../../kernel/actor.js';
import { nameIn } from '../../profiles/domain/name-in.js';
import type { KnownJoint } from '../joint-opportunities.js';
import type { OpenedInterest } from '../domain/interest.js';
import { Dots } from '../../ui/parts.js';
import type { Viewer } from '../../ui/viewer.js';

/** What everyone may know about interest in a call. */
export interface TogetherOfCall {
  opened: OpenedInterest[];
  joint: KnownJoint | null;
}

interface Shown extends TogetherOfCall {
  v: Viewer;
  callId: string;
  /** The institute whose page it is; null for the network's page. */
  profileId: string | null;
}

export const interestPath = (profileId: string, callId: string): string =>
  `/institutes/${profileId}/calls/${callId}/interest`;
export const jointPath = (profileId: string | null, jointId: string): string =>
  profileId === null ? `/network/joint/${jointId}` : `/institutes/${profileId}/joint/${jointId}`;

/** The interest of one institute, and what can be done about it. */
export const Opened = ({
  v,
  one,
  children,
}: {
  v: Viewer;
  one: OpenedInterest;
  children?: ComponentChildren;
}) => (
  <li>
    <p>
      <strong>{v.t('together.interested', { name: nameIn(one.name, 'start', v.language) })}</strong>{' '}
      {one.leads && v.t('together.would-lead')}
      {one.brings !== null && (
        <>
          <br />
          {v.t('together.brings', { what: one.brings })}
        </>
      )}
      {one.competences.length > 0 && (
        <span class="small muted">
          <Dots parts={one.competences} />
        </span>
      )}
    </p>
    {children}
  </li>
);

function Joint({ v, joint, opened, profileId, callId }: Shown) {
  const own = opened.some((i) => i.id === profileId);
  const inside = profileId !== null && v.actor?.profileId === profileId;
  if (joint)
    return (
      <p>
        {(joint.standing === 'member' && inside) || v.actor?.profileId === null ? (
          <a href={jointPath(inside ? profileId : null, joint.id)}>{v.t('joint.there')}</a>
        ) : (
          v.t('joint.there')
        )}{' '}
        <span class="muted">
          {joint.lead === null
            ? v.t('joint.no-lead')
            : v.t('joint.led-by', { name: nameIn(joint.lead, 'name', v.language) })}
        </span>
        {inside && (
          <>
            <br />
            {v.t(`joint.standing.${joint.standing}`)}
          </>
        )}
      </p>
    );
  if (!own || !inside || !may(v.actor, 'joint.write') || opened.length < 2) return null;
  return (
    <form method="post" action={`/institutes/${profileId}/joint`}>
      <input type="hidden" name="call" value={callId} />
      <button type="submit">{v.t('joint.begin')}</button>
      <p class="small muted">{v.t('joint.begin-says')}</p>
    </form>
  );
}

/**
 * Institutes interested in a call and what they offer, a link to open one's own interest, and the joint bid.
 */
export function InterestCard(shown: Shown) {
  const { v, opened, callId, profileId } = shown;
  const others = opened.filter((i) => i.id !== profileId);
  const own = opened.find((i) => i.id === profileId);
  const inside = profileId !== null && v.actor?.profileId === profileId;
  return (
    <section class="card no-print" aria-labelledby="interest">
      <h2 id="interest">{v.t('call.interest')}</h2>
      {others.length === 0 && !own && <p class="muted">{v.t('together.nobody')}</p>}
      {others.length > 0 && (
        <ul class="plain-list">
          {others.map((one) => (
            <Opened key={one.id} v={v} one={one} />
          ))}
        </ul>
      )}
      <Joint {...shown} />
      {profileId === null && may(v.actor, 'paper.write') && (
        <form method="post" action="/network/papers/offer">
          <input type="hidden" name="call" value={callId} />
          <input type="hidden" name="language" value={v.language} />
          <button type="submit">{v.t('papers.offer-of-call')}</button>
        </form>
      )}
      {inside && own && (
        <p>
          {v.t('together.ours')} <a href={interestPath(profileId, callId)}>{v.t('together.change')}</a>
        </p>
      )}
      {inside && !own && may(v.actor, 'joint.write') && (
        <p>
          <a class="button" href={interestPath(profileId, callId)}>
            {v.t('together.open')}
          </a>
        </p>
      )}
    </section>
  );
}

/** The badge in a list row: other interested institutes. */
export const InterestMark = ({ v, names }: { v: Viewer; names: string[] | undefined }) =>
  names?.length ? (
    <span class="badge interested" title={names.join(', ')}>
      {v.t('together.others', { n: names.length, name: names[0]! })}
    </span>
  ) : null;
