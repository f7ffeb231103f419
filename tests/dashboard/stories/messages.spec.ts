// What is done with messages, seen from both sides.
import { expectAccessible } from "../support/axe";
import { expect } from "../support/fixtures";
import { agree, attach, beginChat, bubble, chatWith, doWith, test, write } from "../support/sides";

test("an answer shows what it answers to, on both sides", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "Do you deliver?");
  await doWith(inbox, "Do you deliver?", "Answer");
  await expect(inbox.getByRole("form", { name: "Write a message" })).toContainText("Answer to");
  await write(inbox, "On Fridays");
  const quote = (text: string) => ({ name: new RegExp(`^In answer to .*${text}`) });
  await expect(bubble(phone, "On Fridays").getByRole("button", quote("Do you deliver"))).toBeVisible();

  await doWith(phone, "On Fridays", "Answer");
  await write(phone, "Then this Friday");
  await expect(bubble(inbox, "Then this Friday").getByRole("button", quote("On Fridays"))).toBeVisible();
});

test("reactions go both ways, and are taken back", async ({ inbox, phone, person }) => {
  const react = async (page: typeof inbox, emoji: string) => {
    await page.getByRole("button", { name: 'React to "Blue or red?"' }).click();
    await page.getByRole("menuitemradio", { name: emoji }).click();
  };
  await beginChat({ inbox, phone, person }, "Blue or red?");
  await react(inbox, "👍");
  await expect(bubble(phone, "Blue or red?")).toContainText("👍");
  await expect(bubble(inbox, "Blue or red?")).toContainText("Reactions: You 👍");
  await react(phone, "😂");
  await expect(bubble(inbox, "Blue or red?")).toContainText(`${person.name} 😂`);
  await react(inbox, "👍");
  await expect(bubble(phone, "Blue or red?")).not.toContainText("👍");
  await expect(bubble(inbox, "Blue or red?")).not.toContainText("You 👍");
});

test("a message is changed and deleted, and the phone shows it", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "When is it ready?");
  await write(inbox, "On Mondy");
  await expect(bubble(phone, "On Mondy")).toBeVisible();
  await doWith(inbox, "On Mondy", "Change");
  await expect(inbox.getByRole("textbox", { name: "Message", exact: true })).toHaveValue("On Mondy");
  await write(inbox, "On Monday");
  await expect(bubble(phone, "On Monday")).toContainText("Edited");
  await expect(bubble(phone, "On Mondy")).toHaveCount(0);

  await doWith(inbox, "On Monday", "Delete for everybody");
  await agree(inbox, "Delete for everybody?", "Delete");
  await expect(bubble(phone, "This message was deleted.")).toHaveCount(1);
  await expect(bubble(inbox, "This message was deleted.")).toHaveCount(1);
  await expect(inbox.getByText("On Monday", { exact: true })).toHaveCount(0);
});

test("the phone changes and deletes, and the inbox shows it", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "Two pleese");
  await doWith(phone, "Two pleese", "Change");
  await write(phone, "Two please");
  await expect(bubble(inbox, "Two please")).toContainText("Edited");
  await doWith(phone, "Two please", "Delete for everybody");
  await agree(phone, "Delete for everybody?", "Delete");
  await expect(bubble(inbox, "This message was deleted.")).toHaveCount(1);
});

test("a search finds words and names, and leads to the message", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "The periwinkle one, please");
  await write(phone, "And a bell");
  await expect(bubble(inbox, "And a bell")).toBeVisible();
  const search = inbox.getByRole("searchbox", { name: "Search chats and messages" });
  const found = inbox.getByRole("region", { name: "Chats" }).locator(".found");
  await search.fill("periwinkle");
  await expect(found).toHaveCount(1);
  await expect(found).toContainText(person.name);
  await expect(inbox.getByText("None has this name.")).toBeVisible();
  await expectAccessible(inbox);
  await found.click();
  await expect(inbox).toHaveURL(/[?&]message=/);
  await expect(bubble(inbox, "The periwinkle one, please")).toBeInViewport();

  await search.fill(person.name);
  await expect(chatWith(inbox, person.name)).toHaveCount(1);
  await expect(found).toHaveCount(0);
  await search.fill("no such words anywhere");
  await expect(inbox.getByText("None has these words.")).toBeVisible();
});

test("a location and a contact are sent from the inbox", async ({ inbox, phone, person }) => {
  await beginChat({ inbox, phone, person }, "Where are you?");
  await attach(inbox, "Location");
  const place = inbox.getByRole("dialog", { name: "Send a location" });
  await place.getByLabel("Latitude").fill("52.5163");
  await place.getByLabel("Longitude").fill("13.3777");
  await place.getByLabel("Name").fill("The gate");
  await place.getByRole("button", { name: "Send" }).click();
  await expect(place).toBeHidden();
  const where = { name: "52.51630, 13.37770", exact: true };
  await expect(bubble(phone, "The gate").getByRole("link", where)).toBeVisible();

  await attach(inbox, "Contact");
  const contact = inbox.getByRole("dialog", { name: "Send a contact" });
  await contact.getByLabel("Name").fill("Hilda");
  await contact.getByLabel("Number").fill("+15550199");
  await contact.getByRole("button", { name: "Send" }).click();
  await expect(contact).toBeHidden();
  await expect(bubble(phone, "Hilda")).toContainText("+15550199");
  await expect(bubble(inbox, "Hilda")).toContainText("+15550199");
});
