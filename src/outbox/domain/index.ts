export type { DeliveryState } from './delivery-state.js';
export { Html, html } from './html.js';
export { type RenderedMail, renderLinkMail } from './link-mail.js';
export { BUTTON, FONT } from './mail-style.js';
export { MAIL_WAITS, SENDING_MS, STALE_MS, WEB_WAITS, waitAfter } from './tries.js';
export { wrapped } from './wrap.js';
