// The native link, its runner and a store, and a network that the test plays; on virtual time.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/channels/channel_store.h"
#include "core/channels/runner.h"
#include "core/event_store.h"
#include "core/events.h"
#include "link/multidevice/link.h"
#include "tests/support/moody_store.h"
#include "tests/support/scripted_network.h"
#include "tests/support/scripted_phone.h"
#include "tests/support/store_world.h"

namespace parley::link::multidevice {

using core::ChannelState;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ResultWith;
using testing::ScriptedPhone;
using testing::StoreMood;
using testing::Visit;
using wire::binary::Node;

// What the messaging half was told.
struct Told {
  int opened = 0, closed = 0, caught_up = 0, stopped = 0;
  std::vector<std::string> stanzas;
  std::shared_ptr<StanzaPort> port;
  std::shared_ptr<const Device> device;
};

class FakeMessaging final : public Messaging {
 public:
  explicit FakeMessaging(Told& told) : told_(told) {}
  void OnOpen(std::shared_ptr<StanzaPort> port, std::shared_ptr<const Device> device) override {
    ++told_.opened;
    told_.port = std::move(port);
    told_.device = std::move(device);
  }
  void OnCaughtUp() override { ++told_.caught_up; }
  void OnClosed() override { ++told_.closed; }
  base::Task<> OnStanza(Node stanza) override {
    told_.stanzas.push_back(stanza.tag);
    co_return;
  }
  base::Task<> Stop() override {
    ++told_.stopped;
    co_return;
  }
  base::Task<core::SendOutcome> Send(core::OutgoingMessage) override {
    co_return core::SendAccepted();
  }
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest, base::Duration) override {
    co_return base::ErrorCode::kNotSupported;
  }

 private:
  Told& told_;
};

inline Node Success() {
  Node success("success");
  success.attributes.push_back({"t", "1800000000"});
  success.attributes.push_back({"lid", "90001:3@lid"});
  return success;
}
inline Node Failure(int code) {
  return ScriptedPhone::WithAttribute("failure", "reason", std::to_string(code));
}
inline Node StreamError(std::string_view code, std::string_view conflict) {
  Node error("stream:error");
  if (!code.empty()) error.attributes.push_back({"code", std::string(code)});
  if (conflict.empty()) return error;
  Node::Children children;
  children.push_back(ScriptedPhone::WithAttribute("conflict", "type", std::string(conflict)));
  error.content = std::move(children);
  return error;
}
inline Node Info(Node child) {
  Node info("ib");
  Node::Children children;
  children.push_back(std::move(child));
  info.content = std::move(children);
  return info;
}

class Multidevice : public ::testing::Test {
 protected:
  Multidevice()
      : moody_(*world_.sqlite),
        store_(moody_, world_.scheduler),
        secrets_(base::SealKey{}, *world_.random),
        pool_(base::MakeInlinePool()),
        network_(world_.scheduler, *world_.random),
        phone_(*world_.random),
        account_(world_.AddAccount("ours")) {
    channel_ = world_.AddChannel(account_, ChannelState::kPending);
    phone_.number = channel_.phone;
    network_.answer = [this](const Node& query) { return AnswerTo(query); };
    NetworkOptions options;
    options.url = "ws://network.example/ws/chat";
    options.root = network_.root();
    options.first_keys = 12;
    LinkParts parts{store_,
                    secrets_,
                    *world_.random,
                    *pool_,
                    network_,
                    [this](const LinkContext&) { return std::make_unique<FakeMessaging>(told_); },
                    {core::ContentKind::kText}};
    factory_ = std::make_unique<MultideviceFactory>(std::move(parts), options, ClientInfo());
  }
  ~Multidevice() override {
    if (runner_) StopRunner();
  }

  // The network: it keeps count of one-time keys and takes everything.
  std::optional<Node> AnswerTo(const Node& query) {
    if (query.FindChild("count") != nullptr)
      return ResultWith(
          ScriptedPhone::WithAttribute("count", "value", std::to_string(keys_at_network_)));
    if (const Node* list = query.FindChild("list"))
      keys_at_network_ += static_cast<int>(list->children().size());
    return ResultWith();
  }

  void StartRunner() {
    runner_ = std::make_unique<core::ChannelRunner>(store_, *world_.random, *factory_,
                                                    std::make_shared<const core::Channel>(Row()));
    runner_->Start();
    Settle();
  }
  // It must not take long, whatever the network does.
  void StopRunner() {
    const base::Microseconds before = world_.scheduler.Monotonic();
    auto stop = [](core::ChannelRunner* runner) -> base::Task<bool> {
      co_await runner->Stop(false);
      co_return true;
    };
    world_.Await(stop(runner_.get()));
    EXPECT_LT(world_.scheduler.Monotonic() - before, seconds(3));
    runner_.reset();
  }
  // As a crash: what was not stored is gone, what the network heard it has heard.
  void Restart() {
    StopRunner();
    StartRunner();
  }

  void Settle() { world_.scheduler.RunFor(base::Duration(20)); }
  void Pass(base::Duration time) { world_.scheduler.RunFor(time); }
  void Until(const std::function<bool()>& holds, base::Duration limit = minutes(2)) {
    ASSERT_TRUE(world_.scheduler.RunUntil([&] { return holds(); }, limit));
  }

  core::Channel Row() {
    return *world_.Read([this](const core::Transaction& tx) -> base::Result<core::Channel> {
      PARLEY_TRY(channel, tx.channels().Find(account_, channel_.row));
      return *channel;
    });
  }
  ChannelState State() { return Row().state; }
  std::string Reason() { return Row().state_reason; }
  std::string StateText() { return std::string(NameOf(State())) + " " + Reason(); }

  std::size_t Records(std::string_view space) {
    return world_
        .Read([this, space](const core::Transaction& tx) {
          return tx.link_state().List(channel_.row, space);
        })
        ->size();
  }
  std::size_t AllRecords() {
    std::size_t count = 0;
    for (const std::string_view space : kSpaces) count += Records(space);
    return count;
  }
  // The codes that were on offer.
  std::vector<core::PairingOffered> Offers() {
    std::vector<core::PairingOffered> offers;
    for (const core::Event& event : world_.Events())
      if (const auto* offer = std::get_if<core::PairingOffered>(&event.body))
        offers.push_back(*offer);
    return offers;
  }
  std::string LastQr() {
    const auto offers = Offers();
    return offers.empty() ? "" : offers.back().qr;
  }

  Visit& visit() { return *network_.last(); }
  void Say(const Node& stanza) {
    visit().Say(stanza);
    Settle();
  }
  void Leave() {
    visit().Leave();
    Settle();
  }

  // A QR code is on show.
  void Offer(int refs = 6) {
    const std::size_t offers = Offers().size();
    StartRunner();
    ASSERT_EQ(network_.visits.size(), 1u);
    Say(ScriptedPhone::PairDevice(refs));
    ASSERT_EQ(Offers().size(), offers + 1);
  }
  void ScanLast(ScriptedPhone::Fault fault = ScriptedPhone::Fault::kNone, bool hosted = false) {
    const auto scanned = ScriptedPhone::Scan(LastQr());
    companion_ = scanned.identity;
    Say(phone_.PairSuccess(scanned.secret, scanned.identity, fault, hosted));
  }
  // Paired and told to restart: the second connection stands.
  void Pair() {
    Offer();
    ScanLast();
    Say(StreamError("515", ""));
    ASSERT_EQ(network_.visits.size(), 2u);
  }
  void LogIn() {
    Pair();
    Say(Success());
    ASSERT_EQ(StateText(), "connected ");
  }
  // Lets the connection that comes next log in.
  void NextLogIn(std::size_t visits) {
    Until([&] { return network_.visits.size() >= visits && visit().is_shaken(); }, minutes(10));
    Say(Success());
  }

  testing::StoreWorld world_;
  testing::MoodyStore moody_;
  core::Store store_;
  core::Secrets secrets_;
  std::unique_ptr<base::BlockingPool> pool_;
  testing::ScriptedNetwork network_;
  ScriptedPhone phone_;
  core::AccountRow account_;
  core::Channel channel_;
  Told told_;
  int keys_at_network_ = 0;
  std::string companion_;  // identity of the device that was scanned
  std::unique_ptr<MultideviceFactory> factory_;
  std::unique_ptr<core::ChannelRunner> runner_;
};

}  // namespace parley::link::multidevice
