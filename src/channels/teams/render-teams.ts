import type { Message, Rendered } from '../../domain/notification/message.js';

/** A stand-in until the real one is merged. */
export const renderTeams = (message: Message): Rendered => ({ subject: message.kind, text: message.id, html: null, payload: JSON.stringify({ id: message.id }) });
