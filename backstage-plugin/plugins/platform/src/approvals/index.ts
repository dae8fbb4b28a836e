// What an approver sees and does.
export { ApprovalPanel } from './ApprovalPanel';
export { PlanView } from './PlanView';
