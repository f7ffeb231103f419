#include "link/multidevice/history.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/log.h"
#include "link/multidevice/content_in.h"
#include "proto/message.pb.h"
#include "wire/binary/inflate.h"

namespace parley::link::multidevice {
namespace {

constexpr int kMaxKeys = 64;
constexpr std::size_t kMaxHistoryKeyId = 64;
constexpr std::size_t kMaxHistoryName = 512;

wire::Fault BrokenHistory() { return {wire::FaultCode::kMalformed, "History is not what it says"}; }

Who WhoSays(const std::string& text) {
  const auto jid = wire::binary::ParseJid(text);
  return jid ? WhoIs(AccountOf(*jid)) : Who();
}

}  // namespace

wire::Result<History> ReadHistory(std::string_view zlib) {
  PARLEY_TRY(bytes, wire::binary::Inflate(zlib, kMaxHistory));
  proto::HistorySync sync;
  if (!sync.ParseFromString(bytes)) return BrokenHistory();
  History history;
  const auto add = [&](const Who& who) {
    if (who.complete() && history.people.size() < kMaxHistoryPeople) history.people.push_back(who);
  };
  for (const auto& pair : sync.phone_number_to_lid_mappings())
    add(Both(WhoSays(pair.pn_jid()), WhoSays(pair.lid_jid())));
  for (const auto& chat : sync.conversations()) {
    const Who who = Both(Both(WhoSays(chat.id()), WhoSays(chat.pn_jid())), WhoSays(chat.lid_jid()));
    add(who);
    std::string name =
        CleanText(chat.has_name() ? chat.name() : chat.display_name(), kMaxHistoryName);
    if (!who.empty() && !name.empty() && history.names.size() < kMaxHistoryPeople)
      history.names.push_back(Named{who, "", std::move(name)});
  }
  for (const auto& one : sync.pushnames()) {
    const Who who = WhoSays(one.id());
    std::string name = CleanText(one.pushname(), kMaxHistoryName);
    if (!who.empty() && !name.empty() && name != "-" && history.names.size() < kMaxHistoryPeople)
      history.names.push_back(Named{who, std::move(name), ""});
  }
  return history;
}

wire::Result<std::vector<Who>> ReadMappings(std::string_view zlib) {
  PARLEY_TRY(bytes, wire::binary::Inflate(zlib, kMaxHistory));
  proto::LidMigrationMappingSyncPayload payload;
  if (!payload.ParseFromString(bytes)) return BrokenHistory();
  std::vector<Who> people;
  for (const auto& pair : payload.pn_to_lid_mappings()) {
    const std::uint64_t lid = pair.has_latest_lid() ? pair.latest_lid() : pair.assigned_lid();
    if (pair.pn() == 0 || lid == 0 || people.size() == kMaxHistoryPeople) continue;
    people.push_back(Who{std::to_string(pair.pn()), std::to_string(lid)});
  }
  return people;
}

base::Task<base::Result<bool>> PhoneNews::Take(proto::Message message) {
  const proto::ProtocolMessage& news = Unwrap(message).protocol_message();
  if (news.has_history_sync_notification()) {
    const auto& notification = news.history_sync_notification();
    if (!notification.has_initial_hist_bootstrap_inline_payload()) {
      // It lies on a media server, which this link does not ask yet.
      base::LogInfo("History of the phone was not fetched",
                    {{"type", static_cast<int>(notification.sync_type())}});
      co_return true;
    }
    auto history = ReadHistory(notification.initial_hist_bootstrap_inline_payload());
    if (!history) {
      base::LogWarning("History of the phone cannot be read", {{"reason", history.error().what}});
      co_return true;
    }
    PARLEY_CO_CHECK(co_await TakePeople(std::move(history->people)));
    PARLEY_CO_CHECK(co_await TakeNames(std::move(history->names)));
    co_return true;
  }
  if (news.has_lid_migration_mapping_sync_message()) {
    auto people = ReadMappings(news.lid_migration_mapping_sync_message().encoded_mapping_payload());
    if (!people)
      base::LogWarning("LIDs of the phone cannot be read", {{"reason", people.error().what}});
    else
      PARLEY_CO_CHECK(co_await TakePeople(std::move(*people)));
    co_return true;
  }
  if (news.has_app_state_sync_key_share()) {
    proto::AppStateSyncKeyShare share = news.app_state_sync_key_share();
    PARLEY_CO_CHECK(co_await TakeKeys(std::move(share)));
    co_return true;
  }
  co_return false;
}

base::Task<base::Result<void>> PhoneNews::TakePeople(std::vector<Who> people) {
  for (std::size_t at = 0; at < people.size(); at += kPeopleAtOnce) {
    Ledger::Turn turn = co_await parts_.ledger.Enter();
    Unit unit;
    const std::size_t end = std::min(at + kPeopleAtOnce, people.size());
    for (std::size_t i = at; i < end; ++i) {
      PARLEY_CO_CHECK(co_await parts_.lids.Learn(unit, people[i]));
      // The core makes one person of the two addresses.
      core::ContactReport report;
      report.news.peer = PeerOf(people[i]);
      unit.reports.emplace_back(std::move(report));
    }
    const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
    turn.End();
    PARLEY_CO_CHECK(co_await parts_.ledger.Durable(staged));
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> PhoneNews::TakeNames(std::vector<Named> names) {
  for (std::size_t at = 0; at < names.size(); at += kPeopleAtOnce) {
    Ledger::Turn turn = co_await parts_.ledger.Enter();
    const std::size_t end = std::min(at + kPeopleAtOnce, names.size());
    std::vector<Who> people;
    for (std::size_t i = at; i < end; ++i) people.push_back(names[i].who);
    PARLEY_CO_TRY(completed, co_await parts_.lids.CompleteAll(std::move(people)));
    Unit unit;
    for (std::size_t i = at; i < end; ++i) {
      core::ContactReport report;
      report.news.peer = PeerOf(completed[i - at]);
      report.news.peer.push_name = names[i].push_name;
      if (!names[i].name.empty()) report.news.name = names[i].name;
      unit.reports.emplace_back(std::move(report));
    }
    const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
    turn.End();
    PARLEY_CO_CHECK(co_await parts_.ledger.Durable(staged));
  }
  co_return base::Result<void>();
}

base::Task<base::Result<void>> PhoneNews::TakeKeys(proto::AppStateSyncKeyShare share) {
  Unit unit;
  for (const auto& key : share.keys()) {
    const std::string& id = key.key_id().key_id();
    if (id.empty() || id.size() > kMaxHistoryKeyId || unit.records.size() == kMaxKeys) continue;
    unit.Put(RecordName(kAppKeySpace, base::ToHexText(id)), key.SerializeAsString());
  }
  if (unit.records.empty()) co_return base::Result<void>();
  Ledger::Turn turn = co_await parts_.ledger.Enter();
  const StagedPtr staged = parts_.ledger.Stage(turn, std::move(unit));
  turn.End();
  co_return co_await parts_.ledger.Durable(staged);
}

}  // namespace parley::link::multidevice
