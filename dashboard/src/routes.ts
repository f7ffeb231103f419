// Every page: what the navigation, the titles and the tests go by. A new page is a row here and a
// component that is its file's default export. The first route that fits an address is taken.
import type { ComponentType } from "preact";
import type { PageProps } from "./router";

export type Section = "gateway" | "account";

export interface Route {
  path: string; // below /ui; parameters as in :account
  title: string;
  load: () => Promise<{ default: ComponentType<PageProps> }>;
  // Where it stands in the navigation; pages without are reached from others.
  nav?: { section: Section; icon: NavIcon; when?: "simulated" };
}

export type NavIcon =
  | "overview"
  | "channels"
  | "inbox"
  | "webhooks"
  | "events"
  | "phones"
  | "contacts"
  | "groups"
  | "templates"
  | "keys"
  | "accounts"
  | "settings"
  | "reference";

export const routes: readonly Route[] = [
  {
    path: "/",
    title: "Overview",
    load: () => import("./pages/overview/overview"),
    nav: { section: "gateway", icon: "overview" },
  },
  {
    path: "/events",
    title: "Events",
    load: () => import("./pages/events/events"),
    nav: { section: "gateway", icon: "events" },
  },
  {
    path: "/inbox/:channel?/:chat?",
    title: "Inbox",
    load: () => import("./pages/inbox/inbox"),
    nav: { section: "gateway", icon: "inbox" },
  },
  {
    path: "/phones/:number?",
    title: "Simulated phones",
    load: () => import("./pages/phones/phones"),
    nav: { section: "gateway", icon: "phones", when: "simulated" },
  },
  {
    path: "/accounts",
    title: "Accounts",
    load: () => import("./pages/accounts/list"),
    nav: { section: "gateway", icon: "accounts" },
  },
  {
    path: "/reference",
    title: "API reference",
    load: () => import("./pages/reference/reference"),
    nav: { section: "gateway", icon: "reference" },
  },
  {
    path: "/settings",
    title: "Settings",
    load: () => import("./pages/settings/settings"),
    nav: { section: "gateway", icon: "settings" },
  },
  { path: "/accounts/:account", title: "Account", load: () => import("./pages/accounts/detail") },
  {
    path: "/accounts/:account/channels",
    title: "Channels",
    load: () => import("./pages/channels/list"),
    nav: { section: "account", icon: "channels" },
  },
  {
    path: "/accounts/:account/channels/:channel",
    title: "Channel",
    load: () => import("./pages/channels/detail"),
  },
  {
    path: "/accounts/:account/webhooks",
    title: "Webhooks",
    load: () => import("./pages/webhooks/list"),
    nav: { section: "account", icon: "webhooks" },
  },
  {
    path: "/accounts/:account/webhooks/:subscription",
    title: "Webhook",
    load: () => import("./pages/webhooks/detail"),
  },
  {
    path: "/accounts/:account/keys",
    title: "Keys",
    load: () => import("./pages/keys/list"),
    nav: { section: "account", icon: "keys" },
  },
  {
    path: "/accounts/:account/contacts",
    title: "Contacts",
    load: () => import("./pages/contacts/list"),
    nav: { section: "account", icon: "contacts" },
  },
  {
    path: "/accounts/:account/groups",
    title: "Groups",
    load: () => import("./pages/groups/list"),
    nav: { section: "account", icon: "groups" },
  },
  {
    path: "/accounts/:account/groups/:channel/:group",
    title: "Group",
    load: () => import("./pages/groups/detail"),
  },
  {
    path: "/accounts/:account/templates",
    title: "Templates",
    load: () => import("./pages/templates/list"),
    nav: { section: "account", icon: "templates" },
  },
];
