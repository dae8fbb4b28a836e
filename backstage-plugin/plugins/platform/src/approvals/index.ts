export { ApprovalPanel } from './ApprovalPanel';
export { PlanView } from './PlanView';
