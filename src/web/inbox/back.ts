/** Where a form came from, if that is a page of ours; else `otherwise`. Never another site, however it is written. */
export function backTo(back: string | undefined, otherwise: string): string {
  if (back === undefined || !/^\/(?![/\\])/.test(back) || !URL.canParse(back, 'http://here')) return otherwise;
  const url = new URL(back, 'http://here');
  return url.origin === 'http://here' ? `${url.pathname}${url.search}${url.hash}` : otherwise;
}

/** The page's address with the call that was just decided, so that it can say so and offer to undo it. Without a call it is gone from there. */
export function withDecided(path: string, callId: string | null): string {
  const url = new URL(path, 'http://here');
  url.searchParams.delete('decided');
  if (callId !== null) url.searchParams.set('decided', callId);
  return `${url.pathname}${url.search}`;
}
