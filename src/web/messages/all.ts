import { account } from './account.js';
import { answer } from './answer.js';
import { call } from './call.js';
import { calendars } from './calendars.js';
import { calls } from './calls.js';
import { channels } from './channels.js';
import { deadlines } from './deadlines.js';
import { inbox } from './inbox.js';
import { jointBid } from './joint-bid.js';
import { learned } from './learned.js';
import { layout } from './layout.js';
import { network } from './network.js';
import { outbox } from './outbox.js';
import { people } from './people.js';
import { profile } from './profile.js';
import { sheets } from './sheets.js';
import { signIn } from './sign-in.js';
import { sources } from './sources.js';
import { team } from './team.js';
import { telling } from './telling.js';
import { trackRecord } from './track-record.js';
import { why } from './why.js';

/** All texts of the pages. The check compares the two languages and sees that each key is used. */
export const ALL = {
  ...account, ...answer, ...call, ...calendars, ...calls, ...channels, ...deadlines, ...inbox, ...jointBid, ...layout, ...learned, ...network, ...outbox, ...people, ...profile, ...sheets, ...signIn, ...sources, ...team, ...telling, ...trackRecord, ...why,
};
export type MessageKey = keyof typeof ALL;
