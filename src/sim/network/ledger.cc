#include "sim/network/ledger.h"

#include "base/log.h"

namespace parley::sim::network {

base::Result<void> Ledger::Open() {
  return records_.Replay([this](std::uint64_t offset, const Record& record) {
    touched_.Clear();
    return state_.Apply(offset, record, touched_);
  });
}

base::Result<void> Ledger::Commit(Record record) {
  const auto shared = std::make_shared<const Record>(std::move(record));
  auto offset = records_.Append(shared);
  if (!offset) {
    base::LogError("The simulated network could not write a record",
                   {{"why", offset.error().public_text()}, {"detail", offset.error().detail}});
    return offset.error();
  }
  touched_.Clear();
  auto applied = state_.Apply(*offset, *shared, touched_);
  if (!applied) {
    // A bug of a caller. The record must not stay, or the file could not be read again.
    base::LogError("A record does not fit the simulated network's state",
                   {{"why", applied.error().public_text()}});
    PARLEY_CHECK(records_.TakeBack(*offset));
    return base::Error(base::ErrorCode::kInternal);
  }
  if (listener_ != nullptr) listener_->OnTouched(touched_);
  return {};
}

base::Result<std::shared_ptr<const MessageRecord>> Ledger::Message(Serial serial) {
  PARLEY_TRY(record, Fetch(state_.messages.at(serial).offset));
  const auto* message = std::get_if<MessageRecord>(record.get());
  if (message == nullptr) return base::Error(base::ErrorCode::kInternal);
  return std::shared_ptr<const MessageRecord>(std::move(record), message);
}

}  // namespace parley::sim::network
