import type { ComponentChildren } from 'preact';
import { withQuery } from '../../../ui/address.js';
import type { Piece } from '../../domain/found-words.js';
import type { Viewer } from '../../../ui/viewer.js';
import type { Found } from './finding.js';

/** A text with the words that a search found in it. */
export const Pieces = ({ pieces }: { pieces: Piece[] }) => (
  <>{pieces.map(({ text, found }, i) => (found ? <mark key={i}>{text}</mark> : text))}</>
);

const Group = ({ title, children }: { title: string; children: ComponentChildren }) => (
  <section class="found-group">
    <h2>{title}</h2>
    <ul>{children}</ul>
  </section>
);

/** Search results by kind, each a link. */
export function FoundList({ v, q, found }: { v: Viewer; q: string; found: Found }) {
  const { actions, calls, institutes, people } = found;
  if (actions.length + calls.length + institutes.length + people.length === 0)
    return (
      <div class="found-none">
        <h2>{v.t('find.none')}</h2>
        <p class="muted">{v.t('find.none-says')}</p>
      </div>
    );
  return (
    <>
      {(
        [
          ['find.go', actions],
          ['people.title', people],
          ['network.title', institutes],
        ] as const
      ).map(
        ([title, all]) =>
          all.length > 0 && (
            <Group key={title} title={v.t(title)}>
              {all.map(({ href, name }) => (
                <li key={href}>
                  <a href={href}>{name}</a>
                </li>
              ))}
            </Group>
          ),
      )}
      {calls.length > 0 && (
        <Group title={v.t('layout.calls')}>
          {calls.map((call) => (
            <li key={call.href}>
              <a href={call.href}>
                <span lang={call.language}>
                  <Pieces pieces={call.title} />
                </span>
                {call.says !== null && <span class="muted small"> {call.says}</span>}
                {call.nearTo && (
                  <span class="muted small">
                    {' '}
                    {call.nearTo.length > 0
                      ? v.t('calls.near-to', { words: call.nearTo.join(', ') })
                      : v.t('find.near')}
                  </span>
                )}
              </a>
            </li>
          ))}
          <li>
            <a href={withQuery('/calls', { q })}>{v.t('find.all-calls')}</a>
          </li>
        </Group>
      )}
    </>
  );
}

/** The same as a page, for browsers without scripts and for bookmarks. */
export const FindPage = ({ v, q, found }: { v: Viewer; q: string; found: Found }) => (
  <div class="narrow">
    <h1>{v.t('find.title')}</h1>
    <form class="row find-line" method="get" action="/find" role="search">
      <input type="search" name="q" value={q} aria-label={v.t('find.label')} maxLength={200} autofocus />
      <button type="submit">{v.t('find.title')}</button>
    </form>
    <FoundList v={v} q={q} found={found} />
  </div>
);
