#include "link/cloud/attempts.h"

namespace parley::link::cloud {
namespace {

constexpr const char* kAttemptSpace = "attempt";

core::LinkWrite AttemptOf(core::MessageId message) {
  core::LinkWrite write;
  write.space = kAttemptSpace;
  write.key = message.value.ToHex();
  return write;
}

}  // namespace

base::Task<base::Result<void>> Attempts::Load() {
  auto read = [row = channel_](const core::Transaction& tx) {
    return tx.link_state().List(row, kAttemptSpace);
  };
  PARLEY_CO_TRY(found, co_await store_.Read(read));
  for (const core::LinkWrite& attempt : found) former_.insert(attempt.key);
  co_return base::Result<void>();
}

base::Task<base::Result<void>> Attempts::Note(core::MessageId message) {
  core::LinkWrite attempt = AttemptOf(message);
  attempt.value = "1";  // its version; there is nothing to say but that it was made
  auto write = [row = channel_, attempt](core::Transaction& tx) {
    return tx.link_state().Apply(row, {attempt});
  };
  co_return co_await store_.Write(std::move(write));
}

bool Attempts::WasOpen(core::MessageId message) const {
  return former_.contains(message.value.ToHex());
}

core::LinkWrites Attempts::Close(core::MessageId message) {
  former_.erase(message.value.ToHex());
  return {AttemptOf(message)};
}

}  // namespace parley::link::cloud
