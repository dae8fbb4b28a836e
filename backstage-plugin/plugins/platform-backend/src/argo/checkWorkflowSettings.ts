/** Holds the platform document and the configuration of Argo together, before anything is submitted. */
import { InputError } from '@backstage/errors';
import type { ArgoConfig } from './readArgoConfig';

/** What the platform document says of Workflows. */
export interface WorkflowSettings {
  workflowNamespace: string;
  /** How long Argo keeps a Workflow that has ended. */
  workflowTtlSeconds: number;
}

const DAY_SECONDS = 24 * 60 * 60;

/**
 * A submit that is tried again finds its Workflow by name. So Argo must keep it for longer than anybody may still try, and long
 * enough that an end is seen after a day without a watcher.
 *
 * @param longestLeaseMs - how long a worker may hold a submit before another one takes it
 * @throws InputError with everything that does not fit
 */
export function checkWorkflowSettings(settings: WorkflowSettings, argo: ArgoConfig, longestLeaseMs: number): void {
  const problems: string[] = [];
  const needed = Math.max(DAY_SECONDS, Math.ceil(longestLeaseMs / 1000));
  if (settings.workflowTtlSeconds < needed) {
    problems.push(
      `\`workflow.ttlSeconds\` of the platform document is ${settings.workflowTtlSeconds}: Argo must keep Workflows for ` +
        `at least ${needed} seconds, or a submit that is tried again could make a second one`,
    );
  }
  for (const { name, namespace } of argo.instances) {
    if (namespace !== settings.workflowNamespace) {
      problems.push(
        `\`namespace\` of Argo instance \`${name}\` is \`${namespace}\`, while \`workflow.namespace\` of the platform document ` +
          `is \`${settings.workflowNamespace}\`: write the same into both`,
      );
    }
  }
  if (problems.length > 0) {
    throw new InputError(problems.join('; '));
  }
}
