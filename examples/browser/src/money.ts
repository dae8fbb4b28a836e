// Amounts for people. They come as whole numbers of the minor unit, and are never calculated here.

/** Such as `125.00 USD`. */
export function amount(minor: number, { currency, decimals }: { currency: string; decimals: number }): string {
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  const part = decimals > 0 ? `.${digits.slice(-decimals)}` : '';
  return `${minor < 0 ? '−' : ''}${whole}${part} ${currency}`;
}
