import type { ComponentChildren } from 'preact';
import type { Viewer } from './viewer.js';

const FORMATS = [
  { format: 'xlsx', name: 'Excel' },
  { format: 'csv', name: 'CSV' },
] as const;

/** Links to the list as files, with its filters in `query`; `children` are more links. */
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
