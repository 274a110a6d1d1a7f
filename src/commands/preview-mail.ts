import type { INestApplicationContext } from '@nestjs/common';
import { writeFile } from 'node:fs/promises';
import { readArguments } from './arguments.js';
import { CarnotError } from '../kernel/errors.js';
import type { Profile } from '../profiles/domain/profile.js';
import { Language } from '../kernel/language.js';
import type { ProfileRepository } from '../profiles/store/profile.repository.js';
import type { PreviewOptions, PreviewedMessage } from '../notifications/content/digest-writer.js';
import { ConfigError, refuse } from '../platform/config/config-error.js';
import { explain } from '../app/failure.js';
import { withApplication } from '../app/with-application.js';
import { note, say } from '../platform/say.js';

const USAGE = 'npm run cli -- preview-mail PROFILE [--language fr|en] [--first] [--html FILE]';
/** The exit status for "try again later" (sysexits.h). */
const TEMPORARY_FAILURE = 75;

const OPTIONS = {
  language: { type: 'string' },
  first: { type: 'boolean', default: false },
  html: { type: 'string' },
} as const;

function readArgs(args: string[]): PreviewOptions & { id: string; html: string | undefined } {
  const {
    positionals: [id, ...more],
    values,
  } = readArguments({ args, options: OPTIONS, allowPositionals: true }, USAGE);
  const language = Language.nullable().safeParse(values.language ?? null);
  refuse([
    ...(id && !more.length ? [] : [`preview-mail takes one profile, by its id. Fix: ${USAGE}`]),
    ...(language.success ? [] : [`--language must be fr or en, and is "${values.language}". Fix: ${USAGE}`]),
  ]);
  return { id: id!, language: language.data!, first: values.first, html: values.html };
}

async function profileOf(profiles: ProfileRepository, id: string): Promise<Profile> {
  const found = await profiles.findById(id);
  if (found) return found.content;
  const known = (await profiles.findAll()).map((p) => p.id).sort();
  throw new CarnotError(
    'UnknownProfile',
    `There is no profile "${id}". ${known.length ? `There are: ${known.join(', ')}.` : 'There are none yet: they are imported at the first start.'} Fix: ${USAGE}`,
    'person',
  );
}

const forWhom = ({ message: { kind }, address }: PreviewedMessage): string =>
  kind === 'digest'
    ? `The next digest to ${address}`
    : address
      ? `The first message to ${address}`
      : 'The first message, as a new contact would receive it';

async function shown(
  app: INestApplicationContext,
  { id, html, ...asked }: ReturnType<typeof readArgs>,
): Promise<void> {
  const [{ ProfileRepository }, { Readiness }, { MessagePreview }, { renderMail }] = await Promise.all([
    import('../profiles/store/profile.repository.js'),
    import('../notifications/readiness.js'),
    import('../notifications/content/digest-writer.js'),
    import('../notifications/domain/content/render-mail.js'),
  ]);
  const profile = await profileOf(app.get(ProfileRepository), id);
  if (!(await app.get(Readiness).matched([id]))) {
    throw new CarnotError(
      'NotMatched',
      `The profile "${id}" has not been matched with all stored calls yet, so no messages are sent. Fix: Start carnot-europe, let it harvest and match, then try again.`,
      'later',
    );
  }
  const next = await app.get(MessagePreview).next(profile, asked);
  const mail = renderMail(next.message);
  if (html) await writeFile(html, mail.html!);
  note(`${forWhom(next)}. Nothing was sent.${html ? ` The page is in ${html}.` : ''}`);
  say(`Subject: ${mail.subject}\n\n${mail.text}`);
}

/**
 * `preview-mail`: prints the next message to a reader of a profile as an e-mail. Changes and sends nothing.
 */
export async function previewMail(args: string[]): Promise<void> {
  const asked = readArgs(args);
  try {
    await withApplication((app) => shown(app, asked));
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    note(`There is no e-mail to show: ${explain(error)}`);
    process.exitCode =
      error instanceof CarnotError && error.kind === 'UnknownProfile' ? 1 : TEMPORARY_FAILURE;
  }
}
