import { load } from 'cheerio';
import type { Route } from '../../../src/platform/access/rule.js';
import { addressesOf } from './routes.js';

/** A field of a form: what it sends unless changed, and how much may be typed; null if nothing is typed. */
interface FormField {
  name: string;
  values: string[];
  typed: { most: number } | null;
}

/** A form as a page shows it. */
export interface Form {
  method: 'GET' | 'POST';
  action: string;
  fields: FormField[];
  /** Whether it sends a file. */
  hasFile: boolean;
}

/** Fields in which nothing is typed. */
const CHOSEN = /^(?:hidden|submit|button|checkbox|radio|file|date|time|month|number|color|range)$/;

/** Returns the forms of a page, once for each address to which one may be sent; `path`: the page's own. */
function formsIn(html: string, path: string): Form[] {
  const page = load(html);
  return page('form')
    .toArray()
    .flatMap((form): Form[] => {
      const fields = new Map<string, FormField>();
      page(form)
        .find('[name]')
        .each((__, field) => {
          const [one, name] = [page(field), page(field).attr('name')!];
          const options = one
            .find('option')
            .map((___, o) => page(o).attr('value') ?? '')
            .get();
          const isTyped = one.is('textarea') || (one.is('input') && !CHOSEN.test(one.attr('type') ?? 'text'));
          const known = fields.get(name) ?? { name, values: [], typed: null };
          known.values.push(...(options.length ? options : [one.attr('value') ?? one.text()]));
          if (isTyped) known.typed = { most: Number(one.attr('maxlength') ?? Infinity) };
          fields.set(name, known);
        });
      const method = /^post$/i.test(page(form).attr('method') ?? '') ? 'POST' : 'GET';
      const other = page(form)
        .find('[formaction]')
        .map((__, button) => page(button).attr('formaction'))
        .get();
      return [page(form).attr('action') ?? path, ...other].map((action) => ({
        method,
        action,
        fields: [...fields.values()],
        hasFile: page(form).find('input[type=file]').length > 0,
      }));
    });
}

/** Returns the forms of all pages, as shown to each reader. */
export async function formsOfPages(
  routes: Route[],
  values: Record<string, string | string[]>,
  readers: ((path: string) => Promise<string>)[],
): Promise<Form[]> {
  const forms: Form[] = [];
  for (const route of routes.filter((r) => r.method === 'GET' && !r.path.startsWith('/v1/'))) {
    const path = addressesOf(route, values)[0]!;
    for (const read of readers) forms.push(...formsIn(await read(path), path));
  }
  return forms;
}

/** Whether a form is sent to that route. */
export const isSentTo = ({ method, action }: Form, route: Route): boolean =>
  method === route.method &&
  new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/:\w+/g, '[^/]+')}$`).test(action.split('?')[0]!);
