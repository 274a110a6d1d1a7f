/**
 * The result of a torture run: every accepted message compared with its outbox row. Pure except for parsing
 * e-mails.
 */
import { createHash } from 'node:crypto';
import { simpleParser } from 'mailparser';

const READ = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true };
/** The link to the reader's preferences is signed on each sending; its row holds a placeholder. */
const SETTINGS =
  /\/notification-preferences\/(?:settings-[0-9a-f-]{36}|[0-9a-f-]{36}\.[0-9a-z]{1,12}\.[\w-]{43})/g;
const steady = (text) => text.replace(SETTINGS, '/notification-preferences/settings');
const lines = (text) =>
  steady(text || '')
    .replace(/\r\n/g, '\n')
    .replace(/\n+$/, '');

export const printOf = (raw) =>
  createHash('md5')
    .update(steady(raw.toString('utf8')))
    .digest('hex');

/** Parses an e-mail as its reader sees it: the id, and what is compared. */
async function readMail({ raw, address }) {
  const mail = await simpleParser(raw, READ);
  const [to, ...others] = mail.to?.value ?? [];
  const unsubscribe = /^List-Unsubscribe: <(.*)>\r?$/im.exec(raw.toString('latin1'))?.[1];
  const references = [mail.references ?? []].flat().map((r) => r.replace(/^<|>$/g, ''));
  return {
    id: mail.messageId?.replace(/^<|>$/g, '') ?? null,
    seen: {
      address,
      to: to?.address,
      name: to?.name || null,
      others: others.length,
      subject: mail.subject,
      text: lines(mail.text),
      html: lines(mail.html),
      unsubscribe,
      threads: references.join(' '),
    },
  };
}

const mailOf = (row) => ({
  address: row.address,
  to: row.address,
  name: row.name,
  others: 0,
  subject: row.subject,
  text: lines(row.text),
  html: lines(row.html),
  unsubscribe: row.unsubscribe_url,
  threads: row.threads.join(' '),
});

const differing = (seen, told) => Object.keys(told).filter((key) => seen[key] !== told[key]);

/**
 * Returns how a posted message differs from its row: channel, address, content to the byte, the document's
 * id.
 */
function postDiffers({ channel, address, raw, unsigned }, row) {
  const wrong = differing(
    { channel, address, payload: steady(raw.toString('utf8')) },
    { channel: row.channel, address: row.address, payload: steady(row.payload) },
  );
  if (unsigned !== null) wrong.push(`signature (${unsigned})`);
  if (channel === 'webhook' && JSON.parse(raw.toString('utf8')).id !== row.id)
    wrong.push('id of the document');
  return wrong;
}

/** A chat is sent no id. */
const isCard = ({ channel, id }) => channel !== 'email' && id === null;

/**
 * Compares accepted messages with the rows as written. Returns each as `{id, worker, at, answered, wrong}`:
 * `wrong` says what differs, null if nothing does.
 */
export async function compared(taken, rowsOf) {
  const mails = new Map();
  for (const t of taken) if (t.channel === 'email') mails.set(t, await readMail(t));
  const ids = taken.map((t) => mails.get(t)?.id ?? t.id).filter((id) => id !== null);
  const rows = await rowsOf([...new Set(ids)], [...new Set(taken.filter(isCard).map((t) => printOf(t.raw)))]);
  const byId = new Map(rows.map((row) => [row.message_id, row]));
  // A card has no id: its bytes, which contain its reader's own links, identify it.
  const byBytes = new Map(rows.filter((row) => row.payload).map((row) => [printOf(row.payload), row]));
  return taken.map((t) => {
    const row = isCard(t) ? byBytes.get(printOf(t.raw)) : byId.get(mails.get(t)?.id ?? t.id);
    const { worker, at, answered } = t;
    if (!row)
      return { id: null, worker, at, answered, wrong: `${t.channel}: nothing in the outbox is this message` };
    const wrong =
      t.channel === 'email'
        ? [...(row.channel === 'email' ? [] : ['channel']), ...differing(mails.get(t).seen, mailOf(row))]
        : postDiffers(t, row);
    return {
      id: row.message_id,
      worker,
      at,
      answered,
      wrong: wrong.length ? `${row.message_id}: ${wrong.join(', ')}` : null,
    };
  });
}

/**
 * What a sender records on giving up waiting, by e-mail and on the web; an explicit refusal does not count.
 */
const GAVE_UP = /: (?:Timeout|no answer in time)$|^not sent within \d+ seconds$/;

/** Returns the times at which its senders recorded a timeout. */
const gaveUpOn = ({ tries = [] }) =>
  tries.filter(({ ok, answer }) => !ok && GAVE_UP.test(answer)).map(({ at }) => Date.parse(at));

/**
 * Whether the sender of `earlier` could not know, or could not record, that it was accepted before it was
 * sent `again`: we did not answer; or it recorded a timeout, which a stalled machine can cause while our
 * answer is on its way; or it was killed, and the row was still marked as being sent when checked after its
 * death. A database restart is no excuse: a living sender has to wait for it.
 */
function inDoubt(earlier, again, kills, gaveUp) {
  if (!earlier.answered || gaveUp.some((at) => earlier.at <= at && at <= again.at)) return true;
  const kill = kills.get(earlier.worker);
  return Boolean(kill?.sending.has(earlier.id)) && kill.at <= again.at;
}

/** A repetition is in doubt if nobody had seen the message as sent, and each earlier delivery is in doubt. */
const isExcused = (again, before, { kills, sentBy, gaveUp }) =>
  (sentBy.get(again.id) ?? Infinity) >= again.at &&
  before.every((earlier) => inDoubt(earlier, again, kills, gaveUp));

/** Returns who sent a message and, in brackets, when, whether we answered, and what its senders recorded. */
function told({ id, tries = [] }, taken) {
  const when = taken.map(
    ({ worker, at, answered }) =>
      `${worker} at ${new Date(at).toISOString()}${answered ? '' : ', not answered'}`,
  );
  const noted = tries.map(({ at, answer }) => `noted at ${at}: ${answer}`);
  return `${id}: by ${taken.map((t) => t.worker).join(', then ')} (${[...when, ...noted].join('; ')})`;
}

/**
 * Returns counts. `rows`: `{ id, state, print, tries }` of the outbox at the end; `written`: prints of the
 * rows when written; `taken`: all results of `compared`; `kills`: by worker, `{ at, sending }`, the ids that
 * were being sent after its death; `sentBy`: when a message was first seen marked as sent.
 */
export function verdict({ rows, written, taken, kills, sentBy }) {
  const notes = { lost: [], doubled: [], wrong: [], inDoubt: [] };
  const byId = new Map(rows.map(({ id }) => [id, []]));
  for (const t of [...taken].sort((a, b) => a.at - b.at)) {
    if (t.wrong !== null) notes.wrong.push(t.wrong);
    byId.get(t.id)?.push(t);
  }
  for (const { id, state, print } of rows) {
    if (state !== 'sent' || !byId.get(id).length)
      notes.lost.push(`${id}: ${state}, taken ${byId.get(id).length} times`);
    if (written.has(id) && written.get(id) !== print) notes.wrong.push(`${id}: its row was changed`);
  }
  for (const id of written.keys()) if (!byId.has(id)) notes.lost.push(`${id}: its row is gone`);
  for (const row of rows) {
    const known = { kills, sentBy, gaveUp: gaveUpOn(row) };
    byId.get(row.id).forEach((again, i, all) => {
      if (i > 0)
        notes[isExcused(again, all.slice(0, i), known) ? 'inDoubt' : 'doubled'].push(
          told(row, all.slice(0, i + 1)),
        );
    });
  }
  return notes;
}
