import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SignOnProvider } from '../../../src/kernel/sign-on.js';
import { freePort } from '../free-port.js';
import { Browser, type Answer } from './people.js';

export const CLIENT_SECRET = 'a-secret-that-no-page-and-no-log-may-show';
/** The program's public URL: the provider redirects browsers there. */
export const PUBLIC_URL = 'http://calls.test';

export interface Account {
  email?: string;
  email_verified?: boolean;
  name?: string;
  locale?: string;
  groups?: string[];
  amr?: string[];
  acr?: string;
}

/** An OpenID Connect provider that runs in its own process, and browsers that sign in there. */
export class IdentityProvider {
  private constructor(
    private child: ChildProcess,
    readonly port: number,
    private readonly args: string[],
    private readonly publicUrl: string,
  ) {}

  static async start(
    ids: readonly string[],
    { inToken = true, publicUrl = PUBLIC_URL } = {},
  ): Promise<IdentityProvider> {
    const port = await freePort();
    const clients = ids.map((id) => ({
      client_id: `client-${id}`,
      client_secret: CLIENT_SECRET,
      redirect_uris: [`${publicUrl}/sign-in/with/${id}/return`],
    }));
    const args = [String(port), JSON.stringify(clients), inToken ? 'in-token' : 'asked'];
    return new IdentityProvider(await launched(args), port, args, publicUrl);
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Returns the provider as an operator configures it. */
  provider(id: string, told: Partial<SignOnProvider> = {}): SignOnProvider {
    return {
      id,
      name: `Account ${id}`,
      issuer: this.issuer,
      clientId: `client-${id}`,
      mailDomains: ['leti.test'],
      verifiedAddresses: 'claimed',
      required: false,
      ...told,
    };
  }

  /** Sets the provider's accounts, by the subject it uses for them. */
  async knows(accounts: Record<string, Account>): Promise<void> {
    this.child.send(accounts);
    await once(this.child, 'message');
  }

  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  async again(): Promise<void> {
    this.child = await launched(this.args);
  }

  /**
   * Goes from the program to the provider, signs in as `login` on the provider's pages and returns the
   * callback address for the program. `there` is the browser as the provider knows it.
   */
  async visit(
    browser: Browser,
    path: string,
    login: string,
    there = new Browser(this.issuer),
  ): Promise<string> {
    const leaving = await browser.get(path);
    if (leaving.status !== 303) throw new Error(`${path}: ${leaving.status} ${leaving.body.slice(0, 300)}`);
    let [answer, steps] = [await there.get(leaving.location!), 0];
    while (!answer.location?.startsWith(this.publicUrl)) {
      if ((steps += 1) > 12) throw new Error(`the provider leads nowhere: ${answer.body.slice(0, 500)}`);
      answer = await this.step(there, answer, login);
    }
    return answer.location.slice(this.publicUrl.length);
  }

  private step(there: Browser, { location, body }: Answer, login: string): Promise<Answer> {
    if (location) return there.get(location);
    const action = /<form[^>]* action="([^"]+)"/.exec(body)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(body)?.[1];
    if (!action || !prompt) throw new Error(`the provider asks nothing: ${body.slice(0, 500)}`);
    return there.post(action, { prompt, ...(prompt === 'login' && { login, password: 'any' }) });
  }

  /** Signs in as `login`; returns the program's final answer. */
  async signIn(browser: Browser, path: string, login: string, there?: Browser): Promise<Answer> {
    return browser.get(await this.visit(browser, path, login, there));
  }
}

async function launched(args: string[]): Promise<ChildProcess> {
  const child = fork(join(__dirname, 'identity-provider-process.mjs'), args, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const said: string[] = [];
  child.stderr!.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const [first] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [unknown];
  if (first !== 'ready') throw new Error(`the provider did not start: ${said.join('')}`);
  return child;
}
