// What must be true of the configuration as a whole before the plugin starts: the demo's shortcuts (its secret, its guest
// sign-in, `berth.demo`) stand only together and only on loopback, and tokens of our issuers reach this plugin alone.
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { BerthConfig } from './schema';

/** The secret of the guide's examples. Everybody knows it. */
export const DEMO_SECRET = 'change-me-in-production';
/** `type` of the entry in `backend.auth.externalAccess` that lets tokens of `berth.tokens` in. */
export const TOKEN_HANDLER_TYPE = 'berth';

const SHORTEST_SECRET_BYTES = 32;

/**
 * @throws InputError naming the first rule that is broken, and what to write instead
 */
export function checkStartup(root: Config, berth: BerthConfig): void {
  checkDemo(root, berth);
  checkTokens(root, berth);
}

/** Is this the demo, reached from this machine alone? Sign-in without a password asks. */
export function isDemoOnLoopback(root: Config): boolean {
  return root.getOptional('berth.demo') === true && listensOnLoopback(root);
}

function checkDemo(root: Config, { demo, tokens }: BerthConfig): void {
  const secret = tokens.some(token => token.secret === DEMO_SECRET);
  const guest = root.getOptional('auth.providers.guest.dangerouslyAllowOutsideDevelopment') === true;
  if (demo && !listensOnLoopback(root)) {
    throw new InputError(
      '`berth.demo` is for one machine: set `backend.listen.host` to `127.0.0.1`, or take `berth.demo` out',
    );
  }
  if (secret && !demo) {
    throw new InputError(
      `a secret in \`berth.tokens\` is \`${DEMO_SECRET}\`, which everybody knows: write one of your own ` +
        '(`openssl rand -base64 48`); only with `berth.demo: true` on loopback it is taken',
    );
  }
  if (guest && !demo) {
    throw new InputError(
      '`auth.providers.guest.dangerouslyAllowOutsideDevelopment` lets everybody in as a user: take it out; ' +
        'only with `berth.demo: true` on loopback it is taken',
    );
  }
}

function checkTokens(root: Config, { tokens }: BerthConfig): void {
  for (const [index, { secret }] of tokens.entries()) {
    if (secret !== undefined && secret !== DEMO_SECRET && Buffer.byteLength(secret) < SHORTEST_SECRET_BYTES) {
      throw new InputError(
        `\`berth.tokens[${index}].secret\` is too short to be safe: HS256 needs ${SHORTEST_SECRET_BYTES} bytes or more ` +
          '(`openssl rand -base64 48`)',
      );
    }
  }
  // Two issuers may both know an `ada`: without a prefix one would speak for the other.
  for (const [index, token] of tokens.entries()) {
    const other = tokens.find(one => one.subjectPrefix === token.subjectPrefix && one.issuer !== token.issuer);
    if (other) {
      throw new InputError(
        `\`berth.tokens[${index}]\` needs another \`subjectPrefix\`: its issuer \`${token.issuer}\` and \`${other.issuer}\` ` +
          'may name different people alike',
      );
    }
  }
  if (tokens.length === 0) {
    return;
  }
  const entries = root.getOptionalConfigArray('backend.auth.externalAccess') ?? [];
  const entry = entries.find(one => one.getOptionalString('type') === TOKEN_HANDLER_TYPE);
  const plugins = entry?.getOptionalConfigArray('accessRestrictions')?.map(one => one.getOptionalString('plugin'));
  if (plugins?.length !== 1 || plugins[0] !== 'platform') {
    throw new InputError(
      `\`berth.tokens\` needs this entry in \`backend.auth.externalAccess\`, with this restriction: ` +
        `{ type: ${TOKEN_HANDLER_TYPE}, options: {}, accessRestrictions: [{ plugin: platform }] }`,
    );
  }
}

function listensOnLoopback(root: Config): boolean {
  const listen = root.getOptional('backend.listen');
  let host: unknown;
  if (typeof listen === 'string') {
    host = /^(.*):\d+$/.exec(listen)?.[1];
  } else if (typeof listen === 'object' && listen !== null && !Array.isArray(listen)) {
    host = listen.host;
  }
  return typeof host === 'string' && /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/.test(host);
}
