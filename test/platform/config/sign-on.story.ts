import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../../src/platform/config/config-error.js';
import { signOnProblems } from '../../../src/app/config/sign-on.js';
import { readEnvironment } from '../../../src/platform/config/environment.js';
import { loadSettings } from '../../../src/app/config/settings.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carnot-sign-on-'));
  cpSync('config/default.yaml', join(folder, 'default.yaml'));
  mkdirSync(join(folder, 'institutes'));
  cpSync('config/institutes/leti.yaml', join(folder, 'institutes', 'leti.yaml'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const LETI = `
  - id: leti
    name: CEA-Leti
    issuer: https://login.leti.example/realms/cea
    clientId: carnot-europe
    mailDomains: [Leti.Example]`;
const read = (text: string) => {
  writeFileSync(join(folder, 'sign-on.yaml'), text);
  return loadSettings(folder).signOn;
};
const problems = (text: string): string[] => {
  try {
    read(text);
  } catch (error) {
    return (error as ConfigError).problems.map((p) => p.replaceAll(`${folder}/`, ''));
  }
  return [];
};

describe('sign-on.yaml', () => {
  it('may be absent or empty', () => {
    expect(loadSettings(folder).signOn).toEqual([]);
    expect(read('# nobody\n')).toEqual([]);
  });

  it('says what it takes for granted', () => {
    expect(read(`providers:${LETI}\n`)).toEqual([
      {
        id: 'leti',
        name: 'CEA-Leti',
        issuer: 'https://login.leti.example/realms/cea',
        clientId: 'carnot-europe',
        mailDomains: ['leti.example'],
        verifiedAddresses: 'claimed',
        required: false,
      },
    ]);
  });

  it('is refused with all that is wrong, each with its line', () => {
    const second = LETI.replace('https:', 'http:')
      .replace('id: leti', 'id: second')
      .concat('\n    institute: letti\n    typo: 1');
    expect(problems(`providers:${LETI}${second}\n`)).toEqual([
      expect.stringMatching(/^sign-on\.yaml:\d+:\d+ providers\[1\]\.issuer: .*https/),
      expect.stringMatching(
        /^sign-on\.yaml:\d+:\d+ providers\[1\]\.mailDomains\[0\]: also belongs to providers\[0\]/,
      ),
      expect.stringMatching(/^sign-on\.yaml:\d+:\d+ providers\[1\]\.institute: is no profile/),
      expect.stringMatching(/^sign-on\.yaml:\d+:\d+ providers\[1\].*typo/),
    ]);
    const twice = LETI.concat('\n    roles: { claim: groups, officer: [europe] }');
    expect(problems(`providers:${LETI}${twice}\n`)).toEqual([
      expect.stringMatching(/providers\[1\]\.id: also belongs to providers\[0\] \(it is "leti"\)/),
      expect.stringMatching(/providers\[1\]\.mailDomains\[0\]: also belongs to providers\[0\]/),
      expect.stringMatching(/providers\[1\]\.roles: .*within one institute/),
    ]);
    expect(problems(`providers:${LETI}\n    institute: letti\n`)).toEqual([
      expect.stringMatching(/providers\[0\]\.institute: is no profile/),
    ]);
  });

  it('takes an issuer on this machine without TLS, and none elsewhere', () => {
    const at = (issuer: string) => problems(`providers:${LETI.replace(/https:\S+/, issuer)}\n`);
    expect(at('http://127.0.0.1:8080/realms/cea')).toEqual([]);
    for (const issuer of [
      'http://login.leti.example',
      'https://a.example/?x=1',
      'https://u:p@a.example',
      'login',
    ])
      expect(at(issuer)).toHaveLength(1);
  });
});

describe('the secrets of providers', () => {
  const env = (SIGN_ON_SECRETS: string) => readEnvironment({ SIGN_ON_SECRETS }, 'start').SIGN_ON_SECRETS;

  it('stand one after the other, and may hold any letter but a blank', () => {
    expect([...env('leti=a=b,c;d\ncetim=x')!]).toEqual([
      ['leti', 'a=b,c;d'],
      ['cetim', 'x'],
    ]);
  });

  it('are not shown where they are malformed', () => {
    expect(() => env('a-very-secret-word')).toThrow(ConfigError);
    try {
      env('a-very-secret-word');
    } catch (error) {
      expect((error as Error).message).toContain('SIGN_ON_SECRETS must be pairs');
      expect((error as Error).message).not.toContain('a-very-secret-word');
    }
  });

  it('belong to the providers that there are, and each has one', () => {
    expect(signOnProblems([{ id: 'leti' }], new Map([['leti', 'x']]))).toEqual([]);
    expect(signOnProblems([{ id: 'leti' }], new Map([['letti', 'x']]))).toEqual([
      expect.stringContaining('has no secret of "leti"'),
      expect.stringContaining('names "letti": unknown provider'),
    ]);
  });
});
