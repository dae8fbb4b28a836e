// Money as people read it. Amounts travel as integers in minor units; floats never come into it.
import type { Cost } from '../platform/types';

/**
 * An amount with its currency, such as `260.00 USD`.
 *
 * @param minor - the amount in minor units (cents)
 * @param currency - which currency, and how many digits its minor unit has
 */
export function formatMoney(minor: number, currency: Pick<Cost, 'currency' | 'decimals'>): string {
  const { decimals } = currency;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(-decimals)}`;
  return `${minor < 0 ? '-' : ''}${whole}${fraction} ${currency.currency}`;
}
