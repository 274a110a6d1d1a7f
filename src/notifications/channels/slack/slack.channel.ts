import { defineChannel } from '../../domain/delivery/channel.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { judgeChat, post } from '../_kit/post.js';
import { WebAddress } from '../_kit/web-address.js';
import { renderSlack } from './render-slack.js';
import { TEXTS } from './texts.js';

/**
 * Slack, through an incoming webhook of one of its channels. What it answers: 404 `no_service` (removed or
 * switched off) or `channel_not_found`, 410 `channel_is_archived`, 403 `action_prohibited`, 400
 * `invalid_payload`, 429 with Retry-After (one message a second).
 */
export const channel = defineChannel({
  id: 'slack',
  name: TEXTS.name,
  offer: { way: TEXTS.way, found: TEXTS.found },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render: renderSlack,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judgeChat('SlackRefused')),
});
