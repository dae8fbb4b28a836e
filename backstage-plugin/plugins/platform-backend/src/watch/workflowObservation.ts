/**
 * What a Workflow says about its request: phase, steps, rollback. Pure; how Workflows come here is `WorkflowStream`'s matter,
 * what an observation does to a request `requests/`'s.
 */
import type { Workflow, WorkflowNode } from '../argo';
import type { RollbackState, StepObservation, StepPhase, WorkflowObservation } from '../requests/model';

/** A container that never began, because one before it failed: Argo says so by this exit code. */
const NOT_BEGUN = '(exit code 64)';
/** What kubectl ends with when what it waits for does not come. */
const FAILED_BY_ITSELF = '(exit code 1)';
/** What Argo writes onto every container of a Workflow that was stopped, whether it had begun or not. */
const SHUT_DOWN = /^workflow shutdown with strategy/;

type WorkflowPhase = NonNullable<WorkflowObservation['phase']>;

const WORKFLOW_PHASES: ReadonlySet<string> = new Set<WorkflowPhase>([
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
  'Error',
]);
const STEP_PHASES: ReadonlySet<string> = new Set<StepPhase>([
  'Pending',
  'Running',
  'Succeeded',
  'Skipped',
  'Failed',
  'Error',
  'Omitted',
]);

/** A Workflow as its request sees it. Steps stand in the order of the plan, also those that Argo has no node for yet. */
export function observeWorkflow(workflow: Workflow): WorkflowObservation {
  const { metadata, status } = workflow;
  const { undoing, doing } = nodesOf(workflow);
  const steps = stepsOf(workflow, doing, specOf(workflow).entrypoint);
  const phase = phaseOf(workflow, steps, undoing);
  const message = reasonOf(phase, steps, status.message);
  return {
    ...(phase && { phase }),
    ...(message && { message }),
    ...moments(status),
    steps,
    rollback: rollbackOf(phase, doing, undoing),
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
  };
}

/** Is there nothing more to come of it? The rollback is a part of it. */
export function hasEnded(workflow: Workflow): boolean {
  const { phase } = workflow.status;
  return isWorkflowPhase(phase) && phase !== 'Pending' && phase !== 'Running';
}

/** A container of the Workflow that ran, and the pods that it ran in: where its log is. */
export interface RunContainer {
  /** The id of its step; one of the rollback begins with `rollback.`. */
  stepId: string;
  container: string;
  podNames: ReadonlySet<string>;
  /** It prints no more, unless its pod is lost and tried again. */
  ended: boolean;
  /** It failed by itself, and not because another did. */
  failed: boolean;
}

/** The containers that may have printed something. */
export function containersOf(workflow: Workflow): RunContainer[] {
  const { undoing, doing } = nodesOf(workflow);
  return [...containersIn(workflow, doing, ''), ...containersIn(workflow, undoing, 'rollback.')];
}

function containersIn(workflow: Workflow, nodes: WorkflowNode[], prefix: string): RunContainer[] {
  const pods = nodes.filter(node => node.type === 'Pod');
  const podNames = new Set(pods.map(node => podNameOf(workflow, node)));
  return stepsOf(workflow, nodes, pods[0]?.templateName)
    .filter(({ phase }) => !['Pending', 'Omitted', 'Skipped'].includes(phase))
    .map(({ id, phase }) => {
      const failed = phase === 'Failed' || phase === 'Error';
      return { stepId: `${prefix}${id}`, container: id, podNames, ended: failed || phase === 'Succeeded', failed };
    });
}

/** As Argo names pods: the Workflow, the template, the number of the node. */
function podNameOf(workflow: Workflow, node: WorkflowNode): string {
  const { name } = workflow.metadata;
  return node.id === name ? name : `${name}-${node.templateName}${node.id.slice(name.length)}`;
}

function nodesOf({ metadata, status }: Workflow) {
  const exit = `${metadata.name}.onExit`;
  const undoing: WorkflowNode[] = [];
  const doing: WorkflowNode[] = [];
  for (const node of Object.values(status.nodes)) {
    (node.name.startsWith(exit) ? undoing : doing).push(node);
  }
  return { undoing, doing };
}

function stepsOf(workflow: Workflow, nodes: WorkflowNode[], template: string | undefined): StepObservation[] {
  const containers = nodes.filter(node => node.type === 'Container');
  const steps: StepObservation[] = [];
  for (const { name, dependencies } of plannedIn(workflow, template)) {
    // A pod that was lost leaves its nodes behind: the last one counts.
    const tries = containers.filter(node => displayNameOf(node) === name).sort(byTry);
    const isWaiting = steps.some(step => dependencies.includes(step.id) && step.phase !== 'Succeeded');
    steps.push(stepOf(name, tries, isWaiting));
  }
  return steps;
}

/** The containers of a template in the order of the plan. */
function plannedIn(workflow: Workflow, template: string | undefined): { name: string; dependencies: string[] }[] {
  return specOf(workflow).templates.find(({ name }) => name === template)?.containerSet?.containers ?? [];
}

/** What runs by reference is what was stored when it began. */
function specOf({ spec, status }: Workflow): Workflow['spec'] {
  return status.storedWorkflowTemplateSpec ?? spec;
}

function stepOf(id: string, tries: WorkflowNode[], isWaiting: boolean): StepObservation {
  const node = tries.at(-1);
  if (!node) {
    return { id, phase: 'Pending', retries: 0 };
  }
  const message = messageOf(id, node.message ?? '');
  const phase = stepPhaseOf(node, message, isWaiting);
  return { id, phase, ...moments(node), ...(message && { message }), retries: tries.length - 1 };
}

function stepPhaseOf(node: WorkflowNode, message: string, isWaiting: boolean): StepPhase {
  const phase = isStepPhase(node.phase) ? node.phase : 'Pending';
  switch (phase) {
    // All containers of a pod start together; those behind others wait.
    case 'Running':
      return isWaiting ? 'Pending' : 'Running';
    case 'Failed':
    case 'Error':
      return message.includes(NOT_BEGUN) || (SHUT_DOWN.test(message) && isWaiting) ? 'Omitted' : phase;
    default:
      return phase;
  }
}

/**
 * The phase of the request's work. The step `main` takes the provisioning label off: from then on the namespace is ready and the
 * rollback no longer touches it. A stop that comes later fails the Workflow all the same, and too late: it has succeeded. The
 * step may have been killed before it could say so; then the rollback has seen the namespace.
 */
function phaseOf({ status }: Workflow, steps: StepObservation[], undoing: WorkflowNode[]): WorkflowPhase | undefined {
  const phase = isWorkflowPhase(status.phase) ? status.phase : undefined;
  const endedBadly = phase === 'Failed' || phase === 'Error';
  const stands = steps.find(({ id }) => id === 'main')?.phase === 'Succeeded' || standsAfterAll(undoing);
  return endedBadly && stands ? 'Succeeded' : phase;
}

/**
 * Has the rollback found a namespace of this request that is ready? Its container `gone` waits for what is half made, `main`
 * behind it for what was ever made: when that alone fails, by itself, the namespace stands.
 */
function standsAfterAll(undoing: WorkflowNode[]): boolean {
  const lastTry = (container: string) =>
    undoing.filter(node => node.type === 'Container' && displayNameOf(node) === container).sort(byTry).at(-1);
  const main = lastTry('main');
  return lastTry('gone')?.phase === 'Succeeded' && main?.phase === 'Failed' && (main.message ?? '').includes(FAILED_BY_ITSELF);
}

/** Argo names the container first, and says nothing after the last colon. */
function messageOf(id: string, message: string): string {
  const said = oneLine(message);
  return (said.startsWith(`${id}: `) ? said.slice(id.length + 2) : said).replace(/[ :]+$/, '');
}

/** Why it ended badly: the step that failed by itself says more than Argo's own message, which names the last one. */
function reasonOf(phase: WorkflowPhase | undefined, steps: StepObservation[], message?: string): string | undefined {
  if (phase === 'Succeeded') {
    return undefined;
  }
  const said = message === undefined ? undefined : oneLine(message);
  if (phase !== 'Failed' && phase !== 'Error') {
    return said;
  }
  const failed = steps.find(step => step.phase === 'Failed' || step.phase === 'Error');
  if (!failed || SHUT_DOWN.test(failed.message ?? '')) {
    return said;
  }
  return `step \`${failed.id}\` failed: ${failed.message ?? 'it gave no reason'}`;
}

// INVARIANT: `none` and `done` free the name, so they are said only when nothing of the request can stand.
function rollbackOf(
  phase: WorkflowPhase | undefined,
  doing: WorkflowNode[],
  undoing: WorkflowNode[],
): RollbackState {
  const pods = undoing.filter(node => node.type === 'Pod').map(node => node.phase);
  if (phase === 'Succeeded') {
    return 'none';
  }
  if (pods.includes('Succeeded')) {
    return 'done';
  }
  if (phase !== 'Failed' && phase !== 'Error') {
    // A pod that was lost is tried again as long as the Workflow goes on.
    return pods.length > 0 ? 'running' : 'none';
  }
  // Terminated, or broken before the rollback: what the steps had made may be left.
  const hadPods = doing.some(node => node.type === 'Pod');
  return pods.length > 0 || hadPods ? 'failed' : 'none';
}

function displayNameOf(node: WorkflowNode): string {
  return node.displayName ?? node.name.slice(node.name.lastIndexOf('.') + 1);
}

/** Node names hold the number of the try: `wf(10).quotas` comes after `wf(9).quotas`. */
function byTry(one: WorkflowNode, other: WorkflowNode): number {
  const number = (node: WorkflowNode) => Number(/\((\d+)\)[^(]*$/.exec(node.name)?.[1] ?? 0);
  return number(one) - number(other);
}

function moments({ startedAt, finishedAt }: { startedAt?: string; finishedAt?: string }) {
  const started = moment(startedAt);
  const finished = moment(finishedAt);
  return { ...(started && { startedAt: started }), ...(finished && { finishedAt: finished }) };
}

/** In Berth's form of times; nothing for what is none. */
function moment(text?: string): string | undefined {
  const time = text === undefined ? NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function oneLine(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}

function isWorkflowPhase(phase?: string): phase is WorkflowPhase {
  return phase !== undefined && WORKFLOW_PHASES.has(phase);
}

function isStepPhase(phase?: string): phase is StepPhase {
  return phase !== undefined && STEP_PHASES.has(phase);
}
