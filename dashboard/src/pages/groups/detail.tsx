import { useState } from "preact/hooks";
import { api } from "@/api/client";
import { invalidate, takeAway, useGet } from "@/api/query";
import type { GroupDetail } from "@/api/types";
import { plural } from "@/lib/names";
import { useReread } from "@/live/use";
import { inboxHref } from "@/pages/inbox/paths";
import { go, type PageProps, toRoute } from "@/router";
import { tell, tellFailure } from "@/state/toasts";
import { Button, ButtonLink } from "@/ui/button";
import { confirm } from "@/ui/confirm";
import { Copyable } from "@/ui/copy";
import { Card, Facts, PageHead } from "@/ui/layout";
import { ErrorNote } from "@/ui/note";
import { Skeleton } from "@/ui/skeleton";
import { Ago } from "@/ui/time";
import { EditGroup } from "./edit";
import { InviteCard } from "./invite";
import { groupPath, groupsPath } from "./paths";
import { PeopleCard } from "./people";
import { GroupPicture } from "./picture";

export default function GroupPage({ params: { account = "", channel = "", group: id = "" } }: PageProps) {
  const path = groupPath(account, channel, id);
  const got = useGet<GroupDetail>(path);
  useReread(["group.changed", "group.participants"], path);
  const [changing, setChanging] = useState(false);
  const groups = `${toRoute("/accounts/:account/groups", { account })}?channel=${encodeURIComponent(channel)}`;
  const crumb = { text: "Groups", href: groups };
  const detail = got.data;
  if (!detail)
    return (
      <>
        <PageHead title="Group" crumb={crumb} />
        {got.error ? (
          <ErrorNote error={got.error} what="the group" again={got.reload} />
        ) : (
          <Skeleton rows={6} />
        )}
      </>
    );
  const { group, participants } = detail;
  const subject = group.subject || "Without a subject";
  const isAdmin = group.role === "admin" || group.role === "superadmin";
  const mayChange = isAdmin || !group.restrict;
  const leave = async () => {
    const yes = await confirm({
      title: `Leave ${subject}?`,
      text: "The channel gets no more messages of it. Only an admin of the group can add it again.",
      action: "Leave",
    });
    if (!yes) return;
    try {
      await takeAway(path, () => api.post(`${path}/leave`));
      tell(`The channel is no longer in ${subject}.`);
      invalidate(groupsPath(account, channel));
      go(groups);
    } catch (error) {
      tellFailure("Not left", error);
    }
  };
  return (
    <>
      <PageHead
        title={subject}
        crumb={crumb}
        about={plural(group.size, "person", "people")}
        actions={
          <>
            <ButtonLink href={inboxHref(channel, group.group)} icon="message">
              Open the chat
            </ButtonLink>
            {mayChange && (
              <Button icon="edit" onClick={() => setChanging(true)}>
                Change
              </Button>
            )}
            <Button icon="signout" onClick={leave}>
              Leave
            </Button>
          </>
        }
      />
      <div class="stack">
        <Card title="About">
          <GroupPicture
            account={account}
            path={path}
            subject={subject}
            picture={detail.picture}
            mayChange={mayChange}
          />
          <Facts
            facts={[
              ["Description", group.description],
              ["Made by", group.owner],
              ["Made", <Ago key="made" at={group.created_at} />],
              ["Who writes", group.announce ? "Admins only" : "Everybody"],
              ["Who changes it", group.restrict ? "Admins only" : "Everybody"],
              ["Who adds people", group.members_add ? "Everybody" : "Admins only"],
              ["Who asks to join", group.join_approval ? "Waits for an admin" : "Is in at once"],
              ["Chat", <Copyable key="chat" text={group.group} label="Copy the chat's id" />],
            ]}
          />
        </Card>
        {isAdmin && <InviteCard path={path} />}
        <PeopleCard path={path} group={group} participants={participants} isAdmin={isAdmin} />
      </div>
      {changing && (
        <EditGroup path={path} group={group} isAdmin={isAdmin} onClose={() => setChanging(false)} />
      )}
    </>
  );
}
