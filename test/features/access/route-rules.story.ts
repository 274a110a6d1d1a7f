import { Controller, Get, Module, Param, Post, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { configureApi } from '../../../src/app/api.js';
import { sayProblem } from '../../../src/i18n/sentences.js';
import { type Actor, type Permission, PERMISSIONS, permissionsOf, ROLES } from '../../../src/kernel/actor.js';
import {
  Needs,
  Open,
  type Rule,
  ruleProblems,
  SignedIn,
  refusal,
} from '../../../src/platform/access/rule.js';
import { ConfigError } from '../../../src/platform/config/config-error.js';

const actor = (told: Partial<Actor>): Actor => ({
  kind: 'person',
  role: 'officer',
  name: 'N',
  email: 'n@x.test',
  personId: 'p',
  profileId: 'leti',
  profileName: 'Leti',
  permissions: permissionsOf('officer', 'write'),
  language: 'fr',
  sessionId: 's',
  signedInAt: null,
  ...told,
});
const ACTORS = {
  operator: actor({
    kind: 'operator',
    role: 'operator',
    permissions: permissionsOf('service', 'write'),
    personId: null,
    profileId: null,
    sessionId: null,
  }),
  coordinator: actor({
    role: 'coordinator',
    permissions: permissionsOf('coordinator', 'write'),
    profileId: null,
  }),
  'network key': actor({
    kind: 'service',
    role: 'service',
    permissions: permissionsOf('service', 'write'),
    personId: null,
    profileId: null,
    sessionId: null,
  }),
  officer: actor({}),
  reader: actor({ role: 'reader', permissions: permissionsOf('reader', 'write') }),
  "officer's key": actor({ sessionId: null }),
  "officer's reading key": actor({ sessionId: null, permissions: permissionsOf('officer', 'read') }),
  'service key': actor({
    kind: 'service',
    role: 'service',
    permissions: permissionsOf('service', 'write'),
    personId: null,
    sessionId: null,
  }),
  "another's officer": actor({ profileId: 'brgm' }),
  nobody: undefined,
};
const needs = (permission: Permission, param?: string): Rule => ({
  kind: 'permission',
  permission,
  ...(param && { param }),
});
const RULES: Record<string, { rule: Rule; method: string }> = {
  open: { rule: { kind: 'open', why: 'x' }, method: 'POST' },
  'signed in': { rule: { kind: 'signed-in' }, method: 'GET' },
  'oneself, looking': { rule: { kind: 'oneself' }, method: 'GET' },
  'oneself, changing': { rule: { kind: 'oneself' }, method: 'POST' },
  'network, reading': { rule: needs('network.read'), method: 'GET' },
  'network, writing': { rule: needs('network.write'), method: 'POST' },
  'rows filtered later': { rule: needs('match.read'), method: 'GET' },
  'institute, reading': { rule: needs('profile.read', 'id'), method: 'GET' },
  'institute, writing': { rule: needs('profile.write', 'id'), method: 'PUT' },
  'inside, reading': { rule: needs('decision.read', 'id'), method: 'GET' },
  'inside, writing': { rule: needs('decision.write', 'id'), method: 'POST' },
  'the audit log': { rule: needs('audit.review'), method: 'GET' },
};
const [ALL, NONE] = [Object.keys(ACTORS), ['nobody']];
const without = (...names: string[]): string[] => ALL.filter((n) => !names.includes(n));
const MAY: Record<string, string[]> = {
  open: ALL,
  'signed in': without(...NONE),
  'oneself, looking': [
    'coordinator',
    'officer',
    'reader',
    "officer's key",
    "officer's reading key",
    "another's officer",
  ],
  'oneself, changing': ['coordinator', 'officer', 'reader', "another's officer"],
  'network, reading': ['operator', 'coordinator', 'network key'],
  'network, writing': ['operator', 'coordinator', 'network key'],
  'rows filtered later': without('nobody'),
  'institute, reading': without("another's officer", 'nobody'),
  'institute, writing': ['operator', 'coordinator', 'network key', 'officer', "officer's key", 'service key'],
  'inside, reading': ['officer', 'reader', "officer's key", "officer's reading key", 'service key'],
  'inside, writing': ['officer', "officer's key", 'service key'],
  'the audit log': without('reader', "officer's reading key", 'nobody'),
};

describe('the rule of a route', () => {
  it.each(Object.entries(RULES))(
    '%s lets in who may, and tells the others why not',
    (name, { rule, method }) => {
      const told = Object.entries(ACTORS).map(([who, a]) => ({
        who,
        why: refusal(rule, a, { method, params: { id: 'leti' } }),
      }));
      expect(told.filter((t) => t.why === null).map((t) => t.who)).toEqual(MAY[name]);
      expect(
        told.every((t) => t.why === null || /^[A-Z].*\.$/.test(sayProblem('en', { code: t.why, facts: {} }))),
      ).toBe(true);
    },
  );

  it("takes an institute that the path does not name for another's", () => {
    expect(
      refusal(RULES['inside, reading']!.rule, ACTORS.officer, { method: 'GET', params: {} }),
    ).not.toBeNull();
  });
});

/** The promises that the table of roles has to keep, whatever is added to it. */
describe('the table of roles', () => {
  const whose = (permission: Permission) => PERMISSIONS[permission];
  it('gives the coordinator nothing that stays inside an institute', () => {
    expect(ROLES.coordinator.may.filter((p) => whose(p) === 'inside')).toEqual([]);
  });

  it("gives an institute's people nothing of the network's", () => {
    expect([...ROLES.officer.may, ...ROLES.reader.may].filter((p) => whose(p) === 'network')).toEqual([]);
  });

  it('lets a reader read, and change nothing', () => {
    expect(ROLES.reader.may.filter((p) => !p.endsWith('.read'))).toEqual([]);
  });

  it('gives a reading key what can be read alone, whoever it belongs to', () => {
    for (const role of ['coordinator', 'officer', 'reader', 'service'] as const)
      expect([...permissionsOf(role, 'read')].filter((p) => !p.endsWith('.read'))).toEqual([]);
  });
});

@Controller('v1/planted')
class WithoutRule {
  @Get(':id')
  one(@Param('id') id: string): string {
    return id;
  }
}

@Controller('v1/planted')
class OpenElsewhere {
  @Open('a mistake')
  @Get()
  all(): string {
    return '';
  }
}

@Controller('sign-in/planted')
class ClosedBelowOpen {
  @SignedIn()
  @Post()
  come(): string {
    return '';
  }
}

@Controller('v1/planted/:profile')
class AnotherParameter {
  @Needs('profile.read', 'id')
  @Get()
  one(): string {
    return '';
  }
}

@Controller('v1/planted')
class InsideOfNone {
  @Needs('decision.read')
  @Get()
  all(): string {
    return '';
  }
}

@Controller('v1/planted')
class Hidden {
  @SignedIn()
  @Get(':id')
  one(): string {
    return '';
  }

  @SignedIn()
  @Get('like')
  like(): string {
    return '';
  }
}

@Controller('v1/planted')
class Sound {
  @Needs('network.read')
  @Get()
  all(): string {
    return '';
  }

  @SignedIn()
  @Get('like')
  like(): string {
    return '';
  }

  @SignedIn()
  @Get(':id')
  one(): string {
    return '';
  }
}

async function configured(controller: Type): Promise<void> {
  @Module({ imports: [DiscoveryModule], controllers: [controller] })
  class Planted {}
  const app = await NestFactory.create(Planted, { logger: false, abortOnError: false });
  try {
    configureApi(app, '0.0.0');
  } finally {
    await app.close();
  }
}

describe('an application', () => {
  it.each([
    [WithoutRule, /WithoutRule\.one \(GET \/v1\/planted\/:id\) has no rule/],
    [OpenElsewhere, /OpenElsewhere\.all .*open exactly below a public prefix/],
    [ClosedBelowOpen, /ClosedBelowOpen\.come .*open exactly below a public prefix/],
    [InsideOfNone, /InsideOfNone\.all .*decision\.read is about one institute/],
    [Hidden, /Hidden\.like \(GET \/v1\/planted\/like\) never answers: Hidden\.one .*comes before it/],
    [AnotherParameter, /AnotherParameter\.one .*names :id, its path does not/],
  ] as [Type, RegExp][])(
    'with the route of %p does not start, and says which it is',
    async (controller, says) => {
      const error = await configured(controller).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ConfigError);
      expect((error as ConfigError).problems).toEqual([expect.stringMatching(says)]);
    },
  );

  it('whose routes are sound gets further', async () => {
    const error = await configured(Sound).catch((e: unknown) => e);
    expect(error).not.toBeInstanceOf(ConfigError);
  });

  it('has its problems told one by one', () => {
    const route = { method: 'GET', path: '/v1/x', handler: 'X.y', rule: undefined };
    expect(
      ruleProblems([route, { ...route, handler: 'X.z' }, { ...route, rule: { kind: 'signed-in' } }]),
    ).toHaveLength(2);
  });
});
