import type { GlanceTarget, PlanContext, SourceRequest } from '../../domain/source/source.js';
import { PAGE_SIZE, searchRequest } from './search-request.js';

/** The calls by their references, as many on a page as it holds in all languages; the second scan asks the other way round. */
export function planGlance(calls: GlanceTarget[], { scan, languages }: PlanContext): SourceRequest[] {
  const references = [...new Set(calls.map((c) => c.reference))];
  const most = Math.max(1, Math.floor(PAGE_SIZE / languages.length));
  const pages = Array.from({ length: Math.ceil(references.length / most) }, (_, i) => references.slice(i * most, (i + 1) * most));
  const order = scan === 1 ? 'ASC' : 'DESC';
  return pages.map((some, i) => searchRequest(`glance-${i + 1}`, { number: 1, size: PAGE_SIZE, order, languages, references: some }));
}
