// Keys that this page was given just now, for lines to copy. They are in memory alone and go with the page.
import { signal } from "@preact/signals";

const given = signal<ReadonlyMap<string, string>>(new Map());

// `owner`: the channel or account that it is of.
export function rememberKey(dialect: string, owner: string, key: string): void {
  given.value = new Map(given.value).set(`${dialect} ${owner}`, key);
}

export function givenKey(dialect: string, owner: string): string | undefined {
  return given.value.get(`${dialect} ${owner}`);
}
