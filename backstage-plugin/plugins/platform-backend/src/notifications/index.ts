/** Who is told what about a request. */
export { formatMoney } from './formatMoney';
export { createNotifyHandler, type NotifyDeps } from './notifyHandler';
