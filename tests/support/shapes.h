// Whether stanzas of ours have the parts that those of other clients have: names of tags and
// attributes, by path ("message/participants/to@jid"), and of the handshake's payload the numbers
// of fields ("payload/5/2/1"). What the others send was recorded by
// tests/clients/multidevice/record.mjs.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/vectors/vectors.h"
#include "wire/binary/node.h"
#include "wire/binary/protobuf.h"

namespace parley::testing {

class ShapeBook {
 public:
  ShapeBook() { Load(); }

  // Compares a stanza with those of the same purpose, if there are any.
  void Compare(const wire::binary::Node& stanza) {
    Paths ours;
    AddPaths(stanza, "", ours);
    Compare(PurposeOf(stanza), ours);
  }
  // The same for what a client says of itself in the handshake.
  void ComparePayload(const std::string& what, const std::string& bytes) {
    Paths ours = {"payload"};
    AddFields(bytes, "payload", ours);
    Compare("payload " + what, ours);
  }

  // What was compared, and what was different, with none of kMeant.
  std::set<std::string> compared, differences;

 private:
  using Node = wire::binary::Node;
  using Paths = std::set<std::string>;

  // What the clients have in common, and what any of them sends.
  struct Recorded {
    Paths always, ever;
  };
  // Where we differ on purpose.
  struct Difference {
    const char* purpose;  // the beginning of it
    const char* path;
    const char* reason;
  };
  static constexpr Difference kMeant[] = {
      {"message", "message/device-identity", "only beside a pkmsg; the others always had one"},
      {"message", "message@peer_recipient_pn",
       "people are written to by LID, as whatsmeow does in versions after the recorded one"},
      {"message text again", "message@recipient", "of a copy; both take it from who asks"},
      {"ack", "ack@recipient", "of a copy; both take it from what they acknowledge"},
      {"receipt read", "receipt/list", "of several messages; the recorded ones are of one"},
      {"receipt read", "receipt/list/item", "as above"},
      {"receipt read", "receipt/list/item@id", "as above"},
      {"iq", "iq@id", "the link gives queries their ids, and has no part in some tests"},
      {"payload login", "payload/24", "as whatsmeow has it in versions after the recorded one"},
      {"presence unavailable", "presence@name", "the account of the test has no name"},
  };

  // Fields of the payload that are messages themselves.
  static constexpr const char* kMessages[] = {"payload/5",     "payload/5/2",  "payload/6",
                                              "payload/19",    "payload/19/8", "payload/19/8/2",
                                              "payload/19/8/5"};

  static void AddPaths(const Node& node, const std::string& before, Paths& paths) {
    const std::string here = before + node.tag;
    paths.insert(here);
    for (const auto& attribute : node.attributes) paths.insert(here + "@" + attribute.name);
    for (const Node& child : node.children()) AddPaths(child, here + "/", paths);
  }

  static void AddFields(std::string_view bytes, const std::string& before, Paths& paths) {
    wire::binary::FieldReader reader(bytes);
    for (auto field = reader.Next(); field && *field; field = reader.Next()) {
      const std::string here = before + "/" + std::to_string((*field)->number);
      paths.insert(here);
      for (const char* message : kMessages)
        if (here == message) AddFields((*field)->bytes, here, paths);
    }
  }

  // What the stanza is for, as record.mjs says it.
  static std::string PurposeOf(const Node& stanza) {
    const Node* first = stanza.children().empty() ? nullptr : &stanza.children().front();
    const std::string child = first == nullptr ? "" : first->tag;
    std::vector<std::string> words = {stanza.tag};
    const auto add = [&](const char* name, const std::string& before = "") {
      if (const auto value = stanza.Find(name)) words.push_back(before + std::string(*value));
    };
    if (stanza.tag == "iq") {
      add("type");
      add("xmlns");
      if (!child.empty()) words.push_back(child);
      if (first != nullptr && first->Find("stage")) words.emplace_back(*first->Find("stage"));
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

  void Load() {
    const auto file = vectors::Load("wire/shapes");
    for (const auto& client : file.as_object())
      for (const auto& row : client.value().as_object()) {
        Paths always, ever;
        for (const auto& path : row.value().at("always").as_array())
          always.insert(std::string(path.as_string()));
        ever = always;
        for (const auto& path : row.value().at("sometimes").as_array())
          ever.insert(std::string(path.as_string()));
        const auto [known, is_new] = shapes_.try_emplace(std::string(row.key()));
        if (is_new) known->second.always = always;
        std::erase_if(known->second.always,
                      [&](const std::string& one) { return !always.contains(one); });
        known->second.ever.merge(ever);
      }
  }

  void Compare(const std::string& purpose, const Paths& ours) {
    const auto known = shapes_.find(purpose);
    if (known == shapes_.end()) return;
    compared.insert(purpose);
    for (const std::string& path : known->second.always)
      if (!ours.contains(path) && !IsMeant(purpose, path))
        differences.insert(purpose + ": lacks " + path);
    for (const std::string& path : ours)
      if (!known->second.ever.contains(path) && !IsMeant(purpose, path))
        differences.insert(purpose + ": nobody else has " + path);
  }

  static bool IsMeant(const std::string& purpose, const std::string& path) {
    for (const Difference& one : kMeant)
      if (purpose.starts_with(one.purpose) && path == one.path) return true;
    return false;
  }

  std::map<std::string, Recorded> shapes_;
};

}  // namespace parley::testing
