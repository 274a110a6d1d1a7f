export type { DeliveryState } from './delivery-state.js';
export { type RenderedMail, renderLinkMail } from './link-mail.js';
export { mailPage, Row } from './mail-page.js';
export {
  Button,
  type Link,
  LinkedLines,
  Lines,
  P,
  Quote,
  SMALL,
  SmallButton,
  Spoken,
  TextLink,
} from './mail-parts.js';
export { testMail } from './test-mail.js';
export { MAIL_WAITS, STALE_MS, WEB_WAITS } from './tries.js';
export { wrapped } from './wrap.js';
