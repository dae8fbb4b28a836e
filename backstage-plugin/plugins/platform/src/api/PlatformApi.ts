// What the pages ask of the backend, and nothing else of it. Answers other than 2xx are thrown as `ResponseError`.
import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  components,
  RequestDetail,
  RequestEvent,
  RequestPage,
  RequestProgress,
  SubmittedRequest,
  TeamUsage,
} from '@berth/plugin-platform-common';

type Schemas = components['schemas'];

export type RequestPlan = Schemas['Plan'];
export type Documents = Schemas['Documents'];
export type ServerDecision = Schemas['Decision'];

/** The documents, and what to ask with whether they changed. */
export interface TaggedDocuments {
  etag?: string;
  documents: Documents;
}

/** What is probably not meant in the documents. */
export type Findings = Schemas['Findings'];

export type Summary = Schemas['Summary'];

/** What the cluster says of it is there where the backend may look at the cluster. */
export type StandingNamespace = Schemas['Namespace'];
/** A field of an object that is not as it was applied. */
export type Drift = Schemas['DriftedField'];
export type NamespacePage = Schemas['NamespacePage'];

/** Which of the namespaces; names are unique on a cluster. */
export interface NamespaceRef {
  cluster: string;
  name: string;
}

/** The parameters that shall be others; `null` takes one away. */
export type NamespacePatch = Record<string, unknown>;

/** Which requests a list shall hold. */
export interface RequestQuery {
  view?: 'mine' | 'team' | 'approvals';
  team?: string;
  status?: RequestDetail['status'];
  environment?: string;
  /** A part of the name. */
  name?: string;
  cursor?: string;
  limit?: number;
}

/** What an approver sends with a yes. */
export interface Approval {
  /** Digest of the plan that was read. */
  planDigest: string;
  comment?: string;
}

/** The backend plugin `platform`, as the pages use it. */
export interface PlatformApi {
  requests(query: RequestQuery): Promise<RequestPage>;
  request(requestId: string): Promise<RequestDetail>;
  progress(requestId: string): Promise<RequestProgress>;
  events(requestId: string): Promise<RequestEvent[]>;
  plan(requestId: string): Promise<RequestPlan>;
  /** Hands over what a step printed as it comes, until the request has ended or `signal` is aborted. */
  followLogs(requestId: string, step: string | undefined, onText: (text: string) => void, signal: AbortSignal): Promise<void>;

  approve(requestId: string, approval: Approval): Promise<RequestDetail>;
  reject(requestId: string, comment: string): Promise<RequestDetail>;
  askForChanges(requestId: string, comment: string): Promise<RequestDetail>;
  /** Changes what is asked for, while an approval is awaited. */
  resubmit(requestId: string, parameters: Record<string, unknown>): Promise<RequestDetail>;
  /** Has the approvers told once more; once an hour at most. */
  nudge(requestId: string, comment?: string): Promise<RequestDetail>;
  cancel(requestId: string, comment?: string): Promise<RequestDetail>;
  retry(requestId: string, comment?: string): Promise<RequestDetail>;

  /** What stands, page by page. */
  namespaces(query: { team?: string; cursor?: string; limit?: number }): Promise<NamespacePage>;
  namespace(of: NamespaceRef): Promise<StandingNamespace>;
  /** What a change would do, or the end of it all with `{ delete: true }` or `{ freeze: true }`; nothing is stored. */
  planNamespace(of: NamespaceRef, patch: NamespacePatch): Promise<RequestPlan>;
  /** The answers to these are requests, which have to be followed. */
  changeNamespace(of: NamespaceRef, patch: NamespacePatch): Promise<SubmittedRequest>;
  extendNamespace(of: NamespaceRef, expiresAt: string): Promise<SubmittedRequest>;
  repairNamespace(of: NamespaceRef): Promise<SubmittedRequest>;
  /** @param confirm - its name; with `freeze` its quota is 0 first, and it can be restored for some days */
  decommissionNamespace(of: NamespaceRef, confirm: string, freeze?: boolean): Promise<SubmittedRequest>;
  /** What taking over a namespace that was made without Berth would do; nothing is stored. */
  planAdoption(name: string, parameters: Record<string, unknown>): Promise<RequestPlan>;
  /** Asks to take it over. The same key with the same parameters is one request. */
  adoptNamespace(name: string, parameters: Record<string, unknown>, idempotencyKey: string): Promise<SubmittedRequest>;
  /** Takes a frozen one back. */
  restoreNamespace(of: NamespaceRef): Promise<SubmittedRequest>;

  usage(team: string): Promise<TeamUsage>;
  /** Figures over all requests and teams, for those who see all. */
  summary(): Promise<Summary>;
  documents(): Promise<Documents>;
  /** What `policy check` finds in the documents, for those who see all of them. */
  findings(): Promise<Findings>;
  /** The documents; nothing when they are those of `etag` still. */
  documentsSince(etag?: string): Promise<TaggedDocuments | undefined>;
  /** Judges a request by what the backend alone knows, too: the name, the team's usage. */
  validate(blueprint: string, parameters: Record<string, unknown>, signal?: AbortSignal): Promise<ServerDecision>;
  /** Asks for what a blueprint offers. The same key with the same parameters is one request. */
  submit(blueprint: string, parameters: Record<string, unknown>, idempotencyKey: string): Promise<SubmittedRequest>;
}

export const platformApiRef = createApiRef<PlatformApi>().with({ id: 'plugin.platform.client', pluginId: 'platform' });
