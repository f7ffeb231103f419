#include "sim/wire/queries.h"

#include "base/log.h"
#include "sim/wire/key_service.h"
#include "sim/wire/nodes.h"
#include "sim/wire/profiles.h"
#include "sim/wire/registration.h"
#include "sim/wire/session.h"
#include "sim/wire/usync.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

void Agree(Client& client, const Node& iq, const Node&) { client.Send(ResultOf(iq)); }

void OnActive(Client& client, const Node& iq, const Node&) {
  client.Send(ResultOf(iq));
  client.session->Activate();
}

void GetProps(Client& client, const Node& iq, const Node&) {
  client.Send(ResultOf(iq, {MakeNode("props", {{"protocol", "1"}, {"hash", "sim"}})}));
}

// Everybody may see everything, as a new account has it.
void GetPrivacy(Client& client, const Node& iq, const Node&) {
  std::vector<Node> categories;
  for (const char* name :
       {"readreceipts", "profile", "status", "online", "last", "groupadd", "calladd"})
    categories.push_back(MakeNode("category", {{"name", name}, {"value", "all"}}));
  client.Send(ResultOf(iq, {MakeNode("privacy", {}, std::move(categories))}));
}

Node BlockList(Client& client) {
  std::vector<Node> items;
  const auto blocked = client.parts().network.ListBlocked(client.session->number());
  if (blocked)
    for (const std::string& number : *blocked)
      items.push_back(
          MakeNode("item", {{"jid", client.parts().addresses.ByNumber(number).Text()}}));
  return MakeNode("list", {}, std::move(items));
}

void GetBlockList(Client& client, const Node& iq, const Node&) {
  client.Send(ResultOf(iq, {BlockList(client)}));
}

void ChangeBlockList(Client& client, const Node& iq, const Node& item) {
  const auto number = client.parts().addresses.NumberOf(Get(item, "jid"));
  const std::string action = Get(item, "action");
  if (!number || (action != "block" && action != "unblock"))
    return client.Send(ErrorOf(iq, 400, "bad-request"));
  const net::Actor by{client.session->number(), client.session->companion_id()};
  const auto done = client.parts().network.SetBlocked(by, *number, action == "block");
  if (!done) return client.Send(ErrorOf(iq, 409, "conflict"));
  client.Send(ResultOf(iq, {BlockList(client)}));
}

// Nothing is in any collection yet: each is as the client has it.
void SyncAppState(Client& client, const Node& iq, const Node& sync) {
  std::vector<Node> collections;
  for (const Node& collection : sync.children())
    if (collection.tag == "collection")
      collections.push_back(MakeNode("collection", {{"name", Get(collection, "name")},
                                                    {"version", Get(collection, "version")}}));
  client.Send(ResultOf(iq, {MakeNode("sync", {}, std::move(collections))}));
}

void GetGroups(Client& client, const Node& iq, const Node&) {
  client.Send(ResultOf(iq, {MakeNode("groups", {}, std::vector<Node>())}));
}

void RemoveCompanion(Client& client, const Node& iq, const Node& removal) {
  Parts& parts = client.parts();
  const auto jid = binary::ParseJid(Get(removal, "jid"));
  const auto number = jid ? parts.addresses.NumberOf(*jid) : std::nullopt;
  if (!number || *number != client.session->number())
    return client.Send(ErrorOf(iq, 400, "bad-request"));
  const Companion* companion = parts.companions.Find(*number, jid->device);
  if (companion == nullptr) return client.Send(ErrorOf(iq, 404, "item-not-found"));
  client.Send(ResultOf(iq));
  static_cast<void>(parts.network.Unlink(*number, companion->id));
}

void OnCodeQuery(Client& client, const Node& iq, const Node& code) {
  if (!client.registration) return client.Send(ErrorOf(iq, 400, "bad-request"));
  const std::string stage = Get(code, "stage");
  if (stage == "companion_hello") return client.registration->OnCodeHello(iq, code);
  if (stage == "companion_finish") return client.registration->OnCodeFinish(iq, code);
  client.Send(ErrorOf(iq, 400, "bad-request"));
}

struct QueryRow {
  std::string_view xmlns, type, child;  // an empty child: whatever is asked
  bool needs_session;
  void (*answer)(Client& client, const Node& iq, const Node& child);
};

constexpr QueryRow kQueries[] = {
    {"w:p", "get", "", false, &Agree},
    {"md", "set", "link_code_companion_reg", false, &OnCodeQuery},
    {"md", "set", "remove-companion-device", true, &RemoveCompanion},
    {"passive", "set", "active", true, &OnActive},
    {"passive", "set", "passive", true, &Agree},
    {"encrypt", "get", "count", true, &CountOneTimeKeys},
    {"encrypt", "get", "digest", true, &GetDigest},
    {"encrypt", "get", "key", true, &GetBundles},
    {"encrypt", "get", "identity", true, &GetIdentities},
    {"encrypt", "set", "rotate", true, &RotateSignedKey},
    {"encrypt", "set", "", true, &UploadKeys},
    {"usync", "get", "usync", true, &AnswerUsync},
    {"abt", "get", "props", true, &GetProps},
    {"privacy", "get", "privacy", true, &GetPrivacy},
    {"privacy", "set", "tokens", true, &Agree},
    {"blocklist", "get", "", true, &GetBlockList},
    {"blocklist", "set", "item", true, &ChangeBlockList},
    {"w:sync:app:state", "set", "sync", true, &SyncAppState},
    {"w:profile:picture", "get", "picture", true, &GetPicture},
    {"w:profile:picture", "set", "", true, &SetPicture},
    {"status", "set", "status", true, &SetAbout},
    {"w:g2", "get", "participating", true, &GetGroups},
    {"urn:xmpp:whatsapp:dirty", "set", "clean", true, &Agree},
    {"w:stats", "", "", true, &Agree},
};

}  // namespace

void AnswerQuery(Client& client, const Node& iq) {
  static const Node nothing;
  const std::string xmlns = Get(iq, "xmlns"), type = Get(iq, "type");
  for (const QueryRow& row : kQueries) {
    if (row.xmlns != xmlns || (!row.type.empty() && row.type != type)) continue;
    const Node* child = row.child.empty() ? &nothing : iq.FindChild(row.child);
    if (child == nullptr) continue;
    if (row.needs_session && client.session == nullptr)
      return client.Send(ErrorOf(iq, 401, "not-authorized"));
    return row.answer(client, iq, *child);
  }
  ++client.parts().counters.unknown_queries;
  const std::string child = iq.children().empty() ? "" : iq.children().front().tag;
  base::LogInfo("A client asks what the simulated network does not know",
                {{"xmlns", xmlns}, {"type", type}, {"child", child}});
  client.Send(ErrorOf(iq, 501, "feature-not-implemented"));
}

}  // namespace parley::sim::wire
