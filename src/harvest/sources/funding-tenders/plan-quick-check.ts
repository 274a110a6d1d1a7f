import type { QuickCheckTarget, PlanContext, SourceRequest } from '../../domain/source.js';
import { countRequest } from './plan-scan.js';
import { KINDS, notesRequest, searchRequest, type Kind, type SortField } from './search-request.js';
import { PAGE_SIZE } from '../_kit/portal/portal-search.js';

const KIND_NAMES: Record<QuickCheckTarget['kind'], Kind['name']> = {
  grant: 'grants',
  'external-action': 'external-actions',
  cascade: 'cascade-calls',
};

/** Returns the number of a cascade call, which ends the address of its page. */
const numberIn = (url: string | null): string | null =>
  /\/competitive-calls-cs\/(\d+)$/.exec(url ?? '')?.[1] ?? null;

const VALUES: Record<SortField, (target: QuickCheckTarget) => string | null> = {
  identifier: (t) => t.identifier,
  callIdentifier: (t) => t.callIdentifier,
  callccm2Id: (t) => numberIn(t.url),
};

/** Returns the field to query a call by: the first of its kind's fields for which it has a value. */
function nameOf(kind: Kind, target: QuickCheckTarget): [SortField, string] | null {
  for (const field of kind.fields) {
    const value = VALUES[field](target);
    if (value !== null) return [field, value];
  }
  return null;
}

function requestsOf(
  kind: Kind,
  language: string,
  targets: QuickCheckTarget[],
  order: 'ASC' | 'DESC',
): SourceRequest[] {
  const byField = new Map<SortField, Set<string>>();
  for (const target of targets) {
    const [field, value] = nameOf(kind, target) ?? [];
    if (field && value) byField.set(field, (byField.get(field) ?? new Set()).add(value));
  }
  return [...byField].flatMap(([field, set]) => {
    const values = [...set];
    const pages = Array.from({ length: Math.ceil(values.length / PAGE_SIZE) }, (_, i) =>
      values.slice(i * PAGE_SIZE, (i + 1) * PAGE_SIZE),
    );
    return pages.map((some, i) =>
      searchRequest(`${kind.name}-${language}: ${field} ${i + 1}`, kind, {
        number: 1,
        size: PAGE_SIZE,
        language,
        sort: { field, order },
        only: { field, values: some },
      }),
    );
  });
}

/**
 * Requests the calls again, by the fields that a scan sorts their kind by. A call may lack the field it was
 * queried by, so its absence is no evidence. The second scan uses the reverse order. Also requests the newest
 * notes, and the row counts: a changed count starts a harvest.
 */
export function planQuickCheck(calls: QuickCheckTarget[], { scan, languages }: PlanContext): SourceRequest[] {
  const order = scan === 1 ? 'ASC' : 'DESC';
  const again = KINDS.flatMap((kind) => {
    const targets = calls.filter((c) => KIND_NAMES[c.kind] === kind.name);
    return languages.flatMap((language) => [
      countRequest(kind, language),
      ...requestsOf(kind, language, targets, order),
    ]);
  });
  return scan === 1 ? [...again, notesRequest('notes: newest')] : again;
}
