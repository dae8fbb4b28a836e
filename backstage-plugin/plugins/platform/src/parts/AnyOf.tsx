// Groups of which one is enough, such as those that may approve: "A or B".
import { Person } from './Person';

export function AnyOf({ groups }: { groups: readonly string[] }) {
  return groups.map((group, index) => (
    <span key={group}>
      {index > 0 && ' or '}
      <Person of={group} />
    </span>
  ));
}
