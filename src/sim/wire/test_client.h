// For the tests of this folder: a network with people on virtual time, and clients that say to the
// front what the tests want, without a socket.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/scheduler.h"
#include "proto/client_payload.pb.h"
#include "sim/network/network.h"
#include "sim/wire/front.h"
#include "sim/wire/layers.h"
#include "sim/wire/nodes.h"
#include "wire/binary/codec.h"
#include "wire/crypto/xeddsa.h"
#include "wire/noise/handshake.h"
#include "wire/signal/pre_keys.h"

namespace parley::sim::wire {

// What lies between a test and the front.
struct Pipe {
  explicit Pipe(base::Scheduler& scheduler) : news(scheduler) {}
  std::deque<std::string> to_server;
  std::string to_client;
  std::size_t bound = SIZE_MAX;
  bool closed = false;
  base::Signal news;
};

class TestSocket final : public http::WebSocket {
 public:
  explicit TestSocket(std::shared_ptr<Pipe> pipe) : pipe_(std::move(pipe)) {}
  ~TestSocket() override { pipe_->closed = true; }
  base::Task<base::Result<std::string>> Read() override {
    const std::shared_ptr<Pipe> pipe = pipe_;
    while (pipe->to_server.empty() && !pipe->closed) co_await pipe->news.Wait();
    if (pipe->closed) co_return base::ErrorCode::kUnavailable;
    std::string message = std::move(pipe->to_server.front());
    pipe->to_server.pop_front();
    co_return message;
  }
  base::Task<base::Result<void>> Write(std::string message) override {
    if (pipe_->closed) co_return base::ErrorCode::kUnavailable;
    pipe_->to_client += message;
    co_return base::Result<void>();
  }
  void BoundMessages(std::size_t bytes) override { pipe_->bound = bytes; }
  void Close() override {
    pipe_->closed = true;
    pipe_->news.Notify();
  }

 private:
  const std::shared_ptr<Pipe> pipe_;
};

class TestNetwork {
 public:
  TestNetwork() { Open(); }

  // As after the process was started anew.
  void Restart() {
    front.reset();
    network.reset();
    Open();
  }
  void Add(std::string number, std::string name) {
    net::Person person;
    person.number = std::move(number);
    person.push_name = std::move(name);
    ASSERT_TRUE(network->AddPerson(std::move(person)));
  }
  void Run(base::Duration time = std::chrono::seconds(2)) { scheduler.RunFor(time); }

  base::VirtualScheduler scheduler{base::FromUnixMs(1'750'000'000'000)};
  std::unique_ptr<base::Random> random = base::MakeSeededRandom(7);
  net::MemoryLog log, wire_log;
  std::unique_ptr<net::MediaShelf> media = net::MakeMemoryMedia();
  FrontOptions options;
  std::unique_ptr<net::Network> network;
  std::unique_ptr<Front> front;

 private:
  void Open() {
    network = std::move(
        net::Network::Open(scheduler, *random, log, *media, net::NetworkOptions()).value());
    front = std::move(Front::Open(scheduler, *random, *network, wire_log, options).value());
  }
};

// A client's keys, which outlive its connections.
struct TestKeys {
  explicit TestKeys(base::Random& random)
      : noise(crypto::KeyPair::Generate(random)),
        identity(crypto::KeyPair::Generate(random), 77),
        signed_key(signal::MakeSignedPreKey(identity, 5, random)) {
    random.Fill(adv_secret.bytes());
  }
  crypto::KeyPair noise;
  signal::Identity identity;
  signal::SignedPreKey signed_key;
  crypto::Secret<32> adv_secret;
};

class TestConnection {
 public:
  TestConnection(TestNetwork& world, const TestKeys& keys)
      : world_(world), keys_(keys), pipe_(std::make_shared<Pipe>(world.scheduler)) {
    world.scheduler.Spawn("client", world.front->Serve(std::make_unique<TestSocket>(pipe_)));
  }
  ~TestConnection() { End(); }

  void SendBytes(std::string bytes) {
    pipe_->to_server.push_back(std::move(bytes));
    pipe_->news.Notify();
    world_.scheduler.RunReady();
  }
  // The handshake, and what the client says it is.
  void Begin(const std::string& payload) {
    const auto root = crypto::PublicKey::FromBytes(world_.front->root_key()).value();
    noise::ClientHandshake handshake(crypto::KeyPair::Generate(*world_.random), keys_.noise, root);
    SendBytes(noise::MakeOpening("") + noise::MakeFrame(handshake.Hello()).value());
    const auto hello = NextFrame();
    ASSERT_TRUE(hello);
    auto finished = handshake.Finish(*hello, payload, world_.scheduler.Now());
    ASSERT_TRUE(finished) << finished.error().what;
    transport_.emplace(std::move(finished->transport));
    SendBytes(noise::MakeFrame(finished->message).value());
  }
  void Register() {
    proto::ClientPayload payload;
    proto::DevicePairingRegistrationData& data = *payload.mutable_device_pairing_data();
    data.set_registration_id(BigEndian(keys_.identity.registration_id, 4));
    data.set_key_type("\x05");
    data.set_identity(std::string(keys_.identity.keys.public_key.bytes()));
    data.set_signed_key_id(BigEndian(keys_.signed_key.id, 3));
    data.set_signed_key(std::string(keys_.signed_key.keys.public_key.bytes()));
    data.set_signed_key_signature(keys_.signed_key.signature);
    Begin(payload.SerializeAsString());
  }
  void LogIn(std::uint64_t number, std::uint32_t device) {
    proto::ClientPayload payload;
    payload.set_username(number);
    payload.set_device(device);
    payload.set_passive(true);
    Begin(payload.SerializeAsString());
  }
  void Send(const binary::Node& node) {
    SendBytes(noise::MakeFrame(transport_->Seal(binary::EncodeNode(node).value()).value()).value());
  }
  // The next stanza, of any tag; nullopt when there is none.
  std::optional<binary::Node> Next() {
    const auto frame = NextFrame();
    if (!frame || !transport_) return std::nullopt;
    const auto plain = transport_->Open(*frame);
    EXPECT_TRUE(plain);
    return binary::DecodeNode(*plain).value();
  }
  // The next one with that tag; others are passed over.
  std::optional<binary::Node> Next(std::string_view tag) {
    for (;;) {
      auto node = Next();
      if (!node || node->tag == tag) return node;
    }
  }
  // Also soon after a goodbye.
  bool is_closed() {
    world_.Run();
    return pipe_->closed;
  }
  void End() {
    pipe_->closed = true;
    pipe_->news.Notify();
    world_.scheduler.RunReady();
  }

 private:
  std::optional<std::string> NextFrame() {
    world_.scheduler.RunReady();
    reader_.Add(std::exchange(pipe_->to_client, std::string()));
    reader_.AllowLongFrames();
    return reader_.Next().value();
  }

  TestNetwork& world_;
  const TestKeys& keys_;
  const std::shared_ptr<Pipe> pipe_;
  noise::FrameReader reader_{noise::FrameReader::Side::kClient};
  std::optional<noise::Transport> transport_;
};

}  // namespace parley::sim::wire
