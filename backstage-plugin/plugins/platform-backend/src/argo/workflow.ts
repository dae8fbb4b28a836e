/**
 * The parts of a Workflow that are read, checked at the edge. Argo writes `null` for much that is not there, and more with
 * each release: what is not named here is dropped.
 */
import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform(value => value ?? undefined);

const node = z.object({
  id: z.string(),
  name: z.string(),
  displayName: text,
  /** `Pod`, `Container`, `Retry`, `Steps`, `StepGroup`, `Skipped`... */
  type: z.string(),
  /** Missing for a moment after a node was made. */
  phase: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  templateName: text,
  /** Ids of the nodes that wait for this one. */
  children: z
    .array(z.string())
    .nullish()
    .transform(value => value ?? []),
});

const metadata = z.object({
  name: z.string(),
  uid: z.string(),
  resourceVersion: z.string(),
  creationTimestamp: text,
  labels: z
    .record(z.string(), z.string())
    .nullish()
    .transform(value => value ?? {}),
});

const containerSet = z.object({
  containers: z.array(
    z.object({
      name: z.string(),
      dependencies: z
        .array(z.string())
        .nullish()
        .transform(value => value ?? []),
    }),
  ),
});

/** Which steps there are, in the order of the plan: nothing else of a spec is read. */
const spec = z.object({
  entrypoint: text,
  templates: z
    .array(z.object({ name: z.string(), containerSet: containerSet.nullish() }))
    .nullish()
    .transform(value => value ?? []),
});

const status = z.object({
  /** Missing until the controller has seen the Workflow. */
  phase: text,
  message: text,
  startedAt: text,
  finishedAt: text,
  nodes: z
    .record(z.string(), node)
    .nullish()
    .transform(value => value ?? {}),
  /** What runs, when the Workflow refers to a WorkflowTemplate. */
  storedWorkflowTemplateSpec: spec.nullish().transform(value => value ?? undefined),
});

/** A Workflow, without what its containers do. */
export const workflowSchema = z.object({
  metadata,
  spec: spec.nullish().transform(value => value ?? spec.parse({})),
  status: status.nullish().transform(value => value ?? status.parse({})),
});

/** A page of Workflows; Go writes an empty list as `null`. */
export const workflowListSchema = z.object({
  metadata: z.object({ resourceVersion: text }),
  items: z
    .array(workflowSchema)
    .nullish()
    .transform(value => value ?? []),
});

/** One message of the event stream. */
export const workflowEventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
  object: workflowSchema,
});

export type Workflow = z.output<typeof workflowSchema>;
export type WorkflowNode = Workflow['status']['nodes'][string];

/** A change of a Workflow. */
export interface WorkflowEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  workflow: Workflow;
}

const SPEC_FIELDS = [
  'entrypoint',
  'templates.name',
  'templates.containerSet.containers.name',
  'templates.containerSet.containers.dependencies',
];

const FIELDS = [
  'metadata.name',
  'metadata.uid',
  'metadata.resourceVersion',
  'metadata.creationTimestamp',
  'metadata.labels',
  ...SPEC_FIELDS.map(field => `spec.${field}`),
  ...SPEC_FIELDS.map(field => `status.storedWorkflowTemplateSpec.${field}`),
  'status.phase',
  'status.message',
  'status.startedAt',
  'status.finishedAt',
  'status.nodes',
];

/**
 * The `fields` parameter that asks for no more than is read: a whole spec holds all manifests, and would be sent with every event.
 * `prefix` is where the Workflow stands in the answer, `beside` what else is wanted of it.
 */
export const wantedFields = (prefix = '', beside: string[] = []): string =>
  [...beside, ...FIELDS.map(field => `${prefix}${field}`)].join(',');
