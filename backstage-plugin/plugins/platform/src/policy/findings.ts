// What `policy check` finds in the documents. The analysis is in the module that also reads YAML: a chunk of its own, fetched by this page alone.
import type { Findings } from '@berth/core/yaml';
import type { Documents } from '../api';

export async function findingsOf({ platform, blueprints }: Documents): Promise<Findings> {
  const { Berth } = await import(/* webpackChunkName: "berth-policy-check" */ '@berth/core/yaml');
  const berth = new Berth({ platform, blueprints });
  try {
    return berth.checkPolicy();
  } finally {
    berth.dispose();
  }
}
