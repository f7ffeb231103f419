#include "sim/network/sessions.h"

#include <algorithm>

#include "base/log.h"
#include "sim/network/reading.h"
#include "sim/network/recipients.h"
#include "sim/network/rules.h"
#include "sim/network/template_use.h"

namespace parley::sim::network {
namespace {

constexpr base::Duration kBusinessWindow = std::chrono::hours(24);
constexpr std::size_t kMaxAcknowledgedPerRecord = 1000;
constexpr base::Duration kAckRetry = std::chrono::seconds(1);

Refused Permanently(std::string code, std::string text) {
  return Refused{std::move(code), std::move(text), false};
}

// Why CheckMayWrite refused.
Refused RefusedWriting(const base::Error& error) {
  if (error.code == base::ErrorCode::kNotOnNetwork)
    return Permanently("not-on-network", "The number is not on WhatsApp");
  const bool is_there = error.code == base::ErrorCode::kForbidden;
  return Permanently(is_there ? "not-authorized" : "not-found", std::string(error.public_text()));
}

// All faults in one sentence.
std::string Sentence(const base::Error& error) {
  std::string text;
  for (const base::FieldFault& fault : error.faults)
    text += (text.empty() ? "" : "; ") + fault.path + ": " + fault.text;
  return text;
}

}  // namespace

struct Sessions::Session {
  Sessions* sessions = nullptr;        // nullptr: closed, or the network is gone
  DeviceListener* listener = nullptr;  // nullptr: the connection object is gone
  DeviceRow device;
  std::uint64_t given = 0;  // seq of the last item given on this connection
  std::size_t unanswered = 0;
  bool give_posted = false;

  bool is_open() const { return sessions != nullptr && listener != nullptr; }
};

class Sessions::SessionConnection final : public Connection {
 public:
  explicit SessionConnection(SessionPtr session) : session_(std::move(session)) {}
  ~SessionConnection() override {
    session_->listener = nullptr;
    if (session_->sessions != nullptr) session_->sessions->Forget(*session_);
  }

  void Send(DeviceMessage message, SendCallback callback) override {
    if (session_->sessions != nullptr)
      session_->sessions->Send(session_, std::move(message), std::move(callback));
  }
  void Acknowledge(std::uint64_t seq) override {
    if (session_->sessions != nullptr) session_->sessions->Acknowledge(*session_, seq);
  }
  void MarkRead(std::string_view message_id, bool played) override {
    if (session_->sessions != nullptr) session_->sessions->MarkRead(*session_, message_id, played);
  }

 private:
  const SessionPtr session_;
};

Sessions::Sessions(Ledger& ledger, Carrier& carrier, FaultDraw& faults, MediaShelf& media,
                   Watchers& watchers, Presence& presence, Timeline& timeline,
                   const NetworkOptions& options)
    : ledger_(ledger),
      carrier_(carrier),
      faults_(faults),
      media_(media),
      watchers_(watchers),
      presence_(presence),
      timeline_(timeline),
      options_(options) {}

Sessions::~Sessions() {
  WriteAcknowledged();
  for (const SessionPtr& session : by_device_)
    if (session) session->sessions = nullptr;
}

// --------------------------------------------------------------------------------- connections

std::unique_ptr<Connection> Sessions::Connect(DeviceRow device, DeviceListener& listener) {
  Close(device, CloseReason::kReplaced);
  WriteAcknowledged();  // or what was just acknowledged would come again
  auto session = std::make_shared<Session>();
  session->sessions = this;
  session->listener = &listener;
  session->device = device;
  session->given = ledger_.state().devices.at(device).queue.acknowledged();
  if (by_device_.size() <= device.value) by_device_.resize(device.value + 1);
  by_device_[device.value] = session;
  watchers_.Note(ledger_.state().devices.at(device).person, ChangeKind::kDevices);
  Wake(device);
  return std::make_unique<SessionConnection>(std::move(session));
}

bool Sessions::IsConnected(DeviceRow device) const {
  return device.value < by_device_.size() && by_device_[device.value] != nullptr;
}

void Sessions::Close(DeviceRow device, CloseReason reason) {
  if (!IsConnected(device)) return;
  const SessionPtr session = by_device_[device.value];
  Forget(*session);
  timeline_.Post([session, reason] {
    if (session->listener != nullptr) session->listener->OnClosed(reason);
  });
}

void Sessions::Forget(Session& session) {
  session.sessions = nullptr;
  by_device_[session.device.value].reset();
  const PersonRow person = ledger_.state().devices.at(session.device).person;
  presence_.Forget(person, session.device, timeline_.Now());
  watchers_.Note(person, ChangeKind::kDevices);
}

// ---------------------------------------------------------------------------------- giving items

void Sessions::Wake(DeviceRow device) {
  if (IsConnected(device)) PostGive(by_device_[device.value]);
}

void Sessions::PostGive(const SessionPtr& session) {
  if (std::exchange(session->give_posted, true)) return;
  timeline_.Post([this, session] {
    session->give_posted = false;
    if (session->is_open()) Give(*session);
  });
}

void Sessions::Give(Session& session) {
  const ItemQueue& queue = ledger_.state().devices.at(session.device).queue;
  const std::uint64_t last = std::min(queue.last(), queue.acknowledged() + options_.max_in_flight);
  std::vector<Item> items;
  for (std::uint64_t seq = session.given + 1; seq <= last; ++seq) {
    auto item = MakeItem(session, seq);
    if (!item) {
      base::LogError("The simulated network could not read its file",
                     {{"why", item.error().public_text()}, {"detail", item.error().detail}});
      return Close(session.device, CloseReason::kInternalError);
    }
    items.push_back(std::move(*item));
  }
  if (items.empty()) return;
  session.given = last;
  session.listener->OnItems(items);
}

base::Result<Item> Sessions::MakeItem(const Session& session, std::uint64_t seq) {
  const State& state = ledger_.state();
  const DeviceState& device = state.devices.at(session.device);
  const std::string& number = state.people.at(device.person).person.number;
  PARLEY_TRY(record, ledger_.Fetch(device.queue.OffsetOf(seq)));
  Item item;
  item.seq = seq;
  if (const auto* message = std::get_if<MessageRecord>(record.get())) {
    const bool from_me = message->message.from == number;
    item.content = IncomingMessage{from_me ? message->message : AsReceived(message->message),
                                   from_me, device.queue.IsHistory(seq)};
    return item;
  }
  if (const auto* notice = std::get_if<NoticeRecord>(record.get())) {
    item.content = Notice{notice->at, AsSeenBy(number, notice->notice)};
    return item;
  }
  const auto* receipt = std::get_if<ReceiptRecord>(record.get());
  if (receipt == nullptr) return base::Error(base::ErrorCode::kInternal);
  const Serial serial(static_cast<std::uint32_t>(receipt->message));
  const MessageEntry& entry = state.messages.at(serial);
  PARLEY_TRY(sent, ledger_.Message(serial));
  Receipt given;
  given.message_id = sent->message.id;
  if (entry.chat != ChatKind::kPerson) given.group = sent->message.to;
  if (entry.chat == ChatKind::kPerson || receipt->status != ReceiptStatus::kFailed)
    given.number = state.people.at(entry.to).person.number;
  given.status = receipt->status;
  given.at = receipt->at;
  given.code = receipt->code.value_or("");
  given.text = receipt->text.value_or("");
  given.conversation = sent->conversation;
  item.content = std::move(given);
  return item;
}

// --------------------------------------------------------------------------------------- sending

void Sessions::Send(const SessionPtr& session, DeviceMessage message, SendCallback callback) {
  if (session->unanswered >= options_.max_unanswered) {
    Refused refused{"overloaded", "Too many messages wait for their answer", true};
    return Answer(session, std::move(refused), std::move(callback));
  }
  const DeviceState& device = ledger_.state().devices.at(session->device);
  MessageRecord record;
  record.device = device.id;
  record.message.id = std::move(message.id);
  record.message.from = ledger_.state().people.at(device.person).person.number;
  record.message.to = std::move(message.to);
  record.message.content = std::move(message.content);
  record.message.quoted = std::move(message.quoted);
  if (std::optional<Refused> refused = Refuse(device, record))
    return Answer(session, std::move(*refused), std::move(callback));
  const MessageFaults faults = faults_.ForMessage(FaultSubject(record));
  Carry(session, std::move(record), faults, std::move(callback));
}

std::optional<Refused> Sessions::FillTemplate(const DeviceState& device, TemplateContent& content) {
  const State& state = ledger_.state();
  const auto found = FindTemplateToUse(state.templates.Of(device.person),
                                       state.people.at(device.person).person.number, content.name,
                                       content.language, content.namespace_id);
  if (const auto* refused = std::get_if<Refused>(&found)) return *refused;
  const Template& subject = *std::get<const Template*>(found);
  auto used = UseTemplate(subject, content.components);
  if (const auto* refused = std::get_if<Refused>(&used)) return *refused;
  auto& rendered = std::get<RenderedTemplate>(used);
  content.category = NameOf(subject.category);
  content.body = std::move(rendered.body);
  if (!content.media) content.header = std::move(rendered.header);
  content.footer = std::move(rendered.footer);
  content.buttons = std::move(rendered.buttons);
  content.quick_replies = std::move(rendered.quick_replies);
  return std::nullopt;
}

std::optional<Refused> Sessions::Refuse(const DeviceState& device, MessageRecord& record) {
  Message& message = record.message;
  const auto checked = Check(message.content);
  if (!checked) return Permanently("invalid-message", Sentence(checked.error()));
  if (!IsMessageId(message.id) || (!message.quoted.empty() && !IsMessageId(message.quoted)))
    return Permanently("invalid-message", "An id must be 1 to 200 bytes of UTF-8");
  const bool is_business = device.profile == Profile::kBusiness;
  if (is_business && ChatOf(message.to).kind != ChatKind::kPerson)
    return Permanently("not-supported", "Business accounts write to people only");
  const auto may_write = CheckMayWrite(ledger_.state(), message.from, message.to);
  if (!may_write) return RefusedWriting(may_write.error());
  Verdict verdict = Judge(ledger_, timeline_.Now(), message, device.profile);
  if (verdict.refused) return verdict.refused;
  record.target = verdict.target.value;
  if (is_business && !std::holds_alternative<TemplateContent>(message.content)) {
    const PersonRow to = *ledger_.state().people.Find(message.to);
    const auto last = ledger_.state().LastArrival(to, device.person);
    if (!last || timeline_.Now() - *last > kBusinessWindow)
      return Permanently("131047", "Re-engagement message");
  }
  if (auto* content = std::get_if<TemplateContent>(&message.content))
    if (auto refused = FillTemplate(device, *content)) return refused;
  if (is_business)
    record.conversation =
        ledger_.state().billing.Next(device.person, *ledger_.state().people.Find(message.to),
                                     BilledCategoryOf(message.content), timeline_.Now());
  for (Media* media : FilesOf(message.content)) {
    const auto stored = media_.Open(media->sha256);
    if (!stored) return Permanently("media-not-found", "The media was not stored before");
    media->size = stored->size;
  }
  return std::nullopt;
}

void Sessions::Carry(const SessionPtr& session, MessageRecord record, const MessageFaults& faults,
                     SendCallback callback) {
  const auto* refuse = std::get_if<RefuseMessage>(&faults.answer);
  if (refuse != nullptr) return Answer(session, refuse->answer, std::move(callback));
  const auto* disconnect = std::get_if<DisconnectBeforeAnswer>(&faults.answer);
  const auto* silence = std::get_if<NoAnswer>(&faults.answer);
  const bool carried = disconnect ? disconnect->carried : silence ? silence->carried : true;
  SendResult result = Refused{"unavailable", "The network cannot write its file", true};
  if (carried) {
    auto accepted = carrier_.Accept(std::move(record), faults);
    const bool to_group = accepted && ChatOf(accepted->message.to).kind == ChatKind::kGroup;
    if (accepted)
      result = Accepted{accepted->message.at, to_group ? accepted->recipients.size() : 0,
                        accepted->conversation};
  }
  if (disconnect != nullptr) return Close(session->device, CloseReason::kConnectionLost);
  if (silence == nullptr) Answer(session, std::move(result), std::move(callback));
}

void Sessions::Answer(const SessionPtr& session, SendResult result, SendCallback callback) {
  ++session->unanswered;
  timeline_.After(timeline_.Jittered(options_.ack_delay),
                  [session, result = std::move(result), callback = std::move(callback)]() mutable {
                    --session->unanswered;
                    if (session->is_open()) callback(std::move(result));
                  });
}

// --------------------------------------------------------------------------------- acknowledging

void Sessions::Acknowledge(const Session& session, std::uint64_t seq) {
  if (seq > session.given)
    base::LogWarning("A device acknowledged an item that it was not given", {{"seq", seq}});
  if (acknowledged_.empty()) timeline_.Post([this] { WriteAcknowledged(); });
  std::uint64_t& up_to = acknowledged_[session.device];
  up_to = std::max(up_to, std::min(seq, session.given));
}

// All that was acknowledged in one turn of the scheduler is one record.
void Sessions::WriteAcknowledged() {
  while (!acknowledged_.empty()) {
    AcknowledgedRecord record;
    auto next = acknowledged_.begin();
    for (; next != acknowledged_.end() && record.devices.size() < kMaxAcknowledgedPerRecord;
         ++next) {
      const DeviceState& device = ledger_.state().devices.at(next->first);
      if (!device.linked || device.queue.acknowledged() >= next->second) continue;
      record.devices.push_back(
          AcknowledgedDevice{device.id, static_cast<std::int64_t>(next->second)});
    }
    if (!record.devices.empty() && !ledger_.Commit(std::move(record))) {
      timeline_.After(kAckRetry, [this] { WriteAcknowledged(); });
      return;
    }
    acknowledged_.erase(acknowledged_.begin(), next);
  }
}

void Sessions::MarkRead(const Session& session, std::string_view message_id, bool played) {
  const PersonRow reader = ledger_.state().devices.at(session.device).person;
  const auto found = ReadById(ledger_, carrier_, reader, message_id, played);
  if (!found)
    base::LogWarning("A device could not mark a message as read",
                     {{"why", found.error().public_text()}});
}

}  // namespace parley::sim::network
