#include "link/simulated/simulated_link.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>

#include "base/crash_point.h"
#include "base/log.h"
#include "core/stamp.h"
#include "link/simulated/answers.h"
#include "link/simulated/translate.h"

namespace parley::link::simulated {
namespace {

constexpr const char* kSpace = "device";
constexpr const char* kKey = "id";
// "<device> <seq>": the last notice that was reported. A message is known by its id when it comes
// again after a crash, a notice by this.
constexpr const char* kNoticesKey = "notices";
constexpr std::size_t kCopyPiece = 256 * 1024;
constexpr base::Duration kReportRetry = std::chrono::milliseconds(300);
constexpr base::Duration kFirstReconnect = std::chrono::milliseconds(500);
constexpr base::Duration kLongestReconnect = std::chrono::seconds(30);

core::SendRefused NotConnected() {
  core::SendRefused refused;
  refused.failure = core::Failure{"not_connected", "The channel is not connected"};
  return refused;
}

// Waits for the network's answer, which may be that it is never given.
class Answer {
 public:
  explicit Answer(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  // Called or dropped by the network; either way the waiting send goes on.
  net::SendCallback Callback() {
    auto guard = std::make_unique<Guard>(*this);
    return [guard = std::move(guard)](net::SendResult result) mutable {
      guard->answer.result_ = std::move(result);
    };
  }
  base::Task<> Wait() {
    if (over_) return Nothing();
    return base::Suspend([this](base::Resume resume) { waiting_ = std::move(resume); });
  }
  const std::optional<net::SendResult>& result() const { return result_; }

 private:
  struct Guard {
    explicit Guard(Answer& answer) : answer(answer) {}
    ~Guard() { answer.End(); }
    Answer& answer;
  };
  static base::Task<> Nothing() { co_return; }
  void End() {
    over_ = true;
    if (waiting_) scheduler_.Post(std::move(waiting_));
  }

  base::Scheduler& scheduler_;
  std::optional<net::SendResult> result_;
  bool over_ = false;
  base::Resume waiting_;
};

class SimulatedLink final : public core::Link, net::DeviceListener, net::PairingListener {
 public:
  SimulatedLink(core::Store& store, base::Random& random, base::BlockingPool& pool,
                core::BlobStore& blobs, net::Network& network, const core::Channel& channel,
                core::LinkEvents& events)
      : store_(store),
        scheduler_(store.scheduler()),
        random_(random),
        pool_(pool),
        blobs_(blobs),
        network_(network),
        events_(events),
        account_(channel.account),
        channel_(channel.row),
        profile_(ProfileOf(channel.link_profile)),
        changed_(scheduler_),
        ended_(scheduler_) {}

  core::Capabilities capabilities() const override { return CapabilitiesOf(profile_); }

  void Start() override {
    running_ = true;
    scheduler_.Spawn("simulated link", Run());
  }

  base::Task<> Stop() override {
    stopping_ = true;
    connection_.reset();
    offer_.reset();
    changed_.Notify();
    while (running_) co_await ended_.Wait();
  }

  base::Task<> LogOut() override {
    if (!device_.empty())
      if (const auto device = network_.FindDevice(device_))
        (void)network_.Unlink(device->number, device_);
    co_return;
  }

  base::Task<base::Result<void>> RequestPairingCode(std::string phone) override {
    if (!device_.empty())
      co_return base::Error(base::ErrorCode::kInvalidState, "The channel is paired already");
    auto offer = network_.OfferCode(phone, profile_, *this);
    if (!offer) co_return offer.error();
    offer_ = std::move(*offer);
    core::PairingReport report;
    report.code = offer_->code();
    offered_.push_back(std::move(report));
    changed_.Notify();
    co_return base::Result<void>();
  }

  base::Task<core::SendOutcome> Send(core::OutgoingMessage message) override;
  // The network answers at once.
  base::Task<base::Result<core::LinkAnswer>> Request(core::LinkRequest request,
                                                     base::Duration limit) override;

 private:
  // The network's side. Everything is only noted; Run reports it, one report at a time.
  void OnItems(std::span<const net::Item> items) override {
    items_.insert(items_.end(), items.begin(), items.end());
    changed_.Notify();
  }
  void OnClosed(net::CloseReason reason) override {
    closed_ = reason;
    changed_.Notify();
  }
  void OnQr(std::string_view text, base::Time) override {
    core::PairingReport report;
    report.qr = text;
    offered_.push_back(std::move(report));
    changed_.Notify();
  }
  void OnPaired(const net::DeviceInfo& device) override {
    paired_ = device;
    changed_.Notify();
  }
  void OnEnded(std::string_view reason) override {
    pairing_ended_ = reason;
    changed_.Notify();
  }

  base::Task<> Run();
  base::Task<> LoadDevice();
  base::Task<bool> Pair();
  base::Task<bool> StayConnected();
  base::Task<> ReportItems();
  base::Task<std::optional<core::LinkReport>> ReportOf(net::Item item);
  base::Task<std::optional<core::Media>> TakeMedia(net::Media media);
  base::Result<void> CopyMedia(const net::StoredMedia& stored, const std::string& sha256);
  base::Task<bool> GiveMedia(core::Content content);
  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites writes);
  base::Task<> ReportState(core::ChannelState state, std::string reason);
  base::Task<> ReportLoggedOut();

  core::Store& store_;
  base::Scheduler& scheduler_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  net::Network& network_;
  core::LinkEvents& events_;
  const core::AccountRow account_;
  const core::ChannelRow channel_;
  const net::Profile profile_;

  bool running_ = false;
  bool stopping_ = false;
  std::string device_;  // empty while not linked
  std::unique_ptr<net::PairingOffer> offer_;
  std::unique_ptr<net::Connection> connection_;
  std::deque<core::PairingReport> offered_;
  std::optional<net::DeviceInfo> paired_;
  std::string pairing_ended_;
  std::deque<net::Item> items_;
  std::uint64_t reported_notices_ = 0;  // seq of the last one
  std::optional<net::CloseReason> closed_;
  base::Signal changed_, ended_;
};

base::Task<> SimulatedLink::Run() {
  co_await LoadDevice();
  bool go_on = !stopping_;
  if (go_on && device_.empty()) go_on = co_await Pair();
  base::Duration pause = kFirstReconnect;
  while (go_on && !stopping_) {
    const base::Time started = scheduler_.Now();
    go_on = co_await StayConnected();
    if (!go_on || stopping_) break;
    if (scheduler_.Now() - started > kLongestReconnect) pause = kFirstReconnect;
    const auto jitter = static_cast<std::int64_t>(random_.Below(pause.count() / 4 + 1));
    co_await changed_.WaitFor(pause + base::Duration(jitter));
    pause = std::min(pause * 2, kLongestReconnect);
  }
  running_ = false;
  ended_.Notify();
}

base::Task<> SimulatedLink::LoadDevice() {
  using Known = std::pair<std::optional<std::string>, std::optional<std::string>>;
  auto read = [channel = channel_](const core::Transaction& tx) -> base::Result<Known> {
    PARLEY_TRY(device, tx.link_state().Get(channel, kSpace, kKey));
    PARLEY_TRY(notices, tx.link_state().Get(channel, kSpace, kNoticesKey));
    return Known(std::move(device), std::move(notices));
  };
  auto known = co_await store_.Read(read);
  while (!known && !stopping_) {
    co_await changed_.WaitFor(kReportRetry);
    known = co_await store_.Read(read);
  }
  if (!known || !known->first) co_return;
  device_ = *known->first;
  const std::string notices = known->second.value_or("");
  if (notices.starts_with(device_ + " "))
    reported_notices_ = std::strtoull(notices.c_str() + device_.size() + 1, nullptr, 10);
}

// Offers pairing until somebody takes it up; false when the offer ended.
base::Task<bool> SimulatedLink::Pair() {
  if (!offer_) offer_ = network_.OfferQr(profile_, *this);
  while (!stopping_) {
    if (paired_) {
      device_ = paired_->id;
      offer_.reset();
      core::PairedReport who = PairedOf(network_, *paired_);
      std::vector<core::LinkReport> reports;
      reports.emplace_back(std::move(who));
      reports.emplace_back(core::StateReport{core::ChannelState::kConnecting, "paired"});
      for (core::LinkReport& contact : ContactsOf(network_, paired_->number))
        reports.push_back(std::move(contact));
      core::LinkWrites writes = LinkedTo(*paired_);
      auto taken = co_await Report(std::move(reports), std::move(writes));
      if (taken || taken.error().code != base::ErrorCode::kInvalidState) co_return true;
      (void)network_.Unlink(paired_->number, std::exchange(device_, ""));
      co_await ReportState(core::ChannelState::kPending, "other_number");
      co_return false;
    }
    if (!pairing_ended_.empty()) {
      offer_.reset();
      co_await ReportState(core::ChannelState::kPending, "pairing_" + pairing_ended_);
      co_return false;
    }
    if (offered_.empty()) {
      co_await changed_.Wait();
      continue;
    }
    std::vector<core::LinkReport> reports;
    reports.emplace_back(std::move(offered_.front()));
    offered_.pop_front();
    core::LinkWrites none;
    (void)co_await Report(std::move(reports), std::move(none));
  }
  co_return false;
}

// One connection, from connecting to its end; false when there is no point in another.
base::Task<bool> SimulatedLink::StayConnected() {
  closed_.reset();
  items_.clear();
  co_await ReportState(core::ChannelState::kConnecting, "");
  if (stopping_) co_return false;
  auto connection = network_.Connect(device_, *this);
  if (!connection) {
    const bool gone = connection.error().code == base::ErrorCode::kGone ||
                      connection.error().code == base::ErrorCode::kNotFound;
    if (gone) co_await ReportLoggedOut();
    co_return !gone;
  }
  connection_ = std::move(*connection);
  co_await ReportState(core::ChannelState::kConnected, "");
  while (!stopping_ && !closed_) {
    if (items_.empty())
      co_await changed_.Wait();
    else
      co_await ReportItems();
  }
  connection_.reset();
  if (stopping_) co_return false;
  const net::CloseReason reason = *closed_;
  const bool final = reason == net::CloseReason::kLoggedOut;
  if (final)
    co_await ReportLoggedOut();
  else
    co_await ReportState(core::ChannelState::kConnecting, std::string(NameOf(reason)));
  co_return !final;
}

base::Task<> SimulatedLink::ReportItems() {
  std::deque<net::Item> items = std::exchange(items_, {});
  const std::uint64_t last = items.back().seq;
  std::uint64_t last_notice = reported_notices_;
  std::vector<core::LinkReport> reports;
  for (net::Item& item : items) {
    if (std::holds_alternative<net::Notice>(item.content))
      last_notice = std::max(last_notice, item.seq);
    auto report = co_await ReportOf(std::move(item));
    if (report) reports.push_back(std::move(*report));
  }
  core::LinkWrites writes;
  if (last_notice > reported_notices_)
    writes.push_back(
        core::LinkWrite{kSpace, kNoticesKey, device_ + " " + std::to_string(last_notice)});
  auto reported = co_await Report(std::move(reports), std::move(writes));
  if (reported) reported_notices_ = last_notice;
  base::ReachCrashPoint("after_report_before_acknowledge");
  if (connection_ && !stopping_) connection_->Acknowledge(last);
}

base::Task<std::optional<core::LinkReport>> SimulatedLink::ReportOf(net::Item item) {
  if (const auto* receipt = std::get_if<net::Receipt>(&item.content))
    co_return core::LinkReport(ReceiptOf(network_, *receipt));
  if (const auto* notice = std::get_if<net::Notice>(&item.content)) {
    if (item.seq <= reported_notices_) co_return std::nullopt;
    const auto device = network_.FindDevice(device_);
    auto report = device ? NoticeOf(network_, *notice, device->number) : std::nullopt;
    if (!report)
      base::LogDebug("A notice of the network is not reported",
                     {{"kind", NameOf(notice->content)}});
    co_return report;
  }
  const auto& incoming = std::get<net::IncomingMessage>(item.content);
  core::IncomingMessage report;
  report.history = incoming.history;
  report.link_id = incoming.message.id;
  report.from_me = incoming.from_me;
  report.group = GroupOf(network_, incoming.message);
  if (!report.group)
    report.from = PeerOf(network_, incoming.from_me ? incoming.message.to : incoming.message.from);
  else if (report.group->address.kind == core::AddressKind::kGroup && !incoming.from_me)
    report.from = PeerOf(network_, incoming.message.from);
  report.at = incoming.message.at;
  report.quoted_link_id = incoming.message.quoted;
  if (const net::Media* media = net::MediaOf(incoming.message.content)) {
    report.media = co_await TakeMedia(*media);
    if (!report.media && stopping_) co_return std::nullopt;
    if (!report.media) {
      base::LogWarning("Media of a message is not there", {{"sha256", media->sha256}});
      co_return std::nullopt;
    }
  }
  if (const std::string* target = net::TargetOf(incoming.message.content))
    report.target_link_id = *target;
  auto content = ContentOf(incoming.message.content, report.media ? &report.media->ref : nullptr);
  if (!content) {
    base::LogWarning("A message that the core cannot read was not reported",
                     {{"kind", NameOf(net::KindOf(incoming.message.content))}});
    co_return std::nullopt;
  }
  report.content = std::move(*content);
  co_return core::LinkReport(std::move(report));
}

// Copies media from the network into the gateway's blob store, as often as the disk takes: only
// then may its message be reported. None when the network has lost it.
base::Task<std::optional<core::Media>> SimulatedLink::TakeMedia(net::Media media) {
  while (true) {
    auto stored = network_.media().Open(media.sha256);
    if (!stored || stopping_) co_return std::nullopt;
    auto copy = [this, found = *stored, sha256 = media.sha256] { return CopyMedia(found, sha256); };
    auto copied = co_await pool_.Run(scheduler_, std::move(copy));
    if (copied) break;
    if (!base::IsTransient(copied.error().code)) co_return std::nullopt;
    base::LogWarning("Media of a message could not be stored", {{"reason", copied.error().detail}});
    co_await scheduler_.Sleep(kReportRetry);
  }
  base::ReachCrashPoint("after_media_before_report");
  core::Stamp stamp(scheduler_.Now(), random_);
  core::Media row;
  row.account = account_;
  row.ref.id = stamp.Next<core::MediaId>();
  row.ref.mime_type = media.mime_type;
  row.ref.size = media.size;
  row.ref.sha256 = media.sha256;
  row.ref.file_name = media.file_name;
  row.created_at = stamp.now();
  co_return row;
}

// On a pool thread.
base::Result<void> SimulatedLink::CopyMedia(const net::StoredMedia& stored,
                                            const std::string& sha256) {
  if (stored.path.empty()) return blobs_.Store(sha256, *stored.bytes);
  std::ifstream file(stored.path, std::ios::binary);
  if (!file) return base::Error(base::ErrorCode::kNotFound, "", "no file " + stored.path);
  PARLEY_TRY(writer, blobs_.NewWriter());
  std::vector<char> piece(kCopyPiece);
  while (file) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto got = static_cast<std::size_t>(file.gcount());
    PARLEY_CHECK(writer->Write(std::string_view(piece.data(), got)));
  }
  if (!file.eof())
    return base::Error(base::ErrorCode::kUnavailable, "", "cannot read " + stored.path);
  return writer->Commit(sha256);
}

// The other way round; false when the bytes are gone.
base::Task<bool> SimulatedLink::GiveMedia(core::Content content) {
  const core::MediaRef* media = core::MediaOf(content);
  if (media == nullptr || network_.media().Open(media->sha256)) co_return true;
  auto path = blobs_.PathOf(media->sha256);
  if (path) co_return network_.media().StoreFile(*path).has_value();
  auto bytes = blobs_.Read(media->sha256);
  co_return bytes&& network_.media().Store(*bytes);
}

// Goes on until it is stored, for as long as that may help.
base::Task<base::Result<void>> SimulatedLink::Report(std::vector<core::LinkReport> reports,
                                                     core::LinkWrites writes) {
  while (true) {
    auto reported = co_await events_.Report(reports, writes);
    if (reported || stopping_) co_return reported;
    if (reported.error().code == base::ErrorCode::kInvalidState) co_return reported;
    if (!base::IsTransient(reported.error().code)) {
      base::LogError("A link report cannot be stored", {{"reason", reported.error().detail}});
      co_return reported;
    }
    base::LogWarning("A link report could not be stored", {{"reason", reported.error().detail}});
    co_await scheduler_.Sleep(kReportRetry);
  }
}

base::Task<> SimulatedLink::ReportState(core::ChannelState state, std::string reason) {
  std::vector<core::LinkReport> reports;
  reports.emplace_back(core::StateReport{state, std::move(reason)});
  core::LinkWrites none;
  (void)co_await Report(std::move(reports), std::move(none));
}

base::Task<> SimulatedLink::ReportLoggedOut() {
  device_.clear();
  std::vector<core::LinkReport> reports;
  reports.emplace_back(core::StateReport{core::ChannelState::kLoggedOut, "logged_out"});
  core::LinkWrites forgotten;
  forgotten.push_back(core::LinkWrite{kSpace, kKey, std::nullopt});
  forgotten.push_back(core::LinkWrite{kSpace, kNoticesKey, std::nullopt});
  (void)co_await Report(std::move(reports), std::move(forgotten));
}

base::Task<base::Result<core::LinkAnswer>> SimulatedLink::Request(core::LinkRequest request,
                                                                  base::Duration /*limit*/) {
  const auto device = network_.FindDevice(device_);
  if (!device) co_return base::ErrorCode::kChannelNotConnected;
  const Answers answers{network_, device->number, device_, connection_.get()};
  if (const auto* change = std::get_if<core::ChangeProfile>(&request);
      change != nullptr && change->picture) {
    core::Content picture = core::ImageContent{*change->picture, ""};
    const bool given = co_await GiveMedia(std::move(picture));
    if (!given) co_return base::ErrorCode::kUnavailable;
  }
  auto answer = std::visit(answers, request);
  if (!answer) co_return answer;
  PARLEY_CO_TRY(sha256, answers.FindPicture(request));
  if (sha256.empty()) co_return answer;
  net::Media wanted;
  wanted.sha256 = sha256;
  wanted.mime_type = "image/jpeg";
  auto picture = co_await TakeMedia(std::move(wanted));
  if (!picture) co_return base::ErrorCode::kUnavailable;
  if (auto* profile = std::get_if<core::OwnProfile>(&*answer))
    profile->picture = std::move(picture);
  else
    std::get<core::PictureFound>(*answer).media = std::move(picture);
  co_return answer;
}

base::Task<core::SendOutcome> SimulatedLink::Send(core::OutgoingMessage message) {
  net::DeviceMessage out;
  out.id = std::move(message.link_id);
  if (message.quoted) out.quoted = std::move(message.quoted->link_id);
  auto content = ContentOf(message.content, message.target ? message.target->link_id : "");
  if (!content) {
    core::SendRefused refused;
    refused.kind = core::SendRefused::Kind::kPermanent;
    refused.failure = core::Failure{"unsupported", "The network does not take this message"};
    co_return refused;
  }
  out.content = std::move(*content);
  out.to = message.to.value;
  if (message.to.kind == core::AddressKind::kGroup) out.to = net::GroupAddress(out.to);
  if (message.to.kind == core::AddressKind::kNewsletter) out.to = net::NewsletterAddress(out.to);
  if (message.to.kind == core::AddressKind::kLid)
    if (const auto person = network_.FindPersonByLid(message.to.value)) out.to = person->number;
  const bool given = co_await GiveMedia(std::move(message.content));
  if (!given) {
    core::SendRefused refused;
    refused.kind = core::SendRefused::Kind::kPermanent;
    refused.failure = core::Failure{"media_gone", "The media of the message is no longer stored"};
    co_return refused;
  }
  if (!connection_) co_return NotConnected();
  Answer answer(scheduler_);
  connection_->Send(std::move(out), answer.Callback());
  co_await answer.Wait();
  if (answer.result()) co_return OutcomeOf(*answer.result());
  core::SendRefused refused;
  refused.kind = core::SendRefused::Kind::kAmbiguous;
  refused.failure = core::Failure{"no_answer", "The network did not answer"};
  co_return refused;
}

class Factory final : public core::LinkFactory {
 public:
  Factory(core::Store& store, base::Random& random, base::BlockingPool& pool,
          core::BlobStore& blobs, net::Network& network)
      : store_(store), random_(random), pool_(pool), blobs_(blobs), network_(network) {}

  core::Capabilities CapabilitiesOf(std::string_view profile) const override {
    return simulated::CapabilitiesOf(ProfileOf(profile));
  }
  std::unique_ptr<core::Link> Make(const core::Channel& channel,
                                   core::LinkEvents& events) override {
    return std::make_unique<SimulatedLink>(store_, random_, pool_, blobs_, network_, channel,
                                           events);
  }

 private:
  core::Store& store_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  net::Network& network_;
};

}  // namespace

std::unique_ptr<core::LinkFactory> MakeFactory(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               net::Network& network) {
  return std::make_unique<Factory>(store, random, pool, blobs, network);
}

core::LinkWrites LinkedTo(const net::DeviceInfo& device) {
  core::LinkWrites writes;
  writes.push_back(core::LinkWrite{kSpace, kKey, device.id});
  return writes;
}

}  // namespace parley::link::simulated
