/**
 * Returns the Message-ID of one of our e-mails, without angle brackets: the same however often it is sent,
 * with our public host name.
 */
export const messageIdOf = (name: string, { PUBLIC_URL }: { PUBLIC_URL: string }): string =>
  `${name}@${new URL(PUBLIC_URL).hostname}`;
