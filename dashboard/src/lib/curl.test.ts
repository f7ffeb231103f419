import { expect, test } from "vitest";
import { curlOf, curlOfTold, quoted, sendCalls } from "./curl";

test("what a shell would take apart is quoted", () => {
  expect(quoted("https://host/a-b?c=d")).toBe("'https://host/a-b?c=d'");
  expect(quoted("phone=15550100")).toBe("phone=15550100");
  expect(quoted("it's; rm $HOME")).toBe(`'it'\\''s; rm $HOME'`);
});

const send = { origin: "http://h", from: "+1555", code: "PLY1", to: "+1666", text: "Hello" };

test("each dialect's call has its key, or says where it goes", () => {
  expect(curlOf(sendCalls["2chat"]({ ...send, key: undefined }))).toBe(
    `curl -s http://h/open/whatsapp/send-message -H 'X-User-API-Key: YOUR_API_KEY' -H 'Content-Type: application/json' -d '{"from_number":"+1555","to_number":"+1666","text":"Hello"}'`,
  );
  expect(curlOf(sendCalls.wapio({ ...send, key: "k" }))).toContain("-H 'Authorization: Bearer k'");
  expect(curlOf(sendCalls["1msg"]({ ...send, key: "a b" }))).toBe(
    "curl -s 'http://h/PLY1/sendMessage?token=a%20b' -d phone=1666 -d body=Hello",
  );
});

test("a call that was told of can be made again", () => {
  const told = { api: "simulator", method: "DELETE", path: "/parley/v1/sim/faults/1" };
  expect(curlOfTold(told, "http://h")).toBe(
    "curl -s -X DELETE http://h/parley/v1/sim/faults/1 -H 'Authorization: Bearer YOUR_ADMIN_TOKEN'",
  );
  const sent = { api: "wapio", method: "POST", path: "/api/send-message", request: '{"to":"+1"}' };
  expect(curlOfTold(sent, "http://h")).toContain(`-H 'Content-Type: application/json' -d '{"to":"+1"}'`);
});
