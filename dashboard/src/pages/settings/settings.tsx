import { to, useSearch } from "@/router";
import { PageHead, Tabs } from "@/ui/layout";
import { Backup } from "./backup";
import { Browser } from "./browser";
import { Client } from "./client";
import { Options } from "./options";
import { Server } from "./server";

const parts = [
  { value: "", text: "This server", is: Server },
  { value: "options", text: "Options", is: Options },
  { value: "client", text: "Native client", is: Client },
  { value: "backup", text: "Backup", is: Backup },
  { value: "browser", text: "This browser", is: Browser },
];

export default function Settings() {
  const [tab] = useSearch("tab");
  const Part = parts.find(({ value }) => value === tab)?.is ?? Server;
  return (
    <>
      <PageHead title="Settings" about="Of the server, and of this browser." />
      <Tabs
        label="Parts of the settings"
        tabs={parts}
        value={tab}
        href={(value) => to(value ? `/settings?tab=${value}` : "/settings")}
      />
      <Part />
    </>
  );
}
