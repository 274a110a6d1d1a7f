import type { ComponentChildren } from 'preact';
import type { Viewer } from './viewer.js';

const FORMATS = [
  { format: 'xlsx', name: 'Excel' },
  { format: 'csv', name: 'CSV' },
] as const;

/** The list of a page as files, with its filters as they stand in `query`; `children` stand beside them. */
export const Downloads = ({
  v,
  path,
  query,
  children,
}: {
  v: Viewer;
  path: string;
  query: string;
  children?: ComponentChildren;
}) => (
  <p class="downloads small no-print">
    {FORMATS.map(({ format, name }) => (
      <a key={format} href={`${path}.${format}${query && `?${query}`}`}>
        <span class="hidden-visually">{v.t('list.as')} </span>
        {name}
      </a>
    ))}
    {children}
  </p>
);
