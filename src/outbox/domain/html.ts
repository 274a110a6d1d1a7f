/** Markup that is safe to put into a page. Only `html` makes it, so a plain text can never pass for it. */
export class Html {
  private constructor(readonly markup: string) {}

  /** Markup from a template: its own text is trusted, everything put into it is escaped unless it is `Html` itself. */
  static fromTemplate(strings: TemplateStringsArray, values: HtmlValue[]): Html {
    return new Html(strings.map((s, i) => (i ? markupOf(values[i - 1]) : '') + s).join(''));
  }
}

type HtmlValue = Html | Html[] | string | number | null | undefined;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Tagged template for HTML in which forgetting to escape is impossible. */
export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return Html.fromTemplate(strings, values);
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((v) => v.markup).join('');
  return value instanceof Html ? value.markup : String(value).replace(/[&<>"']/g, (c) => ENTITIES[c]!);
}
