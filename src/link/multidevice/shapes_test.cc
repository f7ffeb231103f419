// Whether stanzas of ours have the parts that those of other clients have: names of tags and
// attributes, by path ("message/participants/to@jid"). What the others send was recorded by
// tests/clients/multidevice/record.mjs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/messages/link_id.h"
#include "link/multidevice/test_world.h"
#include "tests/vectors/vectors.h"

namespace parley::link::multidevice {
namespace {

using Paths = std::set<std::string>;

// What the clients have in common, and what any of them sends.
struct Recorded {
  Paths always, ever;
};

void AddPaths(const Node& node, const std::string& before, Paths& paths) {
  const std::string here = before + node.tag;
  paths.insert(here);
  for (const Attribute& attribute : node.attributes) paths.insert(here + "@" + attribute.name);
  for (const Node& child : node.children()) AddPaths(child, here + "/", paths);
}

// What the stanza is for, as record.mjs says it.
std::string StanzaPurpose(const Node& stanza) {
  const std::string child = stanza.children().empty() ? "" : stanza.children().front().tag;
  std::vector<std::string> words = {stanza.tag};
  const auto add = [&](const char* name, const std::string& before = "") {
    if (const auto value = stanza.Find(name)) words.push_back(before + std::string(*value));
  };
  if (stanza.tag == "iq") {
    add("type");
    add("xmlns");
    if (!child.empty()) words.push_back(child);
  } else if (stanza.tag == "message") {
    add(stanza.Find("category") ? "category" : "type");
    add("edit", "edit ");
    if (stanza.Find("device_fanout")) words.push_back("again");
  } else if (stanza.tag == "receipt") {
    words.push_back(std::string(stanza.Find("type").value_or("delivered")));
  } else if (stanza.tag == "ack") {
    add("class");
  } else if (stanza.tag == "presence") {
    add("type");
  } else {
    words.push_back(child);
  }
  std::string name;
  for (const std::string& word : words) name += (name.empty() ? "" : " ") + word;
  return name;
}

std::map<std::string, Recorded> LoadShapes() {
  std::map<std::string, Recorded> shapes;
  const auto file = vectors::Load("wire/shapes");
  for (const auto& client : file.as_object())
    for (const auto& row : client.value().as_object()) {
      Paths always, ever;
      for (const auto& path : row.value().at("always").as_array())
        always.insert(std::string(path.as_string()));
      ever = always;
      for (const auto& path : row.value().at("sometimes").as_array())
        ever.insert(std::string(path.as_string()));
      const auto [known, is_new] = shapes.try_emplace(std::string(row.key()));
      if (is_new) known->second.always = always;
      std::erase_if(known->second.always,
                    [&](const std::string& one) { return !always.contains(one); });
      known->second.ever.merge(ever);
    }
  return shapes;
}

// Where we differ on purpose.
struct Difference {
  const char* purpose;  // the beginning of it
  const char* path;
  const char* reason;
};
constexpr Difference kDifferences[] = {
    {"message", "message/device-identity", "only beside a pkmsg; the others always had one"},
    {"message", "message@peer_recipient_pn",
     "people are written to by LID, as whatsmeow does in versions after the recorded one"},
    {"message text again", "message@recipient", "of a copy; both take it from who asks"},
    {"ack", "ack@recipient", "of a copy; both take it from what they acknowledge"},
    {"receipt read", "receipt/list", "of several messages; the recorded ones are of one"},
    {"receipt read", "receipt/list/item", "as above"},
    {"receipt read", "receipt/list/item@id", "as above"},
    {"iq", "iq@id", "the link gives queries their ids, and has no part in this test"},
    {"presence unavailable", "presence@name", "the account of this test has no name"},
};

bool IsMeant(const std::string& purpose, const std::string& path) {
  for (const Difference& one : kDifferences)
    if (purpose.starts_with(one.purpose) && path == one.path) return true;
  return false;
}

class Shapes : public ::testing::Test {
 protected:
  Shapes()
      : ann_phone(world.Add("15550100", 0)),
        bob_phone(world.Add("15550200", 0)),
        ann(world.Add("15550100", 3)),
        bob(world.Add("15550200", 4)) {}
  ~Shapes() override {
    for (const auto& engine : world.engines) engine->Crash();
  }

  core::MessageId Queued(core::MessageId id) {
    world.Run();
    return id;
  }
  void Ask(core::LinkRequest request) {
    EXPECT_TRUE(world.Await(ann.topic->Request(std::move(request), std::chrono::seconds(5))));
    world.Run();
  }

  TestWorld world;
  TestEngine &ann_phone, &bob_phone, &ann, &bob;
};

constexpr const char* kBobsNumber = "15550200";

TEST_F(Shapes, AreThoseOfOtherClients) {
  std::vector<Node> sent;
  world.network.on_query = [&](const Node& query) -> std::optional<Node> {
    sent.push_back(query);
    return std::nullopt;
  };
  const core::MessageId first = Queued(ann.Say(kBobsNumber, "first"));
  bob.Say("15550100", "answer");
  world.Run();
  const core::MessageId theirs = ann.Messages().back().message.id;
  core::ReactionContent heart;
  heart.target = theirs;
  heart.emoji = "\xe2\x9d\xa4";
  Queued(ann.Queue(kBobsNumber, heart));
  core::EditContent edit;
  edit.target = first;
  edit.body = "better";
  Queued(ann.Queue(kBobsNumber, edit));
  core::DeleteContent gone;
  gone.target = first;
  Queued(ann.Queue(kBobsNumber, gone));
  Queued(ann.Queue(kBobsNumber, core::LocationContent()));
  core::PollContent poll;
  poll.question = "When?";
  poll.options = {"today", "tomorrow"};
  Queued(ann.Queue(kBobsNumber, poll));

  int damaged = 0;
  world.network.on_delivery = [&](Node& message, const Jid&) {
    if (++damaged > 3) return true;
    auto& bytes = std::get<Bytes>(std::get<Node::Children>(message.content).front().content).value;
    bytes[bytes.size() / 2] ^= 1;
    return true;
  };
  Queued(ann.Say(kBobsNumber, "damaged"));
  Queued(bob.Say("15550100", "damaged, too"));
  world.network.on_delivery = nullptr;

  core::ReadChat read;
  read.chat = core::Address{core::AddressKind::kPhone, kBobsNumber};
  Ask(read);
  core::ShowPresence typing;
  typing.chat = read.chat;
  typing.kind = core::PresenceKind::kComposing;
  Ask(typing);
  typing.kind = core::PresenceKind::kPaused;
  Ask(typing);
  typing.kind = core::PresenceKind::kUnavailable;
  typing.chat.reset();
  Ask(typing);
  core::CheckNumbers check;
  check.numbers = {read.chat};
  Ask(check);
  core::SetBlocked block;
  block.who = read.chat;
  block.blocked = true;
  Ask(block);
  Node offer("offer", {{"call-id", "CALL1"}, {"call-creator", bob_phone.member.lid.Text()}});
  world.network.Push(ann.member,
                     Node("call", {{"id", "c1"}, {"from", bob_phone.member.lid.Text()}, {"t", "1"}},
                          Node::Children{offer}));
  world.Run();
  core::RejectCall reject;
  reject.call = "CALL1";
  Ask(reject);

  const auto recorded = LoadShapes();
  std::set<std::string> compared, differences;
  for (const TestEngine* engine : {&ann, &bob})
    sent.insert(sent.end(), engine->member.sent.begin(), engine->member.sent.end());
  for (const Node& stanza : sent) {
    const std::string purpose = StanzaPurpose(stanza);
    const auto known = recorded.find(purpose);
    if (known == recorded.end()) continue;
    compared.insert(purpose);
    Paths ours;
    AddPaths(stanza, "", ours);
    for (const std::string& path : known->second.always)
      if (!ours.contains(path) && !IsMeant(purpose, path))
        differences.insert(purpose + ": lacks " + path);
    for (const std::string& path : ours)
      if (!known->second.ever.contains(path) && !IsMeant(purpose, path))
        differences.insert(purpose + ": nobody else has " + path);
  }
  EXPECT_THAT(differences, ::testing::IsEmpty());
  EXPECT_THAT(compared,
              ::testing::IsSupersetOf(
                  {"message text", "message reaction", "message text edit 1", "message text edit 7",
                   "message poll", "message text again", "receipt retry", "receipt read",
                   "chatstate composing", "chatstate paused", "presence unavailable", "call reject",
                   "iq get usync usync", "iq get encrypt key", "iq set blocklist item",
                   "iq set privacy tokens", "ack call", "ack receipt"}));
}

}  // namespace
}  // namespace parley::link::multidevice
