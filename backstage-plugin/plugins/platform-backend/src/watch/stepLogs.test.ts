/** Which logs are kept, and how much of them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LogLine, WorkflowEngine } from '../argo';
import { workflowSchema } from '../argo/workflow';
import type { StepLog } from '../database/LogStore';
import { MAX_LOG_BYTES, StepLogs } from './stepLogs';

/** The CLI reads the same lines in the same way. */
const complaints: { note: string; printed: string; complaint: string }[] = JSON.parse(
  readFileSync(resolve(__dirname, '../../../../../tests/kubectl/complaints.json'), 'utf8'),
);
const NAME = 'berth-namespace-77767aa5916f674b';
const POD = `${NAME}-berth-1`;

/** A Workflow whose only step `quotas` has ended so, and what it printed. */
async function keep(phase: string, lines: (string | LogLine)[]) {
  const node = { id: `${NAME}-1`, name: NAME, type: 'Pod', phase, templateName: 'berth' };
  const container = { id: `${NAME}-2`, name: `${NAME}.quotas`, displayName: 'quotas', type: 'Container', phase };
  const workflow = workflowSchema.parse({
    metadata: { name: NAME, uid: 'u', resourceVersion: '1' },
    spec: { entrypoint: 'berth', templates: [{ name: 'berth', containerSet: { containers: [{ name: 'quotas' }] } }] },
    status: { phase, nodes: { [node.id]: node, [container.id]: container } },
  });
  const engine: Pick<WorkflowEngine, 'logs'> = {
    async *logs() {
      yield* lines.map(line => (typeof line === 'string' ? { content: line, podName: POD } : line));
    },
  };
  const kept: StepLog[] = [];
  const sink = { put: async (logs: readonly StepLog[]) => void kept.push(...logs) };
  const owner = { requestId: 'checkout', attempt: 2 };
  const logs = new StepLogs(engine, sink);
  const { signal } = new AbortController();
  const reasons = await logs.keep(owner, workflow, signal);
  return { kept, reasons, again: () => logs.keep(owner, workflow, signal), forget: () => logs.forget(workflow) };
}

describe('keepLogs', () => {
  it('keeps what a step printed, without credentials', async () => {
    const { kept, reasons } = await keep('Succeeded', ['quota applied', 'token=abcdef']);
    expect(kept).toEqual([
      {
        requestId: 'checkout',
        attempt: 2,
        stepId: 'quotas',
        content: 'quota applied\ntoken=[redacted]\n',
        truncated: false,
        storedAt: expect.any(String),
      },
    ]);
    expect(reasons.size).toBe(0);
  });

  it('says what a step that failed printed last', async () => {
    const { reasons } = await keep('Failed', ['trying', 'error: exceeded quota', '']);
    expect([...reasons]).toEqual([['quotas', 'error: exceeded quota']]);
  });

  it.each(complaints)('says why a step failed: $note', async ({ printed, complaint }) => {
    const { reasons } = await keep('Failed', printed.split('\n'));
    expect(reasons.get('quotas')).toBe(complaint.slice(0, 300));
  });

  it('reads each log once, until the Workflow is forgotten', async () => {
    const { kept, again, forget } = await keep('Failed', ['error: exceeded quota']);
    expect([...(await again())]).toEqual([['quotas', 'error: exceeded quota']]);
    expect(kept).toHaveLength(1);
    forget();
    await again();
    expect(kept).toHaveLength(2);
  });

  it('keeps no log of a step that still runs', async () => {
    expect((await keep('Running', ['working'])).kept).toEqual([]);
  });

  it('keeps nothing of other pods, and no empty logs', async () => {
    const { kept } = await keep('Succeeded', [{ content: 'deleted', podName: `${NAME}-undo-9` }]);
    expect(kept).toEqual([]);
  });

  it('keeps the last 64 KiB, from the beginning of a line on', async () => {
    const lines = Array.from({ length: 20_000 }, (_, number) => `line ${number} is é`);
    const { kept } = await keep('Succeeded', lines);
    const [{ content, truncated }] = kept;
    expect(truncated).toBe(true);
    expect(Buffer.byteLength(content)).toBeGreaterThan(MAX_LOG_BYTES - 20);
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(MAX_LOG_BYTES);
    expect(content).toMatch(/^line \d+ is é\n/);
    expect(content.endsWith('line 19999 is é\n')).toBe(true);
  });

  it('cuts a line that never ends between two characters', async () => {
    const { kept } = await keep('Succeeded', ['é'.repeat(MAX_LOG_BYTES)]);
    expect(kept[0].content).toMatch(/^é+\n$/);
    expect(Buffer.byteLength(kept[0].content)).toBeLessThanOrEqual(MAX_LOG_BYTES);
  });
});
