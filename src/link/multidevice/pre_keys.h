// The keys by which others start sessions with this device: made, kept, and handed to the network
// (docs/protocol/multidevice-connection.md, "Logging in").
//
// A key is durable before it is uploaded, and no key is uploaded twice: when an upload has no
// answer the next one has new keys, because the network may have given away the old ones.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/blocking_pool.h"
#include "base/result.h"
#include "base/task.h"
#include "link/multidevice/device.h"
#include "link/multidevice/key_records.h"
#include "link/multidevice/records.h"
#include "link/multidevice/stanza_port.h"
#include "link/multidevice/topic.h"
#include "wire/signal/pre_keys.h"

namespace parley::link::multidevice {

inline constexpr std::uint32_t kMaxKeyId = 0xffffff;
// Below so many at the network, more are uploaded.
inline constexpr std::uint64_t kFewKeys = 5;
inline constexpr std::uint32_t kLaterKeys = 50;
inline constexpr base::Duration kSignedKeyAge = std::chrono::hours(30 * 24);

// What was handed out so far; the record of space "pre_keys".
struct KeyState {
  std::uint32_t next_id = 1;    // of the next one-time key
  bool uploaded = false;        // ever
  std::uint32_t signed_id = 0;  // the signed one that the network has; 0: none
  base::Time signed_at;         // when that one was made
};
std::string EncodeKeyState(const KeyState& state);
std::optional<KeyState> DecodeKeyState(std::string_view bytes);

// Thread: the channel's. `pool` computes the keys.
class PreKeyStock {
 public:
  PreKeyStock(const LinkContext& context, base::BlockingPool& pool, std::uint32_t first_upload)
      : context_(context), pool_(pool), first_upload_(first_upload) {}

  // Asks how many the network has, and uploads more when they are few. One call at a time. The
  // error of whatever failed; it is tried again the next time.
  base::Task<base::Result<void>> Replenish(std::shared_ptr<StanzaPort> port,
                                           std::shared_ptr<const Device> device);
  // The signed pre-key when it is time for another one: stored, and in the device record; nullopt
  // when it is not. The caller has the device from then on with that key, and calls Rotate.
  base::Task<base::Result<std::optional<Device>>> Renew(Device device);
  // Tells the network of the device's signed key if it has another one.
  base::Task<base::Result<void>> Rotate(std::shared_ptr<StanzaPort> port,
                                        std::shared_ptr<const Device> device);

 private:
  base::Task<base::Result<KeyState>> Load();
  base::Task<base::Result<std::vector<wire::signal::OneTimeKey>>> MakeKeys(KeyState state,
                                                                           std::uint32_t count);
  base::Task<base::Result<void>> Upload(std::shared_ptr<StanzaPort> port,
                                        std::shared_ptr<const Device> device);

  const LinkContext context_;
  base::BlockingPool& pool_;
  const std::uint32_t first_upload_;
};

}  // namespace parley::link::multidevice
