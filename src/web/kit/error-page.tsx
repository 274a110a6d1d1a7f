import type { Problem } from '../../platform/api/problem.js';
import type { Asked } from '../../platform/access/rule.js';
import { ALL, type MessageKey } from '../messages/all.js';
import { page } from './page.js';
import { viewerOf } from './viewer.js';

const nearest = (status: number): string => (`error.title.${status}` in ALL ? String(status) : status < 500 ? '400' : '500');

/** What went wrong, as a page with sentences for people; null where it is a program that asked. */
export function errorPage(request: Asked, problem: Problem): string | null {
  const v = viewerOf(request);
  if (!v || request.headers.authorization || !(request.headers.accept ?? '').includes('text/html')) return null;
  const kind = nearest(problem.status);
  const title = v.t(`error.title.${kind}` as MessageKey);
  return page(v, { title }, (
    <section class="narrow">
      <h1>{title}</h1>
      <p>{v.t(`error.says.${kind}` as MessageKey)}</p>
      {problem.errors && <ul>{problem.errors.map((e) => <li key={e.path}><code>{e.path}</code> {e.message}</li>)}</ul>}
      <p><a class="button" href="/">{v.t('error.home')}</a></p>
    </section>
  ));
}
