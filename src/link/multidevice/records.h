// Records: what the engine keeps of one channel: sealed records of its link state (core/secrets.h),
// each bound to its channel, space and key.
//
// Changes are LinkWrites, which go along with a report and so into one transaction with what they
// belong to. A write without news is a report without reports.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "core/ids.h"
#include "core/link_state.h"
#include "core/secrets.h"
#include "core/store.h"

namespace parley::link::multidevice {

// The spaces: every kind of record. All of them go when the pairing ends.
inline constexpr std::string_view kDeviceSpace = "device";         // key "": device_record.h;
                                                                   // "routing": Device::routing
inline constexpr std::string_view kPreKeySpace = "pre_keys";       // key "": pre_keys.h
inline constexpr std::string_view kOneTimeKeySpace = "one_time";   // key: its number; key_records.h
inline constexpr std::string_view kSignedKeySpace = "signed_key";  // key: its number; key_records.h
inline constexpr std::string_view kSessionSpace = "session";  // key: its address; device_session.h
inline constexpr std::string_view kLidSpace = "lid";          // key: a number; lid_map.h
inline constexpr std::string_view kNumberSpace = "number";    // key: a LID; lid_map.h
inline constexpr std::string_view kDevicesSpace = "devices";  // key: a person; device_lists.h
inline constexpr std::string_view kPollSpace = "poll";        // key: a message's id; polls.h
inline constexpr std::string_view kTokenSpace = "token";      // key: a person; tokens.h
inline constexpr std::string_view kAppKeySpace = "app_key";   // key: its id in hex; history.h
inline constexpr auto kSpaces = std::to_array<std::string_view>({
    kDeviceSpace,
    kPreKeySpace,
    kOneTimeKeySpace,
    kSignedKeySpace,
    kSessionSpace,
    kLidSpace,
    kNumberSpace,
    kDevicesSpace,
    kPollSpace,
    kTokenSpace,
    kAppKeySpace,
});

struct RecordName {
  RecordName(std::string_view space, std::string_view key) : space(space), key(key) {}

  std::string space, key;
};

// The arguments outlive it. Thread: the channel's.
class Records {
 public:
  Records(core::Store& store, core::Secrets& secrets, core::ChannelRow row, core::ChannelId id)
      : store_(store), secrets_(secrets), row_(row), id_(id) {}

  core::LinkWrite Put(const RecordName& name, std::string_view plain) const;
  static core::LinkWrite Drop(const RecordName& name);

  // In the order of the names, each as it was put; nullopt where there is none. kInternal for one
  // that does not open: another key file, or a record that was moved.
  base::Task<base::Result<std::vector<std::optional<std::string>>>> Get(
      std::vector<RecordName> names) const;
  base::Task<base::Result<std::optional<std::string>>> GetOne(RecordName name) const;

  // The writes by which nothing of the spaces is left.
  base::Task<base::Result<core::LinkWrites>> DropAll() const;

 private:
  std::string PurposeOf(std::string_view space, std::string_view key) const;

  core::Store& store_;
  core::Secrets& secrets_;
  const core::ChannelRow row_;
  const core::ChannelId id_;
};

}  // namespace parley::link::multidevice
