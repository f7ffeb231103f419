// How pages are built: a head, cards with a title, names with values, tabs.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import "./layout.css";

interface PageHeadProps {
  title: string;
  about?: ComponentChildren; // one line on what is here
  crumb?: { text: string; href: string }; // the page above
  actions?: ComponentChildren;
}

let firstPage = true;

// The page's heading gets the focus when one comes here from another page, so that a screen reader
// reads where one is; not at the first page, where the browser has read the title.
export function PageHead({ title, about, crumb, actions }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  useEffect(() => {
    document.title = `${title} · Parley`;
  }, [title]);
  return (
    <header class="page-head">
      <div class="page-head-text">
        {crumb && (
          <nav aria-label="Above">
            <a href={crumb.href} class="crumb">
              {crumb.text}
            </a>
          </nav>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {about && <div class="muted">{about}</div>}
      </div>
      {actions && <div class="page-actions">{actions}</div>}
    </header>
  );
}

interface CardProps {
  title?: string;
  about?: ComponentChildren;
  actions?: ComponentChildren;
  flush?: boolean; // the content reaches the edges: tables and lists
  children: ComponentChildren;
}

export function Card({ title, about, actions, flush, children }: CardProps) {
  return (
    <section class={`card ${flush ? "card-flush" : ""}`}>
      {title && (
        <header class="card-head">
          <div>
            <h2>{title}</h2>
            {about && <p class="muted small">{about}</p>}
          </div>
          {actions && <div class="page-actions">{actions}</div>}
        </header>
      )}
      <div class="card-body">{children}</div>
    </section>
  );
}

// Names and values.
export function Facts({ facts }: { facts: readonly [name: string, value: ComponentChildren][] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

interface TabsProps {
  label: string;
  tabs: readonly { value: string; text: string }[]; // the first is shown when nothing is chosen
  value: string;
  href: (value: string) => string;
}

// Tabs are links: each has an address of its own.
export function Tabs({ label, tabs, value, href }: TabsProps) {
  const shown = tabs.find((tab) => tab.value === value) ?? tabs[0];
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.value} href={href(tab.value)} aria-current={tab === shown ? "page" : undefined}>
          {tab.text}
        </a>
      ))}
    </nav>
  );
}
