/** A ruler with its needle: the mark of the bench. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="square"
      aria-hidden="true"
    >
      <path d="M3.5 17.5h17M3.5 17.5v-3M7.75 17.5v-2M12 17.5v-3M16.25 17.5v-2M20.5 17.5v-3" />
      <path d="M14.5 14V5.5" stroke="var(--signal)" strokeWidth="2" />
      <path d="M12.25 4h4.5v3.2h-4.5z" fill="var(--signal)" stroke="none" />
    </svg>
  );
}
