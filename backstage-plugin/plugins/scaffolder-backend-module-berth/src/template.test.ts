// The software template of examples/: its form is the field that draws itself from the blueprint, and all that it asks for reaches the
// action.
import { readFileSync } from 'node:fs';
import { Berth } from '@berth/core';
import { parse } from 'yaml';

interface Template {
  spec: {
    parameters: { required?: string[]; properties: Record<string, Record<string, unknown>> }[];
    steps: { action: string; input: Record<string, unknown> }[];
  };
}

describe('the software template for a namespace', () => {
  const { spec } = parse(readFileSync(require.resolve('../../../examples/templates/namespace.yaml'), 'utf8')) as Template;

  it('asks for what a blueprint of the platform offers, and for nothing else', () => {
    const [page] = spec.parameters;
    expect(page!.required).toEqual(['request']);
    expect(Object.keys(page!.properties)).toEqual(['request']);
    const { 'ui:field': field, 'ui:options': options } = page!.properties.request as { 'ui:field': string; 'ui:options': { blueprint: string } };
    expect(field).toBe('BerthRequest');
    expect(new Berth().blueprints).toContain(options.blueprint);
  });

  it('hands the whole value of the field to the action, which ends at once', () => {
    expect(spec.steps).toEqual([
      expect.objectContaining({
        action: 'berth:request',
        input: {
          blueprint: '${{ parameters.request.blueprint }}',
          parameters: '${{ parameters.request.parameters }}',
          timeoutSeconds: 0,
        },
      }),
    ]);
  });
});
