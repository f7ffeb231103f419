// A value that changes on request: what was asked for is shown at once, until the value itself changes or
// the request is refused.
//
//   const [shown, want] = useWanted(person.online);
//   want(!shown, ask()); // ask() tells whether it was taken
import { useEffect, useState } from "preact/hooks";

export function useWanted<T extends string | boolean>(
  value: T,
): [T, (next: T, taken: Promise<boolean>) => void] {
  const [wanted, setWanted] = useState<{ next: T; over: T }>();
  const isOver = wanted !== undefined && wanted.over !== value;
  useEffect(() => {
    if (isOver) setWanted(undefined);
  }, [isOver]);
  const want = async (next: T, taken: Promise<boolean>) => {
    const mine = { next, over: value };
    setWanted(mine);
    if (!(await taken)) setWanted((latest) => (latest === mine ? undefined : latest));
  };
  return [wanted && !isOver ? wanted.next : value, (next, taken) => void want(next, taken)];
}
