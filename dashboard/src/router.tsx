// Addresses and pages. Any <a href> below /ui/ is followed without loading the page anew; `go` does it
// from code. After a step the new page's heading is focused, so that a screen reader reads it.
import { signal } from "@preact/signals";
import type { ComponentChildren, ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { fill, match, type Params, pageKey } from "@/lib/paths";
import { type Route, routes } from "./routes";

const base = "/ui";

interface Place {
  path: string; // without the base: /events
  search: string;
}

function here(): Place {
  const path = location.pathname.startsWith(base) ? location.pathname.slice(base.length) : "/";
  return { path: path || "/", search: location.search };
}

export const place = signal<Place>(here());

export interface PageProps {
  params: Params;
}

// For an href.
export function to(path: string): string {
  return base + path;
}

export function toRoute(pattern: Route["path"], params: Params = {}): string {
  return to(fill(pattern, params));
}

export function go(href: string, how: "push" | "replace" = "push"): void {
  const before = place.value.path;
  history[how === "push" ? "pushState" : "replaceState"](null, "", href);
  place.value = here();
  if (before !== place.value.path) scrollTo(0, 0);
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || !isPlainClick(event)) return;
  const link = (event.target as Element).closest?.("a");
  if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
  if (!link.pathname.startsWith(`${base}/`) || link.pathname.endsWith(".txt")) return;
  if (link.hash && link.pathname === location.pathname) return; // a place on this page
  event.preventDefault();
  if (link.href !== location.href) go(link.href);
}

export function startRouter(): void {
  document.addEventListener("click", followLinks);
  addEventListener("popstate", () => {
    place.value = here();
  });
}

export function currentRoute(): { route: Route; params: Params } | undefined {
  for (const route of routes) {
    const params = match(route.path, place.value.path);
    if (params) return { route, params };
  }
  return undefined;
}

// A part of the address behind the ?: filters and tabs, so that a view can be shared and gone back to.
export function useSearch(name: string): [string, (value: string) => void] {
  const value = new URLSearchParams(place.value.search).get(name) ?? "";
  const set = (text: string) => {
    const search = new URLSearchParams(place.value.search);
    if (text) search.set(name, text);
    else search.delete(name);
    const rest = search.toString();
    go(to(place.value.path) + (rest ? `?${rest}` : ""), "replace");
  };
  return [value, set];
}

type Loaded = ComponentType<PageProps>;
const loadedPages = new Map<string, Loaded>();

// Also called when a link is pointed at, so that the click finds the page there.
export async function loadPage(route: Route): Promise<Loaded> {
  const known = loadedPages.get(route.path);
  if (known) return known;
  const page = (await route.load()).default;
  loadedPages.set(route.path, page);
  return page;
}

interface OutletProps {
  waiting: ComponentChildren;
  failed: (error: unknown, again: () => void) => ComponentChildren;
  unknown: ComponentChildren;
}

export function Outlet({ waiting, failed, unknown }: OutletProps): JSX.Element {
  const current = currentRoute();
  const [, drawAgain] = useState(0);
  const [failure, setFailure] = useState<{ path: string; error: unknown }>();
  const route = current?.route;
  const Page = route && loadedPages.get(route.path);

  useEffect(() => {
    if (!route) return;
    let gone = false;
    loadPage(route).then(
      () => !gone && drawAgain((count) => count + 1),
      (error) => !gone && setFailure({ path: route.path, error }),
    );
    return () => {
      gone = true;
    };
  }, [route, failure === undefined]);

  if (!current || !route) return <>{unknown}</>;
  if (Page) return <Page key={pageKey(route.path, current.params)} params={current.params} />;
  if (failure?.path === route.path) return <>{failed(failure.error, () => setFailure(undefined))}</>;
  return <>{waiting}</>;
}
