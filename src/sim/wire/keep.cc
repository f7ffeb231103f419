#include "sim/wire/keep.h"

#include <fmt/format.h>

#include "base/files.h"
#include "base/log.h"
#include "sim/network/frame.h"

namespace parley::sim::wire {
namespace {

constexpr std::string_view kMark = "parley simulated wire 1\n";
constexpr std::size_t kMaxName = 255;
// Up to here nobody minds what was written over.
constexpr std::size_t kMaxWaste = 4 << 20;

using Values = std::map<std::string, std::string, std::less<>>;

// payload = u8 length of the name, name, value
std::string MakeRecord(std::string_view name, std::string_view value) {
  std::string payload(1, static_cast<char>(name.size()));
  payload += name;
  payload += value;
  return net::MakeFrame(payload);
}

void Apply(std::string_view payload, Values& values) {
  const std::size_t length = static_cast<std::uint8_t>(payload.front());
  const std::string_view name = payload.substr(1, length), value = payload.substr(1 + length);
  if (value.empty())
    values.erase(std::string(name));
  else
    values.insert_or_assign(std::string(name), std::string(value));
}

// The bytes up to the end of the last whole record; nullopt when they are not a keep's.
std::optional<std::size_t> ReadAll(std::string_view bytes, Values& values) {
  if (bytes.size() < kMark.size())
    return kMark.starts_with(bytes) ? std::optional(0) : std::nullopt;
  if (!bytes.starts_with(kMark)) return std::nullopt;
  std::size_t at = kMark.size();
  while (const auto frame = net::ReadFrame(bytes.substr(at))) {
    const std::string_view payload = frame->payload;
    if (payload.size() < 1u + static_cast<std::uint8_t>(payload.front())) return std::nullopt;
    Apply(payload, values);
    at += frame->size;
  }
  return at;
}

}  // namespace

base::Result<std::unique_ptr<Keep>> Keep::Open(net::Log& log) {
  std::unique_ptr<Keep> keep(new Keep(log));
  PARLEY_CHECK(keep->Read());
  return keep;
}

base::Result<void> Keep::Read() {
  PARLEY_TRY(bytes, log_.Read(0, log_.size()));
  const auto whole = ReadAll(bytes, values_);
  if (!whole)
    return base::Error(base::ErrorCode::kInvalidState,
                       "The file of the simulated network's wire holds something else");
  if (*whole < bytes.size()) PARLEY_CHECK(log_.Truncate(*whole));
  if (*whole == 0) PARLEY_CHECK(log_.Append(kMark));
  return {};
}

const std::string* Keep::Find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

void Keep::Set(std::string name, std::string value) {
  if (name.empty() || name.size() > kMaxName || value.size() > net::kMaxPayload - 1 - kMaxName) {
    base::LogError("Something is too long to be kept", {{"bytes", value.size()}});
    return;
  }
  const auto written = log_.Append(MakeRecord(name, value));
  if (!written && !std::exchange(complained_, true))
    base::LogError("The file of the simulated wire could not be written",
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

base::Result<std::unique_ptr<net::Log>> OpenKeepFile(const std::string& path) {
  const auto bytes = base::ReadFile(path);
  Values values;
  if (bytes && ReadAll(*bytes, values)) {
    std::string anew(kMark);
    for (const auto& [name, value] : values) anew += MakeRecord(name, value);
    if (bytes->size() > 2 * anew.size() + kMaxWaste) PARLEY_CHECK(base::WriteFile(path, anew));
  }
  return net::OpenFileLog(path);
}

}  // namespace parley::sim::wire
