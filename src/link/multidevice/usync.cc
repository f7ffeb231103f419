#include "link/multidevice/usync.h"

#include <algorithm>

#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

Node QueryOf(std::string context, Node::Children query, Node::Children list,
             const std::string& sid) {
  Node::Children parts;
  parts.push_back(Node("query", {}, std::move(query)));
  parts.push_back(Node("list", {}, std::move(list)));
  Node usync("usync",
             {{"sid", sid},
              {"mode", "query"},
              {"last", "true"},
              {"index", "0"},
              {"context", std::move(context)}},
             std::move(parts));
  Node::Children children;
  children.push_back(std::move(usync));
  return Node("iq", {{"to", "s.whatsapp.net"}, {"type", "get"}, {"xmlns", "usync"}},
              std::move(children));
}

// The phone, which is always one, first.
std::vector<UsyncDevice> DevicesIn(const Node& list) {
  std::vector<UsyncDevice> devices;
  for (const Node& child : list.children()) {
    if (child.tag != "device" || devices.size() == kMaxDevices) continue;
    const auto id = NumberIn(child, "id");
    if (!id || *id > 0xff) continue;
    UsyncDevice device;
    device.device = static_cast<std::uint16_t>(*id);
    device.key_index = static_cast<std::uint32_t>(NumberIn(child, "key-index").value_or(0));
    device.hosted = child.Find("is_hosted") == "true";
    if (device.device != 0 && device.key_index == 0) continue;
    const auto same = [&](const UsyncDevice& other) { return other.device == device.device; };
    if (std::none_of(devices.begin(), devices.end(), same)) devices.push_back(device);
  }
  if (!devices.empty() && devices.front().device != 0)
    std::stable_sort(devices.begin(), devices.end(),
                     [](const auto& a, const auto& b) { return a.device < b.device; });
  return devices;
}

UsyncUser UserIn(const Node& child, const Jid& jid) {
  UsyncUser user;
  user.jid = AccountOf(jid);
  user.who = WhoIs(user.jid);
  for (const std::string_view name : {"pn_jid", "lid"})
    if (const auto other = child.FindJid(name)) user.who = Both(user.who, WhoIs(*other));
  if (const Node* lid = child.FindChild("lid"))
    if (const auto value = lid->FindJid("val"))
      if (IsLid(*value)) user.who = Both(user.who, WhoIs(*value));
  if (const Node* devices = child.FindChild("devices"))
    if (const Node* list = devices->FindChild("device-list")) user.devices = DevicesIn(*list);
  if (const Node* contact = child.FindChild("contact")) {
    user.on_network = contact->Find("type") == "in";
    user.contact = contact->data();
  }
  if (const Node* status = child.FindChild("status")) user.about = status->data();
  if (const Node* picture = child.FindChild("picture"))
    user.has_picture = !picture->Find("id").value_or("").empty();
  return user;
}

}  // namespace

Node AskForDevices(const std::vector<Jid>& people, const std::string& sid) {
  Node::Children list;
  for (const Jid& jid : people) list.push_back(Node("user", {{"jid", jid.WithoutDevice().Text()}}));
  Node::Children query;
  query.push_back(Node("devices", {{"version", "2"}}));
  query.push_back(Node("lid"));
  return QueryOf("message", std::move(query), std::move(list), sid);
}

Node AskForNumbers(const std::vector<std::string>& numbers, const std::string& sid) {
  Node::Children list;
  for (const std::string& number : numbers) {
    Node::Children contact;
    contact.push_back(Node("contact", {}, wire::binary::Text{"+" + number}));
    list.push_back(Node("user", {}, std::move(contact)));
  }
  Node::Children query;
  query.push_back(Node("contact"));
  query.push_back(Node("lid"));
  return QueryOf("interactive", std::move(query), std::move(list), sid);
}

Node AskForLooks(const Jid& person, const std::string& sid) {
  Node::Children list, query;
  list.push_back(Node("user", {{"jid", person.WithoutDevice().Text()}}));
  query.push_back(Node("status"));
  query.push_back(Node("picture"));
  return QueryOf("background", std::move(query), std::move(list), sid);
}

base::Result<std::vector<UsyncUser>> ReadUsync(const Node& answer) {
  if (answer.Find("type") == "error") {
    const Node* error = answer.FindChild("error");
    return base::Error(base::ErrorCode::kInternal, "The network refused to tell",
                       error == nullptr ? "" : std::string(error->Find("code").value_or("")));
  }
  const Node* usync = answer.FindChild("usync");
  const Node* list = usync == nullptr ? nullptr : usync->FindChild("list");
  if (list == nullptr)
    return base::Error(base::ErrorCode::kMalformedBody, "", "No list in an answer of usync");
  std::vector<UsyncUser> users;
  for (const Node& child : list->children()) {
    if (child.tag != "user" || users.size() == kMaxAsked) continue;
    auto jid = child.FindJid("jid");
    if (!jid) jid = child.FindJid("pn_jid");
    if (jid && IsPerson(*jid)) {
      users.push_back(UserIn(child, *jid));
    } else if (const Node* contact = child.FindChild("contact")) {
      UsyncUser nobody;  // a number that is not on the network may come without a JID
      nobody.contact = contact->data();
      users.push_back(std::move(nobody));
    }
  }
  return users;
}

}  // namespace parley::link::multidevice
