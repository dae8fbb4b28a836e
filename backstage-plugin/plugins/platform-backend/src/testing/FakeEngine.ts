/** An engine in memory, for tests of what is done with one: it keeps Workflows, and fails as it is told to. */
import { ArgoError, type ArgoErrorKind } from '../argo/ArgoError';
import type { LogLine, StopOutcome, SubmitOutcome, WorkflowEngine, WorkflowList } from '../argo/WorkflowEngine';
import { type Workflow, type WorkflowEvent, workflowSchema } from '../argo/workflow';

/** What goes wrong with the next submit: `cut` makes the Workflow and loses the answer. */
export type Fault = 'cut' | 'refused-connection' | ArgoErrorKind;

/** A Workflow as it was handed in. */
export interface Submitted {
  text: string;
  stopped: boolean;
  ended: boolean;
}

export class FakeEngine implements WorkflowEngine {
  readonly instance = 'main';
  readonly namespace = 'berth-workflows';
  /** By name. */
  readonly workflows = new Map<string, Submitted>();
  /** What goes wrong, one submit after the other; then nothing. */
  readonly faults: Fault[] = [];
  /** How often a Workflow was handed in. */
  submits = 0;
  /** Waited for before each submit is answered, after the Workflow is made. */
  beforeAnswer: () => Promise<void> = async () => {};

  /** Waited for before something goes wrong. */
  beforeFault: () => Promise<void> = async () => {};

  async submit(text: string): Promise<SubmitOutcome> {
    this.submits += 1;
    const fault = this.faults.shift();
    const { name } = JSON.parse(text).metadata;
    if (fault !== undefined) {
      await this.beforeFault();
    }
    if (fault === 'refused-connection') {
      throw ArgoError.ofCall(this.instance, Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    }
    if (fault !== undefined && fault !== 'cut') {
      throw new ArgoError(this.instance, fault, `answered ${fault}`);
    }
    const known = this.workflows.has(name);
    if (!known) {
      this.workflows.set(name, { text, stopped: false, ended: false });
    }
    await this.beforeAnswer();
    if (fault === 'cut') {
      throw ArgoError.ofCall(this.instance, Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    }
    return known ? 'already-ours' : 'created';
  }

  async stop(name: string): Promise<StopOutcome> {
    const workflow = this.workflows.get(name);
    if (workflow === undefined) {
      return 'absent';
    }
    if (workflow.ended) {
      return 'ended';
    }
    workflow.stopped = true;
    return 'stopping';
  }

  async get(name: string): Promise<Workflow | undefined> {
    const text = this.workflows.get(name)?.text;
    if (text === undefined) {
      return undefined;
    }
    const workflow = JSON.parse(text);
    return workflowSchema.parse({ ...workflow, metadata: { ...workflow.metadata, uid: name, resourceVersion: '1' } });
  }

  async list(): Promise<WorkflowList> {
    throw new TypeError('the outbox lists nothing');
  }

  // eslint-disable-next-line require-yield
  async *watch(): AsyncIterable<WorkflowEvent> {
    throw new TypeError('the outbox watches nothing');
  }

  // eslint-disable-next-line require-yield
  async *logs(): AsyncIterable<LogLine> {
    throw new TypeError('the outbox reads no logs');
  }
}
