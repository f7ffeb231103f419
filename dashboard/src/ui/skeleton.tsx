import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./skeleton.css";

// What is drawn only when waiting takes longer than 200 ms: shorter than that, nothing is calmer.
export function Late({ children }: { children: ComponentChildren }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 200);
    return () => clearTimeout(timer);
  }, []);
  return late ? children : null;
}

export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <div class="skeleton-space" role="status">
      <Late>
        <span class="visually-hidden">Loading</span>
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} class={`skeleton skeleton-${row % 3}`} aria-hidden="true" />
        ))}
      </Late>
    </div>
  );
}
