import type { Locator } from "@playwright/test";
import { expect } from "../support/fixtures";
import { attach, beginChat, bubble, test } from "../support/sides";

const votes = (poll: Locator, option: string) => poll.locator("label").filter({ hasText: option });

async function sendPoll(page: Parameters<typeof attach>[0], question: string, options: string[]) {
  await attach(page, "Poll");
  const dialog = page.getByRole("dialog", { name: "Send a poll" });
  await dialog.getByLabel("Question").fill(question);
  for (const [index, option] of options.entries()) {
    if (index > 1) await dialog.getByRole("button", { name: "Another option" }).click();
    await dialog.getByLabel(`Option ${index + 1}`, { exact: true }).fill(option);
  }
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(dialog).toBeHidden();
}

test("the phone votes in a poll of the inbox, which counts the votes", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "When do we meet?");
  await sendPoll(inbox, "Which evening?", ["Tuesday", "Thursday", "Sunday"]);
  const [asked, held] = [bubble(inbox, "Which evening?"), bubble(phone, "Which evening?")];
  await expect(asked).toContainText("0 people have voted");
  await held.getByRole("checkbox", { name: /Thursday/ }).check();
  await expect(votes(asked, "Thursday")).toContainText("1 vote");
  await expect(asked).toContainText("1 person has voted");

  // Who changes their mind has one vote all the same.
  await held.getByRole("checkbox", { name: /Sunday/ }).check();
  await expect(votes(asked, "Sunday")).toContainText("1 vote");
  await expect(votes(asked, "Thursday")).toContainText("0 votes");
  await expect(asked).toContainText("1 person has voted");
});

test("a vote stands when older news comes in after it", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "Which day?");
  await sendPoll(inbox, "Which afternoon?", ["Monday", "Friday"]);
  const held = bubble(phone, "Which afternoon?");
  const [monday, friday] = [/Monday/, /Friday/].map((name) => held.getByRole("checkbox", { name }));
  if (!monday || !friday) throw new Error("there are two");
  // What the phone reads of the vote is told when the story says so; it reads one at a time.
  const news: (() => Promise<void>)[] = [];
  await phone.route(/\/inbox\?/, async (route) => {
    const response = await route.fetch();
    const tell = () => route.fulfill({ response });
    if (!(await response.text()).includes('"votes"')) return tell();
    news.push(tell);
  });
  await monday.check();
  await expect.poll(() => news.length).toBe(1);
  await friday.check();
  await news.pop()?.();
  await expect(votes(held, "Monday")).toContainText("1 vote");
  await expect(friday).toBeChecked();
  await expect.poll(() => news.length).toBe(1);
  await news.pop()?.();
  await expect(votes(held, "Friday")).toContainText("1 vote");
  await phone.unrouteAll({ behavior: "ignoreErrors" });
});

test("the inbox votes in a poll of the phone", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "One question");
  await sendPoll(phone, "Which colour?", ["Blue", "Red"]);
  const [asked, held] = [bubble(inbox, "Which colour?"), bubble(phone, "Which colour?")];
  await asked.getByRole("checkbox", { name: /Red/ }).check();
  await expect(votes(held, "Red")).toContainText("1 vote");
  await expect(votes(asked, "Red")).toContainText("1 vote");
  await asked.getByRole("checkbox", { name: /Red/ }).uncheck();
  await expect(held).toContainText("0 people have voted");
});
