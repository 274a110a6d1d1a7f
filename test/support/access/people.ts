import { randomUUID } from 'node:crypto';
import {
  type Actor,
  isOfNetwork,
  type KeyScope,
  permissionsOf,
  type PersonRole,
} from '../../../src/kernel/actor.js';
import { dayAfter } from '../../../src/kernel/lifetimes.js';
import type { Clock } from '../../../src/kernel/ports.js';
import type { Language } from '../../../src/kernel/language.js';
import { SessionCookie } from '../../../src/access/session-cookie.js';
import { MyPreferences } from '../../../src/notifications/my-preferences.js';
import type { PersonEntity } from '../../../src/access/store/person.entity.js';
import { ApiKeyRepository } from '../../../src/access/store/api-key.repository.js';
import { PersonRepository } from '../../../src/access/store/person.repository.js';
import { SessionRepository } from '../../../src/access/store/session.repository.js';
import { newSecret } from '../../../src/platform/access/secret.js';
import { CLOCK } from '../../../src/platform/tokens.js';
import type { TestApp } from '../app.js';

/** An answer as a browser sees it; redirects are not followed. */
export interface Answer {
  status: number;
  body: string;
  location: string | null;
  headers: Headers;
}
type Form = Record<string, string | string[]>;

/** A browser, signed in or not: it keeps cookies and sends the headers browsers send. */
export class Browser {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly url: string,
    cookie?: string,
  ) {
    if (cookie) this.keep(cookie);
  }

  /** The cookies for a `Cookie` header, or to set in a real browser. */
  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async request(
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: BodyInit } = {},
  ): Promise<Answer> {
    const headers = {
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
      ...(this.cookie && { cookie: this.cookie }),
      ...init.headers,
    };
    const response = await fetch(new URL(path, this.url), {
      method: init.method ?? 'GET',
      redirect: 'manual',
      headers,
      ...(init.body !== undefined && { body: init.body }),
    });
    response.headers.getSetCookie().forEach((c) => this.keep(c));
    return {
      status: response.status,
      body: await response.text(),
      location: response.headers.get('location'),
      headers: response.headers,
    };
  }

  get(path: string): Promise<Answer> {
    return this.request(path);
  }

  /** Posts a form; a field with a list is sent once per value. */
  post(path: string, form: Form = {}): Promise<Answer> {
    const body = new URLSearchParams(
      Object.entries(form).flatMap(([name, value]) => [value].flat().map((v): [string, string] => [name, v])),
    );
    return this.request(path, { method: 'POST', body });
  }

  protected keep(setCookie: string): void {
    const [pair = '', ...rest] = setCookie.split(';');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    const gone = value === '' || rest.some((r) => /^\s*(max-age=0|expires=Thu, 01 Jan 1970)/i.test(r));
    if (gone) this.jar.delete(name);
    else this.jar.set(name, value);
  }
}

export interface Told {
  role: PersonRole;
  profile?: string;
  name?: string;
  email?: string;
  language?: Language;
  /** Unsubscribes the person from the institute's e-mails, for tests that count e-mails. */
  mails?: false;
}

/** A signed-in person in their browser, who can create API keys. */
export class Somebody extends Browser {
  constructor(
    private readonly test: TestApp,
    readonly person: PersonEntity,
    cookie: string,
  ) {
    super(test.url, cookie);
  }

  /** As whom services see this person. */
  get actor(): Actor {
    return actorOf(this.person);
  }

  /** Signs in again in the same browser, at the current time. */
  async signInAgain(): Promise<void> {
    this.keep(await newSession(this.test, this.person.id));
  }

  /** Creates an API key of this person for 30 days of the clock, for `api(url, path, { token })`. */
  key(scope: KeyScope): Promise<string> {
    return keyOf(this.test, scope, { personId: this.person.id, profileId: this.person.profileId });
  }
}

const actorOf = (person: PersonEntity): Actor =>
  ({
    ...person,
    personId: person.id,
    sessionId: 'test',
    permissions: permissionsOf(person.role, 'write'),
  }) as unknown as Actor;

async function keyOf(
  { app }: TestApp,
  scope: KeyScope,
  owner: { personId: string | null; profileId: string | null },
): Promise<string> {
  const now = app.get<Clock>(CLOCK).now();
  const { secret, hash } = newSecret('ce_');
  const key = {
    id: randomUUID(),
    tokenHash: hash,
    hint: secret.slice(0, 7),
    name: `test ${scope}`,
    scope,
    createdBy: 'test',
    makerId: owner.personId,
    expiresAt: dayAfter(now, 30),
    ...owner,
  };
  const { personId, profileId } = owner;
  await app.get(ApiKeyRepository).add(personId === null ? { profileId } : { personId }, key, Infinity, now);
  return secret;
}

/** Creates a service key of an institute, or of the network if no profile is given. */
export const serviceKey = (test: TestApp, scope: KeyScope, profile?: string): Promise<string> =>
  keyOf(test, scope, { personId: null, profileId: profile ?? null });

/** Creates a signed-in person. Officers and readers need an institute. */
export async function somebody(test: TestApp, told: Told): Promise<Somebody> {
  const { role, profile, language = 'en' } = told;
  if (isOfNetwork(role) !== (profile === undefined))
    throw new Error('people of the network have no institute, everybody else has one');
  const id = randomUUID();
  const now = test.app.get<Clock>(CLOCK).now();
  const { name = `${role} ${id.slice(0, 4)}`, email = `${role}-${id.slice(0, 8)}@example.org` } = told;
  const person = await test.app.get(PersonRepository).add({
    id,
    email,
    name,
    language,
    role,
    profileId: profile ?? null,
    createdAt: now,
    invitedBy: null,
    invitedById: null,
  });
  if (!person) throw new Error(`${email} is somebody already`);
  if (told.mails === false) await leaveMails(test, person);
  const cookie = await newSession(test, person.id);
  return new Somebody(test, (await test.app.get(PersonRepository).findById(person.id))!, cookie);
}

/** Unsubscribes the person from the e-mails of their institute. */
export async function leaveMails({ app }: TestApp, person: PersonEntity): Promise<void> {
  await app.get(MyPreferences).decline(actorOf(person), { kind: 'profile', target: person.profileId! });
}

/** Creates a session for the person; returns its cookie. */
async function newSession({ app }: TestApp, personId: string): Promise<string> {
  const { secret, hash } = newSecret();
  const now = app.get<Clock>(CLOCK).now();
  await app.get(SessionRepository).begin(
    {
      id: randomUUID(),
      tokenHash: hash,
      personId,
      userAgent: 'test',
      provider: null,
      authenticatedAt: now,
      secondFactorAt: null,
    },
    now,
  );
  return `${app.get(SessionCookie).name}=${secret}`;
}
