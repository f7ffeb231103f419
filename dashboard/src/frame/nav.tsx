import { loadPage, place, to, toRoute } from "@/router";
import { type NavIcon, type Route, routes, type Section } from "@/routes";
import { currentAccount } from "@/state/accounts";
import { node } from "@/state/node";
import { Icon } from "@/ui/icons";

const sections: { section: Section; title: string }[] = [
  { section: "gateway", title: "Gateway" },
  { section: "account", title: "Account" },
];

export interface NavEntry {
  route: Route;
  section: Section;
  icon: NavIcon;
  href: string;
}

// The pages that can be gone to now, in the order of the navigation.
export function navRoutes(account: string | undefined): NavEntry[] {
  return routes.flatMap((route) => {
    const { nav } = route;
    if (!nav || (nav.section === "account" && !account)) return [];
    if (nav.when === "simulated" && node.value?.simulated_network === false) return [];
    return [
      { route, section: nav.section, icon: nav.icon, href: toRoute(route.path, account ? { account } : {}) },
    ];
  });
}

export function Nav() {
  const entries = navRoutes(currentAccount.value?.account_id);
  const current = currentOf(entries);
  return (
    <nav aria-label="Pages" class="nav">
      {sections.map(({ section, title }) => (
        <div key={section} class="nav-section">
          <h2 class="nav-title">{title}</h2>
          <ul>
            {entries
              .filter((entry) => entry.section === section)
              .map((entry) => (
                <li key={entry.route.path}>
                  <NavLink entry={entry} current={entry === current} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

// Of the entries at or above the page that is shown, the nearest: below /accounts there are others.
function currentOf(entries: readonly NavEntry[]): NavEntry | undefined {
  const path = to(place.value.path);
  return entries
    .filter(({ route, href }) => path === href || (route.path !== "/" && path.startsWith(`${href}/`)))
    .reduce<NavEntry | undefined>((a, b) => (a && a.href.length >= b.href.length ? a : b), undefined);
}

function NavLink({ entry: { route, icon, href }, current }: { entry: NavEntry; current: boolean }) {
  return (
    <a
      href={href}
      class="nav-link"
      aria-current={current ? "page" : undefined}
      onPointerEnter={() => void loadPage(route).catch(() => undefined)}
    >
      <Icon name={icon} />
      {route.title}
    </a>
  );
}
