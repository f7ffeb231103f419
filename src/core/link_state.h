// What a link keeps for its channel: opaque, versioned records, sealed by the link's own code, in
// the same transaction as the messages they belong to. Storage knows nothing of their content.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/ids.h"

namespace parley::core {

// One change; an empty optional deletes.
struct LinkWrite {
  std::string space;  // a link's own name for a kind of record, at most 40 bytes
  std::string key;    // at most 200 bytes
  std::optional<std::string> value;
};
using LinkWrites = std::vector<LinkWrite>;

// Thread: inside a transaction only.
class LinkStateStore {
 public:
  virtual ~LinkStateStore() = default;
  virtual base::Result<std::optional<std::string>> Get(ChannelRow channel, std::string_view space,
                                                       std::string_view key) const = 0;
  virtual base::Result<std::vector<LinkWrite>> List(ChannelRow channel,
                                                    std::string_view space) const = 0;
  virtual base::Result<void> Apply(ChannelRow channel, const LinkWrites& writes) = 0;
  virtual base::Result<void> DeleteAll(ChannelRow channel) = 0;
};

}  // namespace parley::core
