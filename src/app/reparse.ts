/** Placeholder. */
export function reparse(_args: string[]): Promise<void> { return Promise.reject(new Error('not yet')); }
