// A real OpenID Connect provider in its own process. The test sends its accounts as messages; the provider's
// own pages ask who signs in.
import Provider from 'oidc-provider';

const [port, clients] = [Number(process.argv[2]), JSON.parse(process.argv[3])];
let accounts = {};
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients,
  // Claims are in the ID token if `inToken`, otherwise they have to be requested.
  conformIdTokenClaims: process.argv[4] !== 'in-token',
  claims: {
    openid: ['sub', 'amr', 'acr'],
    email: ['email', 'email_verified'],
    profile: ['name', 'locale', 'groups'],
  },
  findAccount: (_, id) =>
    id in accounts && { accountId: id, claims: () => Promise.resolve({ sub: id, ...accounts[id] }) },
  pkce: { required: () => true },
  cookies: { keys: ['of a test'] },
  features: { devInteractions: { enabled: true } },
  ttl: {
    Interaction: 3600,
    Session: 3600,
    Grant: 3600,
    AccessToken: 600,
    AuthorizationCode: 60,
    IdToken: 600,
  },
});
// The authentication method is taken from the account.
const { loginAccount } = provider.Session.prototype;
provider.Session.prototype.loginAccount = function signedIn(details) {
  const { amr, acr } = accounts[details.accountId] ?? {};
  return loginAccount.call(this, { ...details, amr, acr });
};
process.on('message', (given) => {
  accounts = given;
  process.send('taken');
});
provider.listen(port, '127.0.0.1', () => process.send('ready'));
