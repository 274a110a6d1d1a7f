import * as openid from 'openid-client';
import { Claims } from '../../kernel/sign-on.js';
import { CLOCK_SKEW_MS } from '../../kernel/lifetimes.js';
import { providerOf, type SignOnProvider } from '../../kernel/sign-on.js';
import { HOUR_MS } from '../../kernel/durations.js';
import { CarnotError } from '../../kernel/errors.js';
import type { FetchedDocument } from '../../kernel/ports.js';
import { Gate, type GateOptions } from '../http/gate.js';

/** What the provider's answer in the browser is checked against; kept with that browser only. */
export interface Started {
  state: string;
  nonce: string;
  /** Proves that the code is used by the party that requested it (PKCE, RFC 7636). */
  verifier: string;
  again: boolean;
}

/** Whom the provider vouches for, and how long ago they authenticated there; null if it does not say. */
export interface Vouched {
  claims: Claims;
  secondsAgo: number | null;
}

/** The person cancelled, or the provider refused them: no fault of ours. */
export class SignOnDenied extends Error {}
/** The response does not match the request, or the provider did not sign it: possibly tampered with. */
export class SignOnForged extends Error {}

const SCOPE = 'openid email profile';
const TIMEOUT_MS = 10_000;
/** A provider's metadata is requested again after this: its addresses seldom change. */
const METADATA_MS = HOUR_MS;
const AGAIN_SECONDS = 60;

interface Known {
  config: Promise<openid.Configuration>;
  until: number;
}

/**
 * Identifies people through OpenID Connect providers: the code flow with PKCE, every request through the gate
 * (OpenID Connect Core 1.0, section 3.1).
 */
export class IdentityProviders {
  private readonly gates = new Map<string, Gate>();
  private readonly known = new Map<string, Known>();

  /** `all` is in the order of the file. */
  constructor(
    readonly all: readonly SignOnProvider[],
    private readonly secrets: ReadonlyMap<string, string>,
    private readonly publicUrl: string,
    private readonly limits: Pick<GateOptions, 'userAgent' | 'maxBytes' | 'proxy'>,
  ) {}

  /** Returns the provider with that id; undefined if there is none. */
  findById(id: string): SignOnProvider | undefined {
    return this.all.find((p) => p.id === id);
  }

  /** Returns the only provider for signing in with that address; undefined if an e-mailed link works too. */
  requiredFor(address: string): SignOnProvider | undefined {
    const provider = providerOf(this.all, address);
    return provider?.required ? provider : undefined;
  }

  /** Returns the address where signing in with a provider begins. */
  startAddress({ id }: Pick<SignOnProvider, 'id'>): string {
    return `${this.publicUrl}/sign-in/with/${id}`;
  }

  /**
   * Returns where to send the browser, and what to keep in it meanwhile. Throws a CarnotError if the provider
   * cannot be reached.
   */
  async start(
    provider: SignOnProvider,
    { again, address }: { again: boolean; address: string | null },
  ): Promise<{ url: URL; started: Started }> {
    const config = await this.configOf(provider);
    const started: Started = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
      again,
    };
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: this.returnAddress(provider),
      scope: SCOPE,
      state: started.state,
      nonce: started.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(started.verifier),
      code_challenge_method: 'S256',
      ...(address !== null && { login_hint: address }),
      ...(again && { prompt: 'login', max_age: '0' }),
    });
    return { url, started };
  }

  /**
   * Returns whom the provider vouches for, from the query with which it sent the browser back. Throws
   * SignOnDenied, SignOnForged, and a CarnotError if the provider cannot be reached.
   */
  async finish(provider: SignOnProvider, query: string, started: Started): Promise<Vouched> {
    const config = await this.configOf(provider);
    try {
      const tokens = await openid.authorizationCodeGrant(
        config,
        new URL(`${this.returnAddress(provider)}${query}`),
        {
          expectedState: started.state,
          expectedNonce: started.nonce,
          pkceCodeVerifier: started.verifier,
          idTokenExpected: true,
          ...(started.again && { maxAge: AGAIN_SECONDS }),
        },
      );
      const said = tokens.claims()!;
      // Some return the address only as user info (section 5.3).
      const more =
        said['email'] === undefined && config.serverMetadata().userinfo_endpoint
          ? await openid.fetchUserInfo(config, tokens.access_token, said.sub)
          : {};
      const secondsAgo = sinceSignIn(said.auth_time);
      if (started.again && secondsAgo === null)
        throw new SignOnForged('the provider says that they have signed in at a time still to come');
      return { claims: Claims.parse({ ...more, ...said }), secondsAgo };
    } catch (error) {
      throw whatWentWrong(error);
    }
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.gates.values()].map((gate) => gate.close()));
  }

  private returnAddress({ id }: SignOnProvider): string {
    return `${this.startAddress({ id })}/return`;
  }

  /** Returns a provider's configuration, requested once for concurrent callers; a failure is not cached. */
  private configOf(provider: SignOnProvider): Promise<openid.Configuration> {
    const before = this.known.get(provider.id);
    if (before && performance.now() < before.until) return before.config;
    const config = this.discover(provider).catch((error: unknown) => {
      this.known.delete(provider.id);
      throw whatWentWrong(error);
    });
    this.known.set(provider.id, { config, until: performance.now() + METADATA_MS });
    return config;
  }

  private async discover({ id, issuer, clientId }: SignOnProvider): Promise<openid.Configuration> {
    const [server, ask] = [new URL(issuer), this.fetchOf(id, issuer)];
    const execute = server.protocol === 'http:' ? [openid.allowInsecureRequests] : [];
    const found = await openid.discovery(server, clientId, undefined, openid.None(), {
      execute,
      [openid.customFetch]: ask,
    });
    const secret = this.secrets.get(id)!;
    const config = new openid.Configuration(
      found.serverMetadata(),
      clientId,
      undefined,
      found.serverMetadata().token_endpoint_auth_methods_supported?.includes('client_secret_post')
        ? openid.ClientSecretPost(secret)
        : openid.ClientSecretBasic(secret),
    );
    config[openid.customFetch] = ask;
    // Checks the signature too, despite TLS: an institute's proxy may be in between.
    for (const also of [...execute, openid.enableNonRepudiationChecks]) also(config);
    return config;
  }

  /** The operator named the issuer, so it may be internal. Addresses that it names must be public. */
  private fetchOf(id: string, issuer: string): openid.CustomFetch {
    const gate =
      this.gates.get(id) ??
      new Gate({
        ...this.limits,
        timeoutMs: TIMEOUT_MS,
        trustedOrigins: [new URL(issuer).origin],
        maxRedirects: 0,
        robots: false,
        requestsPerMinute: 1,
      });
    this.gates.set(id, gate);
    return async (url, { method, headers, body }) => {
      const { status, mediaType, bytes } = (await gate.fetch(new URL(url), {
        method: method === 'POST' ? 'POST' : 'GET',
        headers,
        body: body === undefined || body === null ? null : String(body as string | URLSearchParams),
      })) as FetchedDocument;
      return new Response(new Uint8Array(bytes), { status, headers: { 'content-type': mediaType } });
    };
  }
}

/**
 * Returns the seconds since a provider's `auth_time`; null if it names none, or one still to come: the
 * library refuses only times too long ago.
 */
function sinceSignIn(authTime: number | undefined): number | null {
  if (authTime === undefined) return null;
  const ago = Date.now() / 1_000 - authTime;
  return ago < -CLOCK_SKEW_MS / 1_000 ? null : Math.max(0, ago);
}

const FORGED = new Set([
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_KEY_SELECTION_FAILED',
]);

/** Converts the library's error to one of ours. */
function whatWentWrong(error: unknown): unknown {
  if (error instanceof CarnotError) return refusedCode(error);
  if (error instanceof openid.AuthorizationResponseError) return new SignOnDenied(error.error);
  if (!(error instanceof Error)) return error;
  if (error.cause instanceof CarnotError) return refusedCode(error.cause);
  const { code } = error as Error & { code?: string };
  if (code !== undefined && FORGED.has(code)) return new SignOnForged(error.message);
  return error instanceof openid.ClientError
    ? new CarnotError(
        'SignOnUnavailable',
        `the provider does not answer as it should: ${error.message}`,
        'later',
      )
    : error;
}

/** A used or expired code gets 400 (RFC 6749, section 5.2); a wrong secret gets 401. */
const refusedCode = (error: CarnotError): Error =>
  error.details.status === 400 ? new SignOnForged('the provider does not take the code') : error;
