/**
 * What Berth needs of an engine that runs Workflows. `ArgoClient` is the one for an Argo Server (and for `berth sandbox`);
 * the outbox and the watcher know only this interface, so that their tests may use another.
 */
import type { Workflow, WorkflowEvent } from './workflow';

/** What a submit found: a retried one finds its own Workflow. */
export type SubmitOutcome = 'created' | 'already-ours';

/** What a stop found. `ended`: it was over already; `absent`: there is no such Workflow (any more). */
export type StopOutcome = 'stopping' | 'ended' | 'absent';

/** Workflows as they stood at `resourceVersion`, from which a watch goes on. */
export interface WorkflowList {
  items: Workflow[];
  resourceVersion: string;
}

/** A line that a container printed. */
export interface LogLine {
  content: string;
  podName: string;
}

/** Errors of every method: `ArgoError`, which says whether a retry makes sense. */
export interface WorkflowEngine {
  /** The name of the instance in the configuration. */
  readonly instance: string;
  /** Where its Workflows stand. */
  readonly namespace: string;

  /**
   * Creates a Workflow from its JSON text, byte for byte. Submitting the same text twice makes one Workflow: the name is taken
   * then, and counts as ours only if request id, attempt and spec hash in its labels are those of this text.
   */
  submit(workflow: string): Promise<SubmitOutcome>;

  /** Ends a Workflow; its exit handler, the rollback, still runs. */
  stop(name: string): Promise<StopOutcome>;

  /** A Workflow as it stands, without what its containers do; nothing if there is none of this name. */
  get(name: string): Promise<Workflow | undefined>;

  /** All Workflows with these labels, without what their containers do. */
  list(labelSelector: string): Promise<WorkflowList>;

  /**
   * Every change after `resourceVersion`; without one first what stands. Ends when the server ends the stream or `signal` is
   * aborted; throws an `ArgoError` of kind `gone` when the server no longer knows the version (list again), and of kind
   * `unreachable` when the connection breaks or nothing is heard for too long.
   */
  watch(labelSelector: string, resourceVersion: string | undefined, signal: AbortSignal): AsyncIterable<WorkflowEvent>;

  /** What a container printed, oldest first; with `follow` also what it will print. */
  logs(name: string, container: string, options?: { follow?: boolean; signal?: AbortSignal }): AsyncIterable<LogLine>;
}
