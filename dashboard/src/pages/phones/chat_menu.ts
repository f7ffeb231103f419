import { api, at } from "@/api/client";
import { personPath } from "@/api/sim";
import { tell, tellFailure } from "@/state/toasts";
import { confirm } from "@/ui/confirm";
import type { MenuItem } from "@/ui/menu";
import type { World } from "./phone";

// What is done with a whole chat.
export function chatMenu(
  { person, phone, nameOf, isIn }: World,
  chat: string,
  onBack: () => void,
): MenuItem[] {
  const path = personPath(person.number);
  const known = phone.chats.find((one) => one.chat === chat);
  const run = async (failure: string, done: string, work: () => Promise<unknown>) => {
    try {
      await work();
      tell(done);
    } catch (error) {
      tellFailure(failure, error);
    }
    phone.reread();
  };
  const change = (action: string) => api.post(`${path}/chats/${encodeURIComponent(chat)}`, { action });

  const items: MenuItem[] = [];
  if (known) {
    const [mute, archive] = [known.muted ? "unmute" : "mute", known.archived ? "unarchive" : "archive"];
    items.push(
      {
        text: known.muted ? "Unmute" : "Mute",
        run: () => void run("Not changed", "Done.", () => change(mute)),
      },
      {
        text: known.archived ? "Take out of the archive" : "Archive",
        icon: "archive",
        run: () => void run("Not changed", "Done.", () => change(archive)),
      },
    );
  }
  if (isIn(phone.groups.find((group) => group.address === chat)))
    items.push({ text: "Leave the group", icon: "signout", danger: true, run: () => void leave() });
  else if (!chat.includes("@"))
    items.push({ text: "Block", icon: "block", danger: true, run: () => void block() });
  if (known) items.push({ text: "Delete the chat", icon: "trash", danger: true, run: () => void remove() });
  return items;

  async function leave() {
    const text = "The others see that you left. Only they can add you again.";
    if (!(await confirm({ title: `Leave ${nameOf(chat)}?`, text, action: "Leave" }))) return;
    const id = chat.split("@")[0] ?? "";
    await run("Not left", `You left ${nameOf(chat)}.`, () =>
      api.post(at`/sim/groups/${id}/leave`, { by: person.number }),
    );
  }
  async function block() {
    const blocked = `${path}${at`/blocks/${chat}`}`;
    try {
      await api.put(blocked, {});
      tell(`${nameOf(chat)} is blocked: their messages and calls never arrive.`, {
        label: "Undo",
        run: () => void run("Not unblocked", "Unblocked.", () => api.delete(blocked)),
      });
    } catch (error) {
      tellFailure("Not blocked", error);
    }
  }
  async function remove() {
    const text = "Its messages go from this phone; the others keep theirs.";
    if (!(await confirm({ title: `Delete the chat with ${nameOf(chat)}?`, text, action: "Delete" }))) return;
    await run("Not deleted", "The chat is gone.", () => change("delete"));
    onBack();
  }
}
