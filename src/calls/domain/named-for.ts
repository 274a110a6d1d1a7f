import type { CallContent } from './call-content.js';

type NamedFields = Partial<Pick<CallContent, 'kind' | 'identifier' | 'callIdentifier' | 'parentTopic'>>;

/** Returns a call's own identifier. A cascade call carries that of the topic that funded its project. */
export const ownIdentifier = ({ kind, identifier }: NamedFields): string | null =>
  kind === 'cascade' ? null : (identifier ?? null);

/**
 * Returns the call that a topic belongs to; null for a cascade call, which is not a topic of its project's
 * call.
 */
export const callOfTopic = ({ kind, callIdentifier }: NamedFields): string | null =>
  kind === 'cascade' ? null : (callIdentifier ?? null);

/** Returns the topic that funded the project of a cascade call, if stated; null for all other calls. */
export function parentTopicOf({
  kind,
  identifier,
  parentTopic,
}: NamedFields): { identifier: string | null; title: string | null } | null {
  if (kind !== 'cascade') return null;
  const parent = {
    identifier: parentTopic?.identifier ?? identifier ?? null,
    title: parentTopic?.title ?? null,
  };
  return parent.identifier === null && parent.title === null ? null : parent;
}
