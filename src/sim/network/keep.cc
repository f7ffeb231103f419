#include "sim/network/keep.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/log.h"
#include "sim/network/frame.h"

namespace parley::sim::network {
namespace {

constexpr std::size_t kMaxKeptName = 255;
// Up to here nobody minds what was written over.
constexpr std::size_t kMaxKeptWaste = 4 << 20;

using KeptValues = std::map<std::string, std::string, std::less<>>;

// payload = u8 length of the name, name, value
std::string MakeKeptRecord(std::string_view name, std::string_view value) {
  std::string payload(1, static_cast<char>(name.size()));
  payload += name;
  payload += value;
  return MakeFrame(payload);
}

void ApplyKept(std::string_view payload, KeptValues& values) {
  const std::size_t length = static_cast<std::uint8_t>(payload.front());
  const std::string_view name = payload.substr(1, length), value = payload.substr(1 + length);
  if (value.empty())
    values.erase(std::string(name));
  else
    values.insert_or_assign(std::string(name), std::string(value));
}

// The bytes up to the end of the last whole record; nullopt when they are not a keep's.
std::optional<std::size_t> ReadAllKept(std::string_view bytes, std::string_view mark,
                                       KeptValues& values) {
  if (bytes.size() < mark.size()) return mark.starts_with(bytes) ? std::optional(0) : std::nullopt;
  if (!bytes.starts_with(mark)) return std::nullopt;
  std::size_t at = mark.size();
  while (const auto frame = ReadFrame(bytes.substr(at))) {
    const std::string_view payload = frame->payload;
    if (payload.size() < 1u + static_cast<std::uint8_t>(payload.front())) return std::nullopt;
    ApplyKept(payload, values);
    at += frame->size;
  }
  return at;
}

}  // namespace

base::Result<std::unique_ptr<Keep>> Keep::Open(Log& log, std::string_view mark) {
  std::unique_ptr<Keep> keep(new Keep(log, mark));
  PARLEY_CHECK(keep->Read());
  return keep;
}

base::Result<void> Keep::Read() {
  PARLEY_TRY(bytes, log_.Read(0, log_.size()));
  const auto whole = ReadAllKept(bytes, mark_, values_);
  if (!whole)
    return base::Error(base::ErrorCode::kInvalidState,
                       "The file of a front of the simulated network holds something else");
  if (*whole < bytes.size()) PARLEY_CHECK(log_.Truncate(*whole));
  if (*whole == 0) PARLEY_CHECK(log_.Append(mark_));
  return {};
}

const std::string* Keep::Find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

void Keep::Set(std::string name, std::string value) {
  if (name.empty() || name.size() > kMaxKeptName || value.size() > kMaxPayload - 1 - kMaxKeptName) {
    base::LogError("Something is too long to be kept", {{"bytes", value.size()}});
    return;
  }
  const auto written = log_.Append(MakeKeptRecord(name, value));
  if (!written && !std::exchange(complained_, true))
    base::LogError("The file of a front of the simulated network could not be written",
                   {{"why", written.error().public_text()}, {"detail", written.error().detail}});
  if (value.empty())
    values_.erase(name);
  else
    values_.insert_or_assign(std::move(name), std::move(value));
}

void Keep::Visit(
    std::string_view prefix,
    const std::function<void(std::string_view name, std::string_view value)>& visit) const {
  for (auto next = values_.lower_bound(prefix);
       next != values_.end() && next->first.starts_with(prefix); ++next)
    visit(next->first, next->second);
}

base::Result<std::unique_ptr<Log>> OpenKeepFile(const std::string& path, std::string_view mark) {
  const auto bytes = base::ReadFile(path);
  KeptValues values;
  if (bytes && ReadAllKept(*bytes, mark, values)) {
    std::string anew(mark);
    for (const auto& [name, value] : values) anew += MakeKeptRecord(name, value);
    if (bytes->size() > 2 * anew.size() + kMaxKeptWaste) PARLEY_CHECK(base::WriteFile(path, anew));
  }
  return OpenFileLog(path);
}

}  // namespace parley::sim::network
