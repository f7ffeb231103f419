// Engines on a network of their own, with a real store beneath each channel: for the tests of this
// folder.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/secrets.h"
#include "link/multidevice/messaging.h"
#include "link/multidevice/test_network.h"
#include "tests/support/store_world.h"

namespace parley::link::multidevice {

// Stands between an engine and the core, and fails when it is told to.
class TestEvents final : public core::LinkEvents {
 public:
  // What becomes of one report.
  enum class Fate { kStored, kLost, kStoredButLost };

  TestEvents(core::Store& store, base::Random& random, const core::Channel& channel)
      : store_(store), random_(random), channel_(channel) {}

  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites state) override;

  int reports = 0;
  // The report of that number, and all after it, have that fate. 0: none.
  int dies_at = 0;
  Fate fate = Fate::kLost;
  bool dead = false;

 private:
  core::Store& store_;
  base::Random& random_;
  const core::Channel& channel_;
};

class TestWorld;

// One device with its channel: what the core's runner and the link do around the topic of messages.
class TestEngine {
 public:
  TestEngine(TestWorld& world, const Jid& number, const Jid& lid, std::uint64_t seed);

  void Connect();
  void Disconnect();
  // The process dies: what was not stored is gone. Connect begins anew.
  void Crash();
  // Fresh keys, as a phone that was set up anew; not connected.
  void SetUpAnew(std::uint64_t seed);

  // Accepted and queued, as a program's message.
  core::MessageId Queue(const std::string& to, core::Content content,
                        std::optional<core::MessageId> quoted = std::nullopt);
  core::MessageId Say(const std::string& to, const std::string& text) {
    return Queue(to, core::TextContent{text});
  }

  std::vector<core::MessageInChat> Messages();
  // Texts that came from others, in order of arrival.
  std::vector<std::string> Heard();
  // Texts that were written on other devices of the account.
  std::vector<std::string> Copied();
  core::MessageStatus StatusOf(core::MessageId id);
  core::Message Get(core::MessageId id);

  core::Channel channel;
  TestNetwork::Member& member;
  std::shared_ptr<const Device> device;
  std::unique_ptr<TestEvents> events;
  std::unique_ptr<Records> records;
  std::unique_ptr<MessagesTopic> topic;
  core::SendOutcome last_outcome;

 private:
  friend class TestWorld;
  void MakeDevice(std::uint64_t seed);
  void MakeTopic();
  void Take(Node stanza);
  base::Task<> Deal();
  base::Task<> SendQueued();
  base::Task<> End();

  TestWorld& world_;
  std::unique_ptr<base::Random> random_;
  std::unique_ptr<LinkContext> context_;
  std::shared_ptr<StanzaPort> port_;
  std::deque<Node> inbox_;
  bool dealing_ = false, sending_ = false;
  int life_ = 0;  // what belongs to one before does nothing any more
};

// A device that says whatever a test wants it to, in sessions of its own: the engine's, which is
// not connected meanwhile.
class TestVoice {
 public:
  TestVoice(TestWorld& world, TestEngine& engine);

  // Returns the id.
  std::string Say(const TestEngine& to, const std::string& plain,
                  std::vector<Attribute> attributes = {});

 private:
  TestWorld& world_;
  TestEngine& engine_;
  std::shared_ptr<StanzaPort> port_;
  Ledger ledger_;
  LidMap lids_;
  Sessions sessions_;
};

class TestWorld : public testing::StoreWorld {
 public:
  TestWorld();

  // A device of the account of that number; its LID is the number behind "9".
  TestEngine& Add(const std::string& number, std::uint16_t device);
  // Runs until nothing happens any more, for at most that long.
  void Run(base::Duration limit = std::chrono::minutes(10));

  TestNetwork network;
  core::Secrets secrets;
  EngineCounters counters;  // of all engines
  std::vector<std::unique_ptr<TestEngine>> engines;
  int spoken = 0;  // by voices
};

inline std::string LidOf(const std::string& number) { return "9" + number; }

}  // namespace parley::link::multidevice
