// A conversation: newest at the bottom, of which only what is seen is in the document. Who is at the bottom
// stays there when something new comes; who has scrolled up stays where they read, also when older messages
// are put above.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from "@tanstack/virtual-core";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { lineOf, type Row, rowsOf, type ShownMessage } from "@/lib/shown_message";
import { dayText } from "@/lib/time";
import { Button } from "@/ui/button";
import { Bubble, type BubbleActions } from "./bubble";
import "@/ui/virtual.css";
import "./conversation.css";

interface ConversationProps {
  messages: readonly ShownMessage[]; // oldest first
  actions: BubbleActions;
  onOlder?: (() => void) | undefined; // the first rows come near, and there are older ones
  foot?: (message: ShownMessage) => ComponentChildren;
  empty: ComponentChildren;
  jumpTo?: string | undefined; // a message to be shown, once it is there
}

const estimate = 56;

export function Conversation({ messages, actions, onOlder, foot, empty, jumpTo }: ConversationProps) {
  const scroller = useRef<HTMLElement>(null);
  const [, draw] = useState(0);
  const [flashing, setFlashing] = useState("");
  const rows = useMemo(() => rowsOf(messages), [messages]);
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 8,
    initialRect: { width: 0, height: 600 },
    paddingStart: 12,
    paddingEnd: 12,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: 80,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => draw((count) => count + 1),
  };
  const [virtualizer] = useState(() => new Virtualizer(options));
  virtualizer.setOptions(options);
  useEffect(() => virtualizer._didMount(), [virtualizer]);
  useLayoutEffect(() => virtualizer._willUpdate());

  const isThere = rows.length > 0;
  useLayoutEffect(() => {
    if (isThere) virtualizer.scrollToEnd();
  }, [isThere]);

  // What one writes oneself is seen at once.
  const last = messages.at(-1);
  const lastMine = last?.mine && last.sent === "queued" ? last.id : undefined;
  useLayoutEffect(() => {
    if (lastMine) virtualizer.scrollToEnd();
  }, [lastMine]);

  const news = useNews(messages);
  const shown = virtualizer.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  useEffect(() => {
    if (isThere && first <= 5) onOlder?.();
  }, [first, rows.length, isThere, onOlder === undefined]);

  const jump = (id: string) => {
    const index = rows.findIndex((row) => row.key === id);
    if (index < 0) return;
    virtualizer.scrollToIndex(index, { align: "center" });
    setFlashing(id);
    setTimeout(() => setFlashing(""), 1300);
  };

  const canJump = jumpTo !== undefined && messages.some((message) => message.id === jumpTo);
  useEffect(() => {
    if (canJump && jumpTo) jump(jumpTo);
  }, [jumpTo, canJump]);

  if (!isThere) return <div class="conversation-empty">{empty}</div>;
  const withJump = { ...actions, jump };
  return (
    <div class="conversation">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={scroller} class="virtual" tabIndex={0} aria-label="Messages">
        <ol ref={(element) => setHeight(element, virtualizer.getTotalSize())} class="virtual-rows">
          {shown.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <li
                key={item.key}
                data-index={item.index}
                aria-setsize={rows.length}
                aria-posinset={item.index + 1}
                class={row.key === flashing ? "flashing" : undefined}
                ref={(element) => {
                  virtualizer.measureElement(element);
                  if (element) element.style.transform = `translateY(${item.start}px)`;
                }}
              >
                <RowView row={row} actions={withJump} foot={foot} />
              </li>
            );
          })}
        </ol>
      </section>
      <p class="visually-hidden" role="status">
        {news}
      </p>
      {!virtualizer.isAtEnd(400) && (
        <div class="conversation-down">
          <Button small icon="down" onClick={() => virtualizer.scrollToEnd({ behavior: "smooth" })}>
            To the newest
          </Button>
        </div>
      )}
    </div>
  );
}

// What others wrote since the conversation was opened, for screen readers: the newest of it.
function useNews(messages: readonly ShownMessage[]): string {
  const newest = messages.findLast((message) => !message.mine);
  const first = useRef(newest?.id);
  if (!newest || newest.id === first.current) return "";
  return `${newest.author || "They"} wrote: ${lineOf(newest)}`;
}

function setHeight(element: HTMLElement | null, pixels: number): void {
  if (element) element.style.height = `${pixels}px`;
}

interface RowProps {
  row: Row;
  actions: BubbleActions;
  foot: ConversationProps["foot"];
}

function RowView({ row, actions, foot }: RowProps) {
  if (row.type === "day")
    return (
      <p class="conversation-day">
        <span>{dayText(new Date(row.at), new Date())}</span>
      </p>
    );
  return (
    <Bubble message={row.message} startsRun={row.startsRun} actions={actions} foot={foot?.(row.message)} />
  );
}
