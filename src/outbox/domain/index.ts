export type { DeliveryState } from './delivery-state.js';
export { type RenderedMail, renderLinkMail } from './link-mail.js';
export {
  Button,
  Head,
  type Link,
  LinkedLines,
  mailPage,
  P,
  Row,
  SMALL,
  SmallButton,
  Spoken,
  TextLink,
} from './mail-page.js';
export { MAIL_WAITS, SENDING_MS, STALE_MS, WEB_WAITS, waitAfter } from './tries.js';
export { wrapped } from './wrap.js';
