import { currentRoute, go, to, toRoute } from "@/router";
import { accounts, currentAccount } from "@/state/accounts";
import { node } from "@/state/node";
import { signOut } from "@/state/session";
import { type Theme, theme, themes } from "@/state/theme";
import { IconButton } from "@/ui/button";
import type { IconName } from "@/ui/icons";
import { Logo } from "@/ui/logo";
import { Menu } from "@/ui/menu";
import { ConnectionDot } from "./connection";
import { GoToButton } from "./go_to";
import { Nav } from "./nav";

export function Sidebar() {
  return (
    <>
      <a href={to("/")} class="brand">
        <Logo />
        <span>Parley</span>
      </a>
      <AccountSwitcher />
      <GoToButton />
      <Nav />
      <div class="sidebar-foot">
        <ConnectionDot />
        <span class="sidebar-tools">
          <ThemeMenu />
          <IconButton icon="signout" label="Sign out" onClick={() => void signOut()} />
        </span>
        {node.value && <p class="muted sidebar-version">Parley {node.value.version}</p>}
      </div>
    </>
  );
}

// On a page of an account one stays on that page, or on the list above it: ids are the account's own.
function switchTo(account: string): void {
  const path = currentRoute()?.route.path ?? "";
  const page = path.startsWith("/accounts/:account/") ? path.split("/").slice(0, 4).join("/") : undefined;
  go(toRoute(page ?? "/accounts/:account/channels", { account }));
}

function AccountSwitcher() {
  const current = currentAccount.value;
  const all = accounts.value ?? [];
  if (!current) return null;
  return (
    <Menu
      class="account-switcher"
      align="left"
      label={`Account: ${current.name}. Change it`}
      text={current.name}
      items={all.slice(0, 200).map((account) => ({
        text: account.name,
        checked: account === current,
        run: () => switchTo(account.account_id),
      }))}
    />
  );
}

const themeNames: Record<Theme, { text: string; icon: IconName }> = {
  system: { text: "As the system", icon: "system" },
  light: { text: "Light", icon: "light" },
  dark: { text: "Dark", icon: "dark" },
};

function ThemeMenu() {
  return (
    <Menu
      class="theme-menu"
      label="Colours"
      icon={themeNames[theme.value].icon}
      items={themes.map((one) => ({
        ...themeNames[one],
        checked: one === theme.value,
        run: () => {
          theme.value = one;
        },
      }))}
    />
  );
}
