import { defineChannel } from '../../domain/delivery/channel.js';
import { WEB_WAITS } from '../../../outbox/domain/tries.js';
import { judgeChat, post } from '../_kit/post.js';
import { WebAddress } from '../_kit/web-address.js';
import { renderTeams } from './render-teams.js';
import { TEXTS } from './texts.js';

/** Microsoft Teams, through a workflow of a chat or channel: "when a Teams webhook request is received". */
export const channel = defineChannel({
  id: 'teams',
  name: TEXTS.name,
  offer: { way: TEXTS.way, found: TEXTS.found },
  address: WebAddress,
  signs: false,
  frequency: 'weekly',
  waits: WEB_WAITS,
  render: renderTeams,
  send: (outgoing, { fetcher }) => post(outgoing, {}, fetcher, judgeChat('TeamsRefused')),
});
