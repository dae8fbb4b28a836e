/** Whether Argo, the database and the outbox are in order. */
export { ArgoHealth, type ArgoState } from './ArgoHealth';
export { healthDetails, type HealthDeps, type HealthDetails, type HealthPart } from './healthDetails';
export { runProbes } from './probe';
