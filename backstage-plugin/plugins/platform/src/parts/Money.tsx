// Money of the API is an integer in minor units; people read it in the currency's own way.
const formats = new Map<string, Intl.NumberFormat>();

/** Such as `$260.00`. */
export function formatMoney(minor: number, currency: string): string {
  let format = formats.get(currency);
  if (!format) {
    format = new Intl.NumberFormat('en', { style: 'currency', currency });
    formats.set(currency, format);
  }
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

export function Money({ minor, currency, monthly }: { minor: number; currency: string; monthly?: boolean }) {
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
      {formatMoney(minor, currency)}
      {monthly && ' a month'}
    </span>
  );
}
