// Runs one action as the scaffolder would, on a fake platform, without waiting for anything.
import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { parse } from 'yaml';
import type { Clock } from '../request/clock';
import { meansWith, type MeansFor } from '../request/means';
import type { FakePlatform } from './FakePlatform';

/** A clock that runs only when somebody waits. */
export function jumpingClock(onPause: (now: number) => void = () => {}): Clock {
  let now = 0;
  return {
    now: () => now,
    async pause(milliseconds) {
      now += milliseconds;
      onPause(now);
    },
  };
}

/** The means of a module whose Backstage knows `platform`. */
export function meansOn(platform: Pick<FakePlatform, 'baseUrl'>, clock: Clock = jumpingClock()): MeansFor {
  const meansFor = meansWith({
    auth: mockServices.auth(),
    config: mockServices.rootConfig({ data: { app: { baseUrl: 'https://backstage.example.com/' } } }),
    discovery: mockServices.discovery.mock({ getBaseUrl: async () => platform.baseUrl }),
  });
  return initiator => ({ ...meansFor(initiator), clock });
}

/** What a step may find around it. */
export interface Surroundings {
  taskId?: string;
  stepId?: string;
  isDryRun?: boolean;
  signal?: AbortSignal;
  each?: JsonObject;
  /** Checkpoints of the task, those of earlier runs included. */
  checkpoints?: Map<string, JsonValue>;
}

/** Runs an action; what it logged, a line each with its level, and its outputs. */
export async function runStep(action: { handler(context: never): Promise<void> }, input: JsonObject, around: Surroundings = {}) {
  const log: string[] = [];
  const outputs: Record<string, unknown> = {};
  const { taskId = 'task-1', stepId = 'namespace', checkpoints = new Map<string, JsonValue>(), ...rest } = around;
  const at = (level: string) => (message: string) => void log.push(level === 'info' ? message : `${level}: ${message}`);
  const logger = mockServices.logger.mock({ info: at('info'), warn: at('warn'), error: at('error') });
  const context = {
    ...createMockActionContext({ input, task: { id: taskId } }),
    ...rest,
    logger,
    step: { id: stepId, name: stepId },
    output: (name: string, value: unknown) => {
      outputs[name] = value;
    },
    async checkpoint<T extends JsonValue | void>({ key, fn }: { key: string; fn: () => T | Promise<T> }): Promise<T> {
      const kept = checkpoints.get(`${stepId}.${key}`);
      if (kept !== undefined) return kept as T;
      const value = await fn();
      if (value !== undefined) checkpoints.set(`${stepId}.${key}`, JSON.parse(JSON.stringify(value)));
      return value;
    },
  };
  const error = await action.handler(context as never).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { log, outputs, error };
}

/** The inputs of an example, one for each iteration; `each` is filled in as the scaffolder would. */
export function inputsOf(example: string): JsonObject[] {
  const { steps } = parse(example) as { steps: { each?: string[]; input: JsonObject }[] };
  return steps.flatMap(({ each = [''], input }) =>
    each.map(value => JSON.parse(JSON.stringify(input).replaceAll('${{ each.value }}', value)) as JsonObject),
  );
}
