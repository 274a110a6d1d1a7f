import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { CarnotError } from '../../../kernel/errors.js';
import { defineChannel } from '../../domain/delivery/channel.js';
import { post, type Refusal } from '../_kit/post.js';
import { WebAddress } from '../_kit/web-address.js';
import { render } from './render.js';
import { TEXTS } from './texts.js';

/**
 * Decides about a status that is not an acceptance: `never` if it will never be accepted, `later` if trouble
 * is temporary.
 */
const judge = ({ status, words, retryAfterMs }: Refusal): CarnotError =>
  new CarnotError(
    'TemplateRefused',
    words,
    status === 400 ? 'never' : 'later',
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );

/** Posts each message as JSON to an address on the web. */
export const channel = defineChannel({
  id: 'template',
  name: TEXTS.name,
  // `found` may say where to find an address. null: the channel reaches people, and no institute adds it.
  offer: { way: TEXTS.way },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judge),
});
