/** What recorded Workflows, of Argo 4.1.2 and of the sandbox, say about their requests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Workflow, workflowSchema } from '../argo/workflow';
import { containersOf, hasEnded, observeWorkflow } from './workflowObservation';

/** A Workflow as it was recorded; those that begin with `argo-` are of Argo 4.1.2, the others of `berth sandbox`. */
const recorded = (name: string): Workflow =>
  workflowSchema.parse(JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8')));

/** The status before Argo has looked at a Workflow. */
const UNSEEN = workflowSchema.shape.status.parse({});

const STEPS = [
  ...['guard', 'namespace', 'quotas', 'rbac', 'network', 'monitoring'],
  ...['verify', 'verify-namespace', 'verify-quotas', 'main'],
];

/** Each step's id and phase, one a line, for people who read this test. */
const phases = (name: string) =>
  observeWorkflow(recorded(name)).steps.map(step => `${step.id} ${step.phase}`);

describe('observeWorkflow', () => {
  it.each([
    ['running', 'Running', undefined, 'none'],
    ['succeeded', 'Succeeded', undefined, 'none'],
    ['lost-pod', 'Succeeded', undefined, 'none'],
    ['rolled-back', 'Failed', 'step `quotas` failed: Error (exit code 1)', 'done'],
    ['stopped', 'Failed', "Stopped with strategy 'Stop'", 'done'],
    ['terminated', 'Failed', "Stopped with strategy 'Terminate'", 'failed'],
    ['argo-succeeded', 'Succeeded', undefined, 'none'],
    ['argo-refused', 'Failed', 'step `guard` failed: Error (exit code 1)', 'done'],
    ['argo-stopped-too-late', 'Succeeded', undefined, 'none'],
  ])('sees how %s goes', (name, phase, message, rollback) => {
    const workflow = recorded(name);
    const observation = observeWorkflow(workflow);
    expect([observation.phase, observation.message, observation.rollback]).toEqual([phase, message, rollback]);
    expect(observation.steps.map(step => step.id)).toEqual(STEPS);
    expect(observation.uid).toBe(workflow.metadata.uid);
    expect(hasEnded(workflow)).toBe(name !== 'running');
  });

  it('takes containers that only wait for steps that have not begun', () => {
    expect(phases('running')).toEqual([
      'guard Succeeded',
      'namespace Succeeded',
      'quotas Running',
      'rbac Running',
      'network Running',
      'monitoring Running',
      'verify Pending',
      'verify-namespace Pending',
      'verify-quotas Pending',
      'main Pending',
    ]);
  });

  it('tells the step that failed from those that never began', () => {
    expect(phases('rolled-back')).toEqual([
      'guard Succeeded',
      'namespace Succeeded',
      'quotas Failed',
      'rbac Succeeded',
      'network Succeeded',
      'monitoring Succeeded',
      'verify Omitted',
      'verify-namespace Omitted',
      'verify-quotas Omitted',
      'main Omitted',
    ]);
    const { steps } = observeWorkflow(recorded('rolled-back'));
    expect(steps[2].message).toBe('Error (exit code 1)');
    expect(steps[9].message).toBe('Error (exit code 64): dependency "verify" exited with non-zero code: 1');
  });

  it('takes nothing that only waited for stopped', () => {
    expect(phases('stopped')).toEqual([
      'guard Succeeded',
      'namespace Succeeded',
      'quotas Failed',
      'rbac Failed',
      'network Failed',
      'monitoring Failed',
      'verify Omitted',
      'verify-namespace Omitted',
      'verify-quotas Omitted',
      'main Omitted',
    ]);
  });

  it('takes a namespace that was ready before the stop for what it is', () => {
    // The real Argo stopped it a moment after the last step: Failed, "rolled back", and the namespace stands.
    const workflow = recorded('argo-stopped-too-late');
    expect([workflow.status.phase, workflow.status.message]).toEqual(['Failed', "Stopped with strategy 'Stop'"]);
    expect(observeWorkflow(workflow)).toMatchObject({ phase: 'Succeeded', rollback: 'none' });
  });

  it('takes it for what it is also when what lies elsewhere was still to be released', () => {
    const workflow = recorded('argo-stopped-too-late');
    const { containers } = workflow.spec.templates.find(({ name }) => name === 'berth')!.containerSet!;
    containers.push({ name: 'release-1', dependencies: ['main'] });
    const main = Object.values(workflow.status.nodes).find(node => node.displayName === 'main')!;
    const stopped = { id: 'release-1', displayName: 'release-1', phase: 'Failed', message: 'workflow shutdown with strategy:  Stop' };
    workflow.status.nodes['release-1'] = { ...main, ...stopped, name: main.name.replace(/main$/, 'release-1') };
    expect(observeWorkflow(workflow)).toMatchObject({ phase: 'Succeeded', rollback: 'none' });
  });

  describe('whose last step was killed before it could say that it was done', () => {
    /** The rollback's containers, as kubectl ended. */
    function stopped(containers: Record<string, [phase: string, message?: string]>): Workflow {
      const workflow = recorded('stopped');
      const nodes = Object.values(workflow.status.nodes);
      const main = nodes.find(node => node.name.endsWith('.onExit[0].rollback(0).main'))!;
      for (const [name, [phase, message]] of Object.entries(containers)) {
        const node = { ...main, id: name, name: main.name.replace(/main$/, name), displayName: name, phase, message };
        workflow.status.nodes[name === 'main' ? main.id : name] = node;
      }
      return workflow;
    }

    it('stands when the rollback finds nothing half made, and the namespace all the same', () => {
      const seen = observeWorkflow(stopped({ gone: ['Succeeded'], main: ['Failed', 'Error (exit code 1)'] }));
      expect(seen).toMatchObject({ phase: 'Succeeded', rollback: 'none' });
      expect(seen).not.toHaveProperty('message');
    });

    it.each([
      ['what is half made does not go', { gone: ['Failed', 'Error (exit code 1)'], main: ['Failed', 'Error (exit code 64): dependency'] }],
      ['nobody could look', { gone: ['Succeeded'], main: ['Error', 'pod deleted'] }],
      ['the rollback itself was stopped', { gone: ['Succeeded'], main: ['Failed', 'workflow shutdown with strategy:  Stop'] }],
      ['nothing is left', { gone: ['Succeeded'], main: ['Succeeded'] }],
    ] as const)('does not when %s', (_, containers) => {
      expect(observeWorkflow(stopped(containers as never)).phase).toBe('Failed');
    });
  });

  it('counts the pods that were lost', () => {
    const { steps } = observeWorkflow(recorded('lost-pod'));
    expect(steps.map(step => [step.phase, step.retries])).toEqual(STEPS.map(() => ['Succeeded', 1]));
  });

  it('gives times in one form', () => {
    const { startedAt, finishedAt } = observeWorkflow(recorded('succeeded'));
    expect(startedAt).toMatch(/^2026-11-23T\d\d:\d\d:\d\d\.000Z$/);
    expect(finishedAt).toMatch(/^2026-11-23T\d\d:\d\d:\d\d\.000Z$/);
  });

  it('knows the steps of a Workflow that Argo has not looked at yet', () => {
    const { phase, steps, rollback } = observeWorkflow({ ...recorded('running'), status: UNSEEN });
    expect([phase, rollback]).toEqual([undefined, 'none']);
    expect(steps).toEqual(STEPS.map(id => ({ id, phase: 'Pending', retries: 0 })));
  });

  it('reads the steps of a Workflow by reference from what was stored when it began', () => {
    const workflow = recorded('succeeded');
    const { steps } = observeWorkflow({
      ...workflow,
      spec: { entrypoint: undefined, templates: [] },
      status: { ...workflow.status, storedWorkflowTemplateSpec: workflow.spec },
    });
    expect(steps.map(step => step.id)).toEqual(STEPS);
  });

  it('does not give a rollback up while its pod is tried again', () => {
    const workflow = recorded('rolled-back');
    const lost = Object.values(workflow.status.nodes).find(
      node => node.type === 'Pod' && node.name.includes('.onExit'),
    );
    lost!.phase = 'Error';
    expect(observeWorkflow(workflow).rollback).toBe('failed');
    workflow.status.phase = 'Running';
    expect(observeWorkflow(workflow).rollback).toBe('running');
  });

  it('has nothing to roll back when nothing ran', () => {
    const workflow = recorded('running');
    const failed = { ...UNSEEN, phase: 'Error', message: 'the mutex is wrong' };
    expect(observeWorkflow({ ...workflow, status: failed })).toMatchObject({
      phase: 'Error',
      message: 'the mutex is wrong',
      rollback: 'none',
    });
  });
});

describe('containersOf', () => {
  it('names those that ran, with their pods, and the rollback apart', () => {
    const containers = containersOf(recorded('rolled-back'));
    const failed = containers.filter(container => container.failed).map(container => container.stepId);
    expect(containers.map(container => container.stepId).sort()).toEqual([
      'guard',
      'monitoring',
      'namespace',
      'network',
      'quotas',
      'rbac',
      'rollback.main',
      'rollback.namespace',
    ]);
    expect(failed).toEqual(['quotas']);
    const podsOf = (stepId: string) => [...containers.find(container => container.stepId === stepId)!.podNames];
    expect(podsOf('namespace')).toEqual(['berth-namespace-77767aa5916f674b-berth-611113664']);
    expect(podsOf('rollback.namespace')).toEqual(['berth-namespace-77767aa5916f674b-undo-761730011']);
  });

  it('names all pods that a step ran in', () => {
    const [quotas] = containersOf(recorded('lost-pod')).filter(container => container.stepId === 'quotas');
    expect([...quotas.podNames].sort()).toEqual([
      'berth-namespace-77767aa5916f674b-berth-1349181805',
      'berth-namespace-77767aa5916f674b-berth-611113664',
    ]);
  });
});
