// Amounts as text: small, negative, without a minor unit, beyond what a float holds.
import { formatMoney } from './money';

describe('formatMoney', () => {
  const dollars = { currency: 'USD', decimals: 2 };

  it.each([
    [26000, '260.00 USD'],
    [5, '0.05 USD'],
    [0, '0.00 USD'],
    [-4000, '-40.00 USD'],
    [9007199254740991, '90071992547409.91 USD'],
  ])('writes %d cents as %s', (minor, text) => {
    expect(formatMoney(minor, dollars)).toBe(text);
  });

  it('knows currencies without a minor unit', () => {
    expect(formatMoney(1200, { currency: 'JPY', decimals: 0 })).toBe('1200 JPY');
  });
});
