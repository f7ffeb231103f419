#include "tests/support/random_traffic.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "api/onemsg/addresses.h"
#include "api/onemsg/dialect.h"
#include "api/twochat/dialect.h"
#include "api/wapio/addresses.h"
#include "api/wapio/dialect.h"
#include "base/encoding.h"
#include "core/event_store.h"
#include "core/messages/link_id.h"
#include "core/messages/message_store.h"
#include "core/webhooks/delivery.h"
#include "core/webhooks/webhooks.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

namespace json = base::json;
namespace net = sim::network;
using core::Dialect;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kPicture = "https://files.test/picture.gif";
constexpr const char* kPaper = "https://files.test/paper.pdf";
constexpr const char* kMissing = "https://files.test/missing.gif";
constexpr std::string_view kGif = "GIF89a\x01\x00\x01\x00\x00\x00\x00;";
// Long enough for the whole retry schedule and the probes of a paused subscription.
constexpr base::Duration kUntilSettled = hours(24 * 4);

constexpr base::Duration kLongestAnswer = seconds(2);

// Whose connection is cut by faults; its messages may be doubled, with the same id.
constexpr std::size_t kCutOffChannel = 1;

// With people of the quiet kind nothing happens to a message that could lose or double it.
enum class Luck { kQuiet, kRough, kNotOnNetwork };
struct Person {
  const char* number;
  const char* name;
  Luck luck;
};
constexpr Person kPeople[] = {
    {"15550101", "ada", Luck::kQuiet},     {"15550102", "ben", Luck::kQuiet},
    {"15550103", "cleo", Luck::kQuiet},    {"15550104", "dan", Luck::kRough},
    {"15550105", "eve", Luck::kRough},     {"15550106", "fay", Luck::kRough},
    {"15550999", "", Luck::kNotOnNetwork},
};

struct Subscriber {
  std::string url;
  Dialect dialect;
  std::size_t channel;
  std::vector<std::string> events;  // empty: all
};

struct AcceptedMessage {
  core::MessageId id;
  std::size_t channel = 0;
  const Person* to = nullptr;
  bool was_cut_off = false;  // perhaps: the network's answer was lost
};

class Traffic {
 public:
  Traffic(std::uint64_t seed) : world_(seed), chance_(base::MakeSeededRandom(seed * 7919 + 17)) {
    SetUp();
  }

  void Step();
  void Settle();
  TrafficReport Report();

 private:
  // Set-up.
  void SetUp();
  void Subscribe(Subscriber subscriber);

  // What happens.
  void SendText();
  void SendMedia();
  void SendAgain();
  void PersonSends();
  void PersonReads();
  void AddFault();
  void SpoilReceiver();
  void Crash();
  void CutConnection();
  void TroubleStore();
  void MarkInFlight();
  void PassTime();
  void Call(Dialect dialect, std::size_t channel, std::string target, std::string body,
            std::string idempotency_key, const Person& to);
  void Note(Dialect dialect, std::size_t channel, const Person& to, const http::Response& response);

  // What must hold.
  void CheckMessages();
  void CheckEvents();
  void CheckWebhooks();
  void Violated(std::string sentence) { report_.violations.push_back(std::move(sentence)); }

  template <class Item, std::size_t N>
  const Item& OneOf(const Item (&items)[N]) {
    return items[chance_->Below(N)];
  }
  std::size_t AnyChannel() { return chance_->Below(channels_.size()); }
  std::vector<core::Event> AllEvents();

  VirtualWorld world_;
  const std::unique_ptr<base::Random> chance_;
  std::vector<VirtualWorld::ChannelKeys> channels_;
  std::vector<Subscriber> subscribers_;
  std::vector<core::Subscription> subscriptions_;    // as they were at first
  std::map<std::string, AcceptedMessage> accepted_;  // by the id's digits
  std::map<std::string, std::uint64_t> last_read_;   // inbox rows, by number
  std::vector<std::int64_t> faults_;
  std::vector<base::Time> crashes_;
  bool store_in_trouble_ = false;
  // The last Wapio request with an Idempotency-Key, and its answer.
  http::Request keyed_request_;
  std::string keyed_answer_;
  TrafficReport report_;
};

// --------------------------------------------------------------------------------------- set-up

void Traffic::SetUp() {
  for (const Person& one : kPeople) {
    if (one.luck == Luck::kNotOnNetwork) continue;
    net::Person person;
    person.number = one.number;
    person.push_name = one.name;
    if (!world_.network().AddPerson(person)) Violated("a person could not be added");
  }
  world_.internet().PutFile(kPicture, "image/gif", std::string(kGif));
  world_.internet().PutFile(kPaper, "application/pdf", "%PDF-1.4\n%%EOF\n");
  channels_.push_back(world_.MakeChannel("sales", "15550201", "phone", std::nullopt));
  channels_.push_back(
      world_.MakeChannel("support", "15550202", "phone", channels_.front().account));
  channels_.push_back(world_.MakeChannel("shop", "15550203", "business", std::nullopt));
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    const std::string at = fmt::format("https://hooks.test/{}/", i);
    Subscribe({at + "wapio", Dialect::kWapio, i, {}});
    Subscribe({at + "onemsg", Dialect::kOneMsg, i, {}});
    for (const char* event : {"whatsapp.message.new", "whatsapp.conversation.new"})
      Subscribe({at + event, Dialect::kTwoChat, i, {event}});
  }
  Subscribe({"https://hooks.test/doomed", Dialect::kWapio, 0, {"messages.update"}});
  world_.Pass(seconds(1));
}

void Traffic::Subscribe(Subscriber subscriber) {
  const VirtualWorld::ChannelKeys& keys = channels_[subscriber.channel];
  core::NewSubscription wanted;
  wanted.url = subscriber.url;
  wanted.events = subscriber.events;
  auto made = world_.Await(world_.core().webhooks.Subscribe(keys.account.row, keys.channel.row,
                                                            subscriber.dialect, std::move(wanted)));
  if (!made) return Violated("a subscription was refused");
  subscriptions_.push_back(std::move(*made));
  subscriptions_.back().account_id = keys.account.id;
  subscribers_.push_back(std::move(subscriber));
}

// --------------------------------------------------------------------------------- what happens

void Traffic::Step() {
  struct Action {
    int weight;
    void (Traffic::*act)();
  };
  static constexpr Action kActions[] = {
      {30, &Traffic::SendText},     {12, &Traffic::SendMedia},   {4, &Traffic::SendAgain},
      {22, &Traffic::PersonSends},  {10, &Traffic::PersonReads}, {4, &Traffic::AddFault},
      {5, &Traffic::SpoilReceiver}, {1, &Traffic::Crash},        {11, &Traffic::PassTime},
      {1, &Traffic::TroubleStore},
  };
  static_assert([] {
    int sum = 0;
    for (const Action& action : kActions) sum += action.weight;
    return sum == 100;
  }());
  auto drawn = static_cast<int>(chance_->Below(100));
  for (const Action& action : kActions) {
    if (drawn < action.weight) return (this->*action.act)();
    drawn -= action.weight;
  }
}

void Traffic::SendText() {
  const std::size_t channel = AnyChannel();
  const Person& to = OneOf(kPeople);
  const std::string text = fmt::format("text {}", chance_->Below(1000000));
  const std::string number = std::string("+") + to.number;
  switch (chance_->Below(3)) {
    case 0:
      return Call(Dialect::kWapio, channel, "/api/send-message",
                  fmt::format(R"({{"to": "{}", "text": "{}"}})", number, text),
                  chance_->Below(2) == 0 ? chance_->Token(12) : "", to);
    case 1:
      return Call(Dialect::kTwoChat, channel, "/open/whatsapp/send-message",
                  fmt::format(R"({{"from_number": "+{}", "to_number": "{}", "text": "{}"}})",
                              channels_[channel].channel.phone, number, text),
                  "", to);
    default:
      return Call(Dialect::kOneMsg, channel, "/sendMessage",
                  fmt::format(R"({{"phone": "{}", "body": "{}"}})", to.number, text), "", to);
  }
}

void Traffic::SendMedia() {
  const std::size_t channel = AnyChannel();
  const Person& to = OneOf(kPeople);
  const std::string number = std::string("+") + to.number;
  const char* url = chance_->Below(8) == 0 ? kMissing : chance_->Below(2) == 0 ? kPicture : kPaper;
  switch (chance_->Below(3)) {
    case 0:
      return Call(
          Dialect::kWapio, channel, "/api/send-message",
          fmt::format(R"({{"to": "{}", "kind": "document", "documentUrl": "{}"}})", number, url),
          chance_->Below(2) == 0 ? chance_->Token(12) : "", to);
    case 1:
      return Call(
          Dialect::kTwoChat, channel, "/open/whatsapp/send-message",
          fmt::format(R"({{"from_number": "+{}", "to_number": "{}", "url": "{}", "text": "see"}})",
                      channels_[channel].channel.phone, number, url),
          "", to);
    default:
      return Call(Dialect::kOneMsg, channel, "/sendFile",
                  fmt::format(R"({{"phone": "{}", "filename": "a.gif", "body": "{}"}})", to.number,
                              "data:image/gif;base64," + base::ToBase64(kGif)),
                  "", to);
  }
}

// The same request with the same key gets the same bytes and has no second effect.
void Traffic::SendAgain() {
  if (keyed_answer_.empty()) return;
  http::Request request = keyed_request_;
  const http::Response response = world_.Call(std::move(request));
  if (std::string(response.text()) != keyed_answer_)
    Violated("a repeated request was answered " + std::string(response.text()) + " after " +
             keyed_answer_);
}

void Traffic::Call(Dialect dialect, std::size_t channel, std::string target, std::string body,
                   std::string idempotency_key, const Person& to) {
  const VirtualWorld::ChannelKeys& keys = channels_[channel];
  http::Request request;
  request.method = http::Method::kPost;
  request.target = std::move(target);
  if (dialect == Dialect::kWapio) request.headers.Set("Authorization", "Bearer " + keys.wapio_key);
  if (dialect == Dialect::kTwoChat) request.headers.Set("X-User-API-Key", keys.twochat_key);
  if (dialect == Dialect::kOneMsg)
    request.target = "/" + keys.channel.code + request.target + "?token=" + keys.onemsg_token;
  request.headers.Set("Content-Type", "application/json");
  if (!idempotency_key.empty()) request.headers.Set("Idempotency-Key", idempotency_key);
  request.body = std::move(body);
  const http::Request copy = request;
  const http::Response response = world_.Call(std::move(request));
  if (!idempotency_key.empty() && response.status == 202) {
    keyed_request_ = copy;
    keyed_answer_ = response.text();
  }
  Note(dialect, channel, to, response);
}

void Traffic::Note(Dialect dialect, std::size_t channel, const Person& to,
                   const http::Response& response) {
  if (response.status >= 500 && !(response.status == 503 && store_in_trouble_))
    return Violated(fmt::format("answered {} {}", response.status, response.text()));
  if (response.status >= 300) {
    ++report_.refused;
    return;
  }
  const auto body = base::ParseJson(response.text());
  if (!body) return Violated("an answer is not JSON");
  const json::object& fields = body->as_object();
  std::optional<core::MessageId> id;
  if (dialect == Dialect::kWapio) id = api::wapio::ParseMessageId(base::FindText(fields, "msgId"));
  if (dialect == Dialect::kOneMsg) id = api::onemsg::ParseMessageId(base::FindText(fields, "id"));
  if (dialect == Dialect::kTwoChat)
    if (const auto uuid = base::Uuid::Parse(base::FindText(fields, "message_uuid").substr(3)))
      id = core::MessageId(*uuid);
  if (!id) return Violated("an answer names no message: " + std::string(response.text()));
  AcceptedMessage message;
  message.id = *id;
  message.channel = channel;
  message.to = &to;
  if (!accepted_.emplace(id->value.ToHex(), message).second)
    Violated("two requests were given the same id");
}

void Traffic::PersonSends() {
  const Person& from = OneOf(kPeople);
  if (from.luck == Luck::kNotOnNetwork) return;
  net::Draft draft;
  draft.to = channels_[AnyChannel()].channel.phone;
  if (chance_->Below(5) == 0) {
    net::MediaContent content;
    content.kind = net::MessageKind::kImage;
    auto stored = world_.network().media().Store(kGif);
    if (!stored) return Violated("the network stored no media");
    content.media.sha256 = *stored;
    content.media.mime_type = "image/gif";
    content.media.size = static_cast<std::int64_t>(kGif.size());
    draft.content = std::move(content);
  } else {
    draft.content = net::TextContent{fmt::format("answer {}", chance_->Below(1000000))};
  }
  if (!world_.network().SendAsPerson(from.number, std::move(draft)))
    Violated("a person could not write");
  ++report_.received;
}

void Traffic::PersonReads() {
  const Person& reader = OneOf(kPeople);
  if (reader.luck == Luck::kNotOnNetwork) return;
  std::uint64_t& read = last_read_[reader.number];
  const auto rows = world_.network().ListInbox(reader.number, read, net::kMaxPage);
  if (!rows || rows->empty()) return;
  read = rows->back().seq;
  if (!world_.network().ReadUpTo(reader.number, read)) Violated("a person could not read");
}

void Traffic::AddFault() {
  net::FaultRule rule;
  rule.count = 1 + static_cast<std::int64_t>(chance_->Below(4));
  const std::uint64_t drawn = chance_->Below(10);
  switch (drawn) {
    case 0:
    case 1:
      rule.effect = net::DelayMessage{seconds(chance_->Below(90))};
      break;
    case 2:
    case 3:
      rule.effect = net::DelayReceipts{milliseconds(0), seconds(chance_->Below(60)), {}};
      break;
    case 4:
      rule.effect = net::RefuseMessage{net::Refused{"busy", "Try again", true}};
      break;
    case 5:
      return CutConnection();
    case 6:
      rule.effect = net::DropMessage{};
      break;
    case 7:
      rule.effect = net::DuplicateMessage{};
      // What comes twice to a channel is one message all the same.
      if (chance_->Below(2) == 0) rule.match.to = channels_[AnyChannel()].channel.phone;
      break;
    case 8:
      rule.effect = net::RefuseMessage{net::Refused{"never", "No", false}};
      break;
    default:
      // A lost connection loses the answers to everything that is under way on it.
      rule.match.from = channels_[kCutOffChannel].channel.phone;
      if (chance_->Below(2) == 0)
        rule.effect = net::DisconnectBeforeAnswer{chance_->Below(2) == 0};
      else
        rule.effect = net::NoAnswer{chance_->Below(2) == 0};
  }
  // From 6 on, messages are lost or doubled.
  if (drawn >= 6 && !rule.match.from && !rule.match.to) {
    std::vector<const Person*> rough;
    for (const Person& person : kPeople)
      if (person.luck == Luck::kRough) rough.push_back(&person);
    rule.match.to = rough[chance_->Below(rough.size())]->number;
  }
  const auto fault = world_.network().AddFault(rule);
  if (!fault) return Violated("a fault was refused");
  faults_.push_back(fault->id);
  ++report_.faults;
}

void Traffic::SpoilReceiver() {
  const Subscriber& receiver = subscribers_[chance_->Below(subscribers_.size())];
  Behaviour behaviour;
  behaviour.times = 1 + static_cast<int>(chance_->Below(6));
  switch (chance_->Below(5)) {
    case 0:
      behaviour.status = 500;
      break;
    case 3:
      behaviour.takes = milliseconds(chance_->Below(kLongestAnswer.count()));
      break;
    case 1:
      behaviour.status = 0;
      break;
    case 2:
      behaviour.status = 503;
      behaviour.retry_after = std::to_string(chance_->Below(7200));
      break;
    default:
      behaviour.status = receiver.url.ends_with("doomed") && chance_->Below(3) == 0 ? 410 : 429;
  }
  world_.internet().SetBehaviour(receiver.url, behaviour);
}

// What the network may have been given without our ever knowing its answer.
void Traffic::MarkInFlight() {
  for (auto& [digits, message] : accepted_) {
    auto read = [account = channels_[message.channel].account.row, id = message.id](
                    const core::Transaction& tx) { return tx.messages().FindById(account, id); };
    const auto found = world_.Await(world_.store().Read(read), base::Duration(1));
    if (found && *found && (*found)->message.status == core::MessageStatus::kQueued)
      message.was_cut_off = true;
  }
}

void Traffic::CutConnection() {
  const auto devices = world_.network().ListDevices(channels_[AnyChannel()].channel.phone);
  if (!devices || devices->empty()) return Violated("a channel has no device");
  world_.Pass(milliseconds(chance_->Below(10)));  // into the middle of something
  MarkInFlight();
  (void)world_.network().CutConnection(devices->front().id);
}

// For a while nothing can be stored; nothing that was promised may be lost by it.
void Traffic::TroubleStore() {
  store_in_trouble_ = true;
  world_.moody_store().SetMood(chance_->Below(2) == 0 ? StoreMood::kFull : StoreMood::kFailing);
  for (std::uint64_t left = chance_->Below(5); left > 0; --left) {
    SendText();
    PersonSends();
    world_.Pass(milliseconds(chance_->Below(400)));
  }
  world_.moody_store().SetMood(StoreMood::kFine);
  store_in_trouble_ = false;
}

void Traffic::Crash() {
  world_.Pass(milliseconds(chance_->Below(40)));
  MarkInFlight();
  crashes_.push_back(world_.scheduler().Now());
  world_.Crash();
  ++report_.crashes;
}

void Traffic::PassTime() {
  switch (chance_->Below(12)) {
    case 0:
      return world_.Pass(hours(1 + chance_->Below(6)));
    case 1:
    case 2:
      return world_.Pass(minutes(1 + chance_->Below(30)));
    default:
      return world_.Pass(milliseconds(chance_->Below(3000)));
  }
}

void Traffic::Settle() {
  for (const std::int64_t fault : faults_) (void)world_.network().RemoveFault(fault);
  for (const Subscriber& receiver : subscribers_) world_.internet().SetBehaviour(receiver.url, {});
  world_.Pass(kUntilSettled);
}

// ------------------------------------------------------------------------------- what must hold

std::vector<core::Event> Traffic::AllEvents() {
  auto read = [](const core::Transaction& tx) {
    return tx.events().After(core::EventPosition(), 1'000'000);
  };
  auto events = world_.Await(world_.store().Read(read));
  if (!events) Violated("the event log cannot be read");
  return events ? std::move(*events) : std::vector<core::Event>();
}

void Traffic::CheckMessages() {
  std::map<std::string, int> copies;  // in the inboxes, by the network's id
  for (const Person& person : kPeople) {
    if (person.luck == Luck::kNotOnNetwork) continue;
    std::uint64_t after = 0;
    while (true) {
      const auto rows = world_.network().ListInbox(person.number, after, net::kMaxPage);
      if (!rows || rows->empty()) break;
      after = rows->back().seq;
      for (const net::InboxRow& row : *rows) ++copies[row.message.id];
    }
  }
  for (const auto& [digits, message] : accepted_) {
    auto read = [account = channels_[message.channel].account.row, id = message.id](
                    const core::Transaction& tx) { return tx.messages().FindById(account, id); };
    const auto found = world_.Await(world_.store().Read(read));
    if (!found || !*found) {
      Violated("an accepted message is missing: " + digits);
      continue;
    }
    const core::MessageStatus status = (*found)->message.status;
    const int arrived = copies[core::LinkIdOf(message.id)];
    const std::string what = fmt::format("message {} to {} is {} and arrived {} times", digits,
                                         message.to->name, NameOf(status), arrived);
    if (status == core::MessageStatus::kQueued) Violated(what + ": still queued");
    if (message.to->luck == Luck::kNotOnNetwork) {
      if (status != core::MessageStatus::kFailed || arrived != 0) Violated(what);
    } else if (message.to->luck == Luck::kQuiet) {
      const bool ok =
          status == core::MessageStatus::kDelivered || status == core::MessageStatus::kRead;
      // A business's window may close while its message waits.
      const bool closed = status == core::MessageStatus::kFailed && message.channel == 2;
      if (closed ? arrived != 0 : !ok || arrived < 1) Violated(what);
      if (arrived > 1 && !message.was_cut_off && message.channel != kCutOffChannel)
        Violated(what + ": doubled");
    } else if (status == core::MessageStatus::kDelivered && arrived < 1) {
      Violated(what);
    }
  }
  // The network made up no message of ours.
  for (const auto& [id, count] : copies)
    if (const auto ours = core::MessageIdFrom(id))
      if (!accepted_.contains(ours->value.ToHex())) Violated("a message came from nowhere: " + id);
}

void Traffic::CheckEvents() {
  std::map<std::string, core::MessageStatus> status;
  std::int64_t position = 0, received = 0;
  for (const core::Event& event : AllEvents()) {
    if (event.position.value != ++position) Violated("the event log has a gap");
    report_.events += fmt::format("{} {} {} {}\n", event.position.value, event.id.value.ToText(),
                                  NameOf(event.body), core::EncodeEventBody(event.body));
    if (const auto* accepted = std::get_if<core::MessageAccepted>(&event.body)) {
      if (!status.emplace(accepted->message.id.value.ToHex(), core::MessageStatus::kQueued).second)
        Violated("a message was accepted twice");
    } else if (const auto* came = std::get_if<core::MessageReceived>(&event.body)) {
      ++received;
      if (!status.emplace(came->message.id.value.ToHex(), came->message.status).second)
        Violated("a message was received twice");
    } else if (const auto* changed = std::get_if<core::MessageStatusChanged>(&event.body)) {
      core::MessageStatus& now = status[changed->message.id.value.ToHex()];
      if (changed->previous != now ||
          core::StepFor(now, changed->message.status) != core::StatusStep::kAdvance)
        Violated(fmt::format("a message stepped from {} (told: {}) to {}", NameOf(now),
                             NameOf(changed->previous), NameOf(changed->message.status)));
      now = changed->message.status;
    }
  }
  report_.event_count = position;
  for (const auto& [digits, message] : accepted_)
    if (!status.contains(digits)) Violated("an accepted message has no event");
  // Nothing that happens on the way to a channel may be lost or doubled.
  if (received != report_.received)
    Violated(fmt::format("{} messages were sent by people, {} came", report_.received, received));
}

void Traffic::CheckWebhooks() {
  const auto& links = world_.core().media_links;
  std::map<Dialect, std::unique_ptr<core::EventEncoder>> encoders;
  encoders[Dialect::kTwoChat] = api::twochat::MakeEncoder(links, world_.core().numbers);
  encoders[Dialect::kWapio] = api::wapio::MakeEncoder(links);
  encoders[Dialect::kOneMsg] = api::onemsg::MakeEncoder(links);

  // What every subscription is owed.
  struct Owed {
    std::size_t subscriber;
    // Of the event, and of the payload among those of the event.
    std::pair<std::int64_t, std::size_t> position;
    core::OrderKey key;
    std::string body;
    int delivered = 0;
    base::Time first, last;  // of successful posts
  };
  std::map<std::string, Owed> owed;
  const std::vector<core::Event> events = AllEvents();
  for (std::size_t i = 0; i < subscriptions_.size(); ++i) {
    const core::Subscription& subscription = subscriptions_[i];
    for (const core::Event& event : events) {
      if (event.position <= subscription.position || event.channel != subscription.channel)
        continue;
      std::size_t part = 0;
      for (core::Payload& payload : encoders[subscription.dialect]->Encode(event, subscription)) {
        const auto id = core::DeliveryIdOf(event.id, subscription.id, payload.name);
        Owed one{i,
                 {event.position.value, part++},
                 core::OrderKeyOf(event),
                 std::move(payload.body),
                 0,
                 {},
                 {}};
        owed.emplace(id.value.ToText(), std::move(one));
      }
    }
  }

  std::map<std::pair<std::size_t, core::OrderKey>, std::pair<std::int64_t, std::size_t>> reached;
  for (const Post& post : world_.internet().posts()) {
    ++report_.posts;
    report_.webhooks += fmt::format("{} {} {}\n", base::ToUnixMs(post.at), post.url, post.answered);
    for (const auto& [name, value] : post.headers.fields())
      report_.webhooks += name + ": " + value + "\n";
    report_.webhooks += post.body + "\n";
    const auto found = owed.find(std::string(post.headers.Get("webhook-id")));
    if (found == owed.end() || subscribers_[found->second.subscriber].url != post.url) {
      Violated("a post that nobody is owed: " + post.url + " " + post.body);
      continue;
    }
    Owed& delivery = found->second;
    // Links in bodies are signed the same way each time, so bytes can be compared.
    if (post.body != delivery.body) Violated("an attempt sent other bytes: " + post.body);
    if (post.answered < 200 || post.answered > 299) {
      ++report_.failed_posts;
      continue;
    }
    if (delivery.delivered++ > 0) {
      ++report_.repeated_posts;
      const bool crashed = std::any_of(crashes_.begin(), crashes_.end(), [&](base::Time crash) {
        return crash >= delivery.last && crash <= delivery.last + kLongestAnswer;
      });
      if (!crashed) Violated("a delivery was posted twice, and no crash was near: " + post.body);
    } else {
      auto& position = reached[{delivery.subscriber, delivery.key}];
      if (delivery.position < position) Violated("out of order at " + post.url + ": " + post.body);
      position = std::max(position, delivery.position);
    }
    delivery.last = post.at;
  }

  for (const auto& [id, delivery] : owed) {
    if (delivery.delivered > 0) continue;
    const Subscriber& receiver = subscribers_[delivery.subscriber];
    if (receiver.url.ends_with("doomed")) continue;  // may have ended with 410
    Violated("not delivered at " + receiver.url + ": " + delivery.body);
  }
}

TrafficReport Traffic::Report() {
  CheckMessages();
  CheckEvents();
  CheckWebhooks();
  report_.accepted = static_cast<std::int64_t>(accepted_.size());
  report_.store = world_.DumpStore();
  report_.network = world_.network_log();
  return std::move(report_);
}

}  // namespace

TrafficReport RunTraffic(std::uint64_t seed, int steps) {
  Traffic traffic(seed);
  for (int i = 0; i < steps; ++i) traffic.Step();
  traffic.Settle();
  return traffic.Report();
}

}  // namespace parley::testing
