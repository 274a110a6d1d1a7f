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
export { MAIL_WAITS, STALE_MS, WEB_WAITS } from './tries.js';
export { wrapped } from './wrap.js';
