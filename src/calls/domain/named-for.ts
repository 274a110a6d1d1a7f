import type { CallContent } from './call-content.js';

type NamedFields = Partial<Pick<CallContent, 'kind' | 'identifier' | 'callIdentifier' | 'parentTopic'>>;

/**
 * What a call is called by itself. A cascade call bears the identifier of the topic that funded its project.
 */
export const ownIdentifier = ({ kind, identifier }: NamedFields): string | null =>
  kind === 'cascade' ? null : (identifier ?? null);

/**
 * The call of which it is a topic; null of a cascade call, which is no topic of the call that its project
 * came out of.
 */
export const callOfTopic = ({ kind, callIdentifier }: NamedFields): string | null =>
  kind === 'cascade' ? null : (callIdentifier ?? null);

/**
 * The topic under which the project of a cascade call was funded, as far as that is told; null of all other
 * calls.
 */
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
