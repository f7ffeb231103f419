// What stands around every page: navigation, account, connection, news, questions.
import { useEffect } from "preact/hooks";
import { currentRoute, Outlet, place, to } from "@/router";
import { chooseAccount } from "@/state/accounts";
import { Button, ButtonLink } from "@/ui/button";
import { ConfirmHost } from "@/ui/confirm";
import { Empty } from "@/ui/empty";
import { Skeleton } from "@/ui/skeleton";
import { ToastHost } from "@/ui/toast";
import { ConnectionBanner } from "./connection";
import { GoToHost } from "./go_to";
import { Sidebar } from "./sidebar";
import { TopBar } from "./topbar";
import "./frame.css";

export function Frame() {
  const current = currentRoute();
  const account = current?.params.account;
  useEffect(() => {
    if (account) chooseAccount(account);
  }, [account]);
  return (
    <div class="frame">
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <TopBar />
      <aside class="sidebar">
        <Sidebar />
      </aside>
      <main id="content" class="content" tabIndex={-1}>
        <ConnectionBanner />
        <Outlet
          waiting={<Skeleton rows={6} />}
          failed={(_error, again) => <PageNotLoaded again={again} />}
          unknown={<NoSuchPage />}
        />
      </main>
      <ToastHost />
      <ConfirmHost />
      <GoToHost />
    </div>
  );
}

function NoSuchPage() {
  useEffect(() => {
    document.title = "No such page · Parley";
  }, []);
  return (
    <Empty
      isPage
      icon="search"
      title="There is no such page"
      action={<ButtonLink href={to("/")}>To the overview</ButtonLink>}
    >
      Nothing is at <code>{place.value.path}</code>.
    </Empty>
  );
}

// A page's code is fetched when it is first needed: not while the server is away, nor after an update.
function PageNotLoaded({ again }: { again: () => void }) {
  return (
    <Empty
      isPage
      icon="error"
      title="This page could not be loaded"
      action={
        <div class="page-actions">
          <Button onClick={again}>Try again</Button>
          <Button kind="primary" onClick={() => location.reload()}>
            Load everything anew
          </Button>
        </div>
      }
    >
      The server does not answer, or it was updated since this page was opened.
    </Empty>
  );
}
