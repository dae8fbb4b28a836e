// A token as the platform's own issuer signs it: HS256, for the demo's secret.
import { SignJWT } from 'jose';

export const DEMO_SECRET = 'change-me-in-production';

/** @param {{ subject?: string, groups?: string[], roles?: string[], secret?: string }} [claims] */
export function signToken({ subject = 'load-test', groups = ['Platform-Admins'], roles = ['platform:admin'], secret = DEMO_SECRET } = {}) {
  return new SignJWT({ groups, roles, tenant: 'default' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuer('platform-api')
    .setAudience('platform-users')
    .setIssuedAt()
    .setExpirationTime('6h')
    .sign(new TextEncoder().encode(secret));
}
