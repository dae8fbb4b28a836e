/** Argo Server, as far as Berth needs it. */
export { ArgoClient } from './ArgoClient';
export { ArgoEngines } from './ArgoEngines';
export { ArgoError, type ArgoErrorKind } from './ArgoError';
export { checkWorkflowSettings, type WorkflowSettings } from './checkWorkflowSettings';
export { readArgoConfig, type ArgoConfig, type ArgoInstance, type WorkflowTarget } from './readArgoConfig';
export type { Workflow, WorkflowEvent, WorkflowNode } from './workflow';
export type { LogLine, StopOutcome, SubmitOutcome, WorkflowEngine, WorkflowList } from './WorkflowEngine';
