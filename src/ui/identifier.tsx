import type { CallContent } from '../calls/domain/call-content.js';
import type { Viewer } from './viewer.js';

type Identified = Pick<CallContent, 'kind' | 'identifier'>;

/** A call's identifier as text; a cascade call shows that it is the topic that funded its project. */
export const identifierText = (v: Viewer, { kind, identifier }: Identified): string | null =>
  identifier !== null && kind === 'cascade' ? v.t('under-topic', { identifier }) : identifier;

/** The same as an element. */
export function Identifier({ v, call: { kind, identifier } }: { v: Viewer; call: Identified }) {
  if (!identifier) return null;
  return kind === 'cascade' ? (
    <span>
      {v.t('under-topic-short')} <code>{identifier}</code>
    </span>
  ) : (
    <code>{identifier}</code>
  );
}
