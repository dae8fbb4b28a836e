// The shape of `berth` in the configuration, with its defaults. `config.d.ts` says the same to Backstage's own tools; what
// keys may not stand together is checked in startup.ts.
import { z } from 'zod';

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

export const berthSchema = z.strictObject({
  demo: z.boolean().default(false),
  documents: z.string().min(1).optional(),
  tokens: z.array(token).default([]),
  links: z.record(z.string(), z.string().regex(/^user:[^/]+\/[^/]+$/, 'must be a user such as `user:default/ada`')).default({}),
  api: z
    .strictObject({
      bodyLimit: z.union([z.string().regex(/^\d+(b|kb|mb)$/i, 'must be a size such as `256kb`'), z.number().int().min(1024)]).default('256kb'),
      rateLimits: z
        .strictObject({ writesPerMinute: perMinute(120), readsPerMinute: perMinute(6000) })
        .prefault({}),
    })
    .prefault({}),
});

/** What `berth` of the configuration says. */
export type BerthConfig = z.output<typeof berthSchema>;

/** Whose tokens are taken, and by which key they are verified. */
export type TokenConfig = BerthConfig['tokens'][number];
