import type { ComponentChild } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { Layout, type PageOptions } from './layout.js';
import type { Viewer } from './viewer.js';

/** A whole page as it is sent. */
export const page = (v: Viewer, options: PageOptions, content: ComponentChild): string =>
  `<!doctype html>${renderToString(
    // Whose second factor is still asked for is led nowhere else.
    <Layout v={v.actor?.awaits ? { ...v, actor: null } : v} options={options}>
      {content}
    </Layout>,
  )}`;

/** A part of a page, for the script that asked for it. */
export const part = (content: ComponentChild): string => renderToString(<>{content}</>);
