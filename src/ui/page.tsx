import type { ComponentChild } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Layout, type PageOptions } from './layout.js';
import type { Viewer } from './viewer.js';

/** Renders a whole page. */
export const page = (v: Viewer, options: PageOptions, content: ComponentChild): string =>
  `<!doctype html>${renderToString(
    // No navigation while the second factor is pending.
    <Layout v={v.actor?.awaits ? { ...v, actor: null } : v} options={options}>
      {content}
    </Layout>,
  )}`;

/** Renders a part of a page for a script. */
export const part = (content: ComponentChild): string => renderToString(<>{content}</>);
