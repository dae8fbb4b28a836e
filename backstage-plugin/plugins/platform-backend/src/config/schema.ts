// The shape of `berth` in the configuration, with its defaults. `config.d.ts` says the same to Backstage's own tools; what
// keys may not stand together is checked in startup.ts.
import { z } from 'zod';
import { days, duration } from './duration';

const perMinute = (standard: number) => z.number().int().min(1).max(1_000_000).default(standard);

const token = z
  .strictObject({
    issuer: z.string().min(1).default('platform-api'),
    audience: z.string().min(1).default('platform-users'),
    secret: z.string().min(1).optional(),
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    tenants: z.array(z.string().min(1)).min(1).optional(),
    subjectPrefix: z.string().regex(/^[a-zA-Z0-9._-]+$/, 'may hold letters, digits, `.`, `_` and `-`').optional(),
    clockSkewSeconds: z.number().int().min(0).max(60).default(30),
  })
  .refine(({ secret, jwksUrl }) => (secret === undefined) !== (jwksUrl === undefined), {
    message: 'needs either `secret` (HS256) or `jwksUrl` (RS256), and not both',
  });

/** When reminders come by themselves: this long before an approval lapses, or after half of its time if that is later. */
const REMINDER_MS = days(4);

const approvals = z
  .strictObject({ expireAfter: duration.default(days(14)), remindBefore: duration.optional() })
  .transform(({ expireAfter, remindBefore = Math.min(REMINDER_MS, expireAfter / 2) }) => ({ expireAfter, remindBefore }))
  .refine(({ expireAfter, remindBefore }) => remindBefore < expireAfter, {
    path: ['remindBefore'],
    message: 'must be shorter than `expireAfter`',
  });

const inventory = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().min(1).optional(),
  tokenFile: z.string().min(1).optional(),
  caFile: z.string().min(1).optional(),
  intervalSeconds: z.number().int().min(10).max(86_400).default(120),
});

export const berthSchema = z.strictObject({
  demo: z.boolean().default(false),
  documents: z.string().min(1).optional(),
  tokens: z.array(token).default([]),
  links: z.record(z.string(), z.string().regex(/^user:[^/]+\/[^/]+$/, 'must be a user such as `user:default/ada`')).default({}),
  clusters: z.record(z.string().min(1), z.strictObject({ inventory: inventory.optional() })).default({}),
  api: z
    .strictObject({
      bodyLimit: z.union([z.string().regex(/^\d+(b|kb|mb)$/i, 'must be a size such as `256kb`'), z.number().int().min(1024)]).default('256kb'),
      rateLimits: z
        .strictObject({ writesPerMinute: perMinute(120), readsPerMinute: perMinute(6000) })
        .prefault({}),
    })
    .prefault({}),
  approvals: approvals.prefault({}),
  retention: z
    .strictObject({
      logs: duration.default(days(30)),
      events: duration.default(days(400)),
      idempotencyKeys: duration.default(days(1)),
    })
    .prefault({}),
});

/** What `berth` of the configuration says; durations in milliseconds. */
export type BerthConfig = z.output<typeof berthSchema>;

/** Whose tokens are taken, and by which key they are verified. */
export type TokenConfig = BerthConfig['tokens'][number];
