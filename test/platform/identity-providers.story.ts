import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IdentityProviders, SignOnForged } from '../../src/platform/sign-on/identity-providers.js';

const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1_000);

/** Ways in which a provider's answers can be wrong. */
interface Lies {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  key?: KeyObject;
  userinfo?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
}

/** A provider that answers as instructed and signs with its own key. */
class LyingProvider {
  private readonly own = keys();
  private server!: Server;
  lies: Lies = {};
  nonce = '';
  challenge = '';
  verifier = '';
  connections = 0;
  readonly asked: string[] = [];

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      void this.answer(request).then(([status, body]) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      );
    }).listen(0, '127.0.0.1');
    this.server.on('connection', () => (this.connections += 1));
    await once(this.server, 'listening');
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage): Promise<[number, unknown]> {
    this.asked.push(request.url!);
    const { issuer } = this;
    if (request.url === '/.well-known/openid-configuration')
      return [
        200,
        {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          userinfo_endpoint: `${issuer}/userinfo`,
          id_token_signing_alg_values_supported: ['RS256'],
          ...this.lies.metadata,
        },
      ];
    if (request.url === '/jwks')
      return [
        200,
        { keys: [{ ...this.own.publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' }] },
      ];
    if (request.url === '/userinfo')
      return [200, this.lies.userinfo ?? { sub: 'one', email: 'asked@leti.test' }];
    this.verifier =
      new URLSearchParams(Buffer.concat(await request.toArray()).toString()).get('code_verifier') ?? '';
    return [200, { access_token: 'a', token_type: 'Bearer', id_token: this.idToken() }];
  }

  private idToken(): string {
    const { claims, header, key } = this.lies;
    const head = base64({ alg: 'RS256', kid: 'own', ...header });
    const body = base64({
      iss: this.issuer,
      sub: 'one',
      aud: 'client',
      iat: now(),
      exp: now() + 300,
      nonce: this.nonce,
      email: 'one@leti.test',
      ...claims,
    });
    const signed = sign('sha256', Buffer.from(`${head}.${body}`), key ?? this.own.privateKey);
    return `${head}.${body}.${header?.['alg'] === 'none' ? '' : signed.toString('base64url')}`;
  }
}

describe('a provider that vouches for somebody', () => {
  let liar: LyingProvider;
  let providers: IdentityProviders;
  beforeEach(async () => {
    liar = new LyingProvider();
    await liar.start();
    providers = new IdentityProviders(
      [
        {
          id: 'liar',
          name: 'Liar',
          issuer: liar.issuer,
          clientId: 'client',
          mailDomains: ['leti.test'],
          verifiedAddresses: 'assumed',
          required: false,
        },
      ],
      new Map([['liar', 'secret']]),
      'http://calls.test',
      { userAgent: 'carnot-europe/0 (test)', maxBytes: 100_000, proxy: undefined },
    );
  });
  afterEach(async () => {
    await providers.onModuleDestroy();
    await liar.stop();
  });

  /** Completes a sign-in: somebody goes to the provider and returns with a code. */
  async function vouched(again = false) {
    const provider = providers.findById('liar')!;
    const { url, started } = await providers.start(provider, { again, address: null });
    liar.nonce = url.searchParams.get('nonce')!;
    liar.challenge = url.searchParams.get('code_challenge')!;
    return providers.finish(provider, `?code=c&state=${started.state}`, started);
  }

  it('is believed where all of it fits, and shown the proof of who asked', async () => {
    liar.lies = { claims: { auth_time: now() - 120 } };
    const { claims, secondsAgo } = await vouched();
    expect(claims).toMatchObject({ sub: 'one', email: 'one@leti.test' });
    expect(Math.round(secondsAgo! / 10)).toBe(12);
    expect(createHash('sha256').update(liar.verifier).digest('base64url')).toBe(liar.challenge);
  });

  it('is asked for an address that the token does not have', async () => {
    liar.lies = { claims: { email: undefined } };
    expect(await vouched()).toMatchObject({ claims: { email: 'asked@leti.test' }, secondsAgo: null });
  });

  it('is asked once what it is, however many come', async () => {
    await Promise.all([vouched(), vouched(), vouched()].map((v) => v.catch(() => null)));
    expect(liar.asked.filter((path) => path.includes('well-known'))).toHaveLength(1);
  });

  it('is asked over connections that are kept, however often it has to be asked anew', async () => {
    liar.lies = { metadata: { issuer: 'http://another.test' } };
    for (let time = 0; time < 6; time += 1) await expect(vouched()).rejects.toThrow();
    expect(liar.asked).toHaveLength(6);
    // A second one is opened where the first is not free again yet.
    expect(liar.connections).toBeLessThan(3);
  });

  it.each<[string, Lies]>([
    ['signed by another key', { key: keys().privateKey }],
    ['that is not signed', { header: { alg: 'none' } }],
    ['signed by a key that it does not show', { header: { kid: 'other' } }],
    ['for another nonce', { claims: { nonce: 'of-yesterday' } }],
    ['for another client', { claims: { aud: 'somebody-else' } }],
    ['of another issuer', { claims: { iss: 'https://login.example.org' } }],
    ['that has expired', { claims: { exp: now() - 3_600, iat: now() - 7_200 } }],
    [
      'of somebody else than it tells when it is asked',
      { claims: { email: undefined }, userinfo: { sub: 'two', email: 'two@leti.test' } },
    ],
  ])('is not believed by a token %s', async (_, lies) => {
    liar.lies = lies;
    await expect(vouched()).rejects.toBeInstanceOf(SignOnForged);
  });

  it('is not believed that somebody showed anew who they are, where they did so long ago or it does not say when', async () => {
    liar.lies = { claims: { auth_time: now() - 3_600 } };
    await expect(vouched(true)).rejects.toBeInstanceOf(SignOnForged);
    liar.lies = {};
    await expect(vouched(true)).rejects.toBeInstanceOf(SignOnForged);
    liar.lies = { claims: { auth_time: now() } };
    expect((await vouched(true)).claims.sub).toBe('one');
  });

  it('is not believed about a time that is still to come, beyond what its clock may be fast', async () => {
    liar.lies = { claims: { auth_time: now() + 3_600 } };
    expect(await vouched()).toMatchObject({ claims: { sub: 'one' }, secondsAgo: null });
    await expect(vouched(true)).rejects.toBeInstanceOf(SignOnForged);
    liar.lies = { claims: { auth_time: now() + 30 } };
    expect(await vouched(true)).toMatchObject({ claims: { sub: 'one' }, secondsAgo: 0 });
  });

  it('leads nobody to an address within the network', async () => {
    liar.lies = { metadata: { token_endpoint: 'http://127.0.0.1:1/token' } };
    await expect(vouched()).rejects.toMatchObject({ kind: 'GateRefused' });
  });

  it('that says it is another one is none', async () => {
    liar.lies = { metadata: { issuer: 'https://login.example.org' } };
    await expect(vouched()).rejects.toBeInstanceOf(Error);
  });
});
