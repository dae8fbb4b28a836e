// What callers of `Berth` give and get, where no schema says it.
import type { Source } from './source.js';
import type { Context, Moment, PlanKind } from './types/decision.js';
import type { NamespaceParameters } from './types/namespace-request.js';
import type { Workflow, WorkflowTemplate } from './types/workflow.js';

/** A platform or blueprint document: parsed, or as text. A string is JSON text; to give it a name, use {@link Source}. */
export type DocumentInput = object | string | Source;

/** All documents of a `Berth`. */
export interface OwnDocuments {
  platform: DocumentInput;
  /** At least one. */
  blueprints: readonly DocumentInput[];
}

/** The documents of a `Berth`; the embedded ones stand in for what is left out. */
export type BerthOptions = Partial<OwnDocuments>;

/** A request for any blueprint. */
export interface BlueprintRequest {
  /** What kind of thing is asked for; `namespace` when left out. */
  blueprint?: string;
  /** The blueprint's parameters. */
  parameters: Record<string, unknown>;
  /** Who asks, where the context doesn't say so: an entity reference. */
  requester?: string;
}

/** A request: flat parameters of a namespace, `{ blueprint, parameters }`, or either of them as text. Anything else is judged, too. */
export type RequestInput = NamespaceParameters | BlueprintRequest | Source | Readonly<Record<string, unknown>>;

/** What a decision shall say. */
export interface DecideOptions {
  /** Say for every option whether it may still be chosen. */
  options?: boolean;
}

/** For whom a plan is made. */
export interface PlanOptions {
  context?: Context;
  /** The id of the request; left out, the plan says `assigned-on-submit`. */
  requestId?: string;
  /** The moment of the request; it is judged by it, where the context names none. */
  now?: Moment;
  /** What is planned. Left out, the context says: a change or an adoption of what stands, or else a creation. */
  kind?: PlanKind;
  /** The request that made what stands. */
  origin?: Origin;
  /** The objects as they stand in the cluster, for an adoption. */
  live?: readonly object[];
}

/** What was read from the cluster. */
export interface DriftOptions {
  /** The namespace and the objects in it, and those that belong to it elsewhere; others may be among them. */
  live: readonly object[];
  /** The request that made what stands; left out, the labels and annotations of the live namespace say it. */
  origin?: Origin;
  /** Kinds that could not be read, such as `Schedule`: their objects are passed over. */
  unread?: readonly string[];
}

/** What can be rendered. */
export interface Renderings {
  /** A Workflow that holds everything. */
  workflow: Workflow;
  /** A thin Workflow that names a `WorkflowTemplate`. */
  'workflow-ref': Workflow;
  /** The `WorkflowTemplate` that thin Workflows name. */
  'workflow-template': WorkflowTemplate;
  /** The objects themselves, for GitOps. */
  manifests: ManifestList;
}

/** The name of something that can be rendered. */
export type Target = keyof Renderings;

/** For whom and how to render. Nothing is taken from a clock or from chance. */
export type RenderOptions<T extends Target = Target> = {
  /** What to render. */
  target: T;
  /** The id of this request: 1 to 63 of `[a-z0-9.-]`. */
  requestId: string;
  /** The moment of this request. */
  now: Moment;
  /** 1 for the first attempt; a retry is the next. */
  attempt?: number;
  context?: Context;
} & (CreateKind | ChangeKind | AdoptKind | FreezeKind | DeleteKind);

/** Makes what isn't there, and takes it back when that fails. */
export interface CreateKind {
  kind?: 'create';
}

/** Changes what stands; it never deletes the namespace. */
export interface ChangeKind {
  kind: 'change';
  /** The request as it was carried out last. */
  from: NamespaceParameters | BlueprintRequest | Readonly<Record<string, unknown>>;
  /** The request that made what stands. */
  origin: Origin;
}

/** Takes over what stands and Berth did not make; it never deletes it. */
export interface AdoptKind {
  kind: 'adopt';
}

/** Sets the quotas of what stands to nothing; a change takes it back. */
export interface FreezeKind {
  kind: 'freeze';
  /** The request that made what stands. */
  origin: Origin;
}

/** Deletes what stands. */
export interface DeleteKind {
  kind: 'delete';
  /** The request that made what stands. */
  origin: Origin;
}

/** The request that made what stands: its labels and annotations stay. */
export interface Origin {
  requestId: string;
  createdAt: Moment;
  requester?: string;
}

/** A `v1` List. */
export interface ManifestList {
  apiVersion: string;
  kind: string;
  items: KubernetesObject[];
}

/** Any object of Kubernetes. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  [field: string]: unknown;
}

/** The documents of a `Berth`. */
export interface Documents {
  platform: Record<string, unknown>;
  blueprints: Record<string, unknown>[];
}

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = Record<string, unknown>;

/** How `checkPolicy` looks. */
export interface CheckOptions {
  /** The most combinations of values that one question may look at; 200,000 when left out. */
  maxCombinations?: number;
  /** Shall there be a valid request for every option? */
  witnesses?: boolean;
}
