// What is wrong with a request, a line each, in the log and in the error that ends the step. The core finds and words the
// violations; this only lays them out.
import type { LoggerService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { InvalidRequestError } from '../platform/errors';
import type { Violation } from '../platform/types';

/** A violation in one line: the field, what is wrong, what to do. */
export function describeViolation({ path, message, hint }: Violation): string {
  return `${path || 'request'}: ${message}${hint ? ` (${hint})` : ''}`;
}

/** Logs every violation: warnings as such, the others as errors. */
export function logViolations(violations: Violation[], logger: LoggerService): void {
  for (const violation of violations) {
    if (violation.severity === 'warning') logger.warn(describeViolation(violation));
    else logger.error(describeViolation(violation));
  }
}

/** The error for a request that isn't valid. It holds every line: a dry run that fails answers with nothing else. */
export function violationsError(violations: Violation[]): InputError {
  const lines = violations.filter(({ severity }) => severity === 'error').map(violation => `  ${describeViolation(violation)}`);
  return new InputError(['the request is not valid:', ...lines].join('\n'));
}

/** Runs what may meet violations; they are logged and laid out in the error. */
export async function refusingViolations<T>(logger: LoggerService, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    logViolations(error.violations, logger);
    throw violationsError(error.violations);
  }
}
