/** Errors that callers may want to tell apart; all others are Backstage's own. */
import { CustomErrorBase, InputError } from '@backstage/errors';
import type { Decision } from '@berth/core';

/** The parameters are not allowed; `decision` has everything that is wrong with them. */
export class ViolationsError extends InputError {
  readonly decision: Decision;

  constructor(decision: Decision) {
    super(`the request is not allowed: ${summaryOf(decision)}`);
    this.decision = decision;
  }
}

/** An idempotency key was used again with another body. */
export class KeyReusedError extends CustomErrorBase {
  readonly name = 'KeyReusedError';
  /** Backstage's error handler answers with this status. */
  readonly statusCode = 422;

  constructor(key: string) {
    super(`the idempotency key \`${key}\` was used for another request; choose a new key for each request`);
  }
}

/** All that is wrong, in one line. */
export function summaryOf(decision: Decision): string {
  const errors = decision.violations.filter(violation => violation.severity === 'error');
  return sentences(errors.map(({ message, hint }) => (hint === undefined ? message : `${message}; ${hint}`)));
}

/** One after the other; some hints are questions, or end with a full stop already. */
export function sentences(texts: readonly string[]): string {
  return texts.map((text, at) => (at < texts.length - 1 && !/[.?]$/.test(text) ? `${text}.` : text)).join(' ');
}
