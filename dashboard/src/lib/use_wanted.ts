// A value that changes on request: what was asked for is shown at once, and stands until the value is so or
// the request is refused. News that is older than the request does not undo it meanwhile.
//
//   const [shown, want] = useWanted(person.online);
//   want(!shown, ask()); // ask() tells whether it was taken
import { useEffect, useState } from "preact/hooks";

const newsWithinMs = 5000; // after a request was taken; then what is told counts

export function useWanted<T extends string | boolean>(
  value: T,
): [T, (next: T, taken: Promise<boolean>) => void] {
  const [wanted, setWanted] = useState<{ next: T; taken: boolean }>();
  // Before it is taken the value may be so by chance: news of an earlier request can come after that.
  const done = wanted?.taken === true && wanted.next === value;
  useEffect(() => {
    if (done) setWanted(undefined);
    if (done || !wanted?.taken) return undefined;
    const patience = setTimeout(() => setWanted(undefined), newsWithinMs);
    return () => clearTimeout(patience);
  }, [wanted, done]);
  const want = async (next: T, taken: Promise<boolean>) => {
    const mine = { next, taken: false };
    setWanted(mine);
    const after = (await taken) ? { next, taken: true } : undefined;
    setWanted((latest) => (latest === mine ? after : latest));
  };
  return [wanted && !done ? wanted.next : value, (next, taken) => void want(next, taken)];
}
