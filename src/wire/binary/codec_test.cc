#include "wire/binary/codec.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/random.h"
#include "tests/vectors/node_json.h"
#include "tests/vectors/vectors.h"
#include "wire/binary/inflate.h"

namespace parley::wire::binary {
namespace {

std::string Hex(std::string_view text) { return base::FromHexText(text).value(); }

Node WithAttribute(std::string value) { return Node("iq", {{"to", std::move(value)}}); }

std::string EncodedHex(const Node& node) { return base::ToHexText(EncodeNode(node).value()); }

void ExpectFault(std::string_view hex, FaultCode code) {
  const auto node = DecodeNode(Hex(hex));
  ASSERT_FALSE(node) << hex;
  EXPECT_EQ(node.error().code, code) << hex;
}

// Text that had no shorter form comes back as bytes.
Node::Content AsRead(const Node::Content& content) {
  if (const auto* text = std::get_if<Text>(&content)) return Bytes{text->value};
  return content;
}

void ExpectSame(const Node& a, const Node& b) {
  EXPECT_EQ(a.tag, b.tag);
  EXPECT_EQ(a.attributes, b.attributes);
  EXPECT_EQ(a.data(), b.data());
  EXPECT_EQ(AsRead(a.content).index(), AsRead(b.content).index());
  ASSERT_EQ(a.children().size(), b.children().size());
  for (std::size_t i = 0; i < a.children().size(); ++i)
    ExpectSame(a.children()[i], b.children()[i]);
}

TEST(Codec, WritesAndReadsAsOthersDo) {
  const auto vectors = vectors::Load("wire/nodes");
  ASSERT_GT(vectors.as_array().size(), 30u);
  for (const auto& one : vectors.as_array()) {
    const Node node = vectors::NodeFromJson(one.at("node"));
    const std::string bytes = vectors::Bytes(one, "bytes");
    EXPECT_EQ(EncodedHex(node), base::ToHexText(bytes));
    ExpectSame(DecodeNode(bytes).value(), node);
  }
}

TEST(Codec, StringsTakeTheShortestForm) {
  struct Case {
    const char *text, *hex;
  };
  for (const Case& one : {
           Case{"s.whatsapp.net", "03"},     // a token
           Case{"read-self", "ec00"},        // of a dictionary
           Case{"1961", "efff"},             // the last of them all
           Case{"screen_height", "eb"},      // the last of the first
           Case{"123", "ff82123f"},          // digits, and a half byte of filler
           Case{"26.42-1", "ff8426b42a1f"},  // digits, dots, dashes
           Case{"3EB0", "fb023eb0"},         // hexadecimal
           Case{"3eb0", "fc0433656230"},     // but in upper case only
           Case{"", "fc00"},                 // nothing
           Case{"h\xc3\xa9", "fc0368c3a9"},  // anything
       })
    EXPECT_EQ(EncodedHex(WithAttribute(one.text)), std::string("00f8031911") + one.hex) << one.text;
}

TEST(Codec, JidsTakeTheirForm) {
  struct Case {
    const char *text, *hex;
  };
  for (const Case& one : {
           Case{"123@s.whatsapp.net", "faff82123f03"},
           Case{"123:4@s.whatsapp.net", "f70004ff82123f"},
           Case{"123:255@lid", "f701ffff82123f"},
           Case{"123:99@hosted", "f78063ff82123f"},
           Case{"123:99@hosted.lid", "f78163ff82123f"},
           Case{"123.7:4@s.whatsapp.net", "f70704ff82123f"},
           Case{"123.7:0@s.whatsapp.net", "f70700ff82123f"},
           Case{"12-3@g.us", "faff0212a31c"},
           Case{"status@broadcast", "fa0b0d"},
           Case{"@s.whatsapp.net", "fa0003"},
           Case{"123@msgr", "f6ff82123f0000cc"},
           Case{"123:4096@msgr", "f6ff82123f1000cc"},
           Case{"5-123:2@interop", "f5ff82123f00020005fc07696e7465726f70"},
       }) {
    const std::string hex = EncodedHex(WithAttribute(one.text));
    EXPECT_EQ(hex, std::string("00f8031911") + one.hex) << one.text;
    EXPECT_EQ(DecodeNode(Hex(hex)).value(), WithAttribute(one.text));
  }
}

// What only looks like a JID is kept as it is.
TEST(Codec, OtherStringsWithAnAtAreText) {
  for (const char* text :
       {"a@b", "1:0@lid", "1:256@lid", "01:1@g.us", "1:01@lid", "@", "1@", "1@@lid",
        "1.5@s.whatsapp.net", "1.1:2@s.whatsapp.net", "\xc3\xa9@lid", "1:1:1@lid"}) {
    const Node node = WithAttribute(text);
    EXPECT_EQ(EncodedHex(node).substr(10, 2), "fc") << text;
    EXPECT_EQ(DecodeNode(EncodeNode(node).value()).value(), node);
  }
}

TEST(Codec, LongPackedStringsAreText) {
  EXPECT_EQ(EncodedHex(WithAttribute(std::string(127, '1'))).substr(10, 4), "ffc0");
  EXPECT_EQ(EncodedHex(WithAttribute(std::string(128, '1'))).substr(10, 4), "fc80");
}

TEST(Codec, LengthsAtTheEdges) {
  for (const std::size_t size : {0, 1, 255, 256, (1 << 20) - 1, 1 << 20}) {
    const Node node("enc", {}, Bytes{std::string(size, 'x')});
    EXPECT_EQ(DecodeNode(EncodeNode(node).value()).value(), node) << size;
  }
  EXPECT_EQ(EncodedHex(Node("enc", {}, Bytes{std::string(255, 'x')})).substr(0, 12),
            "00f8021dfcff");
  EXPECT_EQ(EncodedHex(Node("enc", {}, Bytes{std::string(256, 'x')})).substr(0, 16),
            "00f8021dfd000100");
  EXPECT_EQ(EncodedHex(Node("enc", {}, Bytes{std::string(1 << 20, 'x')})).substr(0, 18),
            "00f8021dfe00100000");
}

TEST(Codec, ListsAtTheEdges) {
  for (const std::size_t count : {0, 1, 255, 256, 65535}) {
    const Node node("list", {}, Node::Children(count, Node("item")));
    EXPECT_EQ(DecodeNode(EncodeNode(node).value()).value(), node) << count;
  }
  const auto over = EncodeNode(Node("list", {}, Node::Children(65536, Node("item"))));
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, FaultCode::kTooLarge);
}

TEST(Codec, NothingAndNoChildrenAreTwoThings) {
  EXPECT_EQ(EncodedHex(Node("iq")), "00f80119");
  EXPECT_EQ(EncodedHex(Node("iq", {}, Node::Children())), "00f8021900");
  EXPECT_EQ(DecodeNode(Hex("00f80119")).value(), Node("iq"));
  EXPECT_EQ(DecodeNode(Hex("00f8021900")).value(), Node("iq", {}, Node::Children()));
}

// A list of one may be told in two bytes, and a string of nothing in one.
TEST(Codec, ReadsWhatNobodyWrites) {
  EXPECT_EQ(DecodeNode(Hex("00f9000119")).value(), Node("iq"));
  EXPECT_EQ(DecodeNode(Hex("00f803191100")).value(), WithAttribute(""));
  EXPECT_EQ(DecodeNode(Hex("00f8031911fd00000161")).value(), WithAttribute("a"));
  EXPECT_EQ(DecodeNode(Hex("00f8031911fdf0000161")).value(), WithAttribute("a"));
  EXPECT_EQ(DecodeNode(Hex("fdf80119")).value(), Node("iq"));  // flags of which nothing is known
}

TEST(Codec, RefusesWhatIsNoNode) {
  for (const char* hex : {
           "",                          // nothing
           "00",                        // no node
           "00f8",                      // no count
           "00f800",                    // no tag
           "0000",                      // a list of nothing
           "00f801",                    // the tag is missing
           "00f80100",                  // an empty tag
           "00f801fc00",                // the same in another form
           "0019",                      // no list
           "00f8031911",                // a value is missing
           "00f8031900fc0161",          // a nameless attribute
           "00f80219",                  // content is missing
           "00f802fc01",                // bytes are missing
           "00f80219fcff61",            // more bytes than there are
           "00f80219feffffffff61",      // far more
           "00f80219f802f80119",        // a child is missing
           "00f80219f80119",            // a child that is no list
           "00f801f0",                  // bytes that mean nothing
           "00f801f4",                  //
           "00f801ec",                  // a dictionary without an index
           "00f801ff",                  // a packed string without a length
           "00f801ff80",                // an odd number of nothing
           "00f801ff01c1",              // no nibble
           "00f801ff011f",              // filler in the middle
           "00f8031911fa0300",          // a JID without a server
           "00f8031911fafa03030303",    // a JID in a JID
           "00f8031911f70004f7000403",  //
       })
    ExpectFault(hex, FaultCode::kMalformed);
}

TEST(Codec, RefusesEveryBeginning) {
  const auto vectors = vectors::Load("wire/nodes");
  for (const auto& one : vectors.as_array()) {
    const std::string bytes = vectors::Bytes(one, "bytes");
    for (std::size_t size = 0; size < bytes.size(); ++size)
      ASSERT_FALSE(DecodeNode(bytes.substr(0, size)));
    EXPECT_TRUE(DecodeNode(bytes + '\x19'));
  }
}

Node Nested(int depth) {
  Node node("a");
  for (int i = 1; i < depth; ++i) {
    Node parent("a");
    parent.content = Node::Children{std::move(node)};
    node = std::move(parent);
  }
  return node;
}

TEST(Codec, DepthIsBounded) {
  const Node deepest = Nested(kMaxNodeDepth);
  const std::string bytes = EncodeNode(deepest).value();
  EXPECT_EQ(DecodeNode(bytes).value(), deepest);
  EXPECT_EQ(EncodeNode(Nested(kMaxNodeDepth + 1)).error().code, FaultCode::kTooLarge);
  // The same by hand: one more around it, and a million of them.
  EXPECT_EQ(DecodeNode(Hex("00f802fc0161f801") + bytes.substr(1)).error().code,
            FaultCode::kTooLarge);
  std::string hostile("\0", 1);
  for (int i = 0; i < 1'000'000; ++i) hostile += "\xf8\x02\x19\xf8\x01";
  EXPECT_EQ(DecodeNode(hostile).error().code, FaultCode::kTooLarge);
}

TEST(Codec, PassesOverWhatOthersDo) {
  EXPECT_EQ(DecodeNode(Hex("00f8011919")).value(), DecodeNode(Hex("00f80119")).value());
  const Node node = DecodeNode(Hex("00f807191103fc016103"
                                   "11fc0161"))
                        .value();  // one name twice
  EXPECT_EQ(node.Find("to"), "a");
  EXPECT_EQ(node.attributes.size(), 2u);
  EXPECT_TRUE(EncodeNode(node));
}

TEST(Codec, AttributesAreBounded) {
  Node node("iq");
  for (std::size_t i = 0; i < kMaxNodeAttributes; ++i)
    node.attributes.push_back({"name" + std::to_string(i), "1"});
  EXPECT_EQ(DecodeNode(EncodeNode(node).value()).value(), node);
  node.attributes.push_back({"one more", "1"});
  EXPECT_EQ(EncodeNode(node).error().code, FaultCode::kTooLarge);
  ExpectFault("00f9ffff19", FaultCode::kTooLarge);
}

// Three bytes make a node, so that a frame could make millions more of them.
TEST(Codec, NodesAreBounded) {
  std::string list("\x00\xf8\x02\x19\xf8\x21", 6);
  for (int i = 0; i < 0x21; ++i) {
    list += std::string("\xf8\x02\x19\xf9\xff\xff", 6);
    for (int j = 0; j < 65535; ++j) list += "\xf8\x01\x19";
  }
  EXPECT_EQ(DecodeNode(list).error().code, FaultCode::kTooLarge);
}

// What the network says about all groups of an account comes in one node.
TEST(Codec, ManyLargeGroups) {
  Node::Children participants, groups;
  for (int i = 0; i < 1024; ++i)
    participants.push_back(Node("participant", {{"jid", std::to_string(10000000000 + i) + "@lid"},
                                                {"phone_number", "15550100@s.whatsapp.net"},
                                                {"type", "admin"}}));
  groups.assign(100, Node("group", {{"id", "120363"}}, participants));
  const Node node("groups", {}, std::move(groups));
  const std::string bytes = EncodeNode(node, Compression::kZlib).value();
  EXPECT_TRUE(DecodeNode(bytes).value() == node);
}

// Compression does not make it longer, whatever it is of.
TEST(Codec, TheLongestNodesAreWrittenAndRead) {
  const std::size_t around = 9;
  std::string content(kMaxNodeBytes - around, '\0');
  const auto random = base::MakeSeededRandom(1);
  random->Fill({reinterpret_cast<std::uint8_t*>(content.data()), content.size()});
  const Node node("enc", {}, Bytes{content});
  for (const Compression compression : {Compression::kNone, Compression::kZlib}) {
    const std::string bytes = EncodeNode(node, compression).value();
    EXPECT_LE(bytes.size(), 1 + kMaxNodeBytes);
    EXPECT_TRUE(DecodeNode(bytes).value() == node);
  }
}

TEST(Codec, LengthIsBounded) {
  const Node node("enc", {}, Bytes{std::string(kMaxNodeBytes, 'x')});
  EXPECT_EQ(EncodeNode(node).error().code, FaultCode::kTooLarge);
  const std::string frame = Hex("00f8021dfe01000000") + std::string(kMaxNodeBytes, 'x');
  EXPECT_EQ(DecodeNode(frame).error().code, FaultCode::kTooLarge);
  EXPECT_EQ(DecodeNode('\2' + Deflate(frame.substr(1))).error().code, FaultCode::kTooLarge);
}

TEST(Codec, RefusesToWriteWhatNobodyReads) {
  EXPECT_EQ(EncodeNode(Node("")).error().code, FaultCode::kMalformed);
  EXPECT_EQ(EncodeNode(Node("iq", {{"", "a"}})).error().code, FaultCode::kMalformed);
  EXPECT_EQ(EncodeNode(Node("iq", {{"a", "1"}, {"a", "2"}})).error().code, FaultCode::kMalformed);
}

TEST(Codec, Compresses) {
  const Node node("iq", {{"to", "123@lid"}}, Bytes{std::string(5000, 'x')});
  const std::string bytes = EncodeNode(node, Compression::kZlib).value();
  EXPECT_LT(bytes.size(), 100u);
  EXPECT_EQ(bytes[0], '\2');
  EXPECT_EQ(DecodeNode(bytes).value(), node);
  EXPECT_FALSE(DecodeNode(bytes.substr(0, bytes.size() - 1)));
  EXPECT_EQ(DecodeNode(bytes + "x").value(), node);
}

}  // namespace
}  // namespace parley::wire::binary
