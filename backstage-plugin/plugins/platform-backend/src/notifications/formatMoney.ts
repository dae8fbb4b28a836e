/** Writes money from minor units, without a float on the way. */

/** `decimals` as in the platform document: 2 makes `1234.50 USD` of 123450. */
export function formatMoney(minorUnits: number, currency: string, decimals: number): string {
  const digits = String(Math.abs(minorUnits)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const part = decimals > 0 ? `.${digits.slice(-decimals)}` : '';
  return `${minorUnits < 0 ? '-' : ''}${whole}${part} ${currency}`;
}
