#include "wire/noise/transport.h"

#include <gtest/gtest.h>

#include <type_traits>
#include <utility>

namespace parley::wire::noise {
namespace {

const crypto::AesKey kUp = *crypto::AesKey::From(std::string(32, 'u'));
const crypto::AesKey kDown = *crypto::AesKey::From(std::string(32, 'd'));

TEST(Transport, CountsInTheNonce) {
  const auto nonce = NonceOf(0x01020304);
  EXPECT_EQ(nonce, (crypto::GcmNonce{0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4}));
}

TEST(Transport, KeepsOrder) {
  Transport client(kUp, kDown), server(kDown, kUp);
  const std::string one = client.Seal("same").value(), two = client.Seal("same").value();
  EXPECT_NE(one, two);
  EXPECT_EQ(server.Open(two).error().code, FaultCode::kWrongMac);
  EXPECT_EQ(server.Open(one).value(), "same");
  EXPECT_EQ(server.Open(one).error().code, FaultCode::kWrongMac);  // replayed
  EXPECT_EQ(server.Open(two).value(), "same");
  EXPECT_EQ(client.Open(client.Seal("own").value()).error().code, FaultCode::kWrongMac);
  EXPECT_EQ(server.Open("").error().code, FaultCode::kWrongMac);
}

static_assert(!std::is_copy_constructible_v<Transport> && !std::is_copy_assignable_v<Transport>);

TEST(Transport, IsUsedUpWhenItIsMoved) {
  Transport client(kUp, kDown), server(kDown, kUp);
  EXPECT_EQ(server.Open(client.Seal("one").value()).value(), "one");
  EXPECT_EQ(client.Open(server.Seal("two").value()).value(), "two");
  Transport moved(std::move(client));
  EXPECT_EQ(client.Seal("x").error().code, FaultCode::kInvalidState);
  EXPECT_EQ(client.Open(server.Seal("three").value()).error().code, FaultCode::kInvalidState);
  Transport again(kDown, kUp);
  again = std::move(moved);
  EXPECT_EQ(moved.Seal("x").error().code, FaultCode::kInvalidState);
  EXPECT_EQ(server.Open(again.Seal("goes on").value()).value(), "goes on");
}

TEST(Transport, WhatNoFrameHoldsIsNotCounted) {
  Transport client(kUp, kDown), server(kDown, kUp);
  EXPECT_EQ(client.Seal(std::string(kMaxPlain + 1, 'x')).error().code, FaultCode::kTooLarge);
  const std::string longest(kMaxPlain, 'x');
  const std::string sealed = client.Seal(longest).value();
  EXPECT_TRUE(MakeFrame(sealed));
  EXPECT_EQ(server.Open(sealed).value(), longest);
}

TEST(Transport, NoNonceIsUsedTwice) {
  Transport client(kUp, kDown, 0xfffffffe), server(kDown, kUp, 0xfffffffe);
  EXPECT_EQ(server.Open(client.Seal("last").value()).value(), "last");
  EXPECT_EQ(client.Seal("one more").error().code, FaultCode::kInvalidState);
  EXPECT_EQ(server.Open("one more").error().code, FaultCode::kInvalidState);
}

}  // namespace
}  // namespace parley::wire::noise
