import { z } from 'zod';

const LONGEST = 2_000;

const isWebAddress = (text: string): boolean => {
  // URL leaves white space out, and then means another address than was written.
  if (/[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && !username && !password;
};

/**
 * An address on the web, in the one form in which URL writes it. Whether it may be asked is the outgoing
 * gate's to say.
 */
export const WebAddress: z.ZodType<string, string> = z
  .string()
  .trim()
  .max(LONGEST)
  .refine(isWebAddress, 'is not a web address such as https://hooks.example.org/carnot')
  .transform((text) => {
    const url = new URL(text);
    url.hash = '';
    return url.href;
  });
