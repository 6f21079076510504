/** A grey bar where something will stand. Still: it does not shimmer. */
export function Skeleton({ className }: { className: string }) {
  return <span aria-hidden="true" className={`block rounded-4 bg-well ${className}`} />;
}
