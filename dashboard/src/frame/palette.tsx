// "Go to": every page, account and channel by a few letters. Ctrl+K or Cmd+K opens it.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { usePages } from "@/api/pages";
import type { Channel } from "@/api/types";
import { rank } from "@/lib/rank";
import { channelsPath, nameOf } from "@/pages/channels/paths";
import { go, toRoute } from "@/router";
import { accounts, currentAccount } from "@/state/accounts";
import { Icon, type IconName } from "@/ui/icons";
import { navRoutes } from "./nav";
import "./palette.css";

interface Entry {
  key: string;
  text: string;
  about: string;
  icon: IconName;
  href: string;
}

function pageEntries(account: string | undefined): Entry[] {
  return navRoutes(account).map(({ route, icon, href }) => ({
    key: `page ${route.path}`,
    text: route.title,
    about: "Page",
    icon,
    href,
  }));
}

function accountEntries(): Entry[] {
  return (accounts.value ?? []).map((one) => ({
    key: `account ${one.account_id}`,
    text: one.name,
    about: "Account",
    icon: "accounts",
    href: toRoute("/accounts/:account/channels", { account: one.account_id }),
  }));
}

function channelEntries(channels: Channel[]): Entry[] {
  return channels.map((one) => ({
    key: `channel ${one.channel_id}`,
    text: nameOf(one),
    about: one.phone ?? one.code,
    icon: "channels",
    href: toRoute("/accounts/:account/channels/:channel", {
      account: one.account_id,
      channel: one.channel_id,
    }),
  }));
}

const shownAtMost = 12;

export function Palette({ onClose }: { onClose: () => void }) {
  const account = currentAccount.value?.account_id;
  const channels = usePages<Channel>(account ? channelsPath(account) : null, {
    field: "channels",
    keyOf: (one) => one.channel_id,
    limit: 500,
  });
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const entries = [...pageEntries(account), ...channelEntries(channels.items), ...accountEntries()];
  const found = rank(entries, query, ({ text, about }) => `${text} ${about}`).slice(0, shownAtMost);
  const current = found[Math.min(chosen, found.length - 1)];
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  const follow = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    go(entry.href);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setChosen((chosen + step + found.length) % Math.max(found.length, 1));
    else if (event.key === "Enter") follow(current);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Go to"
      onClose={onClose}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="palette-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-label="Page, channel or account"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? `${id}-${found.indexOf(current)}` : undefined}
          aria-autocomplete="list"
          placeholder="Page, channel or account"
          autocomplete="off"
          spellcheck={false}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Where to" tabIndex={-1} class="palette-list">
        {found.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the field's, which keeps the focus
          <div
            key={entry.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry === current}
            class="palette-entry"
            onClick={() => follow(entry)}
            onPointerMove={() => setChosen(index)}
          >
            <Icon name={entry.icon} />
            <span class="truncate">{entry.text}</span>
            <span class="muted small">{entry.about}</span>
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="palette-none muted">Nothing fits.</p>}
    </dialog>
  );
}
