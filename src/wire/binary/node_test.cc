#include "wire/binary/node.h"

#include <gtest/gtest.h>

namespace parley::wire::binary {
namespace {

TEST(Node, Finds) {
  Node node("message", {{"from", "123:4@lid"}, {"t", "17"}},
            Node::Children{Node("enc"), Node("a")});
  EXPECT_EQ(node.Find("t"), "17");
  EXPECT_EQ(node.Find("id"), std::nullopt);
  EXPECT_EQ(node.FindJid("from").value(), Jid("123", JidServer::kLid, 4));
  EXPECT_EQ(node.FindJid("t").error().code, FaultCode::kMalformed);
  EXPECT_EQ(node.FindJid("to").error().code, FaultCode::kMalformed);
  EXPECT_EQ(node.FindChild("a"), &node.children()[1]);
  EXPECT_EQ(node.FindChild("b"), nullptr);
  EXPECT_EQ(node.data(), "");
}

TEST(Node, TextAndBytesAreRead) {
  EXPECT_EQ(Node("a", {}, Text{"text"}).data(), "text");
  EXPECT_EQ(Node("a", {}, Bytes{"bytes"}).data(), "bytes");
  EXPECT_EQ(Node("a").data(), "");
  EXPECT_TRUE(Node("a", {}, Text{"text"}).children().empty());
  EXPECT_EQ(Node("a", {}, Text{"text"}).FindChild("text"), nullptr);
}

}  // namespace
}  // namespace parley::wire::binary
