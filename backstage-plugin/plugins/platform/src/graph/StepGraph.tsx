// The steps of a request as they follow each other, with their states, times and retries. A click shows what a step printed.
import { useMemo } from 'react';
import {
  RiCheckboxCircleFill,
  RiCircleLine,
  RiCloseCircleFill,
  RiIndeterminateCircleLine,
  RiLoader4Line,
} from '@remixicon/react';
import { durationBetween, useWidth } from '../parts';
import type { GraphStep } from './graphOf';
import { layoutOf, STEP_HEIGHT } from './layout';
import styles from './StepGraph.module.css';

type Look = 'done' | 'running' | 'failed' | 'skipped' | 'waiting';

const LOOKS: Record<string, Look> = {
  Succeeded: 'done',
  Running: 'running',
  Failed: 'failed',
  Error: 'failed',
  Skipped: 'skipped',
  Omitted: 'skipped',
};
const SIGNS: Record<Look, typeof RiCircleLine> = {
  done: RiCheckboxCircleFill,
  running: RiLoader4Line,
  failed: RiCloseCircleFill,
  skipped: RiIndeterminateCircleLine,
  waiting: RiCircleLine,
};
const WORDS: Record<Look, string> = { done: 'done', running: 'running', failed: 'failed', skipped: 'not run', waiting: 'not begun' };

export interface StepGraphProps {
  steps: GraphStep[];
  selected?: string;
  onSelect(step: string | undefined): void;
}

export function StepGraph({ steps, selected, onSelect }: StepGraphProps) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const layout = useMemo(() => layoutOf(steps, width ?? 1100), [steps, width]);
  return (
    <div ref={frame} className={styles.frame}>
      <div className={styles.graph} style={{ height: layout.height, width: layout.isNarrow ? '100%' : layout.width }}>
        <svg className={styles.lines} width={layout.width} height={layout.height} aria-hidden="true">
          {layout.lines.map(line => (
            <path key={line} d={line} />
          ))}
        </svg>
        <ol className={styles.steps} aria-label="Steps">
          {layout.steps.map(({ step, x, y, width: stepWidth }) => {
            const look = LOOKS[step.phase] ?? 'waiting';
            const Sign = SIGNS[look];
            const detail = detailOf(step, look);
            return (
              <li key={step.id} style={{ left: x, top: y, width: stepWidth, height: STEP_HEIGHT }}>
                <button
                  type="button"
                  className={styles.step}
                  data-look={look}
                  aria-pressed={selected === step.id}
                  title={step.message}
                  onClick={() => onSelect(selected === step.id ? undefined : step.id)}
                >
                  <Sign size={18} className={styles.sign} aria-hidden="true" />
                  <span className={styles.words}>
                    <span className={styles.title}>{step.title}</span>
                    <span className={styles.detail}>
                      {detail && <span className={styles.hidden}>{WORDS[look]}, </span>}
                      {detail || WORDS[look]}
                    </span>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function detailOf({ startedAt, finishedAt, retries, message }: GraphStep, look: Look): string {
  const time = startedAt && look !== 'waiting' && look !== 'skipped' ? durationBetween(startedAt, finishedAt) : undefined;
  const tries = retries > 0 ? `${retries} ${retries === 1 ? 'retry' : 'retries'}` : undefined;
  return [time, tries, look === 'failed' ? message : undefined].filter(Boolean).join(' · ');
}
