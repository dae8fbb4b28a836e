// The one error of this package: what can't be answered, why, where and what to do. A request that breaks a rule is no error,
// but a Decision with violations.
import type { Decision } from './types/decision.js';

/** Where something stands. */
export interface Location {
  /** The name of the document, or of the text that the request came as. */
  source?: string;
  /** JSON pointer to the value. */
  pointer?: string;
  /** The line, from 1; known of what came as text. */
  line?: number;
  /** The column, from 1, in Unicode characters. */
  column?: number;
}

/** One thing that is wrong with a document. */
export interface DocumentProblem {
  /** What is wrong, for people. */
  message: string;
  /** What to do, for people. */
  hint?: string;
  /** Where. */
  location: Location;
}

/** What a {@link BerthError} says besides its message. */
export interface BerthErrorDetails {
  code: string;
  message: string;
  hint?: string;
  location?: Location;
  errors?: DocumentProblem[];
  decision?: Decision;
}

/**
 * Why there is no answer.
 *
 * The codes: `invalid-document` (see `errors`), `invalid-request` (it can't be planned or rendered; see `decision`),
 * `invalid-context`, `invalid-argument`, `not-json` (a value that JSON can't hold), `too-large`, `other-namespace`,
 * `unknown-schema`, `disposed`, `crashed`; and of texts and values that can't be read: `syntax`, `duplicate-key`,
 * `not-whole`, `number-too-large`, `too-long`, `too-deep`, `too-many-values`, `no-document` and more of YAML.
 */
export class BerthError extends Error {
  override readonly name = 'BerthError';
  /** What kind, for programs. */
  readonly code: string;
  /** What to do, for people. */
  declare readonly hint?: string;
  /** Where; of several errors, the first. */
  declare readonly location?: Location;
  /** Everything that is wrong with the documents. */
  declare readonly errors?: DocumentProblem[];
  /** What `decide` says of the request. */
  declare readonly decision?: Decision;

  constructor(details: BerthErrorDetails, options?: { cause?: unknown }) {
    super(details.message, options);
    const { code, hint, location, errors, decision } = details;
    this.code = code;
    // Only what there is, so that an error prints short.
    if (hint !== undefined) this.hint = hint;
    if (location !== undefined) this.location = location;
    if (errors !== undefined) this.errors = errors;
    if (decision !== undefined) this.decision = decision;
  }
}
