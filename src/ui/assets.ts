import { assetStamp } from '../platform/api/static-files.js';

/** The address of a file in `public`; it changes with the file, so that browsers may keep it for good. */
export const asset = (name: string): string => `/assets/${name}?${assetStamp(name)}`;
