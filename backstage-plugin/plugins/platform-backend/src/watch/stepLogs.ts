/** Keeps what steps printed before their pods go: the last 64 KiB of each, without credentials. */
import type { LogLine, Workflow, WorkflowEngine } from '../argo';
import type { StepLog } from '../database/LogStore';
import { LogTail } from './LogTail';
import { type RunContainer, containersOf } from './workflowObservation';

/** The most that is kept of a log. */
export const MAX_LOG_BYTES = 64 << 10;
/** How many logs are read at once. */
const AT_ONCE = 4;
/** The most of a last line that goes into the message of a step. */
const MAX_REASON_CHARACTERS = 300;

/** What is written: a part of `LogStore`. */
export interface LogSink {
  put(log: StepLog): Promise<void>;
}

/** Whose logs they are. */
export interface LogOwner {
  requestId: string;
  attempt: number;
}

/**
 * Reads and keeps the logs of a Workflow that has ended.
 *
 * @returns for each step that failed by itself the last line that it printed, which usually says why
 * @throws ArgoError if a log can't be read; those before it are kept
 */
export async function keepLogs(
  engine: Pick<WorkflowEngine, 'logs'>,
  sink: LogSink,
  owner: LogOwner,
  workflow: Workflow,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const reasons = new Map<string, string>();
  const waiting = containersOf(workflow);
  const worker = async () => {
    for (let container = waiting.shift(); container; container = waiting.shift()) {
      const log = await readLog(engine, workflow.metadata.name, container, signal);
      if (log.content === '') {
        continue;
      }
      await sink.put({ ...owner, stepId: container.stepId, ...log, storedAt: new Date().toISOString() });
      if (container.failed) {
        reasons.set(container.stepId, lastLine(log.content));
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return reasons;
}

async function readLog(engine: Pick<WorkflowEngine, 'logs'>, name: string, container: RunContainer, signal: AbortSignal) {
  const tail = new LogTail(MAX_LOG_BYTES);
  for await (const line of engine.logs(name, container.container, { signal })) {
    if (isOf(container, line)) {
      tail.push(`${line.content}\n`);
    }
  }
  signal.throwIfAborted();
  return tail.end();
}

/** Steps and rollback have containers of the same names, in other pods. */
function isOf(container: RunContainer, line: LogLine): boolean {
  return container.podNames.has(line.podName);
}

function lastLine(content: string): string {
  const line = content.trimEnd().split('\n').at(-1) ?? '';
  return line.slice(0, MAX_REASON_CHARACTERS);
}
