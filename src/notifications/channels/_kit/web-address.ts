import { issue } from '../../../kernel/issues.js';
import { z } from 'zod';

const LONGEST = 2_000;

const isWebAddress = (text: string): boolean => {
  // URL strips white space, which changes the address.
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password;
};

/** A web address, normalised by URL. The outgoing gate decides whether it may be contacted. */
export const WebAddress: z.ZodType<string, string> = z
  .string()
  .trim()
  .max(LONGEST)
  .refine(isWebAddress, issue('web-address'))
  .transform((text) => {
    const url = new URL(text);
    url.hash = '';
    return url.href;
  });
