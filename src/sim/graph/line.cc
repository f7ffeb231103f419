#include "sim/graph/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/log.h"
#include "http/forms.h"
#include "sim/graph/ids.h"

namespace parley::sim::graph {
namespace {

constexpr base::Duration kReorderWait = std::chrono::seconds(5);
constexpr int kJitterPercent = 20;
constexpr std::size_t kChallengeLength = 10;
constexpr std::size_t kMaxChallengeAnswer = 4096;

// What is told and not known to the network, as the keep has it.
struct DueForm {
  std::string field;
  base::json::value value;
  base::Time at;

  static constexpr auto Fields() {
    using base::Required;
    return base::FieldList(Required("field", &DueForm::field), Required("value", &DueForm::value),
                           Required("at", &DueForm::at));
  }
};

// Why the network refuses in its own words, and what Graph says then. What it says in Meta's
// codes stays as it is.
struct RefusalRow {
  std::string_view code;
  int graph_code;
};
constexpr auto kRefusals = std::to_array<RefusalRow>({
    {"not-on-network", kUndeliverable},
    {"not-authorized", kUndeliverable},
    {"not-found", kUndeliverable},
    {"not-supported", kInvalidValue},
    {"invalid-message", kInvalidValue},
    {"message-not-found", kInvalidValue},
    {"deleted", kInvalidValue},
    {"unsupported-kind", kUnsupportedKind},
    {"media-not-found", kMediaUpload},
    {"overloaded", kRateLimitHit},
    {"unavailable", kServiceUnavailable},
});

GraphError ErrorOfRefusal(const net::Refused& refused) {
  for (const RefusalRow& row : kRefusals)
    if (row.code == refused.code)
      return GraphError{row.graph_code, row.graph_code == kUndeliverable ? "" : refused.text};
  GraphError error = ErrorOfCode(refused.code, refused.text);
  if (error.code == kReEngagement) error.details.clear();  // the table says more
  return error;
}

std::string DuePrefix(std::string_view number) { return fmt::format("due/{}/", number); }

base::Duration PauseAfter(int failures, base::Random& random) {
  const int doublings = std::min(failures - 1, 12);
  const base::Duration pause = std::min(kFirstRetry * (1 << doublings), kLongestRetry);
  return pause + pause * static_cast<int>(random.Below(kJitterPercent + 1)) / 100;
}

}  // namespace

Parts::Parts(base::Scheduler& scheduler_in, base::Random& random_in, net::Network& network_in,
             net::Keep& keep_in, http::Client& client_in)
    : scheduler(scheduler_in),
      random(random_in),
      network(network_in),
      keep(keep_in),
      client(client_in),
      registry(keep_in),
      sent(keep_in),
      changes(network_in, registry, sent) {}

Parts::~Parts() {
  for (const auto& [id, line] : lines) line->Stop();
}

Line* Parts::LineOf(std::string_view number) const {
  const auto found = lines.find(number);
  return found == lines.end() ? nullptr : found->second.get();
}

Line::Line(Parts& parts, std::string number)
    : parts_(&parts), scheduler_(parts.scheduler), id_(std::move(number)), changed_(scheduler_) {}

std::shared_ptr<Line> Line::Start(Parts& parts, std::string number) {
  std::shared_ptr<Line> line(new Line(parts, std::move(number)));
  line->LoadDue();
  line->Connect();
  std::vector<std::string> unsettled;
  parts.sent.VisitUnsettled(
      line->id_, [&unsettled](std::string_view wamid) { unsettled.emplace_back(wamid); });
  for (const std::string& wamid : unsettled) line->Settle(wamid);
  parts.scheduler.Spawn("graph line", Run(line));
  return line;
}

void Line::Stop() {
  parts_ = nullptr;
  connection_.reset();
  changed_.Notify();
}

void Line::Forget(net::Keep& keep) {
  for (const Due& due : due_) keep.Set(due.name, "");
  due_.clear();
}

void Line::LoadDue() {
  const std::string prefix = DuePrefix(id_);
  parts_->keep.Visit(prefix, [&](std::string_view name, std::string_view value) {
    last_due_ = std::strtoull(std::string(name.substr(prefix.size())).c_str(), nullptr, 10);
    auto read = base::DecodeText<DueForm>(value);
    if (!read) return;
    Change change{std::move(read->field), std::move(read->value), read->at};
    due_.push_back(Due{std::string(name), std::move(change)});
  });
}

void Line::Connect() {
  auto connected = parts_->network.Connect(number().device, *this);
  if (connected) {
    connection_ = std::move(*connected);
    return;
  }
  lost_ = true;
  base::LogWarning("A number of the simulated Graph is logged out",
                   {{"why", connected.error().public_text()}});
}

void Line::OnItems(std::span<const net::Item> items) {
  for (const net::Item& item : items)
    if (const auto* receipt = std::get_if<net::Receipt>(&item.content))
      Settle(receipt->message_id, receipt->conversation);
  items_.insert(items_.end(), items.begin(), items.end());
  changed_.Notify();
}

void Line::OnClosed(net::CloseReason) {
  connection_.reset();
  items_.clear();  // they come again
  changed_.Notify();
}

void Line::Tell(Change change) {
  const std::string name = fmt::format("{}{:020}", DuePrefix(id_), ++last_due_);
  parts_->keep.Set(name, base::EncodeText(DueForm{change.field, change.value, change.at}));
  due_.push_back(Due{name, std::move(change)});
  changed_.Notify();
}

// ---------------------------------------------------------------------------------------- sending

base::Task<Outcome<void>> Line::Send(net::DeviceMessage message) {
  const std::shared_ptr<Line> self = shared_from_this();
  const std::string wamid = message.id;
  if (!connection_) {
    parts_->sent.Remove(wamid);
    co_return GraphError{kServiceUnavailable};
  }
  struct Waiting {
    explicit Waiting(base::Scheduler& scheduler) : answered(scheduler) {}
    base::Signal answered;
    std::optional<GraphError> error;
  };
  const auto waiting = std::make_shared<Waiting>(scheduler_);
  connection_->Send(std::move(message), [self, waiting, wamid](const net::SendResult& result) {
    if (self->parts_ != nullptr) self->OnAnswer(wamid, result, waiting->error);
    waiting->answered.Notify();
  });
  const bool is_answered = co_await waiting->answered.WaitFor(kAnswerLimit);
  if (is_answered && waiting->error) co_return *waiting->error;
  if (is_answered) co_return Outcome<void>();
  if (parts_ != nullptr) Settle(wamid);
  co_return GraphError{kSomethingWrong};
}

void Line::OnAnswer(const std::string& wamid, const net::SendResult& result,
                    std::optional<GraphError>& error) {
  std::optional<SentRecord> sent = parts_->sent.Find(wamid);
  if (!sent || sent->settled) return;
  sent->settled = true;
  if (const auto* accepted = std::get_if<net::Accepted>(&result)) {
    sent->billed = accepted->conversation;
    parts_->sent.Put(wamid, *sent);
    return Tell(StatusChange(number(), wamid, *sent, "sent", accepted->at, accepted->conversation));
  }
  GraphError refusal = ErrorOfRefusal(std::get<net::Refused>(result));
  if (IsToldLater(refusal.code)) {
    parts_->sent.Put(wamid, *sent);
    return Tell(FailedChange(number(), wamid, *sent, scheduler_.Now(), refusal));
  }
  parts_->sent.Remove(wamid);
  error = std::move(refusal);
}

void Line::Settle(const std::string& wamid, const std::optional<net::BilledConversation>& billed) {
  std::optional<SentRecord> sent = parts_->sent.Find(wamid);
  if (!sent || sent->settled) return;
  const auto found = parts_->network.FindMessages(wamid);
  if (!found) return parts_->sent.Remove(wamid);
  sent->settled = true;
  sent->billed = billed;
  parts_->sent.Put(wamid, *sent);
  Tell(StatusChange(number(), wamid, *sent, "sent", found->front().message.at, billed));
}

// ---------------------------------------------------------------------------------------- telling

Line::Batch Line::NextBatch() {
  Batch batch;
  const base::Time oldest = scheduler_.Now() - kToldFor;
  const auto add = [&](Change change) {
    if (change.at >= oldest) return batch.changes.push_back(std::move(change));
    ++parts_->counters.given_up;
  };
  for (; batch.due < due_.size() && batch.changes.size() < kMaxChangesAtOnce; ++batch.due)
    add(due_[batch.due].change);
  for (const net::Item& item : items_) {
    if (batch.changes.size() >= kMaxChangesAtOnce) break;
    if (auto change = parts_->changes.Of(number(), item)) add(std::move(*change));
    batch.last_item = item.seq;
  }
  return batch;
}

void Line::Finish(const Batch& batch) {
  for (std::size_t i = 0; i < batch.due; ++i) {
    parts_->keep.Set(due_.front().name, "");
    due_.pop_front();
  }
  bool is_any = false;
  for (; !items_.empty() && items_.front().seq <= batch.last_item; is_any = true)
    items_.pop_front();
  if (is_any && connection_) connection_->Acknowledge(batch.last_item);
}

const Callback* Line::CallbackOf() const {
  const Number& own = number();
  const Account& account = *parts_->registry.FindAccount(own.account);
  if (!account.subscribed) return nullptr;
  if (own.callback) return &*own.callback;
  if (account.callback) return &*account.callback;
  const App& app = *parts_->registry.FindApp(account.app);
  return app.callback ? &*app.callback : nullptr;
}

base::Task<> Line::Run(std::shared_ptr<Line> self) {
  int failures = 0;
  while (self->parts_ != nullptr) {
    if (!self->connection_ && !self->lost_) self->Connect();
    Batch batch = self->NextBatch();
    if (batch.due == 0 && batch.last_item == 0) {
      co_await self->changed_.Wait();
      continue;
    }
    bool told = true;
    if (!batch.changes.empty()) {
      const std::optional<FaultRule> fault = self->parts_->faults.MeetWebhook(self->id_);
      if (fault && fault->effect == FaultEffect::kReorderWebhook) {
        if (batch.changes.size() < 2) co_await self->changed_.WaitFor(kReorderWait);
        if (self->parts_ == nullptr) co_return;
        batch = self->NextBatch();
        std::reverse(batch.changes.begin(), batch.changes.end());
      }
      const bool twice = fault && fault->effect == FaultEffect::kDuplicateWebhook;
      told = co_await Post(self, batch.changes, twice);
      if (self->parts_ == nullptr) co_return;
    }
    if (told) {
      failures = 0;
      self->Finish(batch);
      continue;
    }
    const base::Microseconds due =
        self->scheduler_.Monotonic() + PauseAfter(++failures, self->parts_->random);
    while (self->parts_ != nullptr && self->scheduler_.Monotonic() < due) {
      const auto left = std::chrono::ceil<base::Duration>(due - self->scheduler_.Monotonic());
      co_await self->changed_.WaitFor(left);
    }
  }
}

base::Task<bool> Line::Post(std::shared_ptr<Line> self, std::vector<Change> changes, bool twice) {
  Parts& parts = *self->parts_;
  const Callback* callback = self->CallbackOf();
  const Account account = *parts.registry.FindAccount(self->number().account);
  const App& app = *parts.registry.FindApp(account.app);
  const auto unheard = static_cast<std::int64_t>(std::erase_if(changes, [&](const Change& change) {
    return callback == nullptr || !app.Hears(change.field);
  }));
  const auto count = static_cast<std::int64_t>(changes.size());
  if (changes.empty()) {
    parts.counters.unheard += unheard;
    co_return true;
  }
  const std::string url = callback->url;
  const std::string secret = app.secret;
  http::ClientRequest request(http::Method::kPost, url);
  request.body = WebhookBody(account.id, changes);
  request.headers.Set("Content-Type", "application/json");
  request.headers.Set(
      "X-Hub-Signature-256",
      "sha256=" + base::ToHexText(base::AsText(base::HmacSha256(secret, request.body))));
  request.timeout = kPostLimit;
  bool told = false;
  for (int i = 0; i < (twice ? 2 : 1); ++i) {
    ++parts.counters.posts;
    http::ClientRequest copy = request;
    const auto answer = co_await parts.client.Send(std::move(copy));
    if (self->parts_ == nullptr) co_return false;
    const bool taken = answer && answer->status >= 200 && answer->status < 300;
    if (!taken) ++parts.counters.posts_failed;
    told |= taken;
  }
  if (told) {
    parts.counters.told += count;
    parts.counters.unheard += unheard;
  }
  co_return told;
}

base::Task<base::Result<void>> VerifyCallback(Parts* parts, Callback callback) {
  std::string challenge;
  for (std::size_t i = 0; i < kChallengeLength; ++i)
    challenge += static_cast<char>('0' + parts->random.Below(10));
  const char separator = callback.url.find('?') == std::string::npos ? '?' : '&';
  http::ClientRequest request(
      http::Method::kGet,
      fmt::format("{}{}hub.mode=subscribe&hub.challenge={}&hub.verify_token={}", callback.url,
                  separator, challenge, http::PercentEncode(callback.verify_token)));
  request.timeout = kPostLimit;
  request.max_response = kMaxChallengeAnswer;
  const auto answer = co_await parts->client.Send(std::move(request));
  const auto refused = [](std::string why) {
    return base::FieldError("webhook_url", "The URL could not be validated: " + std::move(why));
  };
  if (!answer) co_return refused(std::string(answer.error().public_text()));
  if (answer->status != 200)
    co_return refused(fmt::format("the answer to the challenge was {}", answer->status));
  if (answer->body != challenge) co_return refused("the answer is not the challenge");
  co_return base::Result<void>();
}

}  // namespace parley::sim::graph
