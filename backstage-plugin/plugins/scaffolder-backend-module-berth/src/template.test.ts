// The software template of examples/ offers what the platform's documents offer: no more, no less, and under the same names.
import { readFileSync } from 'node:fs';
import { Berth } from '@berth/core';
import { parse } from 'yaml';

interface Field {
  type?: string;
  title?: string;
  description?: string;
  items?: Field;
  enum?: string[];
  enumNames?: string[];
  anyOf?: { const: string; title: string; description?: string }[];
  [keyword: string]: unknown;
}

interface Template {
  spec: {
    parameters: { required?: string[]; properties: Record<string, Field> }[];
    steps: { input: Record<string, string> }[];
  };
}

/** A field of the core's schema, as the form writes it. */
function asFormField({ anyOf, items, ...field }: Field): Field {
  // What the form can't say (reserved names, the pattern of a date) the backend says.
  // What a form can't say (reserved names, what a date looks like) the backend says.
  const { allOf: _, examples: __, ...plain } = field;
  if (items) return { ...plain, items: asFormField(items) };
  if (!anyOf) return plain;
  const names = anyOf.map(({ title, description }) => (description ? `${title} (${description})` : title));
  return { ...plain, enum: anyOf.map(option => option.const), enumNames: names };
}

/** A field of the form without what only the form knows. */
function withoutUi(field: Field): Field {
  return Object.fromEntries(Object.entries(field).filter(([keyword]) => !keyword.startsWith('ui:')));
}

describe('the software template for a namespace', () => {
  const { spec } = parse(readFileSync(require.resolve('../../../examples/templates/namespace.yaml'), 'utf8')) as Template;
  const form = Object.assign({}, ...spec.parameters.map(({ properties }) => properties)) as Record<string, Field>;
  const request = new Berth().requestSchema('namespace') as unknown as { required: string[]; properties: Record<string, Field> };

  it('has the fields of the request, and asks for the same of them', () => {
    expect(Object.keys(form).sort()).toEqual(Object.keys(request.properties).sort());
    expect(spec.parameters.flatMap(({ required = [] }) => required).sort()).toEqual([...request.required].sort());
  });

  // The team is picked as an entity; its name is taken out of the reference in the step.
  const same = Object.keys(request.properties).filter(name => name !== 'team');
  it.each(same)('%s: options, defaults, lengths and patterns are the same', name => {
    expect(withoutUi(form[name]!)).toEqual(asFormField(request.properties[name]!));
  });

  it('hands every field to the action', () => {
    expect(Object.keys(spec.steps[0]!.input).sort()).toEqual(Object.keys(request.properties).sort());
  });
});
