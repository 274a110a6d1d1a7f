import { assetStamp } from '../platform/api/static-files.js';

/** The address of a file in `public`, with a stamp of its content, so that browsers can cache it for good. */
export const asset = (name: string): string => `/assets/${name}?${assetStamp(name)}`;
