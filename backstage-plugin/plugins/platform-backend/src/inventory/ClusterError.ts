/** What can go wrong between Berth and a cluster that it reads, and what to do about it. */
import { stringifyError } from '@backstage/errors';

/** A call of a Kubernetes API server that failed. `status`: of the answer, if there was one. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly status?: number;

  constructor(cluster: string, reason: string, hint: string, details: { status?: number; cause?: unknown } = {}) {
    super(`the cluster \`${cluster}\` ${reason}: ${hint}`, { cause: details.cause });
    this.status = details.status;
  }

  /** What an answer that is no success says. */
  static ofAnswer(cluster: string, what: string, status: number, message: string): ClusterError {
    const hints: Record<number, string> = {
      401: 'check `token` or `tokenFile` of its `inventory`',
      403: 'let the account of its `inventory` get and list this',
    };
    return new ClusterError(cluster, `answered ${status} to ${what} (${message})`, hints[status] ?? 'it is tried again', { status });
  }

  /** What no answer says. */
  static ofCall(cluster: string, cause: unknown): ClusterError {
    return cause instanceof ClusterError
      ? cause
      : new ClusterError(cluster, `can't be read (${stringifyError(cause)})`, 'check `url` and `caFile` of its `inventory`', { cause });
  }
}
