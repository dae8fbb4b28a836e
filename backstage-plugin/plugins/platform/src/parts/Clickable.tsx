// A link that looks like the text around it, for rows that can be opened as a whole.
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import styles from './Clickable.module.css';

/** The link reaches over its nearest positioned parent, which must be the row. */
export function Clickable({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={styles.clickable}>
      {children}
    </Link>
  );
}
