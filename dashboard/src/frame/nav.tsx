import { loadPage, place, to, toRoute } from "@/router";
import { type Route, routes, type Section } from "@/routes";
import { currentAccount } from "@/state/accounts";
import { node } from "@/state/node";
import { Icon } from "@/ui/icons";

const sections: { section: Section; title: string }[] = [
  { section: "gateway", title: "Gateway" },
  { section: "account", title: "Account" },
];

export function Nav() {
  const account = currentAccount.value?.account_id;
  return (
    <nav aria-label="Pages" class="nav">
      {sections.map(({ section, title }) => (
        <div key={section} class="nav-section">
          <h2 class="nav-title">{title}</h2>
          <ul>
            {routes
              .filter((route) => route.nav?.section === section && isThere(route))
              .map((route) => (
                <li key={route.path}>
                  <NavLink route={route} account={account} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function isThere(route: Route): boolean {
  return route.nav?.when !== "simulated" || node.value?.simulated_network !== false;
}

function NavLink({ route, account }: { route: Route; account: string | undefined }) {
  if (!route.nav) return null;
  if (route.nav.section === "account" && !account) return null;
  const href = toRoute(route.path, account ? { account } : {});
  const path = to(place.value.path);
  const isCurrent = path === href || (route.path !== "/" && path.startsWith(`${href}/`));
  return (
    <a
      href={href}
      class="nav-link"
      aria-current={isCurrent ? "page" : undefined}
      onPointerEnter={() => void loadPage(route).catch(() => undefined)}
    >
      <Icon name={route.nav.icon} />
      {route.title}
    </a>
  );
}
