// A long list of which only what is seen is in the document. Rows may have any height; it is measured.
//
//   <VirtualList items={events} keyOf={(event) => event.position} estimate={36} label="Events">
//     {(event) => <Row event={event} />}
//   </VirtualList>
//
// It fills its parent's height and scrolls inside; `onEnd` is called when the last rows come near.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import "./virtual.css";

interface VirtualListProps<T> {
  items: readonly T[];
  keyOf: (item: T) => string | number;
  estimate: number; // a row's height in pixels, before it is measured
  label: string;
  onEnd?: () => void;
  scroller?: RefObject<HTMLElement>; // the element that scrolls, for whoever steers it
  onScroll?: (scroller: HTMLElement) => void;
  class?: string;
  children: (item: T, index: number) => ComponentChildren;
}

export function VirtualList<T>(props: VirtualListProps<T>) {
  const { items, keyOf, estimate, label, onEnd, onScroll, class: extra, children } = props;
  const own = useRef<HTMLElement>(null);
  const scroller = props.scroller ?? own;
  const [, draw] = useState(0);
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const item = items[index];
      return item === undefined ? index : keyOf(item);
    },
    overscan: 8,
    initialRect: { width: 0, height: 600 },
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => draw((count) => count + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());

  const rows = virtualizer.getVirtualItems();
  const lastSeen = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && lastSeen >= items.length - 5) onEnd?.();
  }, [lastSeen, items.length]);

  return (
    <section
      ref={scroller}
      class={`virtual ${extra ?? ""}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      onScroll={(event) => onScroll?.(event.currentTarget)}
    >
      <ul ref={(element) => setHeight(element, virtualizer.getTotalSize())} class="virtual-rows">
        {rows.map((row) => {
          const item = items[row.index];
          if (item === undefined) return null;
          return (
            <li
              key={row.key}
              data-index={row.index}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              ref={(element) => {
                virtualizer.measureElement(element);
                if (element) element.style.transform = `translateY(${row.start}px)`;
              }}
            >
              {children(item, row.index)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function setHeight(element: HTMLElement | null, pixels: number): void {
  if (element) element.style.height = `${pixels}px`;
}
