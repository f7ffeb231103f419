// Any bytes as a message that was opened, as history, and as what is kept of a device or poll: what
// the core gets of it is well-formed text within its bounds.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "link/multidevice/content_in.h"
#include "link/multidevice/device_session.h"
#include "link/multidevice/history.h"
#include "link/multidevice/padding.h"
#include "link/multidevice/polls.h"

using namespace parley;
using namespace parley::link::multidevice;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto plain = Unpad(bytes)) Check(plain->size() < bytes.size());
  if (const auto session = DecodeSession(bytes))
    Check(DecodeSession(EncodeSession(*session)).has_value());
  if (const auto poll = DecodePoll(bytes)) Check(DecodePoll(EncodePoll(*poll))->id == poll->id);
  (void)VoteOf(bytes, {"a", "b"});
  if (const auto history = ReadHistory(bytes)) Check(history->names.size() <= kMaxHistoryPeople);
  (void)ReadMappings(bytes);
  proto::Message message;
  if (!message.ParseFromString(bytes)) return 0;
  const Content content = ContentOf(message);
  if (!content.content) return 0;
  std::string json;
  core::AppendJsonForm(json, *content.content);
  Check(base::IsUtf8(json));
  Check(core::TextOf(*content.content).size() <= kMaxTextBytes);
  Check(base::IsUtf8(content.quoted_id) && base::IsUtf8(content.target_id));
  core::Content back;
  const auto parsed = base::ParseJson(json);
  Check(parsed.has_value() && core::ReadJsonForm(*parsed, back));
  return 0;
}
