// Verifies tokens of the issuers in `berth.tokens` and reads their claims. Backstage asks it first, by the token handler, and keeps
// only the subject; the router asks it again for the rest. What the claims mean, the platform document says.
import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { TokenConfig } from '../config';

/** Who a token speaks for, and what it claims. */
export interface ExternalCaller {
  /** `external:<sub>`, or `external:<prefix>:<sub>`. */
  ref: string;
  groups: string[];
  roles: string[];
  email?: string;
}

const names = z.array(z.string().min(1).max(256)).max(1000);
const claims = z.object({
  sub: z.string().min(1).max(256),
  groups: names.default([]),
  roles: names.default([]),
  tenant: z.string().optional(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
});

/** A token that was found good is not verified again for so long, nor beyond its own end. */
const KEPT_MS = 60_000;
const MOST_KEPT = 10_000;

type Verify = (token: string, options: JWTVerifyOptions) => Promise<{ payload: JWTPayload }>;

export class TokenVerifier {
  readonly #issuers: { config: TokenConfig; verify: Verify; algorithm: string }[];

  readonly #logger: LoggerService;
  /** Callers by the hash of their token: a heap that is written down shall hold no tokens for longer than a call. */
  readonly #good = new LRUCache<string, { caller: ExternalCaller; until: number }>({ max: MOST_KEPT });

  constructor(tokens: TokenConfig[], logger: LoggerService) {
    this.#logger = logger;
    // INVARIANT: one algorithm for each key. A published RSA key must never be taken for an HMAC secret.
    this.#issuers = tokens.map(config => {
      if (config.secret !== undefined) {
        const secret = new TextEncoder().encode(config.secret);
        return { config, algorithm: 'HS256', verify: (token, options) => jwtVerify(token, secret, options) };
      }
      const keys = createRemoteJWKSet(new URL(config.jwksUrl!));
      return { config, algorithm: 'RS256', verify: (token, options) => jwtVerify(token, keys, options) };
    });
  }

  /**
   * @returns nothing for a token that none of the issuers has made for us, or that has run out
   */
  async verify(token: string): Promise<ExternalCaller | undefined> {
    const key = createHash('sha256').update(token).digest('base64');
    const known = this.#good.get(key);
    if (known !== undefined && Date.now() < known.until) {
      return known.caller;
    }
    for (const { config, algorithm, verify } of this.#issuers) {
      try {
        const { payload } = await verify(token, {
          algorithms: [algorithm],
          issuer: config.issuer,
          audience: config.audience,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: config.clockSkewSeconds,
        });
        const caller = callerOf(payload, config);
        if (caller !== undefined) {
          const end = ((payload.exp ?? 0) + config.clockSkewSeconds) * 1000;
          this.#good.set(key, { caller, until: Math.min(Date.now() + KEPT_MS, end) });
        }
        return caller;
      } catch (error) {
        // Whatever is wrong with a token: it is not this issuer's, and the next one has its turn. Keys that can't be read are
        // worth a line, since every token of that issuer is refused then.
        const isOfToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
        if (!isOfToken || error.code === 'ERR_JOSE_GENERIC') {
          this.#logger.warn(`the keys of the issuer \`${config.issuer}\` can't be read: ${stringifyError(error)}`);
        }
      }
    }
    return undefined;
  }
}

function callerOf(payload: JWTPayload, config: TokenConfig): ExternalCaller | undefined {
  const read = claims.safeParse(payload);
  if (!read.success) {
    return undefined;
  }
  const { sub, groups, roles, tenant, email, email_verified: verified } = read.data;
  if (config.tenants && (tenant === undefined || !config.tenants.includes(tenant))) {
    return undefined;
  }
  return {
    ref: ['external', config.subjectPrefix, sub].filter(part => part !== undefined).join(':'),
    groups,
    roles,
    ...(email && verified !== false && { email }),
  };
}
