// Berth's mark.

export function Logo({ size }: { size: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden>
      <rect width="32" height="32" rx="7" fill="#0c2d48" />
      <path d="M7 9v8a9 9 0 0 0 18 0V9" fill="none" stroke="#fff" strokeWidth="3" strokeLinecap="round" />
      <path d="M16 5c2.8 2.3 4 4.8 4 7.8v3.4a4 4 0 0 1-8 0v-3.4c0-3 1.2-5.5 4-7.8z" fill="#5eead4" />
    </svg>
  );
}
