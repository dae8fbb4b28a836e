// Totals by state, how long it takes, and what each team costs. For those who see all; others are told who does.
import { useApi } from '@backstage/frontend-plugin-api';
import { asProblem, platformApiRef } from '../api';
import { useResource } from '../live';
import { formatMoney, LoadingState, Meter, ProblemNote, Section } from '../parts';
import { STATUS_CHOICES } from '../requests/words';
import styles from './policy.module.css';

export function FiguresSections() {
  const api = useApi(platformApiRef);
  const summary = useResource('summary', () => api.summary());
  const { value } = summary;
  if (!value) {
    if (summary.isLoading) {
      return <LoadingState label="Figures are loading" rows={1} height={120} />;
    }
    return asProblem(summary.error).kind === 'denied' ? null : <ProblemNote error={summary.error} onRetry={summary.refresh} />;
  }
  const { leadTime, requests, teams, currency } = value;
  const count = (status: string) => requests.find(one => one.status === status)?.count ?? 0;
  return (
    <div className={styles.figures}>
      <Section title="Requests">
        <dl className={styles.totals}>
          {STATUS_CHOICES.map(({ value: status, label }) => (
            <div key={status}>
              <dt>{label}</dt>
              <dd>{count(status).toLocaleString('en')}</dd>
            </div>
          ))}
        </dl>
        <p className={styles.quiet}>
          {leadTime.median === undefined || leadTime.p90 === undefined
            ? `Nothing was completed in the last ${leadTime.days} days.`
            : `From asking to ready: ${secondsWords(leadTime.median)} for half of them, ${secondsWords(leadTime.p90)} or less for nine of ten (last ${leadTime.days} days).`}
        </p>
      </Section>
      <Section title="Cost by team">
        {teams.length === 0 && <p className={styles.quiet}>No team has anything yet.</p>}
        {teams.map(({ team, namespaces, monthly, budget }) => (
          <Meter key={team} label={`${team}, ${namespaces} ${namespaces === 1 ? 'namespace' : 'namespaces'}`} value={monthly} max={budget}>
            {formatMoney(monthly, currency)} of {formatMoney(budget, currency)} a month
          </Meter>
        ))}
      </Section>
    </div>
  );
}

function secondsWords(seconds: number): string {
  if (seconds < 120) {
    return `${seconds} s`;
  }
  if (seconds < 7_200) {
    return `${Math.round(seconds / 60)} min`;
  }
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}
