#include "core/media/inspections.h"

#include <utility>

#include "base/log.h"
#include "core/media/kinds.h"
#include "core/messages/message_store.h"

namespace parley::core {
namespace {

// The bell rings at every event; many at once cost one look.
constexpr base::Duration kBellPause = std::chrono::milliseconds(100);
// After the store or media care was not to be had.
constexpr base::Duration kFailurePause = std::chrono::seconds(30);

// What care says of the file, not of itself: there is no use in trying again.
bool IsVerdict(base::ErrorCode code) {
  return code == base::ErrorCode::kMediaWrongType || code == base::ErrorCode::kMediaTooLarge ||
         code == base::ErrorCode::kMediaEmpty || code == base::ErrorCode::kNotFound;
}

// What was not found stays as it was said.
void Correct(std::optional<MediaFacts>& said, const MediaFacts& found) {
  MediaFacts facts = said.value_or(MediaFacts());
  const auto take = [](auto& one, const auto& other) {
    if (other) one = other;
  };
  take(facts.width, found.width);
  take(facts.height, found.height);
  take(facts.duration_ms, found.duration_ms);
  take(facts.waveform, found.waveform);
  take(facts.pages, found.pages);
  take(facts.title, found.title);
  said = std::move(facts);
}

void SetFacts(Content& content, const std::optional<MediaFacts>& facts) {
  std::visit(
      [&](auto& kind) {
        if constexpr (requires { kind.media.sha256; }) kind.media.facts = facts;
      },
      content);
}

bool IsVoice(const Content& content) {
  const auto* audio = std::get_if<AudioContent>(&content);
  return audio != nullptr && audio->voice;
}

// The message with its media's row; none when one of them is gone.
struct Inspected {
  MessageInChat found;
  Media media;
};
base::Result<std::optional<Inspected>> FindWithMedia(const Transaction& tx,
                                                     const Inspection& inspection) {
  std::optional<Inspected> none;
  PARLEY_TRY(found, tx.messages().FindByRow(inspection.account, inspection.message));
  if (!found || found->message.status == MessageStatus::kDeleted) return none;
  const MediaRef* ref = MediaOf(found->message.content);
  if (ref == nullptr) return none;
  const MediaOwner owner(inspection.account, found->message.channel);
  PARLEY_TRY(media, tx.media().Find(owner, ref->id));
  if (!media) return none;
  return std::optional(Inspected{std::move(*found), std::move(*media)});
}

}  // namespace

base::Result<void> WantInspection(Transaction& tx, const Message& message) {
  if (!IsPlainMedia(KindOf(message.content))) return {};
  PARLEY_TRY(waiting, tx.media().CountInspections(message.account, kMaxWaitingInspections));
  if (waiting >= kMaxWaitingInspections) return {};
  return tx.media().PutInspection(Inspection{message.account, message.row});
}

base::Result<std::optional<InspectionWork>> FindInspected(const Transaction& tx,
                                                          const Inspection& inspection) {
  std::optional<InspectionWork> none;
  PARLEY_TRY(inspected, FindWithMedia(tx, inspection));
  if (!inspected) return none;
  const Content& content = inspected->found.message.content;
  return std::optional(
      InspectionWork{std::move(inspected->media.ref), KindOf(content), IsVoice(content)});
}

base::Result<void> EndInspection(Transaction& tx, const Inspection& inspection,
                                 const std::optional<MediaForm>& found) {
  PARLEY_CHECK(tx.media().DeleteInspection(inspection));
  if (!found || !found->media.facts) return {};
  PARLEY_TRY(inspected, FindWithMedia(tx, inspection));
  if (!inspected) return {};
  Media& media = inspected->media;
  Correct(media.ref.facts, *found->media.facts);
  if (!found->thumbnail.empty()) media.thumbnail = found->thumbnail;
  SetFacts(inspected->found.message.content, media.ref.facts);
  return tx.media().SetFacts(media, inspected->found.message);
}

Inspections::Inspections(Store& store, EventBell& bell, MediaCare& care)
    : store_(store),
      scheduler_(store.scheduler()),
      bell_(bell),
      care_(care),
      wake_(scheduler_),
      ended_(scheduler_) {}

void Inspections::Start() {
  if (!care_.is_on()) return;
  running_ = true;
  bell_.Join(scheduler_, wake_);
  wake_.Notify();  // what waited when the gateway stopped
  scheduler_.Spawn("inspections", Run());
}

base::Task<> Inspections::Stop() {
  stopping_ = true;
  if (!running_) co_return;
  wake_.Notify();
  while (running_) co_await ended_.Wait();
  bell_.Leave(wake_);
}

base::Task<> Inspections::Run() {
  while (!stopping_) {
    co_await wake_.Wait();
    if (stopping_) break;
    is_asked_ = true;
    if (!is_draining_) {
      is_draining_ = true;
      scheduler_.Spawn("inspection", Drain());
    }
    co_await scheduler_.Sleep(kBellPause);
  }
  running_ = false;
  ended_.Notify();
}

base::Task<> Inspections::Drain() {
  while (!stopping_) {
    is_asked_ = false;
    auto next = co_await Next();
    base::Result<void> done;
    if (next && *next)
      done = co_await Inspect(**next);
    else if (!next)
      done = next.error();
    else if (!is_asked_)
      break;
    if (done) continue;
    const base::Error& error = done.error();
    const std::string_view reason =
        error.detail.empty() ? error.public_text() : std::string_view(error.detail);
    base::LogWarning("Media that came could not be looked into", {{"reason", reason}});
    co_await scheduler_.Sleep(kFailurePause);  // it still waits
  }
  is_draining_ = false;
}

// Accounts take turns.
base::Task<base::Result<std::optional<Inspection>>> Inspections::Next() {
  auto find = [last = last_](const Transaction& tx) -> base::Result<std::optional<Inspection>> {
    PARLEY_TRY(behind, tx.media().NextInspection(last));
    if (behind) return std::move(behind);
    return tx.media().NextInspection(AccountRow());
  };
  co_return co_await store_.Read(std::move(find));
}

base::Task<base::Result<void>> Inspections::Inspect(Inspection inspection) {
  last_ = inspection.account;
  auto look_up = [inspection](const Transaction& tx) { return FindInspected(tx, inspection); };
  PARLEY_CO_TRY(work, co_await store_.Read(std::move(look_up)));
  std::optional<MediaForm> found;
  if (work) {
    auto form = co_await care_.Look(std::move(work->media), work->kind, work->voice);
    if (!form && !IsVerdict(form.error().code)) co_return form.error();
    if (!form)
      ++counters_.refused;
    else
      ++(form->media.facts ? counters_.found : counters_.unknown);
    if (form) found = std::move(*form);
  }
  auto end = [inspection, found](Transaction& tx) { return EndInspection(tx, inspection, found); };
  co_return co_await store_.Write(std::move(end));
}

}  // namespace parley::core
