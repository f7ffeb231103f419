#include "sim/control/handlers.h"
#include "sim/control/life_schema.h"
#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

base::Result<std::string> OtherNumber(const Call& call) {
  return ParseNumber(call.Parameter("other"), "other");
}

base::Result<std::string> QueryNumber(const Call& call, std::string_view name) {
  const auto text = call.request.Query(name);
  if (!text || text->empty()) return std::string();
  return ParseNumber(*text, name);
}

Answer SetBlocked(const Call& call, bool blocked) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(other, OtherNumber(call));
  PARLEY_CHECK(call.network.SetBlocked({number, ""}, other, blocked));
  return NoContent();
}

}  // namespace

Answer CheckNumber(const Call& call) {
  PARLEY_TRY(asker, call.Number());
  PARLEY_TRY(other, OtherNumber(call));
  PARLEY_TRY(facts, call.network.CheckNumber(asker, other));
  return Reply(200, Show(facts, call));
}

Answer ListContacts(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(after, QueryNumber(call, "after"));
  PARLEY_TRY(limit, call.QueryInteger("limit", 100, 1, network::kMaxPage));
  PARLEY_TRY(rows, call.network.ListContacts(number, after, static_cast<std::size_t>(limit)));
  ShownContacts shown;
  for (const network::Contact& row : rows)
    shown.contacts.push_back(ShownContact{ShowNumber(row.number), row.name});
  return Reply(200, shown);
}

Answer SaveContact(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(other, OtherNumber(call));
  PARLEY_TRY(body, call.Body<ContactBody>());
  PARLEY_CHECK(call.network.SaveContact({number, ""}, other, body.name));
  return Reply(200, ShownContact{ShowNumber(other), body.name});
}

Answer RemoveContact(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(other, OtherNumber(call));
  PARLEY_CHECK(call.network.RemoveContact({number, ""}, other));
  return NoContent();
}

Answer ListBlocked(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(numbers, call.network.ListBlocked(number));
  ShownBlocks shown;
  for (const std::string& other : numbers) shown.numbers.push_back(ShowNumber(other));
  return Reply(200, shown);
}

Answer BlockNumber(const Call& call) { return SetBlocked(call, true); }

Answer UnblockNumber(const Call& call) { return SetBlocked(call, false); }

Answer GetPresence(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(viewer, QueryNumber(call, "viewer"));
  PARLEY_TRY(presence, call.network.PresenceOf(number, viewer));
  ShownPresence shown;
  shown.available = presence.available;
  if (presence.last_seen) shown.last_seen = base::ToUnixSeconds(*presence.last_seen);
  for (const network::Typing& typing : presence.typing)
    shown.typing.push_back(ShownTyping{ShowChat(typing.chat), typing.kind});
  return Reply(200, shown);
}

Answer SetPresence(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<PresenceBody>());
  PARLEY_CHECK(
      call.network.SetPresence({number, ""}, body.presence, ParseChat(body.to.value_or(""))));
  return NoContent();
}

}  // namespace parley::sim::control
