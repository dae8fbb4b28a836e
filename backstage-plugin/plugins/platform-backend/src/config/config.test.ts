// The configuration: what is read, what is refused and with which words.
import { ConfigReader } from '@backstage/config';
import { checkStartup, DEMO_SECRET, readBerthConfig } from '.';

const read = (berth: object) => readBerthConfig(new ConfigReader({ berth } as never));
const DAY = 24 * 60 * 60 * 1000;
const OWN_SECRET = 'an-own-secret-of-more-than-32-bytes';
const EXTERNAL_ACCESS = [{ type: 'berth', options: {}, accessRestrictions: [{ plugin: 'platform' }] }];

describe('berth in the configuration', () => {
  it('has a default for everything', () => {
    expect(readBerthConfig(new ConfigReader({}))).toEqual({
      demo: false,
      tokens: [],
      links: {},
      clusters: {},
      api: { bodyLimit: '256kb', rateLimits: { writesPerMinute: 120, readsPerMinute: 6000 } },
      approvals: { expireAfter: 14 * DAY, remindBefore: 4 * DAY },
      retention: { logs: 30 * DAY, events: 400 * DAY, idempotencyKeys: DAY },
    });
  });

  it('names the guide’s issuer and audience unless told otherwise', () => {
    expect(read({ tokens: [{ secret: OWN_SECRET }] }).tokens).toEqual([
      { issuer: 'platform-api', audience: 'platform-users', secret: OWN_SECRET, clockSkewSeconds: 30 },
    ]);
  });

  it('takes durations as Backstage writes them', () => {
    const { approvals, retention } = read({
      approvals: { expireAfter: { weeks: 1 } },
      retention: { logs: '7d', events: 'P1Y', idempotencyKeys: { hours: 36 } },
    });
    expect(approvals).toEqual({ expireAfter: 7 * DAY, remindBefore: 3.5 * DAY });
    expect(retention).toMatchObject({ logs: 7 * DAY, idempotencyKeys: 1.5 * DAY });
    expect(Math.floor(retention.events / DAY)).toBe(365);
  });

  it.each<[string, object, string]>([
    ['no duration', { approvals: { expireAfter: 'soon' } }, '`berth.approvals.expireAfter` must be a duration of an hour or more, such as `14d`'],
    ['a number without a unit', { retention: { logs: 30 } }, '`berth.retention.logs` must be a duration'],
    ['too little', { retention: { idempotencyKeys: '5m' } }, '`berth.retention.idempotencyKeys` must be a duration of an hour or more'],
    ['a reminder after the end', { approvals: { expireAfter: '2d', remindBefore: '2d' } }, '`berth.approvals.remindBefore` must be shorter than'],
    ['a slip', { approvals: { expiresAfter: '2d' } }, 'nobody reads `berth.approvals.expiresAfter`: did you mean `expireAfter`?'],
  ])('refuses %s', (_, berth, message) => {
    expect(() => read(berth)).toThrow(message);
  });

  it('refuses a key that nobody reads, and names the nearest, however deep', () => {
    expect(() => read({ dokuments: './policy' })).toThrow('nobody reads `berth.dokuments`: did you mean `documents`?');
    expect(() => read({ api: { rateLimits: { writePerMinute: 1 } } })).toThrow(
      'nobody reads `berth.api.rateLimits.writePerMinute`: did you mean `writesPerMinute`?',
    );
    expect(() => read({ tokens: [{ secret: OWN_SECRET, issuers: 'x' }] })).toThrow(
      'nobody reads `berth.tokens[0].issuers`: did you mean `issuer`?',
    );
    expect(() => read({ somethingElse: 1 })).toThrow(/known are `demo`, `documents`/);
  });

  it('says all that is wrong at once, and never repeats a value', () => {
    const berth = { demo: 'yes', tokens: [{ secret: OWN_SECRET, jwksUrl: 'https://idp.company.com/keys', clockSkewSeconds: 600 }] };
    const message = errorOf(() => read(berth));
    expect(message).toMatch('`berth.demo`');
    expect(message).toMatch('`berth.tokens[0].clockSkewSeconds`');
    expect(message).not.toMatch(OWN_SECRET);
    expect(() => read({ tokens: [{}] })).toThrow('`berth.tokens[0]` needs either `secret`');
  });
});

describe('the start-up', () => {
  const start = (data: { berth?: object; host?: string; listen?: unknown; guest?: boolean; externalAccess?: unknown }) => {
    const root = new ConfigReader({
      berth: data.berth ?? {},
      backend: {
        listen: data.listen ?? { host: data.host ?? '127.0.0.1', port: 3000 },
        auth: { externalAccess: data.externalAccess ?? EXTERNAL_ACCESS },
      },
      auth: { providers: { guest: { dangerouslyAllowOutsideDevelopment: data.guest ?? false } } },
    } as never);
    return () => checkStartup(root, readBerthConfig(root));
  };
  const demoTokens = { tokens: [{ secret: DEMO_SECRET }] };

  it('takes the demo’s secret and sign-in with `berth.demo` on loopback', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1']) {
      expect(start({ berth: { demo: true, ...demoTokens }, guest: true, host })).not.toThrow();
    }
    expect(start({ berth: { demo: true }, listen: '127.0.0.1:3000' })).not.toThrow();
  });

  it('refuses the demo’s secret without `berth.demo`, also on loopback', () => {
    expect(start({ berth: demoTokens })).toThrow(/`change-me-in-production`, which everybody knows/);
  });

  it('refuses `berth.demo` where others can reach it', () => {
    for (const listen of [{ host: '0.0.0.0', port: 3000 }, { port: 3000 }, ':3000', 3000, '127.0.0.1.evil.com:3000']) {
      expect(start({ berth: { demo: true }, listen })).toThrow(/`berth.demo` is for one machine/);
    }
  });

  it('refuses the guest sign-in outside of the demo', () => {
    expect(start({ guest: true })).toThrow(/lets everybody in/);
  });

  it('refuses secrets that can be guessed, without repeating them', () => {
    const message = errorOf(start({ berth: { tokens: [{ secret: 'too-short-by-far' }] } }));
    expect(message).toMatch('`berth.tokens[0].secret` is too short');
    expect(message).not.toMatch('too-short-by-far');
  });

  it('refuses two issuers whose subjects could be confused', () => {
    const tokens = [
      { issuer: 'platform-api', secret: OWN_SECRET },
      { issuer: 'ci.company.com', jwksUrl: 'https://ci.company.com/keys' },
    ];
    expect(start({ berth: { tokens } })).toThrow(/needs another `subjectPrefix`/);
    expect(start({ berth: { tokens: [tokens[0], { ...tokens[1], subjectPrefix: 'ci' }] } })).not.toThrow();
  });

  it('wants tokens restricted to this plugin', () => {
    const berth = { tokens: [{ secret: OWN_SECRET }] };
    expect(start({ berth })).not.toThrow();
    expect(start({ berth, externalAccess: [] })).toThrow(/needs this entry/);
    expect(start({ berth, externalAccess: [{ type: 'berth', options: {} }] })).toThrow(/needs this entry/);
    const wider = [{ ...EXTERNAL_ACCESS[0], accessRestrictions: [{ plugin: 'platform' }, { plugin: 'catalog' }] }];
    expect(start({ berth, externalAccess: wider })).toThrow(/needs this entry/);
  });
});

function errorOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
