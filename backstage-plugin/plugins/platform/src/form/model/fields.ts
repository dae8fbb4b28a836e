// What a form draws for each parameter of a blueprint. A new blueprint needs nothing here; a new type of parameter does.

/** A blueprint document, as far as a form reads it. */
export interface Blueprint {
  metadata: { name: string; title?: string; description?: string };
  spec: {
    scope: { name: string; team: string; environment: string };
    parameters: Record<string, Parameter>;
    tables?: Record<string, Record<string, { title?: string }>>;
  };
}

/** A parameter of a blueprint. */
export interface Parameter {
  type: 'string' | 'integer' | 'boolean' | 'array';
  title?: string;
  description?: string;
  required?: boolean;
  default?: unknown;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  format?: 'date-time' | 'date';
  enum?: string[];
  optionsFrom?: string;
}

export type FieldKind = 'text' | 'long-text' | 'team' | 'choice' | 'choices' | 'lines' | 'number' | 'switch' | 'moment' | 'date';

/** A field of a form. */
export interface Field {
  name: string;
  kind: FieldKind;
  title: string;
  description?: string;
  required: boolean;
  /** Is it the name of the thing, which may be taken? */
  isName: boolean;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

/** A text that may be longer than this gets several lines. */
const LONGEST_LINE = 120;

/** The blueprint of this name, where the documents are known and have it. */
export function blueprintOf(documents: { blueprints: readonly unknown[] } | undefined, name: string): Blueprint | undefined {
  return (documents?.blueprints as Blueprint[] | undefined)?.find(({ metadata }) => metadata.name === name);
}

/** The fields of a blueprint, in its order. */
export function fieldsOf({ spec: { scope, parameters } }: Blueprint): Field[] {
  return Object.entries(parameters).map(([name, parameter]) => {
    const { title, description, required = false, maxLength, minimum, maximum } = parameter;
    return {
      name,
      kind: name === scope.team ? 'team' : kindOf(parameter),
      title: title ?? name,
      description,
      required,
      isName: name === scope.name,
      maxLength,
      minimum,
      maximum,
      default: parameter.default,
    };
  });
}

function kindOf({ type, format, maxLength, enum: options, optionsFrom }: Parameter): FieldKind {
  const hasOptions = options !== undefined || optionsFrom !== undefined;
  switch (type) {
    case 'boolean':
      return 'switch';
    case 'integer':
      return 'number';
    case 'array':
      return hasOptions ? 'choices' : 'lines';
    default:
      break;
  }
  if (hasOptions) {
    return 'choice';
  }
  if (format) {
    return format === 'date' ? 'date' : 'moment';
  }
  return maxLength !== undefined && maxLength <= LONGEST_LINE ? 'text' : 'long-text';
}
