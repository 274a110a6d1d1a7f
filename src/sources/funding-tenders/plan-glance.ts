import type { GlanceTarget, PlanContext, SourceRequest } from '../../domain/source/source.js';
import { PAGE_SIZE, searchRequest } from './search-request.js';

/** The calls by their references, a page for every hundred of them; the second scan asks the other way round. */
export function planGlance(calls: GlanceTarget[], { scan, languages }: PlanContext): SourceRequest[] {
  const references = calls.map((c) => c.reference);
  const pages = Array.from({ length: Math.ceil(references.length / PAGE_SIZE) }, (_, i) => references.slice(i * PAGE_SIZE, (i + 1) * PAGE_SIZE));
  const order = scan === 1 ? 'ASC' : 'DESC';
  return pages.map((some, i) => searchRequest(`glance-${i + 1}`, { number: 1, size: PAGE_SIZE, order, languages, references: some }));
}
