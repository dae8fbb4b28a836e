// The types of schemas/decision.schema.json, schemas/plan.schema.json, schemas/drift.schema.json, schemas/context.schema.json. Written by scripts/types.mjs.

/** How bad a violation is. */
export type Severity = 'error' | 'warning';
/** What is planned. */
export type PlanKind = 'create' | 'change' | 'adopt' | 'freeze' | 'delete';
/** What becomes of an object. */
export type Change = 'added' | 'changed' | 'removed' | 'unchanged';
/** A moment: RFC 3339 with an offset, such as `2026-01-01T00:00:00Z`. */
export type Moment = string;

/** The answer to a request. */
export interface Decision {
  /** May it be carried out, once everybody has approved who must? */
  valid: boolean;
  /** The blueprint that it asks for. */
  blueprint: string;
  /** Everything that is wrong or worth knowing: parameters in their order, then unknown keys, rules and limits. */
  violations: Violation[];
  /** The request with defaults filled in, in the shape in which it came. */
  request: Parameters;
  /** Who must say yes. */
  approval: Approval;
  /** What it costs. */
  cost: Cost;
  /** For every parameter with options, which may still be chosen; only when asked for. */
  options?: {
    [k: string]: OptionState[];
  };
  /** Hash of both documents: decisions with the same digest come from the same policy. */
  policyDigest: string;
  /** The version of the core that decided. */
  coreVersion: string;
}

/** One thing that is wrong with a request, or worth knowing. */
export interface Violation {
  /** What kind, for programs: `required`, `pattern`, `rule.<id>`... */
  code: string;
  /** JSON pointer to the parameter itself, also to a missing or an unknown one. */
  path: string;
  /** What is wrong, for people. */
  message: string;
  /** What to do, for people. */
  hint?: string;
  /** Does it make the request invalid? */
  severity: Severity;
}

/** The parameters with defaults filled in, in the shape in which the request came. */
export interface Parameters {
  [k: string]: unknown;
}

/** Who must say yes before a request is carried out. */
export interface Approval {
  /** Must anybody? */
  required: boolean;
  /** Every requirement must be met, each by other people than the requester. */
  requirements: ApprovalRequirement[];
}

/** This many people of these groups. */
export interface ApprovalRequirement {
  /** The rule that asks for it: `environment.<name>`, or the id of an approval rule of the blueprint. */
  id: string;
  /** Groups of the catalog, or claims of a token; somebody of any of them may approve. */
  by: string[];
  /** How many different people. */
  count: number;
  /** Why, for people. */
  reason: string;
}

/** The cost of a request; amounts are integers in minor units. */
export interface Cost {
  /** ISO 4217. */
  currency: string;
  /** Digits of the minor unit: 2 for cents. */
  decimals: number;
  /** The sum of the lines. */
  monthly: number;
  /** What it costs as it stands; only of a change. */
  before?: number;
  /** What it is made of. */
  lines: CostLine[];
  /** The team's budget; left out where the team isn't known. */
  budget?: Budget;
}

/** One chosen option that costs something. */
export interface CostLine {
  /** The parameter. */
  parameter: string;
  /** The option. */
  option: string;
  /** The option's title, or its name. */
  title: string;
  /** A month, in minor units. */
  monthly: number;
}

/** The budget of a team, in minor units a month. */
export interface Budget {
  /** What all of its namespaces may cost together. */
  limit: number;
  /** What they cost without this request; left out where it isn't known. */
  used?: number;
  /** What is left with this request, negative when it goes beyond; left out where it isn't known. */
  remaining?: number;
}

/** An option of a parameter, and whether it may be chosen. */
export interface OptionState {
  /** As requests write it. */
  value: string;
  /** For people. */
  title?: string;
  /** What it costs a month, in minor units. */
  monthlyCost: number;
  /** May it be chosen, with everything else as it is? */
  allowed: boolean;
  /** The code of what forbids it. */
  code?: string;
  /** Why it may not be chosen, for people. */
  reason?: string;
}

/** Objects that are applied together. */
export interface PlanStep {
  /** The container's name in the Workflow. */
  id: string;
  /** For people. */
  title: string;
  /** The steps that must be done before. */
  after: string[];
  /** Why the step is part of the plan, for people. */
  reason: string;
  /** What is applied. */
  objects: PlanObject[];
  /** What must be true afterwards. */
  verify: PlanVerify[];
}

/** A Kubernetes object. */
export interface PlanObject {
  /** Such as `v1`. */
  apiVersion: string;
  /** Such as `ResourceQuota`. */
  kind: string;
  /** Its name. */
  name: string;
  /** Its namespace; left out for cluster-scoped objects. */
  namespace?: string;
  /** The whole object. */
  manifest: {
    [k: string]: unknown;
  };
}

/** Something that must be true of an object in the end. */
export interface PlanVerify {
  /** The object's kind. */
  kind: string;
  /** The object's name. */
  name: string;
  /** Where to look. */
  jsonpath: string;
  /** What must stand there. */
  expected: string;
}

/** What becomes of an object. */
export interface ObjectChange {
  /** The step that makes it, or made it. */
  step: string;
  /** Such as `v1`. */
  apiVersion: string;
  /** Such as `ResourceQuota`. */
  kind: string;
  /** Its name. */
  name: string;
  /** Its namespace; left out for cluster-scoped objects. */
  namespace?: string;
  /** What becomes of it. */
  change: Change;
  /** The fields that change; only of a changed object. */
  fields?: FieldChange[];
}

/** A field that differs. */
export interface FieldChange {
  /** JSON pointer into the object, such as `/spec/hard/requests.cpu`. */
  path: string;
  /** What stands; left out where nothing does, and for the content of a Secret. */
  from?: unknown;
  /** What is wanted; left out where nothing is, and for the content of a Secret. */
  to?: unknown;
}

/** A step that the request doesn't need. */
export interface SkippedStep {
  /** Its id. */
  id: string;
  /** For people. */
  title: string;
  /** When it would be needed, for people. */
  reason: string;
}

/** What a request will create or change. */
export interface Plan {
  /** What is planned. */
  kind: PlanKind;
  /** The blueprint. */
  blueprint: string;
  /** The namespace. */
  name: string;
  /** The team that will own it. */
  team: string;
  /** Where it goes. */
  environment: string;
  /** The cluster of that environment. */
  cluster: string;
  /** What is applied, in order; a step starts when those in `after` are done. */
  steps: PlanStep[];
  /** What becomes of each object; left out of a creation, which adds them all. */
  changes?: ObjectChange[];
  /** The blueprint's steps that this request doesn't need. */
  skipped: SkippedStep[];
  /** Who must say yes first. */
  approval: Approval;
  /** What it costs. */
  cost: Cost;
  /** Hash of what is created and what becomes of what stands, whatever the request's id and time: an approval pins it. */
  planDigest: string;
  /** Hash of both documents. */
  policyDigest: string;
  /** The version of the core that planned. */
  coreVersion: string;
}

/** How what stands differs from what was rendered. */
export interface Drift {
  /** The namespace. */
  name: string;
  /** Is everything as it was rendered? */
  inSync: boolean;
  /** The objects that are not, as what a repair would do: `added` is missing, in `changed` fields `from` is what stands. */
  objects: ObjectChange[];
  /** Hash of both documents. */
  policyDigest: string;
  /** The version of the core that compared. */
  coreVersion: string;
}

/** Who asks, with the claims that say what they belong to. */
export interface Requester {
  /** An entity reference, such as `user:default/ada`. */
  ref: string;
  /** Groups of the catalog or of a token. */
  groups?: string[];
  /** Roles of a token. */
  roles?: string[];
}

/** What a team holds, with what it has under way. */
export interface Usage {
  /** Namespaces. */
  namespaces: number;
  /** Their cost a month, in minor units. */
  monthlyCost: number;
}

/** A namespace that stands. `usage` is then that of the team without it. */
export interface Current {
  /** The parameters with which it stands, flat: the request is a change of them. */
  parameters?: {
    [k: string]: unknown;
  };
  /** Berth did not make it, and is to take it over; without `parameters`. */
  adopt?: boolean;
  /** What its quotas count, as Kubernetes writes it: `{"requests.cpu": "1500m", "pods": "7"}`; left out, unknown. */
  used?: {
    [k: string]: string;
  };
}

/** What is known besides the request. Nothing is assumed of what is left out: it is not judged. */
export interface Context {
  /** The moment of the decision. */
  now?: Moment;
  /** Who asks. */
  requester?: Requester;
  /** What the team holds already. */
  usage?: Usage;
  /** Is the name taken on its cluster? */
  nameTaken?: boolean;
  /** What stands under this name: the request is then about changing it, or about adopting it. */
  current?: Current;
}
