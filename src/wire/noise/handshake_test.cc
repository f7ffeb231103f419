#include "wire/noise/handshake.h"

#include <gtest/gtest.h>

#include <type_traits>

#include "base/encoding.h"
#include "tests/vectors/vectors.h"
#include "wire/binary/protobuf.h"
#include "wire/noise/certificate.h"
#include "wire/noise/messages.h"

namespace parley::wire::noise {
namespace {

using crypto::KeyPair;
using crypto::PrivateKey;
using crypto::PublicKey;

const base::Time kNow = base::FromUnixMs(1'750'000'000'000);

KeyPair PairOf(const boost::json::value& vector, std::string_view name) {
  return KeyPair(PrivateKey::FromBytes(vectors::Bytes(vector, name)).value());
}

std::vector<std::string> ListOf(const boost::json::value& vector, std::string_view name) {
  std::vector<std::string> list;
  for (const auto& one : vector.at(name).as_array())
    list.push_back(base::FromHexText(std::string_view(one.as_string())).value());
  return list;
}

// Baileys as the client: the server believes it and says the same as the one that Baileys believed.
TEST(Handshake, ServesAsOthersDo) {
  const auto vectors = vectors::Load("wire/handshakes");
  for (const auto& one : vectors.as_array()) {
    ServerHandshake server(PairOf(one, "ephemeral"), PairOf(one, "static"),
                           vectors::Bytes(one, "chain"));
    EXPECT_EQ(server.Answer(vectors::Bytes(one, "hello")).value(), vectors::Bytes(one, "answer"));
    auto accepted = server.Accept(vectors::Bytes(one, "finish"));
    ASSERT_TRUE(accepted);
    EXPECT_EQ(accepted->client, PairOf(one, "clientStatic").public_key);
    EXPECT_EQ(accepted->payload, vectors::Bytes(one, "payload"));
    const auto plain = ListOf(one, "plain"), from_client = ListOf(one, "fromClient"),
               from_server = ListOf(one, "fromServer");
    for (std::size_t i = 0; i < plain.size(); ++i) {
      EXPECT_EQ(accepted->transport.Open(from_client[i]).value(), plain[i]);
      EXPECT_EQ(accepted->transport.Seal(plain[i]).value(), from_server[i]);
    }
  }
}

// And the client says the same as Baileys.
TEST(Handshake, ConnectsAsOthersDo) {
  const auto vectors = vectors::Load("wire/handshakes");
  for (const auto& one : vectors.as_array()) {
    ClientHandshake client(PairOf(one, "clientEphemeral"), PairOf(one, "clientStatic"),
                           PublicKey::FromBytes(vectors::Bytes(one, "root")).value());
    EXPECT_EQ(client.Hello(), vectors::Bytes(one, "hello"));
    auto finished =
        client.Finish(vectors::Bytes(one, "answer"), vectors::Bytes(one, "payload"), kNow);
    ASSERT_TRUE(finished) << finished.error().what;
    EXPECT_EQ(finished->message, vectors::Bytes(one, "finish"));
    const auto plain = ListOf(one, "plain"), from_client = ListOf(one, "fromClient"),
               from_server = ListOf(one, "fromServer");
    for (std::size_t i = 0; i < plain.size(); ++i) {
      EXPECT_EQ(finished->transport.Seal(plain[i]).value(), from_client[i]);
      EXPECT_EQ(finished->transport.Open(from_server[i]).value(), plain[i]);
    }
  }
}

class BothSides : public testing::Test {
 protected:
  static CertificateDetails Details(std::uint32_t serial, std::uint32_t issuer,
                                    const PublicKey& key) {
    CertificateDetails details;
    details.serial = serial;
    details.issuer_serial = issuer;
    details.key = key;
    details.not_before = 1'700'000'000;
    details.not_after = 1'800'000'000;
    return details;
  }

  ServerHandshake MakeServer() {
    const Certificate intermediate =
        Issue(root_.private_key, Details(7, kRootSerial, intermediate_.public_key), *random_);
    const Certificate leaf =
        Issue(intermediate_.private_key, Details(8, 7, server_key_.public_key), *random_);
    return ServerHandshake(KeyPair::Generate(*random_), server_key_,
                           EncodeChain(leaf, intermediate));
  }
  ClientHandshake MakeClient() {
    return ClientHandshake(KeyPair::Generate(*random_), client_key_, root_.public_key);
  }

  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(5);
  const KeyPair root_ = KeyPair::Generate(*random_);
  const KeyPair intermediate_ = KeyPair::Generate(*random_);
  const KeyPair server_key_ = KeyPair::Generate(*random_);
  const KeyPair client_key_ = KeyPair::Generate(*random_);
};

TEST_F(BothSides, Meet) {
  ClientHandshake client = MakeClient();
  ServerHandshake server = MakeServer();
  const std::string answer = server.Answer(client.Hello()).value();
  auto finished = client.Finish(answer, "who I am", kNow);
  ASSERT_TRUE(finished) << finished.error().what;
  auto accepted = server.Accept(finished->message);
  ASSERT_TRUE(accepted);
  EXPECT_EQ(accepted->client, client_key_.public_key);
  EXPECT_EQ(accepted->payload, "who I am");
  EXPECT_EQ(accepted->transport.Open(finished->transport.Seal("up").value()).value(), "up");
  EXPECT_EQ(finished->transport.Open(accepted->transport.Seal("down").value()).value(), "down");
}

static_assert(!std::is_copy_constructible_v<ClientHandshake> &&
              !std::is_copy_constructible_v<ServerHandshake> &&
              !std::is_copy_constructible_v<ClientHandshake::Finished> &&
              !std::is_copy_constructible_v<ServerHandshake::Accepted>);

TEST_F(BothSides, EachStepIsDoneOnce) {
  ClientHandshake client = MakeClient();
  ServerHandshake server = MakeServer();
  EXPECT_EQ(server.Accept("").error().code, FaultCode::kInvalidState);
  const std::string answer = server.Answer(client.Hello()).value();
  EXPECT_EQ(server.Answer(client.Hello()).error().code, FaultCode::kInvalidState);
  const std::string finish = client.Finish(answer, "", kNow)->message;
  EXPECT_EQ(client.Finish(answer, "", kNow).error().code, FaultCode::kInvalidState);
  EXPECT_TRUE(server.Accept(finish));
  EXPECT_EQ(server.Accept(finish).error().code, FaultCode::kInvalidState);
}

TEST_F(BothSides, NothingIsTriedAgain) {
  ClientHandshake client = MakeClient();
  ServerHandshake server = MakeServer();
  const std::string answer = server.Answer(client.Hello()).value();
  EXPECT_FALSE(client.Finish("", "", kNow));
  EXPECT_EQ(client.Finish(answer, "", kNow).error().code, FaultCode::kInvalidState);
  EXPECT_FALSE(server.Accept(""));
  EXPECT_EQ(server.Accept("").error().code, FaultCode::kInvalidState);
}

// Every bit of what is said counts, but for the tags and lengths that a parser may take otherwise.
TEST_F(BothSides, RefuseWhatWasChanged) {
  const std::string answer = MakeServer().Answer(MakeClient().Hello()).value();
  for (std::size_t i = 0; i < answer.size(); i += 3) {
    ClientHandshake client = MakeClient();
    std::string changed = MakeServer().Answer(client.Hello()).value();
    changed[i] = static_cast<char>(changed[i] ^ 0x10);
    EXPECT_FALSE(client.Finish(changed, "", kNow)) << i;
  }
  for (std::size_t i = 0;; i += 3) {
    ClientHandshake client = MakeClient();
    ServerHandshake server = MakeServer();
    std::string finish =
        client.Finish(server.Answer(client.Hello()).value(), "payload", kNow)->message;
    if (i >= finish.size()) break;
    finish[i] = static_cast<char>(finish[i] ^ 0x10);
    EXPECT_FALSE(server.Accept(finish)) << i;
  }
}

TEST_F(BothSides, AnotherClientsAnswerIsNoAnswer) {
  ClientHandshake client = MakeClient(), other = MakeClient();
  const auto finished = client.Finish(MakeServer().Answer(other.Hello()).value(), "", kNow);
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, FaultCode::kWrongMac);
}

TEST_F(BothSides, AnotherRootIsNotBelieved) {
  ClientHandshake client(KeyPair::Generate(*random_), client_key_,
                         KeyPair::Generate(*random_).public_key);
  const auto finished = client.Finish(MakeServer().Answer(client.Hello()).value(), "", kNow);
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, FaultCode::kWrongSignature);
}

TEST_F(BothSides, DatesAreThoseOfTheClient) {
  ClientHandshake client = MakeClient();
  const auto finished = client.Finish(MakeServer().Answer(client.Hello()).value(), "",
                                      base::FromUnixMs(1'800'000'001'000));
  ASSERT_FALSE(finished);
  EXPECT_EQ(finished.error().code, FaultCode::kWrongCertificate);
}

TEST_F(BothSides, PointsOfSmallOrderEndIt) {
  const std::string hello = Encode(ClientHello{PublicKey()});
  EXPECT_EQ(MakeServer().Answer(hello).error().code, FaultCode::kInvalidKey);
  ServerHello answer;
  answer.static_key = answer.payload = std::string(48, 'x');
  EXPECT_EQ(MakeClient().Finish(Encode(answer), "", kNow).error().code, FaultCode::kInvalidKey);
}

TEST_F(BothSides, LongMessagesAreRefused) {
  const std::string hello =
      MakeClient().Hello() + binary::FieldWriter().Bytes(100, std::string(1 << 16, 'x')).Take();
  EXPECT_EQ(MakeServer().Answer(hello).error().code, FaultCode::kTooLarge);
  ServerHandshake server(KeyPair::Generate(*random_), server_key_,
                         std::string(kMaxHandshakeFrame / 2 + 1, 'x'));
  EXPECT_EQ(server.Answer(MakeClient().Hello()).error().code, FaultCode::kTooLarge);
}

// Newer clients send more fields.
TEST_F(BothSides, UnknownFieldsArePassedOver) {
  ClientHandshake client = MakeClient();
  const std::string more = binary::FieldWriter().Number(4, 1).Bytes(5, "more").Take();
  const std::string hello = client.Hello();
  const std::string longer = binary::FieldWriter().Bytes(2, hello.substr(2) + more).Take();
  ServerHandshake server = MakeServer();
  EXPECT_TRUE(client.Finish(server.Answer(longer).value(), "", kNow));
}

}  // namespace
}  // namespace parley::wire::noise
