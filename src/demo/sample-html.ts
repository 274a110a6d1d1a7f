import type { SampleCall } from './sample-calls.js';

/** The first sentence of every sample's text. */
const SAMPLE_NOTICE = 'This is an invented sample for the demonstration of this program and not a real call.';

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Converts plain text to HTML: each line becomes a paragraph, lines that start with `* ` a list. */
export function paragraphsHtml(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => escape(line.trim()))
    .filter(Boolean);
  return lines
    .map((line) => (line.startsWith('* ') ? `<ul><li>${line.slice(2)}</li></ul>` : `<p>${line}</p>`))
    .join('')
    .replaceAll('</ul><ul>', '');
}

/** Formats a sample's text like the portal: a span names the section, the next div holds the text. */
export function descriptionHtml({ sections, text }: Pick<SampleCall, 'sections' | 'text'>): string {
  if (!sections) return paragraphsHtml(`${SAMPLE_NOTICE}\n${text ?? ''}`);
  return Object.entries(sections)
    .map(([kind, body], i) => {
      const content = paragraphsHtml(i === 0 ? `${SAMPLE_NOTICE}\n${body}` : body);
      return `<span class="topicdescriptionkind">${kind}</span>:<div class="topicdescriptioncontent">${content}</div>`;
    })
    .join('');
}
