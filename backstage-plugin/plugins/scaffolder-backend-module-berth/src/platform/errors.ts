// Answers of the backend that are no success, as errors: violations keep their list, what may pass is told from what won't.
import {
  CustomErrorBase,
  deserializeError,
  ServiceUnavailableError,
  stringifyError,
  type SerializedError,
} from '@backstage/errors';
import type { Violation } from './types';

/** The backend found the request not valid. */
export class InvalidRequestError extends CustomErrorBase {
  override name = 'InputError' as const;
  /** Everything that is wrong with it. */
  readonly violations: Violation[];

  constructor(message: string, violations: Violation[]) {
    super(message);
    this.violations = violations;
  }
}

/** The error for an answer of the backend: its own name and words where it gave some. */
export function platformError(status: number, body: unknown): Error {
  const { error, violations } = (body ?? {}) as { error?: SerializedError; violations?: Violation[] };
  const message = error?.message ?? `the platform backend answered with status ${status}`;
  if (status === 429 || status >= 500) return new ServiceUnavailableError(message);
  if (violations !== undefined) return new InvalidRequestError(message, violations);
  return error === undefined ? new Error(message) : deserializeError(error);
}

/** The error for no answer at all. */
export function unreachable(cause: unknown): Error {
  return new ServiceUnavailableError(`the platform backend can't be reached: ${stringifyError(cause)}`);
}
