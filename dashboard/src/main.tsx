import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { startClock } from "./lib/clock";
import { startLive, stopLive } from "./live/stream";
import { startRouter } from "./router";
import { routes } from "./routes";
import { loadAccounts } from "./state/accounts";
import { loadNode } from "./state/node";
import { session, startPosition, startSession } from "./state/session";
import { startTheme } from "./state/theme";
import "./styles/tokens.css";
import "./styles/base.css";
import "./ui/table.css";

declare global {
  // The pages that there are, for tests that visit each of them.
  var parleyRoutes: { path: string; title: string }[];
}
globalThis.parleyRoutes = routes.map(({ path, title }) => ({ path, title }));

startTheme();
startClock();
startRouter();

effect(() => {
  if (session.value === "in") {
    startLive(startPosition);
    void loadAccounts();
    void loadNode();
  } else {
    stopLive();
  }
});

void startSession();
render(<App />, document.getElementById("app") as HTMLElement);
