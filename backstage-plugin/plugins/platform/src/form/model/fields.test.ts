// A blueprint that nobody has seen before becomes a form.
import { type Blueprint, fieldsOf } from './fields';
import { filled, seed } from './values';

const database: Blueprint = {
  metadata: { name: 'database', title: 'Database' },
  spec: {
    scope: { name: 'databaseName', team: 'team', environment: 'environment' },
    parameters: {
      databaseName: { type: 'string', title: 'Name', maxLength: 40, required: true },
      team: { type: 'string', required: true },
      environment: { type: 'string', optionsFrom: 'platform.environments', required: true },
      engine: { type: 'string', enum: ['postgres', 'mysql'], default: 'postgres' },
      extensions: { type: 'array', optionsFrom: 'extensions' },
      owners: { type: 'array' },
      gigabytes: { type: 'integer', minimum: 1, maximum: 500, default: 10 },
      isReplicated: { type: 'boolean', default: false },
      purpose: { type: 'string', maxLength: 500 },
      goneBy: { type: 'string', format: 'date' },
      expiresAt: { type: 'string', format: 'date-time' },
    },
  },
};

describe('a form of any blueprint', () => {
  it('draws each type of parameter in its own way', () => {
    expect(fieldsOf(database).map(({ name, kind }) => [name, kind])).toEqual([
      ['databaseName', 'text'],
      ['team', 'team'],
      ['environment', 'choice'],
      ['engine', 'choice'],
      ['extensions', 'choices'],
      ['owners', 'lines'],
      ['gigabytes', 'number'],
      ['isReplicated', 'switch'],
      ['purpose', 'long-text'],
      ['goneBy', 'date'],
      ['expiresAt', 'moment'],
    ]);
  });

  it('begins with what was given, then defaults, then the only team that there is', () => {
    const begun = seed(fieldsOf(database), { engine: 'mysql', colour: 'red' }, [{ name: 'payments' }]);
    expect(begun).toEqual({ engine: 'mysql', gigabytes: 10, isReplicated: false, team: 'payments' });
  });

  it('chooses no team where there are several', () => {
    expect(seed(fieldsOf(database), {}, [{ name: 'payments' }, { name: 'checkout' }])).not.toHaveProperty('team');
  });

  it('sends nothing for a field that is empty, and keeps what is false or zero', () => {
    expect(filled({ purpose: '', goneBy: undefined, isReplicated: false, gigabytes: 0, owners: [] })).toEqual({
      isReplicated: false,
      gigabytes: 0,
      owners: [],
    });
  });
});
