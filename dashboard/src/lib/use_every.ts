import { useEffect, useRef } from "preact/hooks";

// Does it again and again while the page is looked at, and at once when it is looked at again.
export function useEvery(ms: number, what: () => void): void {
  const latest = useRef(what);
  latest.current = what;
  useEffect(() => {
    const run = () => {
      if (!document.hidden) latest.current();
    };
    const timer = setInterval(run, ms);
    document.addEventListener("visibilitychange", run);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", run);
    };
  }, [ms]);
}
