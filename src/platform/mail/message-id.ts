/**
 * The Message-ID of a mail of ours, without angle brackets: the same however often it is sent, under the host
 * that people know.
 */
export const messageIdOf = (name: string, { PUBLIC_URL }: { PUBLIC_URL: string }): string =>
  `${name}@${new URL(PUBLIC_URL).hostname}`;
