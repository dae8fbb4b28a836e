/** Takes out of logs and messages what must not be kept: credentials, by the forms that they usually have. */

const GONE = '[redacted]';

/** Each form, and what stays of it. */
const FORMS: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, GONE],
  // JSON Web Tokens, such as those of service accounts.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, GONE],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${GONE}`],
  [/\b(\w+:\/\/)[^\s/:@]*:[^\s/@]+@/g, `$1${GONE}@`],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, GONE],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-)[\w-]{10,}/g, GONE],
  [
    /((?:password|passwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*[:=]\s*)(?:"[^"\n]*"|'[^'\n]*'|[^\s"',;}]+)/gi,
    `$1${GONE}`,
  ],
];

/** The text without credentials. */
export function redact(text: string): string {
  return FORMS.reduce((left, [form, stays]) => left.replace(form, stays), text);
}
