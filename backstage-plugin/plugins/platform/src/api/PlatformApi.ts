// What the pages ask of the backend, and nothing else of it. Answers other than 2xx are thrown as `ResponseError`.
import { createApiRef } from '@backstage/frontend-plugin-api';
import type { components, RequestDetail, RequestEvent, RequestPage, RequestProgress, TeamUsage } from '@berth/plugin-platform-common';

type Schemas = components['schemas'];

export type RequestPlan = Schemas['Plan'];
export type Documents = Schemas['Documents'];

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
  cancel(requestId: string, comment?: string): Promise<RequestDetail>;
  retry(requestId: string, comment?: string): Promise<RequestDetail>;

  usage(team: string): Promise<TeamUsage>;
  documents(): Promise<Documents>;
}

export const platformApiRef = createApiRef<PlatformApi>().with({ id: 'plugin.platform.client', pluginId: 'platform' });
