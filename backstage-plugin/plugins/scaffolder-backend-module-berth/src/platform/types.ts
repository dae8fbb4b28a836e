// Short names for what the API answers and platform-common has no name for.
import type { components } from '@berth/plugin-platform-common';

type Schemas = components['schemas'];

export type Approval = Schemas['Approval'];
export type Cost = Schemas['Cost'];
export type Decision = Schemas['Decision'];
export type Plan = Schemas['Plan'];
export type Violation = Schemas['Violation'];
