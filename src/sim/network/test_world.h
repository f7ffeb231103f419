// For tests: a network on virtual time, and devices that write down what they hear.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/scheduler.h"
#include "sim/network/network.h"

namespace parley::sim::network {

inline constexpr base::Time kTestStart = base::FromUnixMs(1'700'000'000'000);
inline constexpr char kAnn[] = "15550001";
inline constexpr char kBob[] = "15550002";
inline constexpr char kCat[] = "15550003";

inline Content TextOfBody(std::string body) { return TextContent{std::move(body)}; }

// Ann, Bob and Cat are on the network.
class TestWorld {
 public:
  explicit TestWorld(std::uint64_t seed = 1, NetworkOptions chosen = {})
      : options(chosen), scheduler(kTestStart), random(base::MakeSeededRandom(seed)) {
    log = std::make_unique<MemoryLog>();
    Open();
    for (const char* number : {kAnn, kBob, kCat}) Add(number);
  }

  void Open() {
    auto opened = Network::Open(scheduler, *random, *log, *media, options);
    ASSERT_TRUE(opened) << opened.error().public_text();
    network = std::move(*opened);
  }

  // As SIGKILL and a new start: only what is in the log by now is left. Connections end.
  void Kill() {
    auto left = std::make_unique<MemoryLog>(log->bytes());
    network.reset();
    log = std::move(left);
    Open();
  }

  void Add(std::string number) {
    Person person;
    person.number = std::move(number);
    person.push_name = "Person " + person.number;
    ASSERT_TRUE(network->AddPerson(person));
  }

  std::string Link(const std::string& number, Profile profile = Profile::kPhone) {
    auto device = network->LinkDirectly(number, profile);
    EXPECT_TRUE(device);
    return device ? device->id : "";
  }

  std::string Type(const std::string& from, const std::string& to, std::string body) {
    Draft draft;
    draft.to = to;
    draft.content = TextOfBody(std::move(body));
    auto typed = network->SendAsPerson(from, draft);
    EXPECT_TRUE(typed);
    return typed ? typed->id : "";
  }

  Content Voice() {
    MediaContent content;
    content.kind = MessageKind::kAudio;
    content.media.sha256 = media->Store("ogg").value();
    content.media.mime_type = "audio/ogg";
    content.media.voice = true;
    return content;
  }

  std::vector<std::string> InboxTexts(const std::string& number) {
    std::vector<std::string> texts;
    auto rows = network->ListInbox(number, 0, kMaxPage);
    EXPECT_TRUE(rows);
    if (rows)
      for (const InboxRow& row : *rows) texts.push_back(TextOf(row.message.content));
    return texts;
  }

  void Run(base::Duration limit = std::chrono::seconds(10)) { scheduler.RunFor(limit); }
  std::int64_t MsSinceStart() const { return (scheduler.Now() - kTestStart).count(); }

  const NetworkOptions options;
  base::VirtualScheduler scheduler;
  std::unique_ptr<base::Random> random;
  std::unique_ptr<MemoryLog> log;
  std::unique_ptr<MediaShelf> media = MakeMemoryMedia();
  std::unique_ptr<Network> network;
};

class TestDevice final : public DeviceListener {
 public:
  TestDevice(TestWorld& world, const std::string& id, bool acknowledges = true)
      : world_(world), acknowledges_(acknowledges) {
    auto made = world.network->Connect(id, *this);
    EXPECT_TRUE(made);
    if (made) connection = std::move(*made);
  }

  void OnItems(std::span<const Item> given) override {
    EXPECT_FALSE(in_call_) << "called from inside a call";
    batches.push_back(given.size());
    for (const Item& item : given) {
      items.push_back(item);
      heard.push_back(Describe(item));
    }
    if (acknowledges_) connection->Acknowledge(given.back().seq);
  }
  void OnClosed(CloseReason reason) override {
    EXPECT_FALSE(in_call_) << "called from inside a call";
    closed = reason;
  }

  // The answer is appended to `answers`: "accepted at 5", "refused code", with ", retryable".
  void Send(std::string id, std::string to, Content content) {
    DeviceMessage message;
    message.id = std::move(id);
    message.to = std::move(to);
    message.content = std::move(content);
    in_call_ = true;
    connection->Send(std::move(message), [this](SendResult result) {
      EXPECT_FALSE(in_call_) << "called from inside a call";
      answered_at.push_back(world_.MsSinceStart());
      answers.push_back(Describe(result));
    });
    in_call_ = false;
  }
  void SendText(std::string id, std::string to, std::string body) {
    Send(std::move(id), std::move(to), TextOfBody(std::move(body)));
  }

  static std::string Describe(const SendResult& result) {
    const auto* refused = std::get_if<Refused>(&result);
    if (refused == nullptr) return "accepted";
    return "refused " + refused->code + (refused->retryable ? ", retryable" : "");
  }
  // "message id", "message id from me", "delivered id", "failed id 470", "notice group".
  static std::string Describe(const Item& item) {
    if (const auto* message = std::get_if<IncomingMessage>(&item.content))
      return "message " + message->message.id + (message->from_me ? " from me" : "");
    if (const auto* notice = std::get_if<Notice>(&item.content))
      return "notice " + std::string(NameOf(notice->content));
    const Receipt& receipt = std::get<Receipt>(item.content);
    return std::string(NameOf(receipt.status)) + " " + receipt.message_id +
           (receipt.code.empty() ? "" : " " + receipt.code);
  }

  std::unique_ptr<Connection> connection;
  std::vector<Item> items;
  std::vector<std::string> heard;
  std::vector<std::size_t> batches;
  std::vector<std::string> answers;
  std::vector<std::int64_t> answered_at;
  std::optional<CloseReason> closed;

 private:
  TestWorld& world_;
  const bool acknowledges_;
  bool in_call_ = false;
};

}  // namespace parley::sim::network
