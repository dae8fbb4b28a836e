// Small parts that all pages share.
export { AnyOf } from './AnyOf';
export { Clickable } from './Clickable';
export { CodeBlock } from './CodeBlock';
export { ConfirmDialog, type ConfirmDialogProps } from './ConfirmDialog';
export { Facts, type Fact } from './Facts';
export { Meter } from './Meter';
export { formatMoney, Money } from './Money';
export { Person } from './Person';
export { Screen } from './Screen';
export { Section } from './Section';
export { EmptyState, LoadingState, ProblemNote, ProblemState } from './states';
export { type Tone, ToneBadge } from './ToneBadge';
export { durationBetween, When } from './When';
export { useWidth } from './useWidth';
export { Words } from './Words';
