// Tokens for the demo. The secret is the guide's, which everybody knows; Berth takes it with `berth.demo` on loopback alone.
import { createHmac } from 'node:crypto';

const SECRET = 'change-me-in-production';
const HOURS = 8;

/** An HS256 token of the issuer `platform-api` with these claims. */
export function demoToken(claims) {
  const now = Math.floor(Date.now() / 1000);
  const payload = { tenant: 'default', ...claims, iss: 'platform-api', aud: 'platform-users', iat: now, exp: now + HOURS * 3600 };
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`;
  return `${signed}.${createHmac('sha256', SECRET).update(signed).digest('base64url')}`;
}
