// Short names for the bodies of the HTTP API, and what its states mean.
import type { components } from './generated/openapi';

type Schemas = components['schemas'];

export type RequestStatus = Schemas['RequestStatus'];
export type RollbackState = Schemas['RollbackState'];
export type SubmittedRequest = Schemas['SubmittedRequest'];
export type RequestProgress = Schemas['RequestProgress'];
export type RequestDetail = Schemas['Request'];
export type RequestPage = Schemas['RequestPage'];
export type RequestEvent = Schemas['Event'];
export type NamespaceDetail = Schemas['Namespace'];
export type NamespacePage = Schemas['NamespacePage'];
export type UnmanagedNamespace = Schemas['UnmanagedNamespace'];
export type TeamUsage = Schemas['TeamUsage'];
export type ViolationsBody = Schemas['ViolationsError'];

const FINAL: ReadonlySet<RequestStatus> = new Set(['completed', 'failed', 'rejected', 'cancelled']);

/** Has the request ended? A failed one may still be rolled back, and may be tried again. */
export function isFinal(status: RequestStatus): boolean {
  return FINAL.has(status);
}
