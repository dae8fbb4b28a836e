/** Keeps what steps printed before their pods go: the last 64 KiB of each, without credentials. */
import type { LogLine, Workflow, WorkflowEngine } from '../argo';
import type { StepLog } from '../database/LogStore';
import { LogTail } from './LogTail';
import { type RunContainer, containersOf } from './workflowObservation';

/** The most that is kept of a log. */
export const MAX_LOG_BYTES = 64 << 10;
/** How many logs are read at once. */
const AT_ONCE = 4;
/** The container of the exit handler that says what became of the namespace. */
export const REPORT = 'rollback.main';
/** The most of a last line that goes into the message of a step. */
const MAX_REASON_CHARACTERS = 300;
/** What kubectl's client library notes about its own connections, such as `W1123 19:53:19.029556    5529 reflector.go:492] ...`. */
const CLIENT_LIBRARY = /^[IWEF]\d{4} \S+:\d+:\S+\s+\d+ \S+\.go:\d+\] /;

/** What is written: a part of `LogStore`. */
export interface LogSink {
  put(logs: readonly StepLog[]): Promise<void>;
}

/** Whose logs they are. */
export interface LogOwner {
  requestId: string;
  attempt: number;
}

/** Keeps the logs of steps as they end, each once, and again when a step ran in another pod. */
export class StepLogs {
  readonly #engine: Pick<WorkflowEngine, 'logs'>;
  readonly #sink: LogSink;
  /** By Workflow: the pods of the steps whose logs are kept, and the last lines of those that failed. */
  readonly #known = new Map<string, { kept: Map<string, number>; reasons: Map<string, string> }>();

  constructor(engine: Pick<WorkflowEngine, 'logs'>, sink: LogSink) {
    this.#engine = engine;
    this.#sink = sink;
  }

  /**
   * Reads and keeps the logs of the steps that have ended and are not kept yet.
   *
   * @returns for each step that failed by itself, the last line that it printed itself, which usually says why; of the report, all of it
   * @throws ArgoError if a log can't be read; the next call begins with it
   */
  async keep(owner: LogOwner, workflow: Workflow, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { name, uid } = workflow.metadata;
    const known = this.#known.get(uid) ?? { kept: new Map(), reasons: new Map() };
    this.#known.set(uid, known);
    const waiting = containersOf(workflow).filter(
      ({ ended, stepId, podNames }) => ended && known.kept.get(stepId) !== podNames.size,
    );
    const read: { container: RunContainer; log: StepLog }[] = [];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const end = await readLog(this.#engine, name, next, signal);
        read.push({ container: next, log: { ...owner, stepId: next.stepId, ...end, storedAt: new Date().toISOString() } });
      }
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
    } finally {
      // Also when one of them could not be read: the pods of the others may be gone by the next time.
      await this.#sink.put(read.map(({ log }) => log).filter(({ content }) => content !== ''));
      for (const { container, log } of read) {
        known.kept.set(container.stepId, container.podNames.size);
        const isReport = container.stepId === REPORT;
        if ((container.failed || isReport) && log.content !== '') {
          known.reasons.set(container.stepId, isReport ? allLines(log.content) : lastLine(log.content));
        }
      }
    }
    return known.reasons;
  }

  /** Forgets a Workflow that is over. */
  forget({ metadata }: Workflow): void {
    this.#known.delete(metadata.uid);
  }

  /** Forgets all of them; what is kept stays. */
  clear(): void {
    this.#known.clear();
  }
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

/** In one line. */
function allLines(content: string): string {
  return said(content).join('; ').slice(0, MAX_REASON_CHARACTERS);
}

function lastLine(content: string): string {
  return (said(content).at(-1) ?? '').slice(0, MAX_REASON_CHARACTERS);
}

/** The lines, without those of the client library where there are others. */
function said(content: string): string[] {
  const lines = content.split('\n').map(line => line.trim()).filter(Boolean);
  const others = lines.filter(line => !CLIENT_LIBRARY.test(line));
  return others.length > 0 ? others : lines;
}
